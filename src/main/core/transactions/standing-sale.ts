import type { VehicleRecord } from '../../../contract/feeds.ts';
import type { ReadTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { findNewestSaleOf, type Sale } from './sale-store.ts';

/**
 * The sale of this counter that covers what the registry still shows as due: the registry learns of it later. A sale
 * whose money went back covers nothing.
 */
export async function findStandingSale(
  tx: ReadTx,
  cipher: ColumnCipher,
  record: VehicleRecord,
): Promise<Sale | undefined> {
  const sale = await findNewestSaleOf(tx, cipher, nrkbIndex(cipher, record.nrkb));
  const dueOn = record.facts['dueOn'];
  if (sale === undefined || typeof dueOn !== 'string' || sale.central === 'refunded') return undefined;
  return sale.periodUntil >= dueOn ? sale : undefined;
}
