import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import type { VehicleRecord } from '../../contract/feeds.ts';
import { addDays, type LocalDate } from '../../domain/local-date.ts';
import type { Tx } from '../db/open.ts';
import { PIN_COST } from '../enrolment/pin-cost.ts';
import { publishedRules, publishPolicy, publishRules } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { importVehicles } from '../registry/vehicle-import.ts';
import { DEFAULT_OUTLET_ID, DEMO_AUDITOR_ID, DEMO_OUTLETS, type DemoPerson, demoPeople } from './demo-outlets.ts';
import { demoRulePack } from './demo-rules.ts';
import { demoVehicle } from './demo-vehicles.ts';
import { buildShowVehicles, type ShownVehicle } from './show-plates.ts';
import { SeededRandom } from './seeded-random.ts';

export type DemoOrder = { readonly vehicles: number; readonly seed: number; readonly today: LocalDate };

export type DemoOfficer = DemoPerson & { readonly pin: string };

export type DemoReport = DemoOrder & {
  readonly vehiclesAdded: number;
  readonly outlets: number;
  readonly defaultOutlet: string;
  readonly officers: readonly DemoOfficer[];
};

const PIN_DIGITS = { officer: 6, supervisor: 8, installer: 6, auditor: 8 } as const;
/** Distinct streams of one seed: more vehicles do not change the PINs. */
const STREAM = { people: 0x0ff1ce, show: 0x5409, vehicles: 0x0 } as const;

/** Vehicles of the order, none under a show plate and no plate twice. */
export function demoVehicles(
  { vehicles, seed, today }: DemoOrder,
  taken: ReadonlySet<string>,
): readonly VehicleRecord[] {
  const random = new SeededRandom(seed ^ STREAM.vehicles);
  const byPlate = new Map<string, VehicleRecord>();
  while (byPlate.size < vehicles) {
    const vehicle = demoVehicle(random, today);
    if (!taken.has(vehicle.nrkb) && !byPlate.has(vehicle.nrkb)) byPlate.set(vehicle.nrkb, vehicle);
  }
  return [...byPlate.values()];
}

/** The PIN of every demo person, from the seed. */
export function demoOfficers(seed: number): readonly (DemoOfficer & { readonly salt: Uint8Array })[] {
  const random = new SeededRandom(seed ^ STREAM.people);
  return demoPeople().map((person) => {
    const digits = PIN_DIGITS[person.role];
    const pin = Array.from({ length: digits }, () => String(random.between(0, 9))).join('');
    return { ...person, pin, salt: random.bytes(16) };
  });
}

async function writeOutlets(tx: Tx): Promise<void> {
  for (const { outletId, ...facts } of DEMO_OUTLETS) {
    await tx
      .insertInto('outlet')
      .values({ outlet_id: outletId, ...facts })
      .onConflict((conflict) => conflict.column('outlet_id').doUpdateSet(facts))
      .execute();
  }
}

async function writeOfficers(tx: Tx, seed: number): Promise<void> {
  for (const { officerId, outletId, name, role, pin, salt } of demoOfficers(seed)) {
    const verifier = await hash(pin, { ...PIN_COST, salt });
    const facts = { outlet_id: outletId, name, role, active: true, pin_verifier: verifier };
    await tx
      .insertInto('officer')
      .values({ officer_id: officerId, ...facts })
      .onConflict((conflict) =>
        conflict
          .column('officer_id')
          .doUpdateSet({ ...facts, change_no: sql<number>`nextval('officer_change')` })
          .where('officer.pin_verifier', 'is distinct from', verifier),
      )
      .execute();
  }
}

/** The demo's auditor may look at the default outlet for a month. */
async function writeMandate(tx: Tx, today: LocalDate): Promise<void> {
  const days = { from_on: addDays(today, -1), to_on: addDays(today, 30) };
  await tx
    .insertInto('auditor_mandate')
    .values({
      officer_id: DEMO_AUDITOR_ID,
      outlet_id: DEFAULT_OUTLET_ID,
      letter: 'ST/117/ITPROV/2026',
      ...days,
      given_at: 0,
      revoked_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Bookings of another channel for the show plate that is paid there. */
async function writePaid(tx: Tx, shown: readonly ShownVehicle[], today: LocalDate): Promise<void> {
  for (const { paid, record } of shown) {
    if (paid === null || record === null) continue;
    await tx
      .insertInto('core_booking')
      .values(
        (['pkb', 'opsenPkb', 'swdkllj'] as const).map((component) => ({
          vehicle_id: record.vehicleId,
          period_due_on: String(record.facts['dueOn']),
          component,
          amount: 0,
          channel: paid.channel,
          paid_on: addDays(today, -2),
          reference: `outside/${paid.channel}`,
        })),
      )
      .onConflict((conflict) => conflict.columns(['vehicle_id', 'period_due_on', 'component']).doNothing())
      .execute();
  }
}

async function writeVehicles(tx: Tx, order: DemoOrder): Promise<number> {
  const shown = buildShowVehicles(new SeededRandom(order.seed ^ STREAM.show), order.today);
  const before = await tx.selectFrom('core_vehicle').select('vehicle_id').limit(1).executeTakeFirst();
  const addedShown = await importVehicles(tx, shown);
  if (before === undefined) await writePaid(tx, shown, order.today);
  const taken = new Set(shown.map(({ plate }) => plate.nrkb));
  const plain = demoVehicles(order, taken).map((record) => ({ record, published: null, holdReason: null }));
  return addedShown + (await importVehicles(tx, plain));
}

/** Fills the province with a synthetic registry, outlets and officers; the same order gives the same data. What is there stays. */
export async function makeDemoData(context: ProvinceContext, order: DemoOrder): Promise<DemoReport> {
  const vehiclesAdded = await context.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('meta')
      .values({ key: 'demo', value: 'true' })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
    await writeOutlets(tx);
    await writeOfficers(tx, order.seed);
    await writeMandate(tx, order.today);
    return writeVehicles(tx, order);
  });
  const pack = demoRulePack(await publishedRules(context.db), order.today);
  const rules = pack === null ? null : await publishRules(context, [pack]);
  if (rules?.ok === false) throw new Error(`the demo's rule pack contradicts another: ${JSON.stringify(rules.error)}`);
  await publishPolicy(context, (policy) => ({
    ok: true,
    value: policy.complaintPhone === '' ? { ...policy, complaintPhone: '(031) 000-0000' } : policy,
  }));
  const officers = demoOfficers(order.seed).map(({ salt: _salt, ...officer }) => officer);
  return { ...order, vehiclesAdded, outlets: DEMO_OUTLETS.length, defaultOutlet: DEFAULT_OUTLET_ID, officers };
}
