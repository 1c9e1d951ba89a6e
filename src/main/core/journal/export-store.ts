import { sql } from 'kysely';
import type { SignedText } from '../../../contract/primitives.ts';
import type { ReadTx } from '../db/tx.ts';

/** A custody receipt as it was received; `id` rises in the order in which they came. */
export type KeptCustodyReceipt = SignedText & { readonly id: number };

/** Custody receipts after `id`, oldest first, at most `limit`. */
export async function readCustodyReceiptsAfter(
  tx: ReadTx,
  id: number,
  limit: number,
): Promise<readonly KeptCustodyReceipt[]> {
  const rows = await tx
    .selectFrom('custody_receipt')
    .select(() => [sql<number>`rowid`.as('id'), 'text', 'key_id', 'sig'] as const)
    .where(sql<number>`rowid`, '>', id)
    .orderBy(sql`rowid`)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, text: row.text, keyId: row.key_id, sig: row.sig }));
}

/** Texts of the pages of feed `keys`, oldest first. */
export async function readKeyPages(tx: ReadTx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('feed_page')
    .select('text')
    .where('feed', '=', 'keys')
    .orderBy('received_at')
    .orderBy('to_version')
    .execute();
  return rows.map(({ text }) => text);
}
