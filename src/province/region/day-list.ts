import { sql } from 'kysely';
import type { RegionDaysAnswer, RegionDaysRequest, RegionDaySummary } from '../../contract/region-day.ts';
import { type DailyBatch, NEW_DAILY_BATCH, stateOfSummary, summaryOf } from '../../domain/daily-batch.ts';
import { isCloseEven } from '../../domain/day-match.ts';
import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { lookOfDay } from '../../domain/outlet-calendar.ts';
import { rupiah } from '../../domain/rupiah.ts';
import { publishedPolicy } from '../feeds/published-rules.ts';
import type { ProvinceContext } from '../province-context.ts';
import { type Calendars, readCalendars } from './calendars.ts';
import { readCursor, writeCursor } from './cursors.ts';
import { readFindings } from './day-findings.ts';
import { byDay, keyOfDay } from './day-legs.ts';
import { itemsHashOf, loadDays } from './load-day.ts';
import { legSummaries, type MatchedDay, matchDays } from './match-days.ts';
import { inScope, type Principals } from './scope.ts';
import type { DayKey } from './write-days.ts';

type Asked = Pick<RegionDaysRequest, 'on' | 'waiting' | 'cursor' | 'limit'>;

async function readKeys(
  { db }: ProvinceContext,
  principals: Principals,
  { on, waiting, cursor, limit }: Asked,
  today: LocalDate,
): Promise<readonly (DayKey & { readonly outletName: string })[]> {
  const [day = '0001-01-01', outlet = ''] = readCursor(cursor, 2);
  const wantsClose = sql`(d.closed_parts < d.parts and d.open_sessions = 0 and d.business_on < ${today}::date)`;
  const wantsBank = sql`(d.reconciled_parts < d.closed_parts)`;
  const isWanted = {
    close: wantsClose,
    reconciliation: wantsBank,
    all: on === null ? sql`(${wantsClose} or ${wantsBank})` : sql`true`,
  }[waiting];
  const { rows } = await sql<DayKey & { outletName: string }>`select d.outlet_id as "outletId",
      d.business_on as "businessOn", o.name as "outletName"
    from outlet_day d join outlet o on o.outlet_id = d.outlet_id
    where (d.business_on, d.outlet_id) > (${day}::date, ${outlet}) and (${on}::date is null or d.business_on = ${on}::date)
      and ${isWanted} and ${inScope(principals, sql`d.outlet_id`, sql`d.business_on`)}
    order by d.business_on, d.outlet_id limit ${limit + 1}`.execute(db);
  return rows;
}

/** What may be signed next of a day: the first part whose close is open, and the first that was closed and not reconciled. */
export function partsToSign({ parts, complete, sessions, apart }: DailyBatch) {
  const isOver = complete && ![...sessions.values()].includes('open');
  const close = isOver
    ? parts.find((part) => part.close === null && (part.items.length > 0 || apart.size > 0))
    : undefined;
  const reconciliation = parts.find((part) => part.close !== null && part.reconciliation === null);
  const toSign = (part: typeof close) =>
    part === undefined ? null : { part: part.number, items: part.items.length, itemsHash: itemsHashOf(part.items) };
  return { close: toSign(close), reconciliation: toSign(reconciliation) };
}

/** How a day looked against what it was meant to be. */
export function lookOf(
  calendars: Calendars,
  { outletId, businessOn }: DayKey,
  row: MatchedDay['row'] | undefined,
  today: LocalDate,
) {
  const meant = calendars(outletId, businessOn);
  const sessions = row?.sessions ?? 0;
  const counts = {
    sessionsOpened: sessions,
    sessionsClosed: sessions - (row?.openSessions ?? 0),
    sales: row?.sales ?? 0,
  };
  const look = lookOfDay(meant, counts, businessOn, today);
  return { look, reason: meant.kind === 'announced' ? meant.reason : null };
}

type Known = {
  readonly batch: DailyBatch;
  readonly matched: MatchedDay;
  readonly findings: number;
  readonly look: RegionDaySummary['look'];
};

function summary(
  key: DayKey & { readonly outletName: string },
  { batch, matched, findings, look }: Known,
  supervisorId: string,
): RegionDaySummary {
  const { close, reconciliation } = partsToSign(batch);
  const isOwnWork = batch.workedBy.has(supervisorId);
  const counts = summaryOf(batch);
  const isEven = close !== null ? isCloseEven(matched.match) : reconciliation !== null && matched.match.settled;
  const apart = counts.held + counts.returned;
  return {
    ...key,
    look,
    state: stateOfSummary(counts),
    sales: Math.max(0, matched.row.sales),
    journal: rupiah(matched.row.takings),
    legs: legSummaries(matched.match),
    parts: counts.parts,
    apart,
    findings,
    close,
    reconciliation,
    isOwnWork,
    matches: isEven && findings === 0 && apart === 0 && !isOwnWork,
  };
}

/** Days of a date, or those that wait for a signature, oldest first; each with what a signature would name. */
export async function readDayList(
  context: ProvinceContext,
  principals: Principals,
  asked: Asked,
): Promise<RegionDaysAnswer> {
  const { db, now } = context;
  const today = localDateAt(now());
  const keys = await readKeys(context, principals, asked, today);
  const shown = keys.slice(0, asked.limit);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined) return { days: [], next: null };
  const matched = await matchDays(db, shown, await publishedPolicy(db));
  const batches = await loadDays(db, shown);
  const findings = byDay(await readFindings(db, shown));
  const outlets = [...new Set(shown.map(({ outletId }) => outletId))];
  const calendars = await readCalendars(db, outlets, { from: first.businessOn, to: last.businessOn });
  const days = shown.flatMap((key) => {
    const of = matched.get(keyOfDay(key));
    if (of === undefined) return [];
    const { look } = lookOf(calendars, key, of.row, today);
    const batch = batches.get(keyOfDay(key)) ?? NEW_DAILY_BATCH;
    const known = { batch, matched: of, findings: (findings.get(keyOfDay(key)) ?? []).length, look };
    return [summary(key, known, principals.supervisorId)];
  });
  return { days, next: keys.length > shown.length ? writeCursor([last.businessOn, last.outletId]) : null };
}
