import { type ReactNode, useState } from 'react';
import type { TransactionView } from '../../../contract/views-transaction.ts';
import { useAction } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { printerTrouble } from '../../text/error-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import styles from './History.module.css';

/** The question that a silent printer left open: nothing prints by itself until it is answered. */
export function UnknownPaper({
  view,
  refusal,
  onRefusal,
}: Readonly<{
  view: TransactionView;
  refusal: ScreenRefusal | undefined;
  onRefusal: (refusal: ScreenRefusal | undefined) => void;
}>): ReactNode {
  const answer = useAction('printing.answer');
  const reprint = useAction('transactions.reprint');
  // The page takes a moment to say so: a key pressed twice answers once.
  const [answeredId, setAnsweredId] = useState<string | undefined>();
  const job = view.printJobs.find((each) => each.state === 'unknown' && each.jobId !== answeredId);
  // What did not come out and cannot be printed again is told after the question is gone.
  if (job === undefined) return refusal === undefined ? null : <RefusalCard refusal={refusal} />;
  const say = async (cameOut: boolean): Promise<void> => {
    const answered = await answer.run({ jobId: job.jobId, cameOut });
    if (answered === undefined) return;
    onRefusal(answered.ok ? undefined : answered.error);
    if (!answered.ok) return;
    setAnsweredId(job.jobId);
    if (cameOut) return;
    const printed = await reprint.run({ transactionId: view.row.transactionId, reason: SERVICE_TEXT.reprintReason });
    if (printed?.ok === false) onRefusal(printed.error);
  };
  return (
    <div className={styles['question']} role="alert">
      <p>{SERVICE_TEXT.didItComeOut(printerTrouble(null).what, view.row.receiptNumber)}</p>
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
      <div className={styles['answers']}>
        <KeyButton action="cameOut" label={SERVICE_TEXT.cameOut} onPress={() => void say(true)} busy={answer.busy} />
        <KeyButton
          action="recent"
          label={SERVICE_TEXT.didNotComeOut}
          onPress={() => void say(false)}
          busy={reprint.busy}
        />
      </div>
    </div>
  );
}
