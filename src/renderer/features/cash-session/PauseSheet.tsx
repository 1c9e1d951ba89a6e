import { Button, Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import { CASH_TEXT } from '../../text/cash-text.ts';
import { DRAWER_TEXT } from '../../text/drawer-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './CashSession.module.css';

/** Jeda: what stands on the door, then the lock; the session stays. */
export function PauseSheet({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const pause = useAction('cash-session.pause');
  const [note, setNote] = useState('');
  const [print, setPrint] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const submit = async (): Promise<void> => {
    const words = note.trim();
    const answer = await pause.run({ note: words === '' ? null : words, print });
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose, label: CASH_TEXT.cancel } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet title={DRAWER_TEXT.pauseTitle} width="38rem" closeLabel={CASH_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{DRAWER_TEXT.pauseWhy}</p>
        <TextInput
          data-autofocus
          size="lg"
          label={DRAWER_TEXT.pauseNote}
          value={note}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div className={styles['choices']}>
          {DRAWER_TEXT.pauseExamples.map((example) => (
            <Button key={example} variant="default" size="compact-sm" onClick={() => setNote(example)}>
              {example}
            </Button>
          ))}
        </div>
        <Checkbox
          label={DRAWER_TEXT.pausePrint}
          checked={print}
          onChange={(event) => setPrint(event.currentTarget.checked)}
        />
        <SheetFoot
          cancelLabel={CASH_TEXT.cancel}
          submitLabel={DRAWER_TEXT.pauseStart}
          ready
          busy={pause.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
