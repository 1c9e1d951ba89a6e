import { type Selectable, sql } from 'kysely';
import { type VehicleRecord, vehicleRecordSchema } from '../../contract/feeds.ts';
import { parseCase } from '../../domain/assessment-case.ts';
import { type LocalDate, parseLocalDate } from '../../domain/local-date.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { type Rupiah, rupiah } from '../../domain/rupiah.ts';
import type { RulePackSet } from '../../domain/rule-pack.ts';
import type { VehicleFacts } from '../../domain/vehicle.ts';
import type { Db, Tx } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import { readRecovered, recoveredAsJson } from '../restore/recovered-number.ts';
import type { CoreSale } from './samsat-core.ts';

export type SaleKey = Pick<CoreSale, 'deviceId' | 'transactionId'>;

/** A sale as its bookings name it. */
export const referenceOf = ({ deviceId, transactionId }: SaleKey): string => `${deviceId}/${transactionId}`;

/** The lock of a sale: one at a time settles it, or asks what became of it. */
export const lockOf = (sale: SaleKey) => sql`pg_advisory_xact_lock(hashtextextended(${referenceOf(sale)}, 2))`;

/** A vehicle of the reference core's register. */
export type CoreVehicle = {
  readonly vehicleId: string;
  /** Letters before the number of its plate. */
  readonly area: string;
  readonly record: VehicleRecord;
  /** Why the office holds every booking of this vehicle, or null. */
  readonly holdReason: string | null;
};

/** A row of the register that has a record. */
type VehicleRow = Pick<Selectable<Database['core_vehicle']>, 'vehicle_id' | 'area' | 'record' | 'hold_reason'>;

const vehicleOf = (row: VehicleRow): CoreVehicle => ({
  vehicleId: row.vehicle_id,
  area: row.area,
  record: vehicleRecordSchema.parse(row.record),
  holdReason: row.hold_reason,
});

/** By plate in its canonical spelling; `lock` keeps other bookings of the vehicle waiting until the transaction ends. */
export async function findCoreVehicle(db: Db | Tx, nrkb: string, lock = false): Promise<CoreVehicle | undefined> {
  const query = db
    .selectFrom('core_vehicle')
    .select(['vehicle_id', 'area', 'record', 'hold_reason'])
    .where('vehicle_id', '=', (plate) => plate.selectFrom('core_plate').select('vehicle_id').where('nrkb', '=', nrkb))
    .where('record', 'is not', null);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row === undefined ? undefined : vehicleOf(row);
}

/** Locks a sale against a second settling of it, and then its vehicle against other bookings, until the transaction ends. */
export async function lockSaleAndVehicle(tx: Tx, sale: SaleKey, nrkb: string): Promise<CoreVehicle | undefined> {
  const { rows } = await sql<{ readonly [K in keyof VehicleRow]: VehicleRow[K] | null }>`
    with locked as materialized (select ${lockOf(sale)}),
      vehicle as materialized (select v.* from core_vehicle v, locked
        where v.vehicle_id = (select vehicle_id from core_plate where nrkb = ${nrkb}) and v.record is not null for update of v)
    select v.vehicle_id, v.area, v.record, v.hold_reason
    from (select count(*) from locked) l left join vehicle v on true`.execute(tx);
  const [row] = rows;
  const { vehicle_id, area } = row ?? {};
  if (row === undefined || typeof vehicle_id !== 'string' || typeof area !== 'string') return undefined;
  return vehicleOf({ ...row, vehicle_id, area });
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

type PaidRow = { readonly period_due_on: string; readonly paid_on: string; readonly channel: string };

const paidPeriodOf = (row: PaidRow): PaidPeriod => ({
  periodDueOn: dateOf(row.period_due_on),
  paidOn: dateOf(row.paid_on),
  channel: row.channel,
});

/** Inside a larger question: periods with a booking that is not of this sale, oldest first. */
const paidPeriodsAsJson = (vehicleId: string | null, withoutReference: string) => sql<readonly PaidRow[]>`(
  select coalesce(json_agg(paid order by period_due_on), '[]') from (
    select period_due_on, min(paid_on) as paid_on, min(channel) as channel from core_booking
    where vehicle_id = ${vehicleId} and reference <> ${withoutReference} group by period_due_on) paid)`;

/** Periods with a booking, oldest first. */
export async function paidPeriods(db: Db | Tx, vehicleId: string): Promise<readonly PaidPeriod[]> {
  const { rows } = await sql<{ readonly paid: readonly PaidRow[] }>`
    select ${paidPeriodsAsJson(vehicleId, '')} as paid`.execute(db);
  return (rows[0]?.paid ?? []).map(paidPeriodOf);
}

/** What stands about a sale and its vehicle, for whoever holds both locks. */
export type CoreStanding = {
  /** What was answered when the sale, or this cause of settling it again, was settled before. */
  readonly answer: unknown;
  /** What the sale itself has booked, whole rupiah by period and component. */
  readonly own: ReadonlyMap<string, Rupiah>;
  /** What others have booked. */
  readonly paid: readonly PaidPeriod[];
  /** The official number that the sale had before a restore. */
  readonly recoveredNumber: string | null;
  /** Hash of the newest page of feed `rules`. */
  readonly newestRules: string | null;
};

type StandingRow = {
  readonly answer: unknown;
  readonly own: readonly { readonly period_due_on: string; readonly component: string; readonly amount: number }[];
  readonly paid: readonly PaidRow[];
  readonly recovered: unknown;
  readonly rules: string | null;
};

/** One question for all of it; `again` is the cause of settling once more. */
export async function findStanding(
  tx: Tx,
  { deviceId, transactionId }: SaleKey,
  vehicleId: string | null,
  again: string | undefined,
): Promise<CoreStanding> {
  const reference = referenceOf({ deviceId, transactionId });
  const answer =
    again === undefined
      ? sql`select answer from core_settlement where device_id = ${deviceId} and transaction_id = ${transactionId}`
      : sql`select answer from core_resettlement where device_id = ${deviceId} and transaction_id = ${transactionId}
          and cause = ${again}`;
  const { rows } = await sql<StandingRow>`select (${answer}) as answer,
    (select coalesce(json_agg(b), '[]') from (select period_due_on, component, amount from core_booking
      where vehicle_id = ${vehicleId} and reference = ${reference}) b) as own,
    ${paidPeriodsAsJson(vehicleId, reference)} as paid,
    ${recoveredAsJson(deviceId, transactionId)} as recovered,
    (select hash from feed_page where feed = 'rules' and scope = 'all' order by to_version desc limit 1) as rules`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a question without a table has one answer');
  return {
    answer: row.answer,
    own: new Map(row.own.map((one) => [`${one.period_due_on}/${one.component}`, rupiah(one.amount)])),
    paid: row.paid.map(paidPeriodOf),
    recoveredNumber: readRecovered(row.recovered)?.number ?? null,
    newestRules: row.rules,
  };
}

/** The register's record after a booking, to be written; the next registry pack carries it. */
export const vehicleUpdate = (tx: Tx, vehicleId: string, record: VehicleRecord) =>
  tx
    .updateTable('core_vehicle')
    .set((eb) => ({
      record: JSON.stringify(record),
      published: null,
      change_no: eb.fn<number>('nextval', [eb.val('vehicle_change')]),
    }))
    .where('vehicle_id', '=', vehicleId);

/** Writes the register's record by itself. */
export async function updateCoreVehicle(tx: Tx, vehicleId: string, record: VehicleRecord): Promise<void> {
  await vehicleUpdate(tx, vehicleId, record).execute();
}
