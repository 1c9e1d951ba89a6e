import type { LocalDate } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** A deposit as the projection holds it. */
export type StoredDeposit = {
  readonly depositId: string;
  readonly seq: number;
  readonly amount: Rupiah;
  readonly from: 'drawer' | 'safe';
  readonly depositedOn: LocalDate;
  readonly bank: string;
  readonly slipNumber: string;
  readonly recordedAt: number;
  readonly officerName: string;
  /** The courier's leg that ended with it. */
  readonly dispatchId: string | null;
  /** Of it, what the bank has confirmed. */
  readonly confirmed: Rupiah;
};

/** Idempotent by constraint: one slip of one bank is recorded once. */
export async function insertDeposit(tx: WriteTx, deposit: Omit<StoredDeposit, 'confirmed'>): Promise<void> {
  await tx
    .insertInto('deposit')
    .values({
      deposit_id: deposit.depositId,
      seq: deposit.seq,
      amount: deposit.amount,
      source: deposit.from,
      deposited_on: deposit.depositedOn,
      bank: deposit.bank,
      slip_number: deposit.slipNumber,
      recorded_at: deposit.recordedAt,
      officer_name: deposit.officerName,
      dispatch_id: deposit.dispatchId,
    })
    .execute();
}

/** Whether a slip of this bank is recorded already. */
export async function isSlipUsed(tx: ReadTx, bank: string, slipNumber: string): Promise<boolean> {
  const row = await tx
    .selectFrom('deposit')
    .select('seq')
    .where('bank', '=', bank)
    .where('slip_number', '=', slipNumber)
    .executeTakeFirst();
  return row !== undefined;
}

/** When a deposit was recorded, ms UTC; undefined for an id that is none. */
export async function findDepositedAt(tx: ReadTx, depositId: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('deposit')
    .select('recorded_at')
    .where('deposit_id', '=', depositId)
    .executeTakeFirst();
  return row?.recorded_at;
}

/** Newest first. */
export async function readDeposits(tx: ReadTx, limit: number): Promise<readonly StoredDeposit[]> {
  const rows = await tx.selectFrom('deposit').selectAll().orderBy('seq', 'desc').limit(limit).execute();
  return rows.map((row) => ({
    depositId: row.deposit_id,
    seq: row.seq,
    amount: rupiah(row.amount),
    from: row.source,
    depositedOn: row.deposited_on as LocalDate, // written by insertDeposit only
    bank: row.bank,
    slipNumber: row.slip_number,
    recordedAt: row.recorded_at,
    officerName: row.officer_name,
    dispatchId: row.dispatch_id,
    confirmed: rupiah(row.confirmed),
  }));
}
