import type { Insertable } from 'kysely';
import type { EntryEnvelope, EntryType } from '../../contract/journal-entry.ts';
import type { Tx } from '../db/open.ts';
import type { CaseWorkKind } from '../db/schema-cases.ts';
import type { Database } from '../db/schema.ts';
import type { Incident } from './incidents.ts';
import type { ReadBody } from './typed-body.ts';
import { stopBooking } from './void-writes.ts';

type Row<T extends keyof Database> = Insertable<Database[T]>;

/** What entries of counters say about cases; what follows from it is the worker's. */
export type CaseWrites = {
  readonly shortfalls: Row<'shortfall'>[];
  readonly cancellations: Row<'cancellation'>[];
  readonly returns: Row<'cash_return'>[];
  readonly refunds: Row<'refund'>[];
  readonly work: Row<'case_work'>[];
};

/** Why a sale is not booked by itself: it was asked back, or its cash went back. */
export const ASKED_BACK = 'ASKED_BACK';
export const REFUNDED_IN_CASH = 'REFUNDED_IN_CASH';

export function noCaseWrites(): CaseWrites {
  return { shortfalls: [], cancellations: [], returns: [], refunds: [], work: [] };
}

/** An accepted entry; `receivedAt` in ms UTC. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
};

function addShortfall(writes: CaseWrites, { envelope, hash, read, receivedAt }: Taken): void {
  const of =
    read.type === 'shortfall.collected'
      ? { shortfall_id: read.body.collectionId, kind: 'collected' as const, rounding: read.body.rounding }
      : read.type === 'shortfall.waived'
        ? { shortfall_id: read.body.waiverId, kind: 'waived' as const, rounding: 0 }
        : undefined;
  if (of === undefined || (read.type !== 'shortfall.collected' && read.type !== 'shortfall.waived')) return;
  writes.shortfalls.push({
    ...of,
    device_id: envelope.deviceId,
    transaction_id: read.body.transactionId,
    hash,
    parts: JSON.stringify(read.body.parts),
    received_at: receivedAt,
  });
}

function addRefund(writes: CaseWrites, { envelope, hash, read, receivedAt }: Taken): void {
  if (read.type !== 'refund.requested') return;
  const { refundId, refundNumber, transactionId, parts, whole, amount } = read.body;
  writes.refunds.push({
    device_id: envelope.deviceId,
    refund_id: refundId,
    transaction_id: transactionId,
    hash,
    number: refundNumber,
    amount,
    whole,
    parts: JSON.stringify(parts),
    asked_by: envelope.officerId,
    requested_at: receivedAt,
    state: 'requested',
    reference: null,
    reason: null,
    moved_at: receivedAt,
  });
}

const WORK: { readonly [type in EntryType]?: CaseWorkKind } = {
  'shortfall.collected': 'settle-again',
  'shortfall.waived': 'settle-again',
  'case.matched': 'match',
  'cancellation.requested': 'cancel',
  'transaction.voided': 'returned',
  'refund.paid-in-cash': 'returned',
  'refund.requested': 'refund-asked',
  'refund.approved': 'refund-approved',
};

/** Collects what an accepted entry says of a case; entries of other kinds say nothing. */
export function addCase(writes: CaseWrites, taken: Taken): void {
  const { envelope, hash, read, receivedAt } = taken;
  const device_id = envelope.deviceId;
  const kind = WORK[read.type];
  if (kind === undefined || !('transactionId' in read.body) || read.body.transactionId === null) return;
  const transaction_id = read.body.transactionId;
  writes.work.push({ device_id, cause: hash, transaction_id, kind, not_before: receivedAt });
  addShortfall(writes, taken);
  addRefund(writes, taken);
  if (read.type === 'cancellation.requested') {
    const { requestId, paidHash } = read.body;
    const asked = { device_id, request_id: requestId, transaction_id, paid_hash: paidHash, received_at: receivedAt };
    writes.cancellations.push({ ...asked, answer: null, answered_at: null });
  }
  if (read.type === 'transaction.voided' || read.type === 'refund.paid-in-cash') {
    const by = read.type === 'transaction.voided' ? 'void' : 'refund';
    writes.returns.push({ device_id, transaction_id, hash, kind: by, received_at: receivedAt });
  }
}

type CaseTable = 'shortfall' | 'cancellation' | 'cash_return' | 'refund' | 'case_work';

async function insertOnce<T extends CaseTable>(tx: Tx, table: T, rows: readonly Row<T>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto(table)
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Refunds in cash stop the booking of their sales; one that the tax office has booked is an incident. */
async function stopRefunded(
  tx: Tx,
  deviceId: string,
  returns: CaseWrites['returns'],
  now: number,
): Promise<readonly Incident[]> {
  const late: Incident[] = [];
  for (const { transaction_id: transactionId, hash, kind } of returns) {
    if (kind !== 'refund') continue;
    const sale = await tx
      .selectFrom('sale')
      .select('hash')
      .where('device_id', '=', deviceId)
      .where('transaction_id', '=', transactionId)
      .executeTakeFirst();
    if (sale === undefined) continue;
    await stopBooking(tx, deviceId, { transactionId, paidHash: sale.hash, reason: REFUNDED_IN_CASH }, now);
    const booked = await tx
      .selectFrom('core_booking')
      .select('component')
      .where('reference', '=', `${deviceId}/${transactionId}`)
      .limit(1)
      .executeTakeFirst();
    if (booked !== undefined) late.push({ kind: 'REFUNDED_AFTER_BOOKING', evidence: hash, facts: { transactionId } });
  }
  return late;
}

/**
 * Writes what was collected, each once. A sale that is asked back, or whose cash is back, is not booked from here on; when
 * it was decided before, the worker finds out what is left to do.
 */
export async function writeCases(
  tx: Tx,
  deviceId: string,
  writes: CaseWrites,
  now: number,
): Promise<readonly Incident[]> {
  await insertOnce(tx, 'shortfall', writes.shortfalls);
  await insertOnce(tx, 'cancellation', writes.cancellations);
  await insertOnce(tx, 'cash_return', writes.returns);
  await insertOnce(tx, 'refund', writes.refunds);
  await insertOnce(tx, 'case_work', writes.work);
  for (const { transaction_id: transactionId, paid_hash: paidHash } of writes.cancellations) {
    await stopBooking(tx, deviceId, { transactionId, paidHash, reason: ASKED_BACK }, now);
  }
  return stopRefunded(tx, deviceId, writes.returns, now);
}
