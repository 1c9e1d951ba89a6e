import { wrongDrawerBalances } from './cash/drawer-balance-store.ts';
import type { Db, ReadTx } from './db/open.ts';
import type { ColumnCipher } from './device/column-cipher.ts';
import type { PageFiles } from './documents/page-files.ts';
import { pageProblem, verifyPages } from './documents/verify-pages.ts';
import type { EnrolledDevice } from './device/enrolled-device-store.ts';
import { bodyOf, type StoredEntry } from './journal/entry-text.ts';
import { readAfter } from './journal/journal-store.ts';
import type { Marks } from './journal/mark.ts';
import { verifyJournal } from './journal/verify-journal.ts';
import { verifyReceived } from './sync/verify-received.ts';
import { countSales, findSaleAt } from './transactions/sale-store.ts';

/** What `loket verify` and the Perangkat screen print. It never writes. */
export type CounterReport = {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: string | null;
  readonly problems: { readonly seq: number | null; readonly problem: string }[];
};

const BATCH = 500;

/** Compares one sale's projection with its entry. */
async function saleProblem(tx: ReadTx, cipher: ColumnCipher, entry: StoredEntry): Promise<string | undefined> {
  const body = bodyOf('transaction.paid', entry);
  const sale = await findSaleAt(tx, cipher, entry.seq);
  if (sale === undefined) return 'SALE_MISSING';
  const same =
    sale.transactionId === body.transactionId &&
    sale.entryHash === entry.hash &&
    sale.receiptNumber === body.receiptNumber &&
    sale.total === body.total &&
    sale.payable === body.payable &&
    sale.paidOn === body.paidOn &&
    sale.paidAt === entry.wallMs;
  return same ? undefined : 'SALE_DIFFERS';
}

/** Compares what an entry made with the entry; undefined where they agree, or nothing was made. */
async function projectionProblem(
  db: Pick<Db, 'read'>,
  cipher: ColumnCipher,
  entry: StoredEntry,
): Promise<string | undefined> {
  if (entry.type === 'transaction.paid') {
    return await db.read((tx) => saleProblem(tx, cipher, entry)).catch(() => 'SALE_UNREADABLE');
  }
  if (entry.type !== 'document.captured') return undefined;
  return await db.read((tx) => pageProblem(tx, entry)).catch(() => 'PAGE_UNREADABLE');
}

/** The journal by itself, projections and balances against it, and what the province sent, as it was kept. */
export async function verifyCounter(deps: {
  readonly db: Pick<Db, 'read'>;
  readonly device: EnrolledDevice;
  readonly cipher: ColumnCipher;
  readonly marks: Marks;
  readonly pageFiles: PageFiles;
}): Promise<CounterReport> {
  const { db, device, cipher } = deps;
  const journal = await verifyJournal(db, {
    deviceId: device.deviceId,
    publicKey: device.certificate.certificate.signingKey,
    marks: await deps.marks.read(),
  });
  const problems: { seq: number | null; problem: string }[] = journal.problems.map(({ seq, problem }) => ({
    seq,
    problem,
  }));
  let after = 0;
  let [sales, pages] = [0, 0];
  for (;;) {
    const entries = await db.read((tx) => readAfter(tx, after, BATCH));
    for (const entry of entries) {
      const problem = await projectionProblem(db, cipher, entry);
      if (problem !== undefined) problems.push({ seq: entry.seq, problem });
      sales += Number(entry.type === 'transaction.paid');
      pages += Number(entry.type === 'document.captured');
    }
    const last = entries.at(-1);
    // What `verifyJournal` reported as a damaged position cannot be read on from.
    if (last === undefined || !Number.isSafeInteger(last.seq)) break;
    after = last.seq;
  }
  // A sale without an entry would be money that nobody can prove.
  const projected = await db.read((tx) => countSales(tx));
  if (projected !== sales) problems.push({ seq: null, problem: 'SALE_WITHOUT_ENTRY' });
  const drawer = await db.read((tx) => wrongDrawerBalances(tx));
  if (drawer.length > 0) problems.push({ seq: null, problem: 'DRAWER_DIFFERS' });
  problems.push(...(await verifyPages(db, deps.pageFiles, pages)));
  problems.push(...(await verifyReceived(db, device.deviceId)));
  return { ok: problems.length === 0, entries: journal.entries, head: journal.head?.hash ?? null, problems };
}
