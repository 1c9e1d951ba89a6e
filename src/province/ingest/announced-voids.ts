import type { Tx } from '../db/open.ts';
import type { ProvedItem } from './proved-item.ts';

/**
 * Keeps which sales of a request its `voidsFollow` names (OPOP-Sync/1 13.6): a sale that waits or is set aside now finds it
 * whenever it is accepted, and by whatever later request. Idempotency: constraint announced_void_once.
 */
export async function keepAnnouncedVoids(
  tx: Tx,
  deviceId: string,
  voidsFollow: readonly string[],
  items: readonly ProvedItem[],
  at: number,
): Promise<void> {
  const named = new Set(voidsFollow);
  const sales = items.flatMap(({ read }) =>
    read?.ok === true && read.value.type === 'transaction.paid' ? [read.value.body.transactionId] : [],
  );
  const rows = [...new Set(sales)]
    .filter((sale) => named.has(sale))
    .map((transaction_id) => ({ device_id: deviceId, transaction_id, announced_at: at }));
  if (rows.length === 0) return;
  await tx
    .insertInto('announced_void')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
