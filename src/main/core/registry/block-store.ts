import type { BlockItem } from '../../../contract/feeds.ts';
import { prepared } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** What feed `blocks` says of one vehicle; `validFrom` is the page's, ms UTC. */
export type VehicleBlock = Pick<BlockItem, 'blocked' | 'reason'> & { readonly validFrom: number };

/** Writes an item of feed `blocks`; one of an older page never stands over one of a newer. */
export async function putBlock(tx: WriteTx, item: BlockItem, validFrom: number): Promise<void> {
  const row = { blocked: item.blocked ? 1 : 0, reason: item.reason, valid_from: validFrom };
  await tx
    .insertInto('vehicle_block')
    .values({ vehicle_id: item.vehicleId, ...row })
    .onConflict((conflict) =>
      conflict.column('vehicle_id').doUpdateSet(row).where('vehicle_block.valid_from', '<=', validFrom),
    )
    .execute();
}

const selectBlock = prepared<{ vehicleId: string }>()((from, of) =>
  from.selectFrom('vehicle_block').selectAll().where('vehicle_id', '=', of('vehicleId')),
);

/** Undefined for a vehicle of which the feed has never spoken. */
export async function findBlock(tx: ReadTx, vehicleId: string): Promise<VehicleBlock | undefined> {
  const [row] = selectBlock(tx, { vehicleId });
  return row === undefined ? undefined : { blocked: row.blocked === 1, reason: row.reason, validFrom: row.valid_from };
}
