import type { BlockItem } from '../../contract/feeds.ts';
import type { BlockReason } from '../../domain/vehicle.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { findCoreVehicle, updateCoreVehicle } from '../booking/core-vehicle.ts';
import type { ProvinceContext } from '../province-context.ts';
import { appendPage } from './feed-pages.ts';

type Change = BlockItem & { readonly area: string; readonly published: boolean };

/**
 * Blocks a vehicle in the register, or lifts its block with null, and tells every counter of its area before the next
 * registry pack does. What is so already is not said again (`published` is false).
 */
export async function setVehicleBlock(
  context: ProvinceContext,
  nrkb: string,
  reason: BlockReason | null,
): Promise<Result<Change, 'VEHICLE_UNKNOWN'>> {
  return context.db.transaction().execute(async (tx) => {
    const vehicle = await findCoreVehicle(tx, nrkb, true);
    if (vehicle === undefined) return err('VEHICLE_UNKNOWN');
    const { vehicleId, record, area } = vehicle;
    const item: BlockItem = { vehicleId, blocked: reason !== null, reason };
    if ((record.facts['blocked'] ?? null) === reason) return ok({ ...item, area, published: false });
    const { blocked: _before, ...facts } = record.facts;
    await updateCoreVehicle(tx, vehicleId, {
      ...record,
      facts: reason === null ? facts : { ...facts, blocked: reason },
    });
    await appendPage(tx, context, { feed: 'blocks', scope: area, items: [item] });
    return ok({ ...item, area, published: true });
  });
}
