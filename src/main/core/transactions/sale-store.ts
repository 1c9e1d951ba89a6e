import { sql } from 'kysely';
import { z } from 'zod';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { PaymentMeans } from '../../../domain/payment-means.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import { anyOf } from '../db/any-of.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { CentralState } from '../db/schema-counter.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { standsFor } from './sold-once.ts';

const CONTEXT = 'sale';

const sealedSchema = z.object({
  nrkb: z.string(),
  plateColour: z.enum(['white', 'black', 'yellow', 'red', 'green']),
  make: z.string(),
  model: z.string(),
  yearMade: z.int(),
  maskedOwner: z.string(),
});
/** What lists show of a sale's vehicle without opening the person's own data. */
export type SaleVehicle = z.infer<typeof sealedSchema>;

/** A sale as the projection holds it; the entry in the journal is the truth. */
export type Sale = {
  readonly transactionId: string;
  readonly epochN: number;
  readonly epochNonce: string;
  readonly seq: number;
  readonly entryHash: string;
  readonly receiptNumber: string;
  readonly nrkbIndex: string;
  readonly paidAt: number;
  readonly paidOn: LocalDate;
  readonly periodUntil: LocalDate;
  readonly cashSessionId: string;
  readonly officerId: string;
  readonly officerName: string;
  readonly total: Rupiah;
  readonly payable: Rupiah;
  readonly means: PaymentMeans;
  readonly central: CentralState;
  readonly decidedAt: number | null;
  readonly finalNumber: string | null;
  readonly handedOverAt: number | null;
  /** Null while the sale stands. */
  readonly voided: { readonly seq: number; readonly at: number; readonly number: string } | null;
  readonly vehicle: SaleVehicle;
};

/** A row of `sale`, as Kysely answers it. */
type Row = {
  transaction_id: string;
  epoch_n: number;
  epoch_nonce: string;
  seq: number;
  entry_hash: string;
  receipt_number: string;
  nrkb_index: string;
  paid_at: number;
  paid_on: string;
  period_until: string;
  cash_session_id: string;
  officer_id: string;
  officer_name: string;
  total: number;
  payable: number;
  means: PaymentMeans;
  central: CentralState;
  decided_at: number | null;
  final_number: string | null;
  handed_over_at: number | null;
  void_seq: number | null;
  voided_at: number | null;
  void_number: string | null;
  sealed: string;
};

function voidedOf({ void_seq: seq, voided_at: at, void_number: number }: Row): Sale['voided'] {
  return seq === null || at === null || number === null ? null : { seq, at, number };
}

const toSale = (cipher: ColumnCipher, row: Row): Sale => ({
  transactionId: row.transaction_id,
  epochN: row.epoch_n,
  epochNonce: row.epoch_nonce,
  seq: row.seq,
  entryHash: row.entry_hash,
  receiptNumber: row.receipt_number,
  nrkbIndex: row.nrkb_index,
  paidAt: row.paid_at,
  paidOn: row.paid_on as LocalDate, // written by insertSale only
  periodUntil: row.period_until as LocalDate, // written by insertSale only
  cashSessionId: row.cash_session_id,
  officerId: row.officer_id,
  officerName: row.officer_name,
  total: rupiah(row.total),
  payable: rupiah(row.payable),
  means: row.means,
  central: row.central,
  decidedAt: row.decided_at,
  finalNumber: row.final_number,
  handedOverAt: row.handed_over_at,
  voided: voidedOf(row),
  vehicle: sealedSchema.parse(JSON.parse(cipher.open(row.sealed, CONTEXT))),
});

/** A sale as it is made: nobody has said anything of it yet. */
export type NewSale = Omit<Sale, 'central' | 'decidedAt' | 'finalNumber' | 'handedOverAt' | 'voided'>;

/**
 * Idempotent by constraint: a transaction has one sale, an entry has one sale, a number stands on one sale, and no vehicle
 * and period has a second sale that stands. Not `stands` only for cash that was taken before anybody could know.
 */
export async function insertSale(tx: WriteTx, cipher: ColumnCipher, sale: NewSale, stands = true): Promise<void> {
  await tx
    .insertInto('sale')
    .values({
      transaction_id: sale.transactionId,
      epoch_n: sale.epochN,
      epoch_nonce: sale.epochNonce,
      seq: sale.seq,
      entry_hash: sale.entryHash,
      receipt_number: sale.receiptNumber,
      nrkb_index: sale.nrkbIndex,
      paid_at: sale.paidAt,
      paid_on: sale.paidOn,
      period_until: sale.periodUntil,
      cash_session_id: sale.cashSessionId,
      officer_id: sale.officerId,
      officer_name: sale.officerName,
      total: sale.total,
      payable: sale.payable,
      means: sale.means,
      stands_for: stands ? standsFor(sale) : null,
      decided_at: null,
      final_number: null,
      handed_over_at: null,
      void_seq: null,
      voided_at: null,
      void_number: null,
      sealed: cipher.seal(JSON.stringify(sale.vehicle), CONTEXT),
    })
    .execute();
}

const selectSale = prepared<{ transactionId: string }>()((from, of) =>
  from.selectFrom('sale').selectAll().where('transaction_id', '=', of('transactionId')),
);

export async function findSale(tx: ReadTx, cipher: ColumnCipher, transactionId: string): Promise<Sale | undefined> {
  const [row] = selectSale(tx, { transactionId });
  return row === undefined ? undefined : toSale(cipher, row);
}

