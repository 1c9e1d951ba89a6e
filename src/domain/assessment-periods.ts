import {
  addYears,
  type DateParts,
  type DayNumber,
  datePartsOfDay,
  dateParts,
  dayNumber,
  daysInMonth,
  type LocalDate,
  localDate,
} from './local-date.ts';
import type { CompiledPack } from './rule-pack-compiled.ts';

/** A payable period that is charged, with what of it is charged. */
export interface Period {
  readonly dueOn: LocalDate;
  /** The newest payable period is current, the others are past. */
  readonly isCurrent: boolean;
  readonly chargesPkb: boolean;
  readonly chargesSwdkllj: boolean;
}

const LAST_YEAR = 9999;

/** Index of the newest period whose due date is not later than `limit`; -1 when even the oldest is later. */
function newestPayableIndex(dueOn: LocalDate, limit: DayNumber): number {
  const due = dateParts(dueOn);
  const guess = Math.min(datePartsOfDay(limit).year, LAST_YEAR) - due.year;
  if (guess < 0) return -1;
  const year = due.year + guess;
  const day = Math.min(due.day, daysInMonth(year, due.month));
  return dayNumber({ year, month: due.month, day }) <= limit ? guess : guess - 1;
}

/**
 * The charged periods, oldest first, empty when nothing is payable yet.
 * "A period is payable when its due date is not later than `paidOn` plus `earliestDaysBeforeDue`. PKB and opsen cover at
 * most `1 + pkbYears` of them, SWDKLLJ at most `1 + swdklljYears`: the newest ones."
 */
export function chargedPeriods(dueOn: LocalDate, paidDay: DayNumber, { pack }: CompiledPack): readonly Period[] {
  const newest = newestPayableIndex(dueOn, paidDay + pack.channel.earliestDaysBeforeDue);
  const { pkbYears, swdklljYears } = pack.arrears;
  const oldest = Math.max(0, newest - Math.max(pkbYears, swdklljYears));
  const periods: Period[] = [];
  for (let index = oldest; index <= newest; index += 1) {
    periods.push({
      dueOn: addYears(dueOn, index),
      isCurrent: index === newest,
      chargesPkb: newest - index <= pkbYears,
      chargesSwdkllj: newest - index <= swdklljYears,
    });
  }
  return periods;
}

/** How late an arrival is, from the due date as moved by grace days; zero and zero on or before it. */
export interface LateBy {
  readonly movedDueOn: LocalDate;
  readonly days: number;
  /** Months begun, not yet capped. */
  readonly months: number;
}

/** "For fines only, a due date on a grace day moves to the next day that is none." */
function afterGraceDays(due: DayNumber, regency: string, graceDays: CompiledPack['graceDays']): DayNumber {
  const isGrace = (day: DayNumber): boolean =>
    graceDays.some((grace) => grace.day === day && (grace.regency === null || grace.regency === regency));
  let day = due;
  while (isGrace(day)) day += 1;
  return day;
}

/** The smallest m with `due + m months >= arrival`, where adding months takes the last day of a shorter month. */
function monthsBegun(due: DateParts, arrival: DateParts): number {
  const months = (arrival.year - due.year) * 12 + arrival.month - due.month;
  const sameDay = Math.min(due.day, daysInMonth(arrival.year, arrival.month));
  return arrival.day > sameDay ? months + 1 : months;
}

/** Days and months of lateness of one period, as both fines reckon them. */
export function lateBy(dueOn: LocalDate, arrivalDay: DayNumber, regency: string, rules: CompiledPack): LateBy {
  const due = dayNumber(dateParts(dueOn));
  const moved = afterGraceDays(due, regency, rules.graceDays);
  const movedParts = datePartsOfDay(moved);
  const movedDueOn = moved === due ? dueOn : localDate(movedParts);
  if (arrivalDay <= moved) return { movedDueOn, days: 0, months: 0 };
  return { movedDueOn, days: arrivalDay - moved, months: monthsBegun(movedParts, datePartsOfDay(arrivalDay)) };
}
