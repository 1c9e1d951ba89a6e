import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OutputFor } from '../../app/client.ts';
import { ApprovalPart } from '../../app/ApprovalPart.tsx';
import { useAction } from '../../app/queries.tsx';
import { useApproval } from '../../app/use-approval.ts';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { money } from '../../text/format.ts';
import { HISTORY_TEXT } from '../../text/history-text.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import { DoneSheet } from './DoneSheet.tsx';
import styles from './Exceptions.module.css';

type CashRefundProps = Readonly<{
  transactionId: string;
  offer: Readonly<{ amount: number; entryHash: string }>;
  onClose: () => void;
}>;

/** Cash back to the payer against the original paper, by two people; then what to give. */
export function CashRefundSheet({ transactionId, offer, onClose }: CashRefundProps): ReactNode {
  const pay = useAction('refunds.pay-in-cash');
  const [paper, setPaper] = useState('');
  const [reason, setReason] = useState('');
  const [isPayer, setPayer] = useState(false);
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const [paid, setPaid] = useState<OutputFor<'refunds.pay-in-cash'> | undefined>();
  const { amount, entryHash } = offer;
  const approving = useApproval({ action: 'refund-cash', subject: transactionId, amount, content: { entryHash } });
  const { proof } = approving;
  const ready = proof !== null && isPayer && paper.trim().length >= 6 && reason.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await pay.run({ transactionId, paper, reason, isPayer: true, approval: proof });
    if (answer === undefined) return;
    approving.forget();
    if (answer.ok) setPaid(answer.value);
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  if (paid !== undefined) {
    return (
      <DoneSheet
        title={CASE_PAGE_TEXT.refunded}
        amount={paid.amount}
        amountLabel={HISTORY_TEXT.giveBack}
        lines={[HISTORY_TEXT.voidedCopy[paid.secondCopy], CASE_PAGE_TEXT.refundNumber(paid.refundNumber)]}
        onClose={onClose}
      />
    );
  }
  return (
    <Sheet title={CASE_PAGE_TEXT.cashRefund} width="38rem" closeLabel={CASE_PAGE_TEXT.cancel} onClose={onClose}>
      <div className={styles['sheet']}>
        <output className={styles['amount']}>{money(amount)}</output>
        <TextInput
          label={CASE_PAGE_TEXT.paper}
          value={paper}
          maxLength={4000}
          autoComplete="off"
          data-autofocus
          data-takes-scan
          onChange={(event) => setPaper(event.currentTarget.value)}
        />
        <TextInput
          label={CASE_PAGE_TEXT.reason}
          value={reason}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Checkbox
          label={CASE_PAGE_TEXT.isPayer}
          checked={isPayer}
          color="opop"
          onChange={(event) => setPayer(event.currentTarget.checked)}
        />
        <ApprovalPart approving={approving} />
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={CASE_PAGE_TEXT.cashRefund}
          danger
          ready={ready}
          busy={pay.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
