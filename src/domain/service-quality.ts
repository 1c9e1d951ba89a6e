import { addDays, type LocalDate, localDateAt } from './local-date.ts';
import { weekdayOf } from './outlet-calendar.ts';
import type { Rupiah } from './rupiah.ts';

/** A sale as the quality of service sees it; instants in ms UTC. */
export interface ServedSale {
  readonly at: number;
  /** When the owner was shown: the service began; null where the journal does not say. */
  readonly begunAt: number | null;
  /** Whether the province's own bill was paid, which needs a line. */
  readonly online: boolean;
  /** What the province said of it; null while it has not spoken. */
  readonly word: 'as-taken' | 'changed' | 'refused' | null;
  /** Why it was changed or refused: the province's kind of decision. */
  readonly reason: string | null;
}

/** What the province's word on a sale says of how it was taken; undefined while it has not spoken. */
const WORDS_OF_CENTRAL: { readonly [central in string]?: ServedSale['word'] } = {
  booked: 'as-taken',
  short: 'changed',
  over: 'changed',
  rejected: 'refused',
  'paid-elsewhere': 'refused',
  'refund-due': 'refused',
  refunded: 'refused',
};

/** A word and its reason, as `ServedSale` has them. */
export function wordOfCentral(central: string | null): Pick<ServedSale, 'word' | 'reason'> {
  const word = central === null ? null : (WORDS_OF_CENTRAL[central] ?? null);
  return { word, reason: word === 'changed' || word === 'refused' ? central : null };
}

/** What the journal of an outlet says of a time. */
export interface QualityFacts {
  readonly sales: readonly ServedSale[];
  /** From a number in the queue to its end at the counter. */
  readonly waits: readonly { readonly at: number; readonly ms: number }[];
  readonly voids: readonly { readonly at: number }[];
  readonly variances: readonly { readonly at: number; readonly variance: Rupiah }[];
  /** Papers that were asked for and not there at the sale. */
  readonly missingPapers: readonly { readonly at: number }[];
}

/** One week of an outlet, from its Monday; null where there is nothing to say. */
export interface QualityWeek {
  readonly monday: LocalDate;
  readonly sales: number;
  /** Half of the services took no longer, in whole seconds. */
  readonly secondsPerSale: number | null;
  /** Nine of ten services took no longer. */
  readonly slowSeconds: number | null;
  /** Half of the waits were no longer, in whole minutes. */
  readonly waitMinutes: number | null;
  readonly heard: number;
  readonly changed: number;
  readonly refused: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly voids: number;
  /** Sum of what counts found too little or too much, each by its size, whole rupiah. */
  readonly variance: number;
  readonly missingPapers: number;
  /** Hours with sales and none by the province's bill, and what was sold in them. */
  readonly offlineHours: number;
  readonly offlineSales: number;
}

const MS_PER_HOUR = 3_600_000;
/** A service that was left standing over a break says nothing about speed. */
const LONGEST_SERVICE_MS = MS_PER_HOUR;

/** The Monday of the week of a day. */
export function mondayOf(day: LocalDate): LocalDate {
  return addDays(day, 1 - weekdayOf(day));
}

/** The value under which a share of the values lies; null for none. */
function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

const rounded = (value: number | null, unit: number): number | null =>
  value === null ? null : Math.round(value / unit);

function reasonsOf(sales: readonly ServedSale[]): QualityWeek['reasons'] {
  const counts = new Map<string, number>();
  for (const { word, reason } of sales) {
    if (reason === null || word === null || word === 'as-taken') continue;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((left, right) => right.count - left.count || (left.reason < right.reason ? -1 : 1));
}

function offlineOf(sales: readonly ServedSale[]): Pick<QualityWeek, 'offlineHours' | 'offlineSales'> {
  const hours = new Map<number, ServedSale[]>();
  for (const sale of sales) {
    const hour = Math.floor(sale.at / MS_PER_HOUR);
    const own = hours.get(hour);
    if (own === undefined) hours.set(hour, [sale]);
    else own.push(sale);
  }
  const offline = [...hours.values()].filter((own) => own.every(({ online }) => !online));
  return { offlineHours: offline.length, offlineSales: offline.reduce((sum, own) => sum + own.length, 0) };
}

/** What fell into each week, by its Monday. */
function byWeek<T extends { readonly at: number }>(rows: readonly T[]): (monday: LocalDate) => readonly T[] {
  const weeks = new Map<LocalDate, T[]>();
  for (const row of rows) {
    const monday = mondayOf(localDateAt(row.at));
    const week = weeks.get(monday);
    if (week === undefined) weeks.set(monday, [row]);
    else week.push(row);
  }
  return (monday) => weeks.get(monday) ?? [];
}

function weekOf(
  monday: LocalDate,
  { sales, waits: ended, voids, variances, missingPapers }: QualityFacts,
): QualityWeek {
  const times = sales.flatMap(({ at, begunAt }) => {
    const ms = begunAt === null ? -1 : at - begunAt;
    return ms >= 0 && ms <= LONGEST_SERVICE_MS ? [ms] : [];
  });
  const waits = ended.map(({ ms }) => ms);
  return {
    monday,
    sales: sales.length,
    secondsPerSale: rounded(quantile(times, 0.5), 1000),
    slowSeconds: rounded(quantile(times, 0.9), 1000),
    waitMinutes: rounded(quantile(waits, 0.5), 60_000),
    heard: sales.filter(({ word }) => word !== null).length,
    changed: sales.filter(({ word }) => word === 'changed').length,
    refused: sales.filter(({ word }) => word === 'refused').length,
    reasons: reasonsOf(sales),
    voids: voids.length,
    variance: variances.reduce((sum, { variance }) => sum + Math.abs(variance), 0),
    missingPapers: missingPapers.length,
    ...offlineOf(sales),
  };
}

/** The weeks of a time, the oldest first, a week without a sale too: a gap is part of the picture. */
export function serviceQuality(facts: QualityFacts, from: LocalDate, to: LocalDate): readonly QualityWeek[] {
  const weeks: QualityWeek[] = [];
  const [sales, waits, voids] = [byWeek(facts.sales), byWeek(facts.waits), byWeek(facts.voids)];
  const [variances, missingPapers] = [byWeek(facts.variances), byWeek(facts.missingPapers)];
  for (let monday = mondayOf(from); monday <= to; monday = addDays(monday, 7)) {
    const own = { sales: sales(monday), waits: waits(monday), voids: voids(monday) };
    weeks.push(weekOf(monday, { ...own, variances: variances(monday), missingPapers: missingPapers(monday) }));
  }
  return weeks;
}
