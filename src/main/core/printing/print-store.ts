import { sql } from 'kysely';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { JournalPaperKind } from '../../../contract/paper-kinds.ts';
import type { PrintJobState } from '../db/schema-counter.ts';

/** A paper that the journal knows: asked for, and what became of it. */
export type PrintJob = {
  readonly jobId: string;
  /** The transaction or arrival it belongs to. */
  readonly stream: string;
  readonly kind: JournalPaperKind;
  /** 0 is the original, n is SALINAN n. */
  readonly copyNo: number;
  readonly printer: string;
  readonly state: PrintJobState;
  readonly detail: string | null;
  readonly requestedAt: number;
};

type Row = {
  job_id: string;
  stream: string;
  kind: JournalPaperKind;
  copy_no: number;
  printer: string;
  state: PrintJobState;
  detail: string | null;
  requested_at: number;
};

const toJob = (row: Row): PrintJob => ({
  jobId: row.job_id,
  stream: row.stream,
  kind: row.kind,
  copyNo: row.copy_no,
  printer: row.printer,
  state: row.state,
  detail: row.detail,
  requestedAt: row.requested_at,
});

const insertRow = preparedWrite<PrintJob>()((to, of) =>
  to.insertInto('print_job').values({
    job_id: of('jobId'),
    stream: of('stream'),
    kind: of('kind'),
    copy_no: of('copyNo'),
    printer: of('printer'),
    state: of('state'),
    detail: of('detail'),
    requested_at: of('requestedAt'),
  }),
);
const updateState = preparedWrite<Pick<PrintJob, 'jobId' | 'state' | 'detail'>>()((to, of) =>
  to
    .updateTable('print_job')
    .set({ state: of('state'), detail: of('detail') })
    .where('job_id', '=', of('jobId')),
);

export async function insertJob(tx: WriteTx, job: PrintJob): Promise<void> {
  insertRow(tx, job);
}

export async function setJobState(
  tx: WriteTx,
  jobId: string,
  state: PrintJobState,
  detail: string | null,
): Promise<void> {
  updateState(tx, { jobId, state, detail });
}

export async function findJob(tx: ReadTx, jobId: string): Promise<PrintJob | undefined> {
  const row = await tx.selectFrom('print_job').selectAll().where('job_id', '=', jobId).executeTakeFirst();
  return row === undefined ? undefined : toJob(row);
}

const selectJobsOf = prepared<{ stream: string }>()((from, of) =>
  from.selectFrom('print_job').selectAll().where('stream', '=', of('stream')).orderBy('requested_at').orderBy('job_id'),
);

/** Every paper of one transaction or arrival, oldest first. */
export async function readJobsOf(tx: ReadTx, stream: string): Promise<readonly PrintJob[]> {
  return selectJobsOf(tx, { stream }).map(toJob);
}

/** Papers of many transactions at once, for lists. */
export async function readJobsOfAll(
  tx: ReadTx,
  streams: readonly string[],
): Promise<ReadonlyMap<string, readonly PrintJob[]>> {
  const jobs = new Map<string, PrintJob[]>();
  if (streams.length === 0) return jobs;
  const rows = await tx
    .selectFrom('print_job')
    .selectAll()
    .where('stream', 'in', [...streams])
    .orderBy('requested_at')
    .orderBy('job_id')
    .execute();
  for (const row of rows) {
    const of = jobs.get(row.stream) ?? [];
    of.push(toJob(row));
    jobs.set(row.stream, of);
  }
  return jobs;
}

/** Papers of which nobody knows yet whether they came out. */
export async function readUnsettledJobs(tx: ReadTx): Promise<readonly PrintJob[]> {
  const rows = await tx
    .selectFrom('print_job')
    .selectAll()
    // Word by word as in the partial index `print_job_unsettled`: a bound value is not known when the query is planned.
    .where('state', 'in', [sql.lit<'requested'>('requested'), sql.lit<'unknown'>('unknown')])
    .orderBy('requested_at')
    .limit(200)
    .execute();
  return rows.map(toJob);
}

const selectNewest = prepared<{ limit: number }>()((from, of) =>
  from.selectFrom('print_job').selectAll().orderBy('requested_at', 'desc').orderBy('job_id', 'desc').limit(of('limit')),
);

export async function readNewestJobs(tx: ReadTx, limit: number): Promise<readonly PrintJob[]> {
  return selectNewest(tx, { limit }).map(toJob);
}

/** A paper as this process knows it: an intent that it does not carry out has no result that anybody waits for. */
export const asItStands =
  (isPrinting: (jobId: string) => boolean) =>
  (job: PrintJob): PrintJob =>
    job.state === 'requested' && !isPrinting(job.jobId) ? { ...job, state: 'unknown' } : job;

/** Where the print axis of a transaction stands, out of its papers as they stand (product, "Five status axes"). */
export function printAxis(jobs: readonly PrintJob[]): {
  readonly print: 'not-printed' | 'printing' | 'print-unknown' | 'printed' | 'spoiled';
  readonly copies: number;
} {
  const out = jobs.filter((job) => job.state === 'printed' || job.state === 'came-out');
  const copies = out.filter((job) => job.kind === 'copy').length;
  if (jobs.some((job) => job.state === 'unknown')) return { print: 'print-unknown', copies };
  if (jobs.some((job) => job.state === 'requested')) return { print: 'printing', copies };
  if (out.length > 0) return { print: 'printed', copies };
  return { print: jobs.some((job) => job.state === 'did-not-come-out') ? 'spoiled' : 'not-printed', copies };
}

/**
 * The number of the next paper: 0 while nothing can have left a printer, else SALINAN n. A paper that failed before its
 * first byte does not count; one that an officer says did not come out does, because only he says so.
 */
export function nextCopyNo(jobs: readonly PrintJob[]): number {
  return jobs.filter((job) => job.state !== 'failed' && (job.kind === 'receipt' || job.kind === 'copy')).length;
}
