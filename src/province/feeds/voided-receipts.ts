import type { VoidedReceiptItem } from '../../contract/feeds.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { putInSuspense } from '../ingest/entry-store.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { appendPage, lockFeed } from './feed-pages.ts';

/**
 * Says that the paper of a sale is genuine and no longer counts: to every counter and to whoever holds the paper. A sale that
 * is not decided yet is not booked by itself any more. Idempotency: constraint voided_once; the first time stays.
 */
export async function voidReceipt(
  context: ProvinceContext,
  deviceId: string,
  transactionId: string,
  reason: string,
): Promise<Result<VoidedReceiptItem, 'SALE_UNKNOWN'>> {
  return context.db.transaction().execute(async (tx) => {
    const sale = await tx
      .selectFrom('sale')
      .select('hash')
      .where('device_id', '=', deviceId)
      .where('transaction_id', '=', transactionId)
      .executeTakeFirst();
    if (sale === undefined) return err('SALE_UNKNOWN');
    return ok(await publishVoid(tx, context, { deviceId, transactionId, hash: sale.hash, reason }));
  });
}

/** The same inside a transaction that is open already: writes it, keeps the sale out of the books, tells everybody. */
export async function publishVoid(
  tx: Tx,
  context: ProvinceContext,
  sale: { readonly deviceId: string; readonly transactionId: string; readonly hash: string; readonly reason: string },
): Promise<VoidedReceiptItem> {
  const { deviceId, transactionId, hash, reason } = sale;
  await lockFeed(tx, 'receipts-void', 'all');
  const before = await tx
    .selectFrom('voided_receipt')
    .select('voided_at')
    .where('device_id', '=', deviceId)
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  const voidedAt = before?.voided_at ?? context.now();
  const item: VoidedReceiptItem = { entryHash: hash, transactionId, voidedAt };
  if (before !== undefined) return item;
  await tx
    .insertInto('voided_receipt')
    .values({
      device_id: deviceId,
      transaction_id: transactionId,
      hash,
      reason: reason.slice(0, 300),
      voided_at: voidedAt,
    })
    .execute();
  await putInSuspense(tx, deviceId, hash, 'VOIDED', voidedAt);
  await appendPage(tx, context, { feed: 'receipts-void', scope: 'all', items: [item] });
  return item;
}
