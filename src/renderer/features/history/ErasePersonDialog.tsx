import { Button, Radio } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import styles from './History.module.css';

type ErasePersonDialogProps = Readonly<{ transactionId: string; receiptNumber: string; onClose: () => void }>;

/** A supervisor erases the person of a sale (UU 27/2022). It says what goes and what stays, and never asks "yakin?". */
export function ErasePersonDialog({ transactionId, receiptNumber, onClose }: ErasePersonDialogProps): ReactNode {
  const erase = useAction('transactions.erase-person');
  const [reason, setReason] = useState(HISTORY_TEXT.eraseReasons[0] ?? '');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  const submit = async (): Promise<void> => {
    const answer = await erase.run({ transactionId, reason });
    if (answer === undefined) return;
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  return (
    <Sheet title={HISTORY_TEXT.eraseTitle} width="38rem" closeLabel={HISTORY_TEXT.cancel} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{HISTORY_TEXT.eraseFacts(receiptNumber)}</p>
        <Radio.Group label={HISTORY_TEXT.eraseReason} value={reason} onChange={setReason}>
          <div className={styles['reasons']}>
            {HISTORY_TEXT.eraseReasons.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={each}
                color="opop"
                data-autofocus={index === 0 ? true : undefined}
              />
            ))}
          </div>
        </Radio.Group>
        {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
        <div className={styles['actions']}>
          <Button variant="default" disabled={erase.busy} onClick={onClose}>
            {HISTORY_TEXT.cancel}
          </Button>
          <KeyButton
            action="primary"
            danger
            label={HISTORY_TEXT.erase}
            onPress={() => void submit()}
            busy={erase.busy}
            level={LAYER.question}
          />
        </div>
      </div>
    </Sheet>
  );
}
