import { type VehicleRecord, vehicleRecordSchema } from '../../contract/feeds.ts';
import { type Assessment, assess } from '../../domain/assessment.ts';
import { addDays, type LocalDate, startOfLocalDate } from '../../domain/local-date.ts';
import { weekdayOf } from '../../domain/outlet-calendar.ts';
import type { RulePackSet } from '../../domain/rule-pack.ts';
import { rupiah, ZERO_RUPIAH } from '../../domain/rupiah.ts';
import { bookAllDue } from '../booking/booking-worker.ts';
import { updateCoreVehicle } from '../booking/core-vehicle.ts';
import { confirmDeposit } from '../deposits/confirm-deposit.ts';
import { publishedRules } from '../feeds/published-rules.ts';
import type { Province } from '../province.ts';
import type { ProvinceContext } from '../province-context.ts';
import { giveRegion, moveOutlet, putHours, putRegion } from '../region/regions.ts';
import { DemoCounter } from './demo-counter.ts';
import { DemoDay } from './demo-day.ts';
import { DEFAULT_OUTLET_ID, DEMO_OUTLETS } from './demo-outlets.ts';
import { SeededRandom } from './seeded-random.ts';
import { SHOW_PLATES } from './show-plates.ts';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const FRIDAY = 5;
const REGION_ID = 'demo';
/** Key of the note that all of it was made. */
const DONE = 'demo-region';
const SUPERVISOR_ID = 'pengawas';
/** Days before today on which the outlets worked. */
const DAYS_BACK = 9;
const STREAM = 0x4e61;
/** Whole rupiah; mostly motorcycles, as in front of a pesantren. */
const DEAREST = 1_200_000;

/** What each outlet of the demonstration shows a supervisor. */
const OUTLETS = {
  even: '3518-004',
  /** F22: papers went out and the cash did not go to the bank. */
  undeposited: '3516-002',
  /** F20: data of vehicles were changed between payment and booking. */
  changed: '3526-009',
  /** F21: a paid sale was taken back and sold again lower; and a drawer that was short. */
  soldLower: '3509-031',
  /** Left its session open and was not heard of since. */
  silent: '3507-012',
} as const;

type DemoRegionOrder = { readonly seed: number; readonly today: LocalDate };

/** A move of an insider that is planted, and where a supervisor finds it. */
type PlantedMove = {
  readonly fact: 'F20' | 'F21' | 'F22';
  readonly outletId: string;
  readonly on: LocalDate;
  /** Receipt numbers that it is about, the first one first. */
  readonly receipts: readonly string[];
};

export type DemoRegionReport = DemoRegionOrder & {
  readonly outlets: number;
  readonly days: number;
  readonly sales: number;
  /** What was taken in all, whole rupiah: the same for the same order. */
  readonly takings: number;
  readonly moves: readonly PlantedMove[];
};

const officerOf = (outletId: string): string => `petugas-1-${outletId}`;

/** The region of the demonstration while it is made: days of several counters, in the order in which they went by. */
class RegionMaking {
  readonly #province: Province;
  readonly #clock: { now: number };
  /** The province as it stood on the day that is being made. */
  readonly #past: ProvinceContext;
  readonly #rules: RulePackSet;
  readonly #random: SeededRandom;
  readonly #vehicles: VehicleRecord[];
  readonly #deposits: { readonly depositId: string; readonly amount: number; readonly on: LocalDate }[] = [];
  readonly moves: PlantedMove[] = [];
  sales = 0;
  takings = 0;

  constructor(province: Province, rules: RulePackSet, vehicles: VehicleRecord[], seed: number) {
    this.#province = province;
    this.#clock = { now: 0 };
    this.#past = { ...province.context, now: () => this.#clock.now };
    this.#rules = rules;
    this.#random = new SeededRandom(seed ^ STREAM);
    this.#vehicles = vehicles;
  }

