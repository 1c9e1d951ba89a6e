import { type VehicleRecord, vehicleRecordSchema } from '../../contract/feeds.ts';
import { parseCase } from '../../domain/assessment-case.ts';
import { type LocalDate, parseLocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Rupiah, rupiah } from '../../domain/rupiah.ts';
import type { RulePackSet } from '../../domain/rule-pack.ts';
import type { VehicleFacts } from '../../domain/vehicle.ts';
import type { Db, Tx } from '../db/open.ts';

/** A vehicle of the reference core's register. */
export type CoreVehicle = {
  readonly vehicleId: string;
  /** Letters before the number of its plate. */
  readonly area: string;
  readonly record: VehicleRecord;
  /** Why the office holds every booking of this vehicle, or null. */
  readonly holdReason: string | null;
};

/** By plate in its canonical spelling; `lock` keeps other bookings of the vehicle waiting until the transaction ends. */
export async function findCoreVehicle(db: Db | Tx, nrkb: string, lock = false): Promise<CoreVehicle | undefined> {
  const plate = await db.selectFrom('core_plate').select('vehicle_id').where('nrkb', '=', nrkb).executeTakeFirst();
  if (plate === undefined) return undefined;
  const query = db
    .selectFrom('core_vehicle')
    .selectAll()
    .where('vehicle_id', '=', plate.vehicle_id)
    .where('record', 'is not', null);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    vehicleId: row.vehicle_id,
    area: row.area,
    record: vehicleRecordSchema.parse(row.record),
    holdReason: row.hold_reason,
  };
}

/** The facts of a record as the domain reads them; an unreadable fact is the office's own mistake and holds the booking. */
export function readFacts(
  record: VehicleRecord,
  rules: RulePackSet,
  on: LocalDate,
): Result<VehicleFacts, { readonly path: string }> {
  const parsed = parseCase({ id: record.vehicleId, vehicle: record.facts, paidOn: on }, rules);
  return parsed.ok ? ok(parsed.value.vehicle) : err({ path: parsed.error.path });
}

/** Channel and day of what was paid for a vehicle, by period. */
export type PaidPeriod = { readonly periodDueOn: LocalDate; readonly paidOn: LocalDate; readonly channel: string };

function dateOf(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (!parsed.ok) throw new Error(`not a date in the register: ${text}`);
  return parsed.value;
}

/** Periods with a booking, oldest first; those of one sale can be left out. */
export async function paidPeriods(
  db: Db | Tx,
  vehicleId: string,
  withoutReference = '',
): Promise<readonly PaidPeriod[]> {
  const rows = await db
    .selectFrom('core_booking')
    .select((eb) => ['period_due_on', eb.fn.min('paid_on').as('paid_on'), eb.fn.min<string>('channel').as('channel')])
    .where('vehicle_id', '=', vehicleId)
    .where('reference', '<>', withoutReference)
    .groupBy('period_due_on')
    .orderBy('period_due_on')
    .execute();
  return rows.map((row) => ({
    periodDueOn: dateOf(row.period_due_on),
    paidOn: dateOf(row.paid_on),
    channel: row.channel,
  }));
}

/** What one sale has booked of a vehicle, whole rupiah by period and component. */
export async function bookedBy(
  db: Db | Tx,
  vehicleId: string,
  reference: string,
): Promise<ReadonlyMap<string, Rupiah>> {
  const rows = await db
    .selectFrom('core_booking')
    .select(['period_due_on', 'component', 'amount'])
    .where('vehicle_id', '=', vehicleId)
    .where('reference', '=', reference)
    .execute();
  return new Map(rows.map((row) => [`${row.period_due_on}/${row.component}`, rupiah(row.amount)]));
}

/** Writes the register's record after a booking; the next registry pack carries it. */
export async function updateCoreVehicle(tx: Tx, vehicleId: string, record: VehicleRecord): Promise<void> {
  await tx
    .updateTable('core_vehicle')
    .set((eb) => ({
      record: JSON.stringify(record),
      published: null,
      change_no: eb.fn<number>('nextval', [eb.val('vehicle_change')]),
    }))
    .where('vehicle_id', '=', vehicleId)
    .execute();
}
