import { sql } from 'kysely';
import { z } from 'zod';
import { addDays, type LocalDate } from '../../domain/local-date.ts';
import { calendarDay, type CalendarDay, type OutletCalendar, type Weekday } from '../../domain/outlet-calendar.ts';
import type { Db, Tx } from '../db/open.ts';
import { groupBy } from './group-by.ts';

/** Where nobody has said when an outlet works: every day but Sunday, eight to three. */
const PRESET: Omit<OutletCalendar, 'closures'> = { opensAt: '08:00', closesAt: '15:00', daysOff: [7] };

const weekdaysSchema = z.array(
  z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6), z.literal(7)]),
);

type Hours = { readonly from: LocalDate; readonly calendar: Omit<OutletCalendar, 'closures'> };

/** When outlets work; asked once for all days of a period. */
export type Calendars = (outletId: string, on: LocalDate) => CalendarDay;

/** Hours and announced closures of outlets that touch a period; a day is judged by the hours of its date. */
export async function readCalendars(
  db: Db | Tx,
  outletIds: readonly string[],
  period: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<Calendars> {
  const hours = await sql<{ outletId: string; from: LocalDate; opensAt: string; closesAt: string; daysOff: unknown }>`
    select outlet_id as "outletId", from_on as "from", opens_at as "opensAt", closes_at as "closesAt", days_off as "daysOff"
    from outlet_hours where outlet_id = any(${[...outletIds]}) and from_on <= ${period.to} order by from_on`.execute(
    db,
  );
  const closures = await sql<{ outletId: string; from: LocalDate; to: LocalDate; reason: string }>`
    select outlet_id as "outletId", from_on as "from", to_on as "to", reason from outlet_closure
    where outlet_id = any(${[...outletIds]}) and to_on >= ${addDays(period.from, -1)} and from_on <= ${period.to}`.execute(
    db,
  );
  const hoursOf = new Map<string, Hours[]>();
  for (const { outletId, from, opensAt, closesAt, daysOff } of hours.rows) {
    const days: readonly Weekday[] = weekdaysSchema.parse(daysOff);
    hoursOf.set(outletId, [...(hoursOf.get(outletId) ?? []), { from, calendar: { opensAt, closesAt, daysOff: days } }]);
  }
  const closuresOf = groupBy(closures.rows, ({ outletId }) => outletId);
  return (outletId, on) => {
    const inForce = (hoursOf.get(outletId) ?? []).findLast(({ from }) => from <= on)?.calendar ?? PRESET;
    return calendarDay({ ...inForce, closures: closuresOf.get(outletId) ?? [] }, on);
  };
}
