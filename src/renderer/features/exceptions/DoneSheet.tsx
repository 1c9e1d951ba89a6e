import type { ReactNode } from 'react';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import { money } from '../../text/format.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './Exceptions.module.css';

type DoneProps = Readonly<{
  title: string;
  amount: number;
  amountLabel: string;
  lines: readonly string[];
  onClose: () => void;
}>;

/** What is to be done now, with the sum in large figures. */
export function DoneSheet({ title, amount, amountLabel, lines, onClose }: DoneProps): ReactNode {
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={title} width="34rem" closeLabel={CASE_PAGE_TEXT.done} onClose={onClose}>
      <div className={styles['sheet']}>
        <p>{amountLabel}</p>
        <output className={styles['amount']}>{money(amount)}</output>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        <div className={styles['actions']}>
          <KeyButton action="primary" primary label={CASE_PAGE_TEXT.done} onPress={onClose} level={LAYER.question} />
        </div>
      </div>
    </Sheet>
  );
}
