import { type ReactNode, useState } from 'react';
import type { CasePage } from '../../../contract/views-cases.ts';
import type { ExceptionCaseView } from '../../../contract/views-counter.ts';
import type { PrintJobView } from '../../../contract/views-transaction.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import { CASE_PAGE_TEXT } from '../../text/case-page-text.ts';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { printerTrouble } from '../../text/error-text.ts';
import { SERVICE_TEXT } from '../../text/service-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import styles from './Exceptions.module.css';

const isReceipt = ({ kind }: PrintJobView): boolean => kind === 'receipt' || kind === 'copy';

/** The question that a silent printer left open, with its two answers; what did not come out is printed again. */
export function UnknownPaper({
  one,
  papers,
  onRefusal,
}: Readonly<{
  one: ExceptionCaseView;
  papers: CasePage['papers'];
  onRefusal: (refusal: ScreenRefusal | undefined) => void;
}>): ReactNode {
  const jobs = useProcedure('printing.jobs', {});
  const answer = useAction('printing.answer');
  const reprint = useAction('transactions.reprint');
  const reprintPaper = useAction('cases.reprint');
  // The list of papers takes a moment to say so: a key pressed twice answers once.
  const [answered, setAnswered] = useState(false);
  const job = (jobs.value ?? []).find((each) => each.jobId === one.caseId && each.state === 'unknown');
  const say = async (cameOut: boolean): Promise<void> => {
    if (job === undefined) return;
    const said = await answer.run({ jobId: job.jobId, cameOut });
    if (said === undefined) return;
    setAnswered(said.ok);
    onRefusal(said.ok ? undefined : said.error);
    const { transactionId } = one;
    if (!said.ok || cameOut || transactionId === null) return;
    const asked = { transactionId, reason: SERVICE_TEXT.reprintReason };
    const ofCase = papers.find(({ unknownJobId }) => unknownJobId === job.jobId);
    if (ofCase === undefined && !isReceipt(job)) return;
    const printed =
      ofCase === undefined ? await reprint.run(asked) : await reprintPaper.run({ ...asked, paper: ofCase.paper });
    if (printed?.ok === false) onRefusal(printed.error);
  };
  if (job === undefined || answered) return null;
  return (
    <>
      <p>
        {isReceipt(job)
          ? SERVICE_TEXT.didItComeOut(printerTrouble(job.detail).what, one.receiptNumber ?? '')
          : CASE_PAGE_TEXT.didPaperComeOut}
      </p>
      <div className={styles['actions']}>
        <KeyButton action="cameOut" label={SERVICE_TEXT.cameOut} onPress={() => void say(true)} busy={answer.busy} />
        <KeyButton
          action="reprint"
          label={SERVICE_TEXT.didNotComeOut}
          onPress={() => void say(false)}
          busy={reprint.busy}
        />
      </div>
    </>
  );
}
