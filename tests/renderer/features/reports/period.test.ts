import { describe, expect, it } from 'vitest';
import { addDays, localDate } from '../../../../src/domain/local-date.ts';
import { periodOf, wholePeriod } from '../../../../src/renderer/features/reports/period.ts';

describe('the period of a report', () => {
  const today = localDate({ year: 2026, month: 3, day: 1 });
  const before = { from: localDate({ year: 2025, month: 12, day: 31 }), to: today };

  it('counts a week back from today, both days included, and a month from its first', () => {
    expect(periodOf('today', today, before)).toEqual({ from: today, to: today });
    expect(periodOf('week', today, before)).toEqual({ from: '2026-02-23', to: today });
    const fourth = localDate({ year: 2026, month: 3, day: 4 });
    expect(periodOf('month', fourth, before)).toEqual({ from: '2026-03-01', to: fourth });
  });

  it('ends yesterday where yesterday is asked for, also over the end of a month', () => {
    expect(periodOf('yesterday', today, before)).toEqual({ from: '2026-02-28', to: '2026-02-28' });
  });

  it('stays where it was when the days are to be typed', () => {
    expect(periodOf('free', today, before)).toBe(before);
  });
});

describe('a period that is typed', () => {
  const day = localDate({ year: 2026, month: 3, day: 1 });
  const next = addDays(day, 1);

  it('is one when both days are days and the first is not later than the last', () => {
    expect(wholePeriod({ from: day, to: day })).toEqual({ from: day, to: day });
    expect(wholePeriod({ from: day, to: next })).toEqual({ from: day, to: next });
    expect(wholePeriod({ from: next, to: day })).toBeUndefined();
  });

  it('never falls back to another day while one of them is none', () => {
    expect(wholePeriod({ from: undefined, to: day })).toBeUndefined();
    expect(wholePeriod({ from: day, to: undefined })).toBeUndefined();
  });
});
