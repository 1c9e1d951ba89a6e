import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBankDays, bankDaysBetween, isBankDay } from '../../src/domain/bank-days.ts';
import { depositDue } from '../../src/domain/deposit-due.ts';
import { addDays, type LocalDate, startOfLocalDate } from '../../src/domain/local-date.ts';

const FRIDAY = '2026-03-13' as LocalDate;
const MONDAY = '2026-03-16' as LocalDate;
const TUESDAY = '2026-03-17' as LocalDate;
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-01-01' as LocalDate, days));

describe('a working day of the bank', () => {
  it('is Monday to Friday and no holiday of the policy', () => {
    expect([0, 1, 2, 3].map((days) => isBankDay(addDays(FRIDAY, days), []))).toEqual([true, false, false, true]);
    expect(isBankDay(MONDAY, [MONDAY])).toBe(false);
    expect(bankDaysBetween(FRIDAY, TUESDAY, [MONDAY])).toBe(1);
    // A holiday on a Sunday, or named twice, closes nothing more.
    const sunday = addDays(FRIDAY, 2);
    expect(bankDaysBetween(FRIDAY, TUESDAY, [sunday, MONDAY, MONDAY])).toBe(1);
    expect(bankDaysBetween(FRIDAY, TUESDAY, [FRIDAY, addDays(TUESDAY, 1)])).toBe(2);
  });

  it('is counted forwards as it is counted backwards, whatever the holidays', () => {
    fc.assert(
      fc.property(day, fc.nat(30), fc.array(fc.nat(40), { maxLength: 8 }), (from, days, closed) => {
        const holidays = closed.map((offset) => addDays(from, offset));
        const to = addBankDays(from, days, holidays);
        expect(isBankDay(to, holidays)).toBe(true);
        const counted = bankDaysBetween(from, to, holidays);
        expect(counted).toBe(days === 0 && to === from ? 0 : Math.max(days, days === 0 ? 1 : days));
      }),
    );
  });
});

describe('when cash must be at the bank', () => {
  const policy = { deadlineDays: 1, holidays: [MONDAY] };

  it('is until the end of the working day that the policy gives, to the millisecond', () => {
    const end = startOfLocalDate(addDays(TUESDAY, 1));
    expect(depositDue(FRIDAY, policy, end - 1)).toEqual({ dueOn: TUESDAY, remainingMs: 1, overdue: false });
    expect(depositDue(FRIDAY, policy, end)).toEqual({ dueOn: TUESDAY, remainingMs: 0, overdue: true });
    expect(depositDue(FRIDAY, policy, end + 1)).toMatchObject({ remainingMs: 0, overdue: true });
  });

  it('is the same day where the policy gives none, and the next working day for cash of a Sunday', () => {
    const none = { deadlineDays: 0, holidays: [] };
    expect(depositDue(FRIDAY, none, 0).dueOn).toBe(FRIDAY);
    expect(depositDue(addDays(FRIDAY, 2), none, 0).dueOn).toBe(MONDAY);
  });
});
