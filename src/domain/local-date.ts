import { err, ok, type Result } from './result.ts';

declare const localDateBrand: unique symbol;

/** A calendar day `YYYY-MM-DD` in Asia/Jakarta, years 0001 to 9999 of the Gregorian calendar; plain text order is time order. */
export type LocalDate = string & { readonly [localDateBrand]: 'LocalDate' };

/** Days since 1970-01-01; the form in which the engine compares and subtracts. */
export type DayNumber = number;

/** The three figures of a calendar day. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MS_PER_DAY = 86_400_000;
/** Western Indonesia Time is UTC+7 all year; it has had no summer time since 1964. */
const JAKARTA_OFFSET_MS = 7 * 3_600_000;
const MONTH_NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des'];

/** Whether the Gregorian year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month, 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Day number of a calendar day, exact for every Gregorian date: years counted from 1 March, in cycles of 400 years. */
export function dayNumber({ year, month, day }: DateParts): DayNumber {
  const marchYear = month > 2 ? year : year - 1;
  const cycle = Math.floor(marchYear / 400);
  const yearOfCycle = marchYear - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return cycle * 146_097 + dayOfCycle - 719_468;
}

/** The calendar day of a day number; the inverse of `dayNumber`. */
export function datePartsOfDay(days: DayNumber): DateParts {
  const shifted = days + 719_468;
  const cycle = Math.floor(shifted / 146_097);
  const dayOfCycle = shifted - cycle * 146_097;
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** The value of the two digits at a place; reading codes is three times as fast as slicing, and every case does it often. */
function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528; // 528 is 11 times the code of "0"
}

/** The three figures of a date. */
export function dateParts(date: LocalDate): DateParts {
  return { year: twoDigits(date, 0) * 100 + twoDigits(date, 2), month: twoDigits(date, 5), day: twoDigits(date, 8) };
}

/** The date of three figures; throws RangeError when no such day exists, which is a bug of the caller. */
export function localDate({ year, month, day }: DateParts): LocalDate {
  const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day);
  const real = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!whole || !real) throw new RangeError(`no such calendar day: ${year}-${month}-${day}`);
  const text = `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
  return text as LocalDate; // the only place, with parseLocalDate, where a checked text becomes the brand
}

/** Accepts exactly `YYYY-MM-DD` of a day that exists. */
export function parseLocalDate(text: unknown): Result<LocalDate, 'NOT_A_DATE'> {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return err('NOT_A_DATE');
  const date = text as LocalDate; // shaped like one; it leaves this function only when such a day exists
  const { year, month, day } = dateParts(date);
  const real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return real ? ok(date) : err('NOT_A_DATE');
}

/** The day `days` later (earlier when negative); throws RangeError outside the years 0001 to 9999. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return localDate(datePartsOfDay(dayNumber(dateParts(date)) + days));
}

/** Keeps the day of the month, or takes the last day of a shorter month (31 Jan + 1 month = 28 or 29 Feb). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = dateParts(date);
  const count = year * 12 + month - 1 + months;
  const newYear = Math.floor(count / 12);
  const newMonth = count - newYear * 12 + 1;
  return localDate({ year: newYear, month: newMonth, day: Math.min(day, daysInMonth(newYear, newMonth)) });
}

/** The same day `years` later; 29 February becomes 28 February in a common year. */
export function addYears(date: LocalDate, years: number): LocalDate {
  return addMonths(date, years * 12);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(dateParts(to)) - dayNumber(dateParts(from));
}

/** Negative, zero or positive as `left` is before, on or after `right`. */
export function compareLocalDate(left: LocalDate, right: LocalDate): -1 | 0 | 1 {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The business date of an instant in ms UTC: the date in Asia/Jakarta (OPOP-Sync/1 8.4). */
export function localDateAt(epochMs: number): LocalDate {
  return localDate(datePartsOfDay(Math.floor((epochMs + JAKARTA_OFFSET_MS) / MS_PER_DAY)));
}

/** The instant in ms UTC at which a day begins in Asia/Jakarta; the inverse of `localDateAt`. */
export function startOfLocalDate(date: LocalDate): number {
  return dayNumber(dateParts(date)) * MS_PER_DAY - JAKARTA_OFFSET_MS;
}

/** `15 Mar 2026`, with Indonesian month names as the screens and papers print them. */
export function formatLocalDate(date: LocalDate): string {
  const { year, month, day } = dateParts(date);
  return `${day} ${MONTH_NAMES[month - 1] ?? ''} ${year}`;
}