/** The sale of an entry; undefined for entries that are none. */
export async function findSaleAt(tx: ReadTx, cipher: ColumnCipher, seq: number): Promise<Sale | undefined> {
  const row = await tx.selectFrom('sale').selectAll().where('seq', '=', seq).executeTakeFirst();
  return row === undefined ? undefined : toSale(cipher, row);
}

/** Sales of many entries at once, by position. */
export async function findSalesAt(
  tx: ReadTx,
  cipher: ColumnCipher,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Sale>> {
  if (seqs.length === 0) return new Map();
  const rows = await tx.selectFrom('sale').selectAll().where('seq', 'in', anyOf(seqs)).execute();
  return new Map(rows.map((row) => [row.seq, toSale(cipher, row)]));
}

/** Sales by transaction id, for lists of papers. */
export async function findSalesOf(
  tx: ReadTx,
  cipher: ColumnCipher,
  transactionIds: readonly string[],
): Promise<ReadonlyMap<string, Sale>> {
  if (transactionIds.length === 0) return new Map();
  const rows = await tx.selectFrom('sale').selectAll().where('transaction_id', 'in', anyOf(transactionIds)).execute();
  return new Map(rows.map((row) => [row.transaction_id, toSale(cipher, row)]));
}

export async function countSales(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('sale')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

const selectNewestOf = prepared<{ nrkbIndex: string }>()((from, of) =>
  from
    .selectFrom('sale')
    .selectAll()
    .where('nrkb_index', '=', of('nrkbIndex'))
    .where('void_seq', 'is', null)
    .orderBy('seq', 'desc')
    .limit(1),
);

/** The newest sale of a plate at this counter that was not taken back, by the plate's index. */
export async function findNewestSaleOf(tx: ReadTx, cipher: ColumnCipher, nrkbIndex: string): Promise<Sale | undefined> {
  const [row] = selectNewestOf(tx, { nrkbIndex });
  return row === undefined ? undefined : toSale(cipher, row);
}

/** What narrows a search; an absent one does not. */
export type SaleFilter = {
  readonly nrkbIndex?: string;
  readonly receiptFragment?: string;
  readonly amount?: number;
  readonly from?: string;
  readonly to?: string;
  readonly central?: readonly CentralState[];
  /** Only what the tax office answered otherwise than booked or refunded. */
  readonly openCase?: true;
  /** Only what was not taken back. */
  readonly standing?: true;
};

/** Word by word the condition of the partial index `sale_open_case`: a bound value is not known when the query is planned. */
const IS_OPEN_CASE = sql<boolean>`central NOT IN ('not-booked', 'booked', 'refunded')`;

/** Newest first, in the order of their entries. */
export async function readSales(
  tx: ReadTx,
  cipher: ColumnCipher,
  filter: SaleFilter,
  limit: number,
): Promise<readonly Sale[]> {
  let query = tx.selectFrom('sale').selectAll().orderBy('seq', 'desc').limit(limit);
  if (filter.nrkbIndex !== undefined) query = query.where('nrkb_index', '=', filter.nrkbIndex);
  if (filter.receiptFragment !== undefined) {
    query = query.where('receipt_number', 'like', `%${filter.receiptFragment.replaceAll(/[%_]/g, '')}%`);
  }
  const { amount } = filter;
  if (amount !== undefined) query = query.where((eb) => eb.or([eb('total', '=', amount), eb('payable', '=', amount)]));
  if (filter.from !== undefined) query = query.where('paid_on', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('paid_on', '<=', filter.to);
  if (filter.central !== undefined) query = query.where('central', 'in', [...filter.central]);
  if (filter.openCase === true) query = query.where(IS_OPEN_CASE);
  if (filter.standing === true) query = query.where('void_seq', 'is', null);
  return (await query.execute()).map((row) => toSale(cipher, row));
}

/** How many sales wait for a person, by the newest word of the tax office. */
export async function countOpenCases(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('sale')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(IS_OPEN_CASE)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Applies what the tax office decided; a decision older than the one applied changes nothing. */
export async function applyDecision(
  tx: WriteTx,
  decision: {
    readonly transactionId: string;
    readonly central: CentralState;
    readonly decidedAt: number;
    readonly finalNumber: string | null;
  },
): Promise<void> {
  await tx
    .updateTable('sale')
    .set({
      central: decision.central,
      decided_at: decision.decidedAt,
      final_number: decision.finalNumber,
      // Money that went back covers nothing, and never again does.
      ...(decision.central === 'refunded' ? { stands_for: null } : {}),
    })
    .where('transaction_id', '=', decision.transactionId)
    .where((eb) => eb.or([eb('decided_at', 'is', null), eb('decided_at', '<=', decision.decidedAt)]))
    .execute();
}

/** Stands where a plate was, after the person was erased. */
const ERASED = '(dihapus)';

/** Takes everything personal off a sale's row; the plate's index goes too, so that it is found by no plate. */
export async function blankSale(tx: WriteTx, cipher: ColumnCipher, sale: Sale): Promise<void> {
  const vehicle: SaleVehicle = { ...sale.vehicle, nrkb: ERASED, maskedOwner: ERASED };
  await tx
    .updateTable('sale')
    .set({ nrkb_index: '', stands_for: null, sealed: cipher.seal(JSON.stringify(vehicle), CONTEXT) })
    .where('transaction_id', '=', sale.transactionId)
    .execute();
}

export async function setHandedOver(tx: WriteTx, transactionId: string, atMs: number): Promise<void> {
  await tx.updateTable('sale').set({ handed_over_at: atMs }).where('transaction_id', '=', transactionId).execute();
}
