import type { Tx } from '../db/open.ts';
import type { Incident } from './incidents.ts';

/** A sale that its counter took back before it was sent. */
export type VoidedSale = {
  readonly transactionId: string;
  /** Hash of the sale's entry. */
  readonly paidHash: string;
  /** Hash of the entry that took it back. */
  readonly voidHash: string;
};

/** Why a sale is never booked: its counter gave the cash back. */
export const VOIDED_AT_COUNTER = 'VOIDED_AT_COUNTER';

/**
 * Keeps a sale that is not decided yet out of the books, and says whether it could. Waits for a booking that is under way:
 * afterwards the sale is decided, or it is ours. Idempotency: constraint suspense_once.
 */
export async function stopBooking(
  tx: Tx,
  deviceId: string,
  sale: { readonly transactionId: string; readonly paidHash: string; readonly reason: string },
  now: number,
): Promise<boolean> {
  const stopped = await tx
    .updateTable('booking_work')
    .set({ not_before: now })
    .where('device_id', '=', deviceId)
    .where('transaction_id', '=', sale.transactionId)
    .where('done_at', 'is', null)
    .returning('transaction_id')
    .executeTakeFirst();
  if (stopped === undefined) return false;
  await tx
    .insertInto('suspense')
    .values({ device_id: deviceId, hash: sale.paidHash, reason: sale.reason, at: now })
    .onConflict((conflict) => conflict.columns(['device_id', 'hash']).doNothing())
    .execute();
  return true;
}

/**
 * Keeps voided sales out of the books. "A void that reaches the province after booking is never applied" (OPOP-Sync/1 13.5):
 * it is an incident, and the booking stands until a person has looked. Idempotency: the incident's evidence.
 */
export async function writeVoids(
  tx: Tx,
  deviceId: string,
  voids: readonly VoidedSale[],
  now: number,
): Promise<readonly Incident[]> {
  const late: Incident[] = [];
  for (const { transactionId, paidHash, voidHash } of voids) {
    const isStopped = await stopBooking(tx, deviceId, { transactionId, paidHash, reason: VOIDED_AT_COUNTER }, now);
    if (!isStopped) late.push({ kind: 'VOIDED_AFTER_BOOKING', evidence: voidHash, facts: { transactionId } });
  }
  return late;
}
