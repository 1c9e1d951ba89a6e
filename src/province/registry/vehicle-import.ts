import type { VehicleRecord } from '../../contract/feeds.ts';
import { normaliseChassisTail } from '../../domain/chassis.ts';
import { nrkbParts, parseNrkb } from '../../domain/nrkb.ts';
import type { Tx } from '../db/open.ts';

/** A vehicle on its way into the register; see `core_vehicle`. */
export type ImportedVehicle = {
  readonly record: VehicleRecord | null;
  readonly published: VehicleRecord | null;
  readonly holdReason: string | null;
};

const ROWS_PER_STATEMENT = 500;

function rowOf({ record, published, holdReason }: ImportedVehicle) {
  const known = record ?? published;
  if (known === null) throw new Error('a vehicle that nobody knows');
  const nrkb = parseNrkb(known.nrkb);
  const tail = normaliseChassisTail(known.chassisNumber);
  if (!nrkb.ok || !tail.ok) throw new Error(`not a vehicle of this register: ${known.vehicleId}`);
  return {
    vehicle_id: known.vehicleId,
    nrkb: nrkb.value,
    area: nrkbParts(nrkb.value).area,
    chassis_tail: tail.value,
    record: record === null ? null : JSON.stringify(record),
    published: published === null ? null : JSON.stringify(published),
    hold_reason: holdReason,
  };
}

/** Adds vehicles whose plate is not in the register yet; the others stay as they are. Answers how many were added. */
export async function importVehicles(tx: Tx, vehicles: readonly ImportedVehicle[]): Promise<number> {
  let added = 0;
  for (let start = 0; start < vehicles.length; start += ROWS_PER_STATEMENT) {
    const rows = vehicles.slice(start, start + ROWS_PER_STATEMENT).map(rowOf);
    const claimed = await tx
      .insertInto('core_plate')
      .values(rows.map(({ nrkb, vehicle_id }) => ({ nrkb, vehicle_id })))
      .onConflict((conflict) => conflict.column('nrkb').doNothing())
      .returning('vehicle_id')
      .execute();
    const fresh = rows.filter(({ vehicle_id }) => claimed.some((plate) => plate.vehicle_id === vehicle_id));
    if (fresh.length > 0) await tx.insertInto('core_vehicle').values(fresh).execute();
    added += fresh.length;
  }
  return added;
}
