import type { VoidedReceiptItem } from '../../../contract/feeds.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** A paper that is genuine and no longer counts, of whatever counter; the first word stays. */
export async function putVoidedReceipt(tx: WriteTx, item: VoidedReceiptItem): Promise<void> {
  await tx
    .insertInto('voided_receipt')
    .values({ transaction_id: item.transactionId, entry_hash: item.entryHash, voided_at: item.voidedAt })
    .onConflict((conflict) => conflict.column('transaction_id').doNothing())
    .execute();
}

/** Hash of the sale's entry that the province voided under this transaction; undefined while its paper counts. */
export async function findVoidedEntry(tx: ReadTx, transactionId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('voided_receipt')
    .select('entry_hash')
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  return row?.entry_hash;
}

/** ms UTC at which the province voided the paper of a transaction; undefined while it counts. */
export async function findVoidedAt(tx: ReadTx, transactionId: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('voided_receipt')
    .select('voided_at')
    .where('transaction_id', '=', transactionId)
    .executeTakeFirst();
  return row?.voided_at;
}
