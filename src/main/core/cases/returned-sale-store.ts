import type { ReadTx, WriteTx } from '../db/open.ts';
import type { CentralState } from '../db/schema-counter.ts';

/** Writes what follows from a refund that was paid; an older word than the newest changes nothing. */
export async function putCentral(
  tx: WriteTx,
  transactionId: string,
  central: CentralState,
  decidedAt: number,
): Promise<void> {
  await tx
    .updateTable('sale')
    .set({ central, decided_at: decidedAt, ...(central === 'refunded' ? { stands_for: null } : {}) })
    .where('transaction_id', '=', transactionId)
    .where((eb) => eb.or([eb('decided_at', 'is', null), eb('decided_at', '<=', decidedAt)]))
    .execute();
}

/** The cash went back: the vehicle and its period can be sold again, and nothing waits for a person any more. */
export async function putCashReturned(tx: WriteTx, transactionId: string): Promise<void> {
  await tx
    .updateTable('sale')
    .set({ stands_for: null, central: 'refunded' })
    .where('transaction_id', '=', transactionId)
    .execute();
}

/** Sales whose cash went back here, by a void or a refund, and that the tax office has booked; oldest decision first. */
export async function readReturnedAndBooked(
  tx: ReadTx,
): Promise<readonly { readonly transactionId: string; readonly decidedAt: number }[]> {
  const voided = await tx
    .selectFrom('sale')
    .select(['transaction_id', 'decided_at'])
    .where('void_seq', 'is not', null)
    .where('central', 'in', ['booked', 'over'])
    .execute();
  const refunded = await tx
    .selectFrom('cash_refund')
    .innerJoin('sale', 'sale.transaction_id', 'cash_refund.transaction_id')
    .select(['sale.transaction_id', 'sale.decided_at'])
    .where('sale.central', 'in', ['booked', 'over'])
    .execute();
  return [...voided, ...refunded]
    .map((row) => ({ transactionId: row.transaction_id, decidedAt: row.decided_at ?? 0 }))
    .toSorted((left, right) => left.decidedAt - right.decidedAt);
}

/** Sales that were asked back after they were booked: only a refund is left, until it is paid; oldest answer first. */
export async function readSettledRequests(
  tx: ReadTx,
): Promise<readonly { readonly transactionId: string; readonly answeredAt: number }[]> {
  const rows = await tx
    .selectFrom('cancellation')
    .innerJoin('sale', 'sale.transaction_id', 'cancellation.transaction_id')
    .select(['sale.transaction_id', 'cancellation.answered_at'])
    .where('cancellation.answer', '=', 'settled')
    .where('sale.central', '=', 'booked')
    .orderBy('cancellation.answered_at')
    .execute();
  return rows.map((row) => ({ transactionId: row.transaction_id, answeredAt: row.answered_at ?? 0 }));
}
