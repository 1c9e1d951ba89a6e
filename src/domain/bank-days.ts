import { addDays, dateParts, daysBetween, dayNumber, type LocalDate } from './local-date.ts';

/** Days on which the bank is closed beside Saturdays and Sundays, by policy. */
export type BankHolidays = readonly LocalDate[];

/** Sunday is 0; 1 January 1970 was a Thursday. */
function isWeekday(date: LocalDate): boolean {
  const weekday = (((dayNumber(dateParts(date)) + 4) % 7) + 7) % 7;
  return weekday >= 1 && weekday <= 5;
}

/** Whether the bank works on a day: Monday to Friday, and no holiday of the list. */
export function isBankDay(date: LocalDate, holidays: BankHolidays): boolean {
  return isWeekday(date) && !holidays.includes(date);
}

/**
 * Working days of the bank after `from`, up to and with `to`. A holiday that is not in the list counts as a working day:
 * a deposit can look older than the bank would say, never younger.
 */
export function bankDaysBetween(from: LocalDate, to: LocalDate, holidays: BankHolidays = []): number {
  const days = daysBetween(from, to);
  if (days <= 0) return 0;
  const weeks = Math.floor(days / 7);
  let count = weeks * 5;
  for (let day = weeks * 7 + 1; day <= days; day += 1) count += isWeekday(addDays(from, day)) ? 1 : 0;
  const closed = new Set(holidays.filter((day) => day > from && day <= to && isWeekday(day)));
  return count - closed.size;
}

/** The working day of the bank that is `days` working days after `from`; zero is the first one from `from` on. */
export function addBankDays(from: LocalDate, days: number, holidays: BankHolidays = []): LocalDate {
  let day = from;
  let left = days;
  while (left > 0 || !isBankDay(day, holidays)) {
    day = addDays(day, 1);
    if (left > 0 && isBankDay(day, holidays)) left -= 1;
  }
  return day;
}
