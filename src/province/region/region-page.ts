import type { RegionAnswer, RegionDeviceRow, RegionOutlet, RegionRequest, Worry } from '../../contract/region.ts';
import { stateOfSummary } from '../../domain/daily-batch.ts';
import { depositDue } from '../../domain/deposit-due.ts';
import { addDays, type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { lookOfDay } from '../../domain/outlet-calendar.ts';
import type { Policy } from '../../domain/policy.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { type Calendars, readCalendars } from './calendars.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { groupBy } from './group-by.ts';
import {
  type DayFacts,
  type DeviceFacts,
  type OpenSession,
  type OutletFacts,
  type PublishedPack,
  readCounters,
  readFortnight,
  readOpenSessions,
  readOutlets,
  readPackVersions,
  readWaiting,
  type WaitingFacts,
} from './region-facts.ts';
import type { Principals } from './scope.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 14;

/** Gravest first: the place in this list is the weight by which outlets are sorted. */
const WEIGHTS: Readonly<Record<Worry, number>> = {
  fork: 1000,
  unclosed: 400,
  silent: 350,
  quarantined: 300,
  'cash-overdue': 250,
  'lacks-rules': 220,
  'lacks-next-rules': 120,
  'no-contact': 100,
  clock: 80,
  returned: 60,
  unsent: 40,
  'waiting-signature': 5,
};

type World = {
  readonly now: number;
  readonly today: LocalDate;
  readonly policy: Policy;
  readonly calendars: Calendars;
  readonly rules: RulesNow;
};

type RulesNow = {
  readonly current: PublishedPack | null;
  /** What begins within 14 days. */
  readonly next: PublishedPack | null;
};

/** The newest word on each pack that is out; of several that begin on one day the one that came last. */
function rulesNow(packs: readonly PublishedPack[], today: LocalDate): RulesNow {
  const begun = packs.filter(({ validFrom }) => validFrom <= today);
  const coming = packs.filter(({ validFrom }) => validFrom > today && validFrom <= addDays(today, SHOWN_DAYS));
  const later = (one: PublishedPack, other: PublishedPack): PublishedPack =>
    other.validFrom >= one.validFrom ? other : one;
  const sooner = (one: PublishedPack, other: PublishedPack): PublishedPack =>
    other.validFrom <= one.validFrom ? other : one;
  return {
    current: begun.length === 0 ? null : begun.reduce(later),
    next: coming.length === 0 ? null : coming.reduce(sooner),
  };
}

const lacks = (device: DeviceFacts, pack: PublishedPack | null): boolean =>
  pack !== null && (device.rulesVersion ?? 0) < pack.version;

function daysOf(facts: OutletFacts, days: readonly DayFacts[], world: World): RegionOutlet['days'] {
  if (facts.since === null) return [];
  const first = localDateAt(facts.since);
  const dates = Array.from({ length: SHOWN_DAYS + 1 }, (_one, back) => addDays(world.today, back - SHOWN_DAYS));
  return dates
    .filter((on) => on >= first)
    .map((on) => {
      const day = days.find((one) => one.on === on);
      const meant = world.calendars(facts.outletId, on);
      const counts = {
        sessionsOpened: day?.sessions ?? 0,
        sessionsClosed: (day?.sessions ?? 0) - (day?.openSessions ?? 0),
        sales: day?.sales ?? 0,
      };
      return {
        on,
        look: lookOfDay(meant, counts, on, world.today),
        reason: meant.kind === 'announced' ? meant.reason : null,
        sales: Math.max(0, counts.sales),
        state: day === undefined ? null : stateOfSummary({ ...day, complete: true }),
      };
    });
}

type Gathered = {
  readonly facts: OutletFacts;
  readonly devices: readonly DeviceFacts[];
  readonly sessions: readonly OpenSession[];
  readonly days: RegionOutlet['days'];
  readonly waiting: WaitingFacts | undefined;
  readonly returned: boolean;
};

const sumOf = (devices: readonly DeviceFacts[], of: (device: DeviceFacts) => number): number =>
  devices.reduce((sum, device) => sum + of(device), 0);

/** Cash that should be at the bank by now. */
function isOverdue({ waiting, devices }: Gathered, { policy, now }: World): boolean {
  const oldest = waiting?.oldestCash ?? null;
  if (oldest === null || sumOf(devices, ({ cash }) => cash) <= 0) return false;
  return depositDue(oldest, { deadlineDays: policy.depositDeadlineDays, holidays: policy.bankHolidays }, now).overdue;
}

/** A counter that has not been heard of for a working day of an open outlet. */
function isUnheard({ devices, days }: Gathered, { now }: World): boolean {
  const last = Math.max(
    0,
    ...devices.map(({ lastContactAt, lastBundleAt }) => Math.max(lastContactAt ?? 0, lastBundleAt ?? 0)),
  );
  return devices.length > 0 && now - last > 2 * DAY_MS && days.some(({ look }) => look !== 'day-off');
}

function worriesOf(one: Gathered, world: World): readonly Worry[] {
  const { devices, days, waiting } = one;
  const { next, current } = world.rules;
  const found: Readonly<Record<Worry, boolean>> = {
    fork: devices.some(({ isCloned }) => isCloned),
    unclosed: days.some(({ look }) => look === 'unclosed'),
    silent: days.some(({ look }) => look === 'silent'),
    quarantined: devices.some(({ quarantined }) => quarantined > 0),
    'cash-overdue': isOverdue(one, world),
    'lacks-rules': devices.some((device) => lacks(device, current)),
    'lacks-next-rules': devices.some((device) => lacks(device, next)),
    'no-contact': isUnheard(one, world),
    clock: devices.some(({ timeTrust }) => timeTrust === 'suspect' || timeTrust === 'clamped'),
    returned: one.returned,
    unsent: devices.some(({ unsent }) => (unsent ?? 0) > 0),
    'waiting-signature': (waiting?.close ?? 0) > 0,
  };
  const all = Object.keys(WEIGHTS) as Worry[]; // the keys of this very table
  return all.filter((worry) => found[worry]);
}

const deviceRow = (device: DeviceFacts): RegionDeviceRow => ({
  deviceId: device.deviceId,
  deviceNo: device.deviceNo,
  lastContactAt: device.lastContactAt,
  lastBundleAt: device.lastBundleAt,
  unsent: device.unsent,
  quarantined: device.quarantined,
  appVersion: device.appVersion,
  timeTrust: device.timeTrust,
  rulePackId: device.rulePackId,
  rulesVersion: device.rulesVersion,
});

function outletRow(one: Gathered, world: World, principals: Principals): RegionOutlet {
  const { facts, devices, sessions, days, waiting } = one;
  const contacts = devices.flatMap(({ lastContactAt }) => lastContactAt ?? []);
  const cash = sumOf(devices, (device) => device.cash);
  return {
    outletId: facts.outletId,
    name: facts.name,
    regency: facts.regency,
    regionName: facts.regionName,
    delegation: principals.delegations.find(({ delegationId }) => delegationId === facts.delegationId) ?? null,
    worries: [...worriesOf(one, world)],
    devices: devices.map(deviceRow),
    lastContactAt: contacts.length === 0 ? null : Math.max(...contacts),
    unsent: sumOf(devices, ({ unsent }) => unsent ?? 0),
    quarantined: sumOf(devices, ({ quarantined }) => quarantined),
    undeposited: rupiah(cash),
    undepositedSince: cash > 0 ? (waiting?.oldestCash ?? null) : null,
    undepositedOverdue: isOverdue(one, world),
    inTransit: rupiah(sumOf(devices, ({ banked }) => banked)),
    openSessions: sessions.slice(0, 20).map(({ openedOn, openedAt, by }) => ({ openedOn, openedAt, by })),
    days,
  };
}

const weightOf = ({ worries, days }: RegionOutlet): number =>
  worries.reduce((sum, worry) => sum + WEIGHTS[worry], 0) + days.filter(({ look }) => look === 'silent').length;

/** Worst first; those that are equally well in the order of their numbers. */
const inOrder = (left: RegionOutlet, right: RegionOutlet): number =>
  weightOf(right) - weightOf(left) || (left.outletId < right.outletId ? -1 : 1);

async function gather(
  { db }: ProvinceContext,
  outlets: readonly OutletFacts[],
  world: World,
): Promise<readonly Gathered[]> {
  const ids = outlets.map(({ outletId }) => outletId);
  const from = addDays(world.today, -SHOWN_DAYS);
  const byOutlet = <T extends { readonly outletId: string }>(rows: readonly T[]) =>
    groupBy(rows, ({ outletId }) => outletId);
  const devices = byOutlet(await readCounters(db, ids));
  const sessions = byOutlet(await readOpenSessions(db, ids));
  const days = byOutlet(await readFortnight(db, ids, from));
  const waiting = byOutlet(await readWaiting(db, ids, world.today));
  return outlets.map((facts) => {
    const own = days.get(facts.outletId) ?? [];
    return {
      facts,
      devices: devices.get(facts.outletId) ?? [],
      sessions: sessions.get(facts.outletId) ?? [],
      days: daysOf(facts, own, world),
      waiting: waiting.get(facts.outletId)?.[0],
      returned: own.some(({ returned }) => returned > 0),
    };
  });
}

function totalsOf(all: readonly Gathered[], rows: readonly RegionOutlet[]): RegionAnswer['totals'] {
  const sum = (of: (row: RegionOutlet) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const waiting = (of: (facts: WaitingFacts) => number): number =>
    all.reduce((total, one) => total + (one.waiting === undefined ? 0 : of(one.waiting)), 0);
  return {
    outlets: rows.length,
    worried: rows.filter(({ worries }) => worries.some((worry) => worry !== 'waiting-signature')).length,
    unsent: sum(({ unsent }) => unsent),
    quarantined: sum(({ quarantined }) => quarantined),
    undeposited: rupiah(sum(({ undeposited }) => undeposited)),
    openSessions: sum(({ openSessions }) => openSessions.length),
    waitingClose: waiting(({ close }) => close),
    waitingReconciliation: waiting(({ reconciliation }) => reconciliation),
  };
}

/** The region in one look: outlets worst first, a page of them, and what is true of all. */
export async function readRegion(
  context: ProvinceContext,
  principals: Principals,
  { cursor, limit }: Pick<RegionRequest, 'cursor' | 'limit'>,
): Promise<RegionAnswer> {
  const { db } = context;
  const now = context.now();
  const today = localDateAt(now);
  const outlets = await readOutlets(db, principals, today);
  const ids = outlets.map(({ outletId }) => outletId);
  const rules = rulesNow(await readPackVersions(db), today);
  const calendars = await readCalendars(db, ids, { from: addDays(today, -SHOWN_DAYS), to: today });
  const world: World = { now, today, policy: await publishedPolicy(db), calendars, rules };
  const all = await gather(context, outlets, world);
  const rows = all.map((one) => outletRow(one, world, principals)).toSorted(inOrder);
  const [weight, after] = readCursor(cursor, 2);
  const isAfter = (row: RegionOutlet): boolean =>
    weightOf(row) < Number(weight) || (weightOf(row) === Number(weight) && row.outletId > (after ?? ''));
  const rest = weight === undefined ? rows : rows.filter(isAfter);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const devices = all.flatMap((one) => one.devices);
  const { current, next } = rules;
  return {
    asOf: now,
    today,
    regions: [
      ...new Map(
        outlets.flatMap(({ regionId, regionName }) =>
          regionId === null || regionName === null ? [] : [[regionId, regionName] as const],
        ),
      ),
    ].map(([regionId, name]) => ({ regionId, name })),
    delegations: [...principals.delegations],
    rules: {
      current: current === null ? null : { packId: current.packId, validFrom: current.validFrom },
      next:
        next === null
          ? null
          : {
              packId: next.packId,
              validFrom: next.validFrom,
              lacking: devices.filter((device) => lacks(device, next)).length,
            },
    },
    totals: totalsOf(all, rows),
    outlets: shown,
    next:
      rest.length > shown.length && last !== undefined ? writeCursor([String(weightOf(last)), last.outletId]) : null,
  };
}
