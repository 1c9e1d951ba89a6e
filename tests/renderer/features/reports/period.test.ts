import { describe, expect, it } from 'vitest';
import { localDate } from '../../../../src/domain/local-date.ts';
import { periodOf } from '../../../../src/renderer/features/reports/period.ts';

describe('the period of a report', () => {
  it('counts a week back from today, both days included, and a month from its first', () => {
    const today = localDate({ year: 2026, month: 3, day: 4 });
    expect(periodOf('today', today)).toEqual({ from: today, to: today });
    expect(periodOf('week', today).from).toBe('2026-02-26');
    expect(periodOf('month', today).from).toBe('2026-03-01');
  });
});
