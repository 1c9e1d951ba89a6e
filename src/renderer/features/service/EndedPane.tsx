import { IconCircleCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { PrintJobView } from '../../../contract/views-transaction.ts';
import type { PrinterView } from '../../../contract/views-counter.ts';
import { useAction, useProcedure } from '../../app/queries.tsx';
import type { ScreenRefusal } from '../../text/error-facts.ts';
import { printerTrouble } from '../../text/error-text.ts';
import { money } from '../../text/format.ts';
import { printStateText, SERVICE_TEXT } from '../../text/service-text.ts';
import { KeyButton } from '../../ui/KeyButton.tsx';
import { Pane } from '../../ui/Pane.tsx';
import { Plate } from '../../ui/Plate.tsx';
import { RefusalCard } from '../../ui/RefusalCard.tsx';
import { BasketEnded } from './BasketEnded.tsx';
import styles from './Service.module.css';
import type { Ended } from './service-flow.ts';

/** The printer to try after this one: the second, else any other. */
function otherPrinter(printers: readonly PrinterView[], used: string): PrinterView | undefined {
  const others = printers.filter((printer) => printer.printerId !== used);
  return others.find((printer) => printer.role === 'second') ?? others[0];
}

/** What became of the paper, and the two keys when it did not come out. */
function Paper({ job, transactionId }: Readonly<{ job: PrintJobView; transactionId: string | undefined }>): ReactNode {
  const printers = useProcedure('printing.printers', {});
  const answer = useAction('printing.answer');
  const reprint = useAction('transactions.reprint');
  const [refusal, setRefusal] = useState<ScreenRefusal | undefined>();
  const second = otherPrinter(printers.value ?? [], job.printer);
  const printer = (printers.value ?? []).find((each) => each.printerId === job.printer)?.name ?? job.printer;

  const tryAgain = async (): Promise<void> => {
    if (job.state === 'unknown') {
      const answered = await answer.run({ jobId: job.jobId, cameOut: false });
      if (answered?.ok === false) {
        setRefusal(answered.error);
        return;
      }
    }
    if (transactionId === undefined) return;
    const printed = await reprint.run({
      transactionId,
      reason: SERVICE_TEXT.reprintReason,
      printerId: second?.printerId ?? null,
    });
    if (printed !== undefined) setRefusal(printed.ok ? undefined : printed.error);
  };
  const cameOut = async (): Promise<void> => {
    const answered = await answer.run({ jobId: job.jobId, cameOut: true });
    if (answered !== undefined) setRefusal(answered.ok ? undefined : answered.error);
  };
  const again = second === undefined ? SERVICE_TEXT.printAgain : SERVICE_TEXT.printSecond(second.name);

  return (
    <div className={styles['paper']} data-state={job.state} role="status">
      <p>{`${printer}: ${printStateText(job.state)}`}</p>
      {job.state === 'unknown' ? (
        <>
          <p>{SERVICE_TEXT.didItComeOut(printerTrouble(job.detail).what, job.receiptNumber ?? '')}</p>
          <div className={styles['quick']}>
            <KeyButton
              action="cameOut"
              label={SERVICE_TEXT.cameOut}
              onPress={() => void cameOut()}
              busy={answer.busy}
            />
            <KeyButton
              action="reprint"
              label={SERVICE_TEXT.didNotComeOut}
              onPress={() => void tryAgain()}
              busy={reprint.busy}
            />
          </div>
        </>
      ) : null}
      {job.state === 'failed' ? (
        <>
          <p>{SERVICE_TEXT.printFailed(printerTrouble(job.detail))}</p>
          {transactionId === undefined ? null : (
            <KeyButton action="reprint" label={again} onPress={() => void tryAgain()} busy={reprint.busy} />
          )}
        </>
      ) : null}
      {refusal === undefined ? null : <RefusalCard refusal={refusal} />}
    </div>
  );
}

/** After the commit: the change in large figures, the paper, and the way to the next citizen. */
export function EndedPane({ ended }: Readonly<{ ended: Ended }>): ReactNode {
  return ended.kind === 'basket' ? <BasketEnded paid={ended.paid} /> : <OneEnded ended={ended} />;
}

function OneEnded({ ended }: Readonly<{ ended: Exclude<Ended, { kind: 'basket' }> }>): ReactNode {
  const jobs = useProcedure('printing.jobs', {});
  const printJobId = ended.kind === 'paid' ? ended.paid.printJobId : ended.printJobId;
  const transactionId = ended.kind === 'paid' ? ended.paid.transactionId : undefined;
  const job = newestJob(jobs.value ?? [], printJobId, transactionId);
  return (
    <Pane title={SERVICE_TEXT.payment} step={4} fill>
      <div className={styles['ended']} role="status">
        <IconCircleCheck size="2.5rem" aria-hidden className={styles['done']} />
        <p className={styles['endedTitle']}>
          {ended.kind === 'paid' ? SERVICE_TEXT.paidTitle : SERVICE_TEXT.intakeTitle}
        </p>
        <span>
          <Plate nrkb={ended.nrkb} size="card" />
        </span>
        <p className={styles['receiptNumber']}>
          <span className={styles['dim']}>{SERVICE_TEXT.number}</span>
          {ended.kind === 'paid' ? ended.paid.receiptNumber : ended.arrivalNumber}
        </p>
      </div>
      {ended.kind === 'paid' ? (
        <>
          <dl className={styles['endedSums']}>
            <dt>{SERVICE_TEXT.total}</dt>
            <dd>{money(ended.paid.payable)}</dd>
            <dt>{SERVICE_TEXT.received}</dt>
            <dd>{money(ended.paid.tendered)}</dd>
          </dl>
          <div className={styles['endedSum']}>
            <span>{SERVICE_TEXT.change}</span>
            <output className={styles['endedChange']}>{money(ended.paid.change)}</output>
          </div>
        </>
      ) : null}
      {ended.kind === 'paid' && ended.paid.secondCopy === 'missing' ? (
        <p className={styles['noCopy']} role="alert">
          {SERVICE_TEXT.noSecondCopy}
        </p>
      ) : null}
      {job === undefined ? null : <Paper key={job.jobId} job={job} transactionId={transactionId} />}
      <p className={styles['nextCitizen']}>{SERVICE_TEXT.next}</p>
    </Pane>
  );
}

/** The paper of this service, or the newest copy that was made of it. */
function newestJob(
  jobs: readonly PrintJobView[],
  printJobId: string | null,
  transactionId: string | undefined,
): PrintJobView | undefined {
  const own = jobs.filter(
    (job) => job.jobId === printJobId || (transactionId !== undefined && job.transactionId === transactionId),
  );
  return own.reduce<PrintJobView | undefined>(
    (newest, job) => (newest === undefined || job.requestedAt >= newest.requestedAt ? job : newest),
    undefined,
  );
}
