import type { RegionDeviceRow, RegionOutlet, Worry } from '../../contract/region.ts';
import { stateOfSummary } from '../../domain/daily-batch.ts';
import { depositDue } from '../../domain/deposit-due.ts';
import { addDays, type LocalDate, localDateAt, startOfLocalDate } from '../../domain/local-date.ts';
import { lookOfDay } from '../../domain/outlet-calendar.ts';
import type { Policy } from '../../domain/policy.ts';
import { rupiah } from '../../domain/rupiah.ts';
import type { Calendars } from './calendars.ts';
import type { DayFacts, DeviceFacts, OpenSession, PublishedPack, WaitingFacts } from './region-facts.ts';

const DAY_MS = 86_400_000;
/** Days that the page shows before today. */
export const SHOWN_DAYS = 14;
/** A counter that was not heard of for longer than this has no contact. */
const UNHEARD_MS = 2 * DAY_MS;

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

/** What the facts of all outlets are judged by. */
export type World = {
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
export function rulesNow(packs: readonly PublishedPack[], today: LocalDate): RulesNow {
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

/** All that is known of an outlet. */
export type Gathered = {
  readonly outletId: string;
  /** When its first counter was enrolled, ms UTC; null where it has none. */
  readonly since: number | null;
  readonly devices: readonly DeviceFacts[];
  readonly sessions: readonly OpenSession[];
  /** Days of the fortnight of which something is known. */
  readonly facts: readonly DayFacts[];
  readonly waiting: WaitingFacts | undefined;
};

function daysOf({ outletId, since, facts }: Gathered, world: World): RegionOutlet['days'] {
  if (since === null) return [];
  const first = localDateAt(since);
  const dates = Array.from({ length: SHOWN_DAYS + 1 }, (_one, back) => addDays(world.today, back - SHOWN_DAYS));
  return dates
    .filter((on) => on >= first)
    .map((on) => {
      const day = facts.find((one) => one.on === on);
      const meant = world.calendars(outletId, on);
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

const sumOf = (devices: readonly DeviceFacts[], of: (device: DeviceFacts) => number): number =>
  devices.reduce((sum, device) => sum + of(device), 0);

/** Cash that should be at the bank by now. */
function isOverdue({ waiting, devices }: Gathered, { policy, now }: World): boolean {
  const oldest = waiting?.oldestCash ?? null;
  if (oldest === null || sumOf(devices, ({ cash }) => cash) <= 0) return false;
  return depositDue(oldest, { deadlineDays: policy.depositDeadlineDays, holidays: policy.bankHolidays }, now).overdue;
}

/** From when on an outlet that works has not been heard of, ms UTC; null where nothing is expected of it. */
function unheardFrom({ devices }: Gathered, days: RegionOutlet['days']): number | null {
  if (devices.length === 0 || days.every(({ look }) => look === 'day-off')) return null;
  const contacts = devices.flatMap(({ lastContactAt, lastBundleAt }) => [lastContactAt ?? 0, lastBundleAt ?? 0]);
  return Math.max(...contacts) + UNHEARD_MS + 1;
}

function worriesOf(one: Gathered, days: RegionOutlet['days'], world: World): readonly Worry[] {
  const { devices, facts, waiting } = one;
  const { next, current } = world.rules;
  const unheard = unheardFrom(one, days);
  const found: Readonly<Record<Worry, boolean>> = {
    fork: devices.some(({ isCloned }) => isCloned),
    unclosed: days.some(({ look }) => look === 'unclosed'),
    silent: days.some(({ look }) => look === 'silent'),
    quarantined: devices.some(({ quarantined }) => quarantined > 0),
    'cash-overdue': isOverdue(one, world),
    'lacks-rules': devices.some((device) => lacks(device, current)),
    'lacks-next-rules': devices.some((device) => lacks(device, next)),
    'no-contact': unheard !== null && world.now >= unheard,
    clock: devices.some(({ timeTrust }) => timeTrust === 'suspect' || timeTrust === 'clamped'),
    returned: facts.some(({ returned }) => returned > 0),
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

/** What the page shows of an outlet, whoever looks. */
export type ShownOutlet = Omit<RegionOutlet, 'name' | 'regency' | 'regionName' | 'delegation'>;

function shownOutlet(one: Gathered, days: RegionOutlet['days'], world: World): ShownOutlet {
  const { outletId, devices, sessions, waiting } = one;
  const contacts = devices.flatMap(({ lastContactAt }) => lastContactAt ?? []);
  const cash = sumOf(devices, (device) => device.cash);
  return {
    outletId,
    worries: [...worriesOf(one, days, world)],
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

const weightOf = ({ worries, days }: ShownOutlet): number =>
  worries.reduce((sum, worry) => sum + WEIGHTS[worry], 0) + days.filter(({ look }) => look === 'silent').length;

/** How an outlet stands. */
export type Standing = {
  readonly shown: ShownOutlet;
  /** Worst first: by this, then by number. */
  readonly weight: number;
  readonly worried: boolean;
  readonly waitingClose: number;
  readonly waitingReconciliation: number;
  /** Counters that lack the tariff of the next change. */
  readonly lackingNext: number;
  /** From when on time alone changes it, ms UTC: the day ends, or nothing was heard for too long. */
  readonly goodUntil: number;
};

/** Judges an outlet by what is known of it. */
export function standOf(one: Gathered, world: World): Standing {
  const { devices, waiting } = one;
  const { next } = world.rules;
  const days = daysOf(one, world);
  const shown = shownOutlet(one, days, world);
  const ends = [startOfLocalDate(addDays(world.today, 1)), unheardFrom(one, days) ?? Number.MAX_SAFE_INTEGER];
  return {
    shown,
    weight: weightOf(shown),
    worried: shown.worries.some((worry) => worry !== 'waiting-signature'),
    waitingClose: waiting?.close ?? 0,
    waitingReconciliation: waiting?.reconciliation ?? 0,
    lackingNext: devices.filter((device) => lacks(device, next)).length,
    goodUntil: Math.min(...ends.filter((end) => end > world.now)),
  };
}