  async enrol(on: LocalDate, outletIds: readonly string[]): Promise<readonly DemoCounter[]> {
    this.#clock.now = startOfLocalDate(on);
    const counters: DemoCounter[] = [];
    for (const outletId of outletIds) counters.push(await DemoCounter.enrol(this.#past, outletId));
    return counters;
  }

  /** The next vehicle that may be paid at a counter on that day, with what is owed. */
  #next(on: LocalDate): { readonly record: VehicleRecord; readonly assessed: Assessment } {
    for (;;) {
      const record = this.#vehicles.shift();
      if (record === undefined) throw new Error('the demonstration has too few vehicles');
      const assessed = assess(record.facts, {}, this.#rules, on);
      if (assessed.ok && assessed.value.total > 0 && assessed.value.total <= DEAREST)
        return { record, assessed: assessed.value };
    }
  }

  #sell(day: DemoDay): { readonly record: VehicleRecord; readonly receiptNumber: string } {
    const { record, assessed } = this.#next(day.on);
    const { payable, receiptNumber } = day.counter.sell(record, assessed, day.on);
    day.note(payable, 1);
    return { record, receiptNumber };
  }

  /** F20: the register says less than was paid before the sale is booked. */
  async #changeVehicles(
    day: DemoDay,
    sold: readonly { record: VehicleRecord; receiptNumber: string }[],
  ): Promise<void> {
    const { context } = this.#province;
    await context.db.transaction().execute(async (tx) => {
      for (const { record } of sold) {
        const facts = { ...record.facts, njkb: Math.round(Number(record.facts['njkb']) * 0.6) };
        await updateCoreVehicle(tx, record.vehicleId, { ...record, facts });
      }
    });
    const receipts = sold.map(({ receiptNumber }) => receiptNumber);
    this.moves.push({ fact: 'F20', outletId: day.counter.outletId, on: day.on, receipts });
  }

