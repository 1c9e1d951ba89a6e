import type { ReactNode } from 'react';
import { CASH_TEXT } from '../../text/cash-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './CashSession.module.css';

type FormFootProps = Readonly<{
  submitLabel: string;
  ready: boolean;
  busy: boolean;
  refusal: ScreenRefusal | undefined;
  onSubmit: () => void;
  onClose: () => void;
}>;

/** The foot of a sheet: why it was refused, the way back, and its one primary action. */
export function FormFoot({ submitLabel, ready, busy, refusal, onSubmit, onClose }: FormFootProps): ReactNode {
  return (
    <>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <div className={styles['actions']}>
        <KeyButton action="back" label={CASH_TEXT.cancel} onPress={onClose} level={LAYER.question} />
        <KeyButton
          action="primary"
          primary
          label={submitLabel}
          onPress={onSubmit}
          disabled={!ready}
          busy={busy}
          level={LAYER.question}
        />
      </div>
    </>
  );
}
