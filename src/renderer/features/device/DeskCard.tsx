import type { ReactNode } from 'react';
import { useAction } from '../../app/queries.tsx';
import { DEVICE_TEXT } from '../../text/device-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import styles from './Device.module.css';
import { SaveInto } from './SaveInto.tsx';

/** The card for the desk of this outlet, as an A4 PDF. */
export function DeskCard(): ReactNode {
  const save = useAction('device.desk-card');
  return (
    <Pane title={DEVICE_TEXT.deskCard}>
      <p className={styles['dim']}>{DEVICE_TEXT.deskCardWhy}</p>
      <SaveInto>
        {(write) => (
          <KeyButton
            action="quote"
            label={DEVICE_TEXT.deskCardSave}
            onPress={() => void write(save)}
            busy={save.busy}
          />
        )}
      </SaveInto>
    </Pane>
  );
}
