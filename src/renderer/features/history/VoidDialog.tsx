import { Radio, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { TransactionView, VoidedView } from '../../../contract/views-transaction.ts';
import { useAction } from '../../app/queries.tsx';
import { ApprovalPart } from '../../app/ApprovalPart.tsx';
import { useApproval } from '../../app/use-approval.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { money } from '../../text/format.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './History.module.css';

/** What is to be done now: the sum in large figures, and whether it may be given yet. */
function GiveBack({ voided, onClose }: Readonly<{ voided: VoidedView; onClose: () => void }>): ReactNode {
  return (
    <Sheet title={HISTORY_TEXT.voidedTitle} width="38rem" closeLabel={HISTORY_TEXT.done} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{HISTORY_TEXT.giveBack}</p>
        <output className={styles['returned']}>{money(voided.returned)}</output>
        <p>
          <strong>{HISTORY_TEXT.voidedCopy[voided.secondCopy]}</strong>
        </p>
        <p>{HISTORY_TEXT.voidedNumber(voided.voidNumber)}</p>
        <div className={styles['actions']}>
          <KeyButton action="primary" primary label={HISTORY_TEXT.done} onPress={onClose} level={LAYER.question} />
        </div>
      </div>
    </Sheet>
  );
}

type VoidDialogProps = Readonly<{ view: TransactionView; onClose: () => void }>;

/** Takes a sale back: the facts, the reason, the second person; then what to give back. */
export function VoidDialog({ view, onClose }: VoidDialogProps): ReactNode {
  const take = useAction('transactions.void');
  const [chosen, setChosen] = useState(HISTORY_TEXT.voidReasons[0] ?? '');
  const [typed, setTyped] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [voided, setVoided] = useState<VoidedView | undefined>();
  const reason = typed.trim() === '' ? chosen : typed.trim();
  const { transactionId, receiptNumber, payable } = view.row;
  const { entryHash } = view;
  const approving = useApproval({ action: 'void', subject: transactionId, amount: payable, content: { entryHash } });
  const { proof } = approving;
  const ready = reason.length >= 3 && proof !== null;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await take.run({ transactionId, reason, approval: proof });
    if (answer === undefined) return;
    approving.forget();
    if (answer.ok) setVoided(answer.value);
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  if (voided !== undefined) return <GiveBack voided={voided} onClose={onClose} />;
  return (
    <Sheet
      title={HISTORY_TEXT.voidTitle(receiptNumber)}
      width="38rem"
      closeLabel={HISTORY_TEXT.cancel}
      onClose={onClose}
    >
      <div className={styles['dialog']}>
        <p>
          {HISTORY_TEXT.voidFacts(money(payable))} <strong>{HISTORY_TEXT.voidPaper}</strong>
        </p>
        <Radio.Group label={HISTORY_TEXT.voidReason} value={chosen} onChange={setChosen}>
          <div className={styles['reasons']}>
            {HISTORY_TEXT.voidReasons.map((each, index) => (
              <Radio
                key={each}
                value={each}
                label={each}
                color="opop"
                disabled={typed.trim() !== ''}
                data-autofocus={index === 0 ? true : undefined}
              />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label={HISTORY_TEXT.otherReason}
          value={typed}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ApprovalPart approving={approving} />
        <SheetFoot
          cancelLabel={HISTORY_TEXT.cancel}
          submitLabel={HISTORY_TEXT.voidSubmit}
          danger
          ready={ready}
          busy={take.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
