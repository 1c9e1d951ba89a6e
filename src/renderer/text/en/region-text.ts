import type { RegionOutlet, Worry } from '../../../contract/region.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { DayLook } from '../../../domain/outlet-calendar.ts';
import { count, dateTime, day, duration, shortDay } from '../format.ts';

export const WORRY_WORDS: Readonly<Record<Worry, string>> = {
  fork: 'two different histories',
  silent: 'a working day without news',
  unclosed: 'cash session not closed',
  quarantined: 'Bapenda has to look at something sent',
  'cash-overdue': 'deposit overdue',
  'lacks-next-rules': 'lacks the next tariff',
  'lacks-rules': 'lacks the tariff of today',
  'no-contact': 'long without a line',
  clock: 'doubtful clock',
  unsent: 'much is not sent',
  returned: 'something went back to the outlet',
  'waiting-signature': 'waits for your signature',
};

export const LOOK_WORDS: Readonly<Record<DayLook, string>> = {
  worked: 'worked and closed',
  unclosed: 'cash session not closed',
  silent: 'a working day without news',
  'day-off': 'day off',
  'worked-on-day-off': 'worked on a day off',
  'not-over': 'today',
};

export const DAY_STATE_WORDS = {
  open: 'not closed',
  closed: 'closed, not complete',
  submitted: 'waits for a signature',
  approved: 'closed, waits for the bank',
  'on-hold': 'something is held',
  returned: 'something went back',
  reconciled: 'done',
};

function looksCounted(days: RegionOutlet['days']): string {
  const of = (look: DayLook): number => days.filter((one) => one.look === look).length;
  const parts: readonly (readonly [number, string])[] = [
    [of('worked') + of('worked-on-day-off'), 'worked'],
    [of('day-off'), 'off'],
    [of('unclosed'), 'not closed'],
    [of('silent'), 'without news'],
  ];
  return parts.flatMap(([many, word]) => (many === 0 ? [] : [`${count(many)} ${word}`])).join(', ');
}

export const REGION_TEXT = {
  title: 'Region',
  list: 'Outlets, those that need a look first',
  noWorry: 'nothing needs a look',
  worryAndMore: (first: string, more: number): string => `${first}, and ${count(more)} more`,
  search: 'Find an outlet',
  searchHint: 'Type a name, number or regency',
  notFound: (search: string): string => `No outlet with "${search}" in what was loaded.`,
  notFoundNext: 'Clear the search, or load the next outlets.',
  heads: ['Outlet', 'Needs a look', 'Last 14 days', 'Contact', 'Not sent', 'Not deposited', 'Tariff'],
  open: 'Open outlet',
  reload: 'Load again',
  more: (shown: number, all: number): string => `${count(shown)} of ${count(all)} outlets loaded; the others follow`,
  loading: 'Loading from Bapenda',
  never: 'Never loaded on this device.',
  neverNext: 'Load it from Bapenda with a line; afterwards it can be read without one.',
  age: (loadedAt: number, now: number): string =>
    now - loadedAt < 60_000 ? 'loaded just now' : `as of ${dateTime(loadedAt)}, ${duration(now - loadedAt)} ago`,
  ageNoLine: (loadedAt: number, now: number): string =>
    `no line; as of ${dateTime(loadedAt)}, ${duration(now - loadedAt)} ago`,
  ageBusy: (loadedAt: number, now: number): string =>
    `Bapenda is busy; as of ${dateTime(loadedAt)}, ${duration(now - loadedAt)} ago`,
  totals: 'The whole region',
  outlets: 'Outlets',
  worried: 'Need a look',
  unsent: 'Not sent',
  undeposited: 'Cash not deposited',
  openSessions: 'Open cash sessions',
  waitingClose: 'Wait for the close',
  waitingReconciliation: 'Wait for the bank',
  rulesNone: 'No tariff is in force.',
  rulesNow: (packId: string, from: LocalDate): string => `Tariff now ${packId}, since ${day(from)}.`,
  rulesNext: (packId: string, from: LocalDate, lacking: number): string =>
    lacking === 0
      ? `Next tariff ${packId} from ${day(from)}: every outlet has it.`
      : `Next tariff ${packId} from ${day(from)}: ${count(lacking)} outlets lack it.`,
  plh: (name: string, letter: string, until: LocalDate): string => `for ${name}, letter ${letter}, until ${day(until)}`,
  plhShort: (name: string): string => `for ${name}`,
  ago: (atMs: number | null, now: number): string => {
    if (atMs === null) return 'never';
    return now - atMs < 60_000 ? 'just now' : duration(now - atMs);
  },
  since: (on: LocalDate, overdue: boolean): string => (overdue ? `overdue, ${shortDay(on)}` : `since ${shortDay(on)}`),
  quarantined: (many: number): string => `${count(many)} looked at`,
  rulesFit: 'there',
  rulesLack: 'lacking',
  rulesLackNext: 'next one lacking',
  strip: (days: RegionOutlet['days']): string => `${count(days.length)} days: ${looksCounted(days)}`,
  bar: ({ on, look, reason, sales }: RegionOutlet['days'][number]): string =>
    `${shortDay(on)}: ${reason ?? LOOK_WORDS[look]}, ${count(sales)} transactions`,
  detail: {
    back: 'Back to Region',
    worries: 'Needs a look',
    devices: 'Counters',
    days: 'Days',
    openDay: 'Open the day',
    contact: 'Last contact',
    inTransit: 'On the way to the bank',
    session: (by: string, on: LocalDate): string => `Open cash session: ${by}, since ${day(on)}`,
    version: (version: string | null): string => (version === null ? 'version not known' : `version ${version}`),
    tariff: (packId: string | null): string => (packId === null ? 'tariff not known' : `tariff ${packId}`),
    clock: {
      anchored: 'clock agrees',
      rtc: 'clock of the computer',
      clamped: 'clock held back',
      suspect: 'doubtful clock',
    },
    clockUnknown: 'clock not known',
    device: (deviceNo: number): string => `Counter ${String(deviceNo).padStart(2, '0')}`,
    sales: (many: number): string => `${count(many)} transactions`,
    gone: 'This outlet is no longer in what was loaded.',
  },
};