  /** F21: paid, taken back with a supervisor's name, and sold again lower on another sheet. */
  #sellAgainLower(day: DemoDay): void {
    const { record, assessed } = this.#next(day.on);
    const { counter, on } = day;
    const { outletId } = counter;
    const first = counter.sell(record, assessed, on);
    counter.takeBack(first, `pengawas-${outletId}`, 'salah memilih fungsi kendaraan');
    const dearest = assessed.lines.reduce((most, line) => (line.amount > most.amount ? line : most));
    const less = rupiah(Math.round(dearest.amount / 2));
    const lines = assessed.lines.map((line) =>
      line === dearest ? { ...line, amount: rupiah(dearest.amount - less) } : line,
    );
    const again = counter.sell(record, { ...assessed, lines, total: rupiah(assessed.total - less) }, on);
    day.note(again.payable, 1);
    const receipts = [first.receiptNumber, again.receiptNumber];
    this.moves.push({ fact: 'F21', outletId, on, receipts });
  }

  /** One day of one counter; `left` is how many working days are still to come. */
  async day(counter: DemoCounter, on: LocalDate, left: number): Promise<void> {
    const { outletId } = counter;
    if (outletId === OUTLETS.silent && left === 0) return;
    const day = new DemoDay(counter, on, officerOf(outletId));
    const sold = Array.from({ length: this.#random.between(2, 4) }, () => this.#sell(day));
    if (outletId === OUTLETS.soldLower && left === 0) this.#sellAgainLower(day);
    if (!(outletId === OUTLETS.silent && left === 1)) {
      // Short by more than the tolerance, once.
      day.close(outletId === OUTLETS.soldLower && left === 1 ? rupiah(50_000) : ZERO_RUPIAH);
    }
    if (outletId === OUTLETS.undeposited && left < 4) {
      if (left === 3) this.moves.push({ fact: 'F22', outletId, on, receipts: sold.map((one) => one.receiptNumber) });
    } else if (left > 0 && outletId !== OUTLETS.silent && !(outletId === OUTLETS.soldLower && left === 1)) {
      const depositId = day.deposit(day.taken, `${outletId}-${on}`);
      if (depositId !== null) this.#deposits.push({ depositId, amount: day.taken, on });
    }
    this.sales += sold.length;
    this.takings += day.taken;
    this.#clock.now = counter.at;
    // Before the push: another node may book what is due as soon as it is in custody.
    if (outletId === OUTLETS.changed && left === 0) await this.#changeVehicles(day, sold.slice(0, 2));
    await counter.push();
  }

  /** What the province does after a day: books, and hears from the bank of the deposits of the day. */
  async evening(on: LocalDate): Promise<void> {
    this.#clock.now = startOfLocalDate(on) + 17 * HOUR;
    const { core, notifications } = this.#province;
    await bookAllDue({ context: this.#past, core, notifications });
    this.#clock.now += DAY - HOUR;
    for (const { depositId, amount } of this.#deposits.splice(0)) {
      const word = { depositId, confirmedOn: addDays(on, 1), amount: rupiah(amount), saidBy: 'Rekening koran contoh' };
      const confirmed = await confirmDeposit(this.#past, word);
      if (!confirmed.ok) throw new Error(`a demo deposit was not confirmed: ${confirmed.error}`);
    }
  }
}

/** Vehicles that nobody was promised, in a fixed order. */
async function freeVehicles({ db }: ProvinceContext): Promise<VehicleRecord[]> {
  const shown = SHOW_PLATES.map(({ nrkb }) => nrkb);
  const rows = await db
    .selectFrom('core_vehicle')
    .select('record')
    .where('record', 'is not', null)
    .where('published', 'is', null)
    .where('hold_reason', 'is', null)
    .where('nrkb', 'not in', shown)
    .orderBy('nrkb')
    .execute();
  return rows.map(({ record }) => vehicleRecordSchema.parse(record));
}

async function drawRegion(context: ProvinceContext, today: LocalDate): Promise<void> {
  const fromOn = addDays(today, -60);
  await putRegion(context, REGION_ID, 'UPT Kediri (contoh)');
  for (const { outletId } of DEMO_OUTLETS) {
    const moved = await moveOutlet(context, { outletId, regionId: REGION_ID, fromOn, saidBy: 'demo' });
    if (!moved.ok) throw new Error(`${outletId} came into no region: ${moved.error}`);
    await putHours(context, outletId, fromOn, { opensAt: '08:00', closesAt: '14:00', daysOff: [FRIDAY] });
  }
  const given = await giveRegion(context, SUPERVISOR_ID, REGION_ID);
  if (!given.ok) throw new Error(`no region was given: ${given.error}`);
}

/** When each counter was heard of last, and with which tariff: a little while ago, but for the silent one. */
async function noteContacts({ db, now }: ProvinceContext, counters: readonly DemoCounter[]): Promise<void> {
  const { version } = await db
    .selectFrom('feed_page')
    .select((eb) => eb.fn.max('to_version').as('version'))
    .where('feed', '=', 'rules')
    .executeTakeFirstOrThrow();
  for (const [index, { deviceId, outletId, at }] of counters.entries()) {
    const heardAt = outletId === OUTLETS.silent ? at : now() - (index + 1) * 240_000;
    await db
      .updateTable('device')
      .set({ last_contact_at: heardAt, unsent: 0, rules_version: version })
      .where('device_id', '=', deviceId)
      .execute();
  }
}

/**
 * Makes the region of the demonstration live: outlets with calendars, days, sales and deposits, some that match and some that
 * do not, and three moves of insiders. Through the same doors as real counters. Once only: undefined where it was made before.
 */
export async function makeDemoRegion(
  province: Province,
  { seed, today }: DemoRegionOrder,
): Promise<DemoRegionReport | undefined> {
  const { context } = province;
  const { db } = context;
  const demo = await db.selectFrom('meta').select('value').where('key', '=', 'demo').executeTakeFirst();
  if (demo?.value !== 'true') throw new Error('only a demonstration has a made-up region: run demo-data first');
  const made = await db.selectFrom('meta').select('value').where('key', '=', DONE).executeTakeFirst();
  if (made !== undefined) return undefined;
  const begun = await db.selectFrom('region').select('name').where('region_id', '=', REGION_ID).executeTakeFirst();
  if (begun !== undefined) throw new Error('the demonstration region was begun and broke off: delete its data folder');
  await drawRegion(context, today);
  const making = new RegionMaking(province, await publishedRules(db), await freeVehicles(context), seed);
  const outletIds = DEMO_OUTLETS.map(({ outletId }) => outletId).filter((id) => id !== DEFAULT_OUTLET_ID);
  const dates = Array.from({ length: DAYS_BACK }, (_one, back) => addDays(today, back - DAYS_BACK));
  const working = dates.filter((on) => weekdayOf(on) !== FRIDAY);
  const counters = await making.enrol(dates[0] ?? today, outletIds);
  for (const [index, on] of working.entries()) {
    for (const counter of counters) await making.day(counter, on, working.length - 1 - index);
    await making.evening(on);
  }
  await noteContacts(context, counters);
  await db
    .insertInto('meta')
    .values({ key: DONE, value: String(seed) })
    .execute();
  const { sales, takings, moves } = making;
  return { seed, today, outlets: counters.length, days: working.length, sales, takings, moves };
}
