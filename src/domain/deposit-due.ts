import { addBankDays, type BankHolidays } from './bank-days.ts';
import { addDays, type LocalDate, startOfLocalDate } from './local-date.ts';

/** Until when cash is to be at the bank. */
export interface DepositDue {
  /** The last day on which it is in time, a working day of the bank. */
  readonly dueOn: LocalDate;
  /** ms until that day is over; zero when it is. */
  readonly remainingMs: number;
  readonly overdue: boolean;
}

/**
 * When cash that was taken on a day must be at the bank: by the end of the working day that is `deadlineDays` working days
 * later (policy). `nowMs` is ms UTC.
 */
export function depositDue(
  takenOn: LocalDate,
  { deadlineDays, holidays }: { readonly deadlineDays: number; readonly holidays: BankHolidays },
  nowMs: number,
): DepositDue {
  const dueOn = addBankDays(takenOn, deadlineDays, holidays);
  const end = startOfLocalDate(addDays(dueOn, 1));
  return { dueOn, remainingMs: Math.max(0, end - nowMs), overdue: nowMs >= end };
}
