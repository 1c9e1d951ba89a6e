import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './CashSession.module.css';

type CountQuestionProps = Readonly<{
  question: ScreenRefusal;
  busy: boolean;
  onSure: () => void;
  onBack: () => void;
}>;

/** Whether a refusal only asks about a count that looks like a typing error. */
export function isCountQuestion(refusal: ScreenRefusal): boolean {
  return refusal.code === 'CASH_TOTAL_DIFFERS' || refusal.code === 'CASH_COUNT_UNLIKELY';
}

/**
 * A question, never a correction: look again, or save as it is. The second has no key of its own: the F12 that saved, pressed
 * once too often, must not answer it.
 */
export function CountQuestion({ question, busy, onSure, onBack }: CountQuestionProps): ReactNode {
  useKeys({}, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={DRAWER_TEXT.questionTitle} width="40rem" closeLabel={DRAWER_TEXT.lookAgain} onClose={onBack}>
      <div className={styles['dialog']}>
        <RefusalCard refusal={question} />
        <div className={styles['actions']}>
          <Button variant="default" aria-busy={busy} onClick={busy ? undefined : onSure}>
            {DRAWER_TEXT.asItIs}
          </Button>
          <KeyButton action="back" primary label={DRAWER_TEXT.lookAgain} onPress={onBack} level={LAYER.question} />
        </div>
      </div>
    </Sheet>
  );
}
