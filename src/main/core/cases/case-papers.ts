import type { CasePage } from '../../../contract/views-cases.ts';
import type { ReadTx } from '../db/open.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import { type PrintJob, readJobsOf } from '../printing/print-store.ts';
import { findCashRefund, readRefundsOf, readShortfalls } from './claim-store.ts';

/** What a paper of a case is printed as. */
export type CasePaperKind = 'top-up' | 'refund';

/** A paper of a case with the entry that it is made of. */
export type CasePaper = {
  readonly paper: CasePage['papers'][number]['paper'];
  readonly kind: CasePaperKind;
  readonly number: string;
  readonly entry: StoredEntry;
};

/** Jobs of papers that were asked for before this entry: a second top-up is no copy of the first. Never changes again. */
export async function jobsBefore(
  tx: ReadTx,
  { stream, seq }: Pick<StoredEntry, 'stream' | 'seq'>,
): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('entry')
    .select(['text', 'type'])
    .where('stream', '=', stream)
    .where('type', '=', 'print.requested')
    .where('seq', '<', seq)
    .execute();
  return new Set(rows.map((row) => bodyOf('print.requested', row).jobId));
}

/** The number of the next paper of this kind: 0 while nothing can have left a printer, else SALINAN n. */
export function nextCasePaper(jobs: readonly PrintJob[], kind: PrintJob['kind'], before: ReadonlySet<string>): number {
  return jobs.filter((job) => job.kind === kind && job.state !== 'failed' && !before.has(job.jobId)).length;
}

/** The newest top-up and the newest paper about a refund of one sale: those that can be printed again. */
export async function readCasePapers(
  tx: ReadTx,
  journal: Pick<Journal, 'find'>,
  transactionId: string,
): Promise<readonly CasePaper[]> {
  const papers: CasePaper[] = [];
  const topUp = (await readShortfalls(tx, transactionId)).filter(({ kind }) => kind === 'collected').at(-1);
  const collected = topUp === undefined ? undefined : await journal.find(tx, topUp.seq);
  if (collected !== undefined) {
    const number = bodyOf('shortfall.collected', collected).collectionNumber;
    papers.push({ paper: 'top-up', kind: 'top-up', number, entry: collected });
  }
  const slip = await findCashRefund(tx, transactionId);
  const newest = slip ?? (await readRefundsOf(tx, transactionId)).at(-1);
  const entry = newest === undefined ? undefined : await journal.find(tx, newest.seq);
  if (newest !== undefined && entry !== undefined) {
    const paper = slip === undefined ? 'refund-form' : 'refund-slip';
    papers.push({ paper, kind: 'refund', number: newest.number, entry });
  }
  return papers;
}

/** The same as the page of the case lists them, with what the printer said of the last one. */
export async function casePapersView(
  tx: ReadTx,
  journal: Pick<Journal, 'find'>,
  transactionId: string,
): Promise<CasePage['papers']> {
  const jobs = await readJobsOf(tx, transactionId);
  const views: CasePage['papers'] = [];
  for (const { paper, kind, number, entry } of await readCasePapers(tx, journal, transactionId)) {
    const before = await jobsBefore(tx, entry);
    const unknown = jobs.find((job) => job.kind === kind && job.state === 'unknown' && !before.has(job.jobId));
    views.push({ paper, number, unknownJobId: unknown?.jobId ?? null });
  }
  return views;
}
