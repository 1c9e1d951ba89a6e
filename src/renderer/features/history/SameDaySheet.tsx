import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ApprovalPart } from '../../app/ApprovalPart.tsx';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { useApproval } from '../../app/use-approval.ts';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { time } from '../../text/format.ts';
import { LAYER } from '../../ui/keyboard/key-layers.ts';
import { useKeys } from '../../ui/keyboard/use-keys.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { SheetFoot } from '../../ui/SheetFoot.tsx';
import styles from './History.module.css';

type SameDayProps = Readonly<{ transactionId: string; receiptNumber: string; onClose: () => void }>;

/** Asks a sent sale back on its own day: outcome and deadline first, then reason and second person. */
export function SameDaySheet({ transactionId, receiptNumber, onClose }: SameDayProps): ReactNode {
  const preview = useProcedure('cancellations.preview', { transactionId });
  const request = useAction('cancellations.request');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const known = preview.value;
  const approving = useApproval(
    known === undefined
      ? null
      : {
          action: 'cancellation',
          subject: transactionId,
          amount: known.payable,
          content: { entryHash: known.entryHash },
        },
  );
  const { proof } = approving;
  const ready = proof !== null && reason.trim().length >= 3;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    const answer = await request.run({ transactionId, reason, approval: proof });
    if (answer === undefined) return;
    approving.forget();
    if (answer.ok) onClose();
    else setRefusal(answer.error);
  };
  useKeys({ back: { run: onClose } }, { level: LAYER.question, exclusive: true });
  return (
    <Sheet
      title={CASE_PAGE_TEXT.sameDayTitle(receiptNumber)}
      width="38rem"
      closeLabel={CASE_PAGE_TEXT.cancel}
      onClose={onClose}
    >
      <div className={styles['dialog']}>
        <p>{known?.likely === 'settled' ? CASE_PAGE_TEXT.sameDaySettled : CASE_PAGE_TEXT.sameDayOpen}</p>
        {known === undefined ? null : (
          <p>
            <strong>{CASE_PAGE_TEXT.sameDayUntil(time(known.until))}</strong>
          </p>
        )}
        <TextInput
          label={CASE_PAGE_TEXT.reason}
          value={reason}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ApprovalPart approving={approving} />
        <SheetFoot
          cancelLabel={CASE_PAGE_TEXT.cancel}
          submitLabel={CASE_PAGE_TEXT.sameDaySubmit}
          danger
          ready={ready}
          busy={request.busy}
          refusal={refusal}
          onSubmit={() => void submit()}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}
