import { sql } from 'kysely';
import type { RefusedReason } from '../../../domain/courier.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** Word by word the condition of the partial indexes. */
const IS_OPEN = sql<boolean>`settled_seq IS NULL`;

/** Cash that went with a courier; `settledSeq` is null while nobody has said that it arrived. */
export type CourierLeg = {
  readonly dispatchId: string;
  readonly seq: number;
  readonly dispatchNumber: string;
  readonly from: 'drawer' | 'safe';
  readonly amount: Rupiah;
  readonly dispatchedAt: number;
  readonly officerName: string;
  readonly settledSeq: number | null;
};

type LegRow = {
  dispatch_id: string;
  seq: number;
  dispatch_number: string;
  source: 'drawer' | 'safe';
  amount: number;
  dispatched_at: number;
  officer_name: string;
  settled_seq: number | null;
};

const toLeg = (row: LegRow): CourierLeg => ({
  dispatchId: row.dispatch_id,
  seq: row.seq,
  dispatchNumber: row.dispatch_number,
  from: row.source,
  amount: rupiah(row.amount),
  dispatchedAt: row.dispatched_at,
  officerName: row.officer_name,
  settledSeq: row.settled_seq,
});

export async function insertLeg(tx: WriteTx, leg: Omit<CourierLeg, 'settledSeq'>): Promise<void> {
  await tx
    .insertInto('courier_leg')
    .values({
      dispatch_id: leg.dispatchId,
      seq: leg.seq,
      dispatch_number: leg.dispatchNumber,
      source: leg.from,
      amount: leg.amount,
      dispatched_at: leg.dispatchedAt,
      officer_name: leg.officerName,
    })
    .execute();
}

export async function findLeg(tx: ReadTx, dispatchId: string): Promise<CourierLeg | undefined> {
  const row = await tx.selectFrom('courier_leg').selectAll().where('dispatch_id', '=', dispatchId).executeTakeFirst();
  return row === undefined ? undefined : toLeg(row);
}

/** Legs that nobody has seen the end of, oldest first. */
export async function readOpenLegs(tx: ReadTx): Promise<readonly CourierLeg[]> {
  const rows = await tx.selectFrom('courier_leg').selectAll().where(IS_OPEN).orderBy('seq').execute();
  return rows.map(toLeg);
}

/** Ends a leg; the database refuses a second time. */
export async function putLegSettled(tx: WriteTx, dispatchId: string, seq: number): Promise<void> {
  await tx.updateTable('courier_leg').set({ settled_seq: seq }).where('dispatch_id', '=', dispatchId).execute();
}

/** A sum that a bank did not take. */
export type CashRefusal = {
  readonly refusalId: string;
  readonly seq: number;
  readonly reason: RefusedReason;
  readonly amount: Rupiah;
  readonly refusedAt: number;
  readonly officerName: string;
  readonly settledSeq: number | null;
};

type RefusalRow = {
  refusal_id: string;
  seq: number;
  reason: RefusedReason;
  amount: number;
  refused_at: number;
  officer_name: string;
  settled_seq: number | null;
};

const toRefusal = (row: RefusalRow): CashRefusal => ({
  refusalId: row.refusal_id,
  seq: row.seq,
  reason: row.reason,
  amount: rupiah(row.amount),
  refusedAt: row.refused_at,
  officerName: row.officer_name,
  settledSeq: row.settled_seq,
});

export async function insertRefusal(tx: WriteTx, refusal: CashRefusal): Promise<void> {
  await tx
    .insertInto('cash_refusal')
    .values({
      refusal_id: refusal.refusalId,
      seq: refusal.seq,
      reason: refusal.reason,
      amount: refusal.amount,
      refused_at: refusal.refusedAt,
      officer_name: refusal.officerName,
      settled_seq: refusal.settledSeq,
    })
    .execute();
}

export async function findRefusal(tx: ReadTx, refusalId: string): Promise<CashRefusal | undefined> {
  const row = await tx.selectFrom('cash_refusal').selectAll().where('refusal_id', '=', refusalId).executeTakeFirst();
  return row === undefined ? undefined : toRefusal(row);
}

/** Sums that are false or never arrived and that no supervisor has spoken about, oldest first. */
export async function readDoubts(tx: ReadTx): Promise<readonly CashRefusal[]> {
  const rows = await tx.selectFrom('cash_refusal').selectAll().where(IS_OPEN).orderBy('seq').execute();
  return rows.map(toRefusal);
}

/** A supervisor has spoken; the database refuses a second time. */
export async function putRefusalSettled(tx: WriteTx, refusalId: string, seq: number): Promise<void> {
  await tx.updateTable('cash_refusal').set({ settled_seq: seq }).where('refusal_id', '=', refusalId).execute();
}
