import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { EntryTable } from '../db/schema.ts';
import { anyListed } from '../db/any-of.ts';
import { prepared } from '../db/prepared.ts';
import { type ReadTx, readNow, runNow, type WriteTx } from '../db/tx.ts';
import type { Head, StoredEntry } from './entry-text.ts';

/** Sum of one ledger account; whole rupiah. */
export type AccountSum = { readonly account: string; readonly amount: Rupiah };

/** A ledger line as its row holds it. */
export type StoredLedgerLine = {
  readonly seq: number;
  readonly lineNo: number;
  readonly account: string;
  readonly amount: number;
  readonly cashSessionId: string | null;
};

type HeadRow = Pick<EntryTable, 'seq' | 'hash' | 'epoch_n' | 'epoch_nonce'>;

const toHead = (row: HeadRow): Head => ({
  seq: row.seq,
  hash: row.hash,
  epoch: { n: row.epoch_n, nonce: row.epoch_nonce },
});

const toEntry = (row: EntryTable): StoredEntry => ({
  ...toHead(row),
  prev: row.prev,
  type: row.type,
  stream: row.stream,
  officerId: row.officer_id,
  cashSessionId: row.cash_session_id,
  wallMs: row.wall_ms,
  text: row.text,
  sig: row.sig,
});

// The three statements of the chain run at every append, at once and as plain SQL: building them anew costs more than they do.
const SELECT_HEAD = 'SELECT seq, hash, epoch_n, epoch_nonce FROM entry ORDER BY seq DESC LIMIT 1';
const INSERT_ENTRY = `INSERT INTO entry
  (seq, epoch_n, epoch_nonce, hash, prev, type, stream, officer_id, cash_session_id, wall_ms, text, sig)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
/** One statement for any number of lines. */
const INSERT_LEDGER_LINES = `INSERT INTO ledger_line (entry_seq, line_no, account, amount, cash_session_id)
  SELECT ?, line.key + 1, line.value ->> 'account', line.value ->> 'amount', ? FROM json_each(?) AS line`;

/** The newest entry, at once; for the chain, which nothing may overtake. */
export function findHeadNow(tx: WriteTx): Head | undefined {
  return headNow(tx);
}

function headNow(tx: ReadTx): Head | undefined {
  // The row of SELECT_HEAD, whose columns are STRICT.
  const [row] = readNow(tx, SELECT_HEAD) as readonly HeadRow[];
  return row === undefined ? undefined : toHead(row);
}

const selectEntry = prepared<{ seq: number }>()((from, of) =>
  from.selectFrom('entry').selectAll().where('seq', '=', of('seq')),
);
const selectHash = prepared<{ seq: number }>()((from, of) =>
  from.selectFrom('entry').select('hash').where('seq', '=', of('seq')),
);

export async function findHead(tx: ReadTx): Promise<Head | undefined> {
  return headNow(tx);
}

/** Appends a row at once. The table refuses one that does not continue the chain. */
export function insertEntryNow(tx: WriteTx, entry: StoredEntry): void {
  const { seq, epoch, hash, prev, type, stream, officerId, cashSessionId, wallMs, text, sig } = entry;
  const row = [seq, epoch.n, epoch.nonce, hash, prev, type, stream, officerId, cashSessionId, wallMs, text, sig];
  runNow(tx, INSERT_ENTRY, row);
}

/** The lines of one entry, in the order of its body. */
export function insertLedgerLinesNow(
  tx: WriteTx,
  entry: Pick<StoredEntry, 'seq' | 'cashSessionId'>,
  lines: readonly { readonly account: string; readonly amount: number }[],
): void {
  if (lines.length === 0) return;
  runNow(tx, INSERT_LEDGER_LINES, [entry.seq, entry.cashSessionId, JSON.stringify(lines)]);
}

export async function findEntry(tx: ReadTx, seq: number): Promise<StoredEntry | undefined> {
  const [row] = selectEntry(tx, { seq });
  return row === undefined ? undefined : toEntry(row);
}

/** Entries after `seq`, oldest first, at most `limit`. */
export async function readAfter(tx: ReadTx, seq: number, limit: number): Promise<readonly StoredEntry[]> {
  const rows = await tx.selectFrom('entry').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute();
  return rows.map(toEntry);
}

const selectEntries = prepared<{ seqs: string }>()((from, of) =>
  from
    .selectFrom('entry')
    .selectAll()
    .where('seq', 'in', anyListed<number>(of('seqs')))
    .orderBy('seq'),
);

/** The entries at these places, oldest first; a place that has none is left out. */
export async function findEntries(tx: ReadTx, seqs: readonly number[]): Promise<readonly StoredEntry[]> {
  return selectEntries(tx, { seqs: JSON.stringify(seqs) }).map(toEntry);
}

const selectPlaces = prepared<{ seqs: string }>()((from, of) =>
  from
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('seq', 'in', anyListed<number>(of('seqs'))),
);

/** Which of these places have an entry, and its hash. */
export async function findPlaces(
  tx: ReadTx,
  seqs: readonly number[],
): Promise<readonly Pick<StoredEntry, 'seq' | 'hash'>[]> {
  return selectPlaces(tx, { seqs: JSON.stringify(seqs) });
}

/** The hash that stands at a place; empty when nothing does. */
export async function findHashAt(tx: ReadTx, seq: number): Promise<string> {
  return selectHash(tx, { seq })[0]?.hash ?? '';
}

/** Text, hash and signature of a row as bytes, without a word of what they should be; undefined when it is gone. */
export async function findEntryBytes(tx: ReadTx, seq: number): Promise<readonly Buffer[] | undefined> {
  const row = await tx
    .selectFrom('entry')
    .select((eb) => (['text', 'hash', 'sig'] as const).map((column) => eb.cast<Buffer>(column, 'blob').as(column)))
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row === undefined ? undefined : [row.text, row.hash, row.sig];
}

/** Every entry of one stream, oldest first. */
export async function readStream(tx: ReadTx, stream: string): Promise<readonly StoredEntry[]> {
  const rows = await tx.selectFrom('entry').selectAll().where('stream', '=', stream).orderBy('seq').execute();
  return rows.map(toEntry);
}

export async function countEntries(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('entry')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Ledger lines of the entries `from` to `to`, both included, in order. */
export async function readLedgerLines(tx: ReadTx, from: number, to: number): Promise<readonly StoredLedgerLine[]> {
  const rows = await tx
    .selectFrom('ledger_line')
    .selectAll()
    .where('entry_seq', '>=', from)
    .where('entry_seq', '<=', to)
    .orderBy('entry_seq')
    .orderBy('line_no')
    .execute();
  return rows.map((row) => ({
    seq: row.entry_seq,
    lineNo: row.line_no,
    account: row.account,
    amount: row.amount,
    cashSessionId: row.cash_session_id,
  }));
}

/** Sum per account, over everything or over one cash session. Throws when a sum is no whole rupiah amount. */
export async function sumLedger(
  tx: ReadTx,
  { cashSessionId }: { readonly cashSessionId?: string } = {},
): Promise<readonly AccountSum[]> {
  let query = tx
    .selectFrom('ledger_line')
    .select((eb) => ['account', eb.fn.sum<number>('amount').as('amount')] as const)
    .groupBy('account')
    .orderBy('account');
  if (cashSessionId !== undefined) query = query.where('cash_session_id', '=', cashSessionId);
  const rows = await query.execute();
  return rows.map(({ account, amount }) => ({ account, amount: rupiah(amount) }));
}
