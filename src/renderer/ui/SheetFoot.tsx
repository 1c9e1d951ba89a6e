import type { ReactNode } from 'react';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { KeyButton } from './KeyButton.tsx';
import { LAYER } from './keyboard/key-layers.ts';
import { RefusalCard } from './RefusalCard.tsx';
import styles from './SheetFoot.module.css';

type SheetFootProps = Readonly<{
  cancelLabel: string;
  submitLabel: string;
  /** What cannot be taken back lightly. */
  danger?: boolean;
  ready: boolean;
  busy: boolean;
  refusal: ScreenRefusal | undefined;
  onSubmit: () => void;
  onClose: () => void;
}>;

/** The foot of a sheet: why it was refused, the way back, and its one primary action. */
export function SheetFoot(props: SheetFootProps): ReactNode {
  const { cancelLabel, submitLabel, danger = false, ready, busy, refusal, onSubmit, onClose } = props;
  return (
    <>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <div className={styles['actions']}>
        <KeyButton action="back" label={cancelLabel} onPress={onClose} level={LAYER.question} />
        <KeyButton
          action="primary"
          primary={!danger}
          danger={danger}
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
