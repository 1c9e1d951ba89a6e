import { z } from 'zod';
import type { CancellationDecision, RefundDecision } from '../../../contract/feeds.ts';
import { refundPartSchema } from '../../../contract/entry-bodies-cases.ts';
import type { RefundState } from '../../../domain/refund-state.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { CaseTables } from '../db/schema-cases.ts';

const partsSchema = z.array(refundPartSchema);

/** An application for a refund as the counter knows it. */
export type StoredRefund = {
  readonly refundId: string;
  readonly seq: number;
  readonly transactionId: string;
  readonly number: string;
  readonly amount: Rupiah;
  readonly parts: z.infer<typeof partsSchema>;
  readonly whole: boolean;
  readonly askedBy: string;
  readonly requestedAt: number;
  readonly state: RefundState;
  /** Place of a supervisor's word at this counter. */
  readonly approvedSeq: number | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly decidedAt: number | null;
};

const toRefund = (row: CaseTables['refund']): StoredRefund => ({
  refundId: row.refund_id,
  seq: row.seq,
  transactionId: row.transaction_id,
  number: row.number,
  amount: rupiah(row.amount),
  parts: partsSchema.parse(JSON.parse(row.parts)),
  whole: row.whole === 1,
  askedBy: row.asked_by,
  requestedAt: row.requested_at,
  state: row.state,
  approvedSeq: row.approved_seq,
  reference: row.reference,
  reason: row.reason,
  decidedAt: row.decided_at,
});

/* -- what was missing -- */

/** Idempotent by constraint: one decision is answered once, by cash or by a waiver. */
export async function insertShortfall(tx: WriteTx, row: CaseTables['shortfall']): Promise<void> {
  await tx.insertInto('shortfall').values(row).execute();
}

export async function isShortfallAnswered(tx: ReadTx, decisionId: string): Promise<boolean> {
  const row = await tx.selectFrom('shortfall').select('seq').where('decision_id', '=', decisionId).executeTakeFirst();
  return row !== undefined;
}

/** What was collected or waived for one sale, oldest first. */
export async function readShortfalls(
  tx: ReadTx,
  transactionId: string,
): Promise<readonly Pick<CaseTables['shortfall'], 'seq' | 'kind'>[]> {
  return await tx
    .selectFrom('shortfall')
    .select(['seq', 'kind'])
    .where('transaction_id', '=', transactionId)
    .orderBy('seq')
    .execute();
}

/* -- which vehicle it was -- */

export async function insertMatch(tx: WriteTx, row: CaseTables['vehicle_match']): Promise<void> {
  await tx.insertInto('vehicle_match').values(row).execute();
}

export async function isMatched(tx: ReadTx, decisionId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('vehicle_match')
    .select('seq')
    .where('decision_id', '=', decisionId)
    .executeTakeFirst();
  return row !== undefined;
}

/* -- same-day requests -- */

export async function insertCancellation(
  tx: WriteTx,
  row: Omit<CaseTables['cancellation'], 'answer' | 'answered_at'>,
): Promise<void> {
  await tx
    .insertInto('cancellation')
    .values({ ...row, answer: null, answered_at: null })
    .execute();
}

export async function findCancellation(
  tx: ReadTx,
  transactionId: string,
): Promise<CaseTables['cancellation'] | undefined> {
  return await tx.selectFrom('cancellation').selectAll().where('transaction_id', '=', transactionId).executeTakeFirst();
}

/** Keeps the province's answer; a request that this database never had changes nothing. */
export async function putCancellationAnswer(tx: WriteTx, decision: CancellationDecision): Promise<void> {
  await tx
    .updateTable('cancellation')
    .set({ answer: decision.cancellation, answered_at: decision.decidedAt })
    .where('request_id', '=', decision.requestId)
    .execute();
}

/* -- applications for refunds -- */

export async function insertRefund(
  tx: WriteTx,
  refund: Omit<StoredRefund, 'state' | 'approvedSeq' | 'reference' | 'reason' | 'decidedAt'>,
): Promise<void> {
  await tx
    .insertInto('refund')
    .values({
      refund_id: refund.refundId,
      seq: refund.seq,
      transaction_id: refund.transactionId,
      number: refund.number,
      amount: refund.amount,
      parts: JSON.stringify(refund.parts),
      whole: refund.whole ? 1 : 0,
      asked_by: refund.askedBy,
      requested_at: refund.requestedAt,
      state: 'requested',
      approved_seq: null,
      reference: null,
      reason: null,
      decided_at: null,
    })
    .execute();
}

export async function findRefund(tx: ReadTx, refundId: string): Promise<StoredRefund | undefined> {
  const row = await tx.selectFrom('refund').selectAll().where('refund_id', '=', refundId).executeTakeFirst();
  return row === undefined ? undefined : toRefund(row);
}

/** Applications of one sale, oldest first. */
export async function readRefundsOf(tx: ReadTx, transactionId: string): Promise<readonly StoredRefund[]> {
  const rows = await tx
    .selectFrom('refund')
    .selectAll()
    .where('transaction_id', '=', transactionId)
    .orderBy('seq')
    .execute();
  return rows.map(toRefund);
}

/** An approved refund that nobody fetched. */
export type Unclaimed = Pick<StoredRefund, 'transactionId' | 'number' | 'amount'> & {
  /** ms UTC at which the province said so. */
  readonly since: number;
};

/** Refunds that nobody fetched, those that wait longest first. */
export async function readUnclaimed(tx: ReadTx): Promise<readonly Unclaimed[]> {
  const rows = await tx
    .selectFrom('refund')
    .select(['transaction_id', 'number', 'amount', 'requested_at', 'decided_at'])
    .where('state', '=', 'unclaimed')
    .orderBy('decided_at')
    .execute();
  return rows.map((row) => ({
    transactionId: row.transaction_id,
    number: row.number,
    amount: rupiah(row.amount),
    since: row.decided_at ?? row.requested_at,
  }));
}

export async function putApproved(tx: WriteTx, refundId: string, seq: number): Promise<void> {
  await tx.updateTable('refund').set({ approved_seq: seq }).where('refund_id', '=', refundId).execute();
}

/** Keeps a word of the province; an older word than the newest, and one about an application of nobody, change nothing. */
export async function putRefundWord(tx: WriteTx, word: RefundDecision): Promise<StoredRefund | undefined> {
  const { refundId, refund: state, reference, reason, decidedAt } = word;
  const moved = await tx
    .updateTable('refund')
    .set({ state, reference, reason, decided_at: decidedAt })
    .where('refund_id', '=', refundId)
    .where((eb) => eb.or([eb('decided_at', 'is', null), eb('decided_at', '<', decidedAt)]))
    .returningAll()
    .executeTakeFirst();
  return moved === undefined ? undefined : toRefund(moved);
}

/* -- cash that went back -- */

/** Idempotent by constraint: the cash of a sale goes back once. */
export async function insertCashRefund(tx: WriteTx, row: CaseTables['cash_refund']): Promise<void> {
  await tx.insertInto('cash_refund').values(row).execute();
}

export async function findCashRefund(
  tx: ReadTx,
  transactionId: string,
): Promise<CaseTables['cash_refund'] | undefined> {
  return await tx.selectFrom('cash_refund').selectAll().where('transaction_id', '=', transactionId).executeTakeFirst();
}
