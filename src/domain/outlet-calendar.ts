import { addDays, dateParts, dayNumber, type LocalDate } from './local-date.ts';

/** Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Days on which an outlet said beforehand that it is closed, both ends included. */
export interface AnnouncedClosure {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** For the door and the supervisor, such as "Haul" or "Libur semester". */
  readonly reason: string;
}

/** When an outlet works; a policy of the province for each outlet. Times are local, `HH:MM`. */
export interface OutletCalendar {
  readonly opensAt: string;
  readonly closesAt: string;
  /** In a pesantren often Friday (5). */
  readonly daysOff: readonly Weekday[];
  readonly closures: readonly AnnouncedClosure[];
}

/** What a day was meant to be. */
export type CalendarDay =
  | { readonly kind: 'open'; readonly opensAt: string; readonly closesAt: string }
  | { readonly kind: 'day-off' }
  | { readonly kind: 'announced'; readonly reason: string };

/** 1 January 1970 was a Thursday. */
export function weekdayOf(date: LocalDate): Weekday {
  const fromMonday = (((dayNumber(dateParts(date)) + 3) % 7) + 7) % 7;
  return ([1, 2, 3, 4, 5, 6, 7] as const)[fromMonday] ?? 1;
}

/** An announced closure is named before a weekly day off: its reason says more. */
export function calendarDay(calendar: OutletCalendar, date: LocalDate): CalendarDay {
  const closure = calendar.closures.find(({ from, to }) => from <= date && date <= to);
  if (closure !== undefined) return { kind: 'announced', reason: closure.reason };
  if (calendar.daysOff.includes(weekdayOf(date))) return { kind: 'day-off' };
  return { kind: 'open', opensAt: calendar.opensAt, closesAt: calendar.closesAt };
}

/** What the journal says of a day of an outlet. */
export interface DayOfOutlet {
  readonly sessionsOpened: number;
  readonly sessionsClosed: number;
  readonly sales: number;
}

/**
 * How a day looks to a supervisor: a closed day needs no close and is grey; a day on which the outlet should have worked
 * and nothing is known of it is silent, which is red; work on a day off is shown as such and closes like any other.
 */
export type DayLook = 'worked' | 'unclosed' | 'silent' | 'day-off' | 'worked-on-day-off' | 'not-over';

/** `today` is the province's day; the day itself is judged only when it is over. */
export function lookOfDay(meant: CalendarDay, day: DayOfOutlet, date: LocalDate, today: LocalDate): DayLook {
  const worked = day.sessionsOpened > 0 || day.sales > 0;
  if (date >= today && !(worked && day.sessionsClosed >= day.sessionsOpened)) return 'not-over';
  if (worked && day.sessionsClosed < day.sessionsOpened) return 'unclosed';
  if (meant.kind === 'open') return worked ? 'worked' : 'silent';
  return worked ? 'worked-on-day-off' : 'day-off';
}

/** The last day up to and with `today` on which the outlet should have worked; null where there was none for 60 days. */
export function lastWorkingDay(calendar: OutletCalendar, today: LocalDate): LocalDate | null {
  for (let back = 0; back < 60; back += 1) {
    const date = addDays(today, -back);
    if (calendarDay(calendar, date).kind === 'open') return date;
  }
  return null;
}
