import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import type { VehicleRecord } from '../../../src/contract/feeds.ts';
import { ok } from '../../../src/domain/result.ts';
import { localDateAt } from '../../../src/domain/local-date.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { SeededRandom } from '../../../src/province/demo/seeded-random.ts';
import { showRecord } from '../../../src/province/demo/show-plate-builder.ts';
import { publishPolicy } from '../../../src/province/feeds/published-rules.ts';
import type { ProvinceContext } from '../../../src/province/province-context.ts';
import { importVehicles } from '../../../src/province/registry/vehicle-import.ts';
import { DAY_MS } from './virtual-time.ts';

/** Stands in every personal datum of a world, so that none of them can hide anywhere in clear. */
export const PERSONAL_MARKS = ['QZRAHASIA', '3506990177', '0899777', 'MHQZ9XRHS'] as const;
const [NAME_MARK, NIK_MARK, PHONE_MARK, CHASSIS_MARK] = PERSONAL_MARKS;

export const PIN = '123456';
const SUPERVISOR_PIN = '12345678';
/** The check of a PIN is not what a world is about: the same code with the least cost. */
const CHEAP_PIN = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Two counters of one outlet share its vehicles, so that both may take money for one of them. */
export const COUNTERS_PER_OUTLET = 2;

export type SimOutlet = {
  readonly outletId: string;
  readonly officerId: string;
  readonly supervisorId: string;
  readonly vehicles: readonly SimVehicle[];
  /** Vehicles from the beginning of the list that somebody has brought already. */
  readonly served: { count: number };
  /** Day on which the officer was suspended last. */
  readonly suspendedOn: { day: number };
  /** The officer whom the province does not know yet, as its row will be; since which day he is missing there. */
  readonly late: { row: Readonly<Record<string, unknown>> | null; since: number; isAway: boolean };
};
export type SimVehicle = { readonly vehicleId: string; readonly nrkb: string; readonly chassisTail: string };

const letter = (index: number): string => LETTERS.charAt(index % LETTERS.length);
const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** The payer of the nth sale of a counter. */
export function payerOf(counter: number, sale: number): { readonly name: string; readonly phone: string } {
  return {
    name: `PEMBAYAR ${NAME_MARK} ${String(counter)} ${String(sale)}`,
    phone: `${PHONE_MARK}${pad(sale % 100_000, 5)}`,
  };
}

/** A vehicle that can be paid on every day of the world: due in 31 to 55 days, or late by up to a few weeks. */
function vehicleRecord(random: SeededRandom, number: number, firstDayMs: number): VehicleRecord {
  const tail = pad(number % 100_000, 5);
  const block = Math.floor(number / 8000);
  const plate = `AG ${String(2000 + (number % 8000))} ${letter(Math.floor(block / 26))}${letter(block)}`;
  const isLate = random.chance(15);
  const dueIn = isLate ? -random.between(1, 40) : random.between(31, 55);
  const record = showRecord(random, localDateAt(firstDayMs), { nrkb: plate, chassisTail: tail }, { dueIn });
  return {
    ...record,
    ownerName: `${NAME_MARK} PEMILIK ${String(number)}`,
    ownerNik: record.ownerNik === null ? null : `${NIK_MARK}${pad(number, 6)}`,
    chassisNumber: `${CHASSIS_MARK}${pad(Math.floor(number / 100_000), 3)}${tail}`,
  };
}

/** Outlets, officers, vehicles and a policy without caps that a long world would reach by itself. */
export async function fillRegistry(
  context: ProvinceContext,
  shape: { readonly seed: number; readonly counters: number; readonly vehiclesPerOutlet: number },
): Promise<readonly SimOutlet[]> {
  const random = new SeededRandom(shape.seed);
  const count = Math.ceil(shape.counters / COUNTERS_PER_OUTLET);
  const salt = Buffer.alloc(16, 7);
  const [verifier, supervisorVerifier] = [
    await hash(PIN, { ...CHEAP_PIN, salt }),
    await hash(SUPERVISOR_PIN, { ...CHEAP_PIN, salt }),
  ];
  const outlets: SimOutlet[] = [];
  await context.db.transaction().execute(async (tx) => {
    await tx.insertInto('meta').values({ key: 'demo', value: 'true' }).execute();
    for (let index = 0; index < count; index += 1) {
      const outletId = `3506-${pad(index, 3)}`;
      const area = `${letter(Math.floor(index / 26))}${letter(index)}`;
      const place = { name: `Gerai ${String(index)}`, address: `Jalan ${String(index)}`, regency: '3506' };
      await tx
        .insertInto('outlet')
        .values({ outlet_id: outletId, ...place, areas: [area] })
        .execute();
      const officerId = `petugas-${outletId}`;
      const supervisorId = `pengawas-${outletId}`;
      const people = [
        { officer_id: officerId, role: 'officer', pin_verifier: verifier },
        { officer_id: supervisorId, role: 'supervisor', pin_verifier: supervisorVerifier },
      ];
      await tx
        .insertInto('officer')
        .values(people.map((person) => ({ ...person, outlet_id: outletId, name: person.officer_id, active: true })))
        .execute();
      const records = Array.from({ length: shape.vehiclesPerOutlet }, (_none, at) =>
        vehicleRecord(random, index * shape.vehiclesPerOutlet + at, context.now() + DAY_MS),
      );
      await importVehicles(
        tx,
        records.map((record) => ({ record, published: null, holdReason: null })),
      );
      const ids = records.map((record) => record.vehicleId);
      await sql`update core_vehicle set area = ${area} where vehicle_id = any(${ids}::uuid[])`.execute(tx);
      const vehicles = records.map(({ vehicleId, nrkb, chassisNumber }) => ({
        vehicleId,
        nrkb,
        chassisTail: chassisNumber.slice(-5),
      }));
      const days = { suspendedOn: { day: -99 }, late: { row: null, since: -99, isAway: false } };
      outlets.push({ outletId, officerId, supervisorId, vehicles, served: { count: 0 }, ...days });
    }
  });
  await publishPolicy(context, (policy) => {
    const caps = { ...policy.caps, drawerCash: null, unconfirmedDeposits: null, unconfirmedDepositBankDays: null };
    const wide = {
      ...caps,
      unsent: 5000,
      daysSinceContact: 60,
      rulesAgeDays: 90,
      registryAgeDays: 90,
      perSale: rupiah(100_000_000),
    };
    return ok({ ...policy, caps: wide, idleLockMinutes: 90 });
  });
  return outlets;
}
