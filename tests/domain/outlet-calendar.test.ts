import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import {
  calendarDay,
  type DayOfOutlet,
  lastWorkingDay,
  lookOfDay,
  type OutletCalendar,
  weekdayOf,
} from '../../src/domain/outlet-calendar.ts';

const FRIDAY = '2026-11-20' as LocalDate;
const TODAY = '2026-11-22' as LocalDate;
const PESANTREN: OutletCalendar = {
  opensAt: '08:00',
  closesAt: '14:00',
  daysOff: [5],
  closures: [{ from: '2026-11-18' as LocalDate, to: '2026-11-20' as LocalDate, reason: 'Haul' }],
};
const day = (sessionsOpened: number, sessionsClosed: number, sales: number): DayOfOutlet => ({
  sessionsOpened,
  sessionsClosed,
  sales,
});

describe('the calendar of an outlet', () => {
  it('knows its weekdays as every other calendar does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (days) => {
        const date = addDays('1970-01-01' as LocalDate, days);
        const known = new Date(`${date}T00:00:00Z`).getUTCDay();
        expect(weekdayOf(date)).toBe(known === 0 ? 7 : known);
      }),
    );
  });

  it('is open, has its day off, and its announced days, which are named first', () => {
    expect(calendarDay(PESANTREN, '2026-11-17' as LocalDate)).toEqual({
      kind: 'open',
      opensAt: '08:00',
      closesAt: '14:00',
    });
    expect(calendarDay(PESANTREN, addDays(FRIDAY, 7))).toEqual({ kind: 'day-off' });
    expect(calendarDay(PESANTREN, FRIDAY)).toEqual({ kind: 'announced', reason: 'Haul' });
    expect(calendarDay(PESANTREN, '2026-11-18' as LocalDate)).toEqual({ kind: 'announced', reason: 'Haul' });
    expect(calendarDay(PESANTREN, addDays(FRIDAY, 1)).kind).toBe('open');
  });

  it('finds the last day on which the outlet should have worked, and none where it never does', () => {
    expect(lastWorkingDay(PESANTREN, FRIDAY)).toBe('2026-11-17');
    expect(lastWorkingDay(PESANTREN, TODAY)).toBe(TODAY);
    expect(lastWorkingDay({ ...PESANTREN, daysOff: [1, 2, 3, 4, 5, 6, 7] }, TODAY)).toBeNull();
  });
});

describe('a day of an outlet', () => {
  const open = calendarDay(PESANTREN, '2026-11-17' as LocalDate);
  const off = calendarDay(PESANTREN, addDays(FRIDAY, 7));
  const past = addDays(TODAY, -1);

  it.each([
    ['nothing is known of it and it was to be open', open, day(0, 0, 0), 'silent'],
    ['nothing is known of it and it was a day off', off, day(0, 0, 0), 'day-off'],
    ['it was worked and closed', open, day(2, 2, 14), 'worked'],
    ['a nil session was closed', open, day(1, 1, 0), 'worked'],
    ['a session stands open', open, day(2, 1, 14), 'unclosed'],
    ['it was worked on a day off', off, day(1, 1, 3), 'worked-on-day-off'],
    ['a session of a day off stands open', off, day(1, 0, 3), 'unclosed'],
    ['sales are known whose session is not', open, day(0, 0, 2), 'worked'],
  ] as const)('when %s', (_, meant, facts, look) => {
    expect(lookOfDay(meant, facts, past, TODAY)).toBe(look);
  });

  it('is not blamed before it is over, and is worked as soon as it is closed', () => {
    expect(lookOfDay(open, day(0, 0, 0), TODAY, TODAY)).toBe('not-over');
    expect(lookOfDay(open, day(1, 0, 5), TODAY, TODAY)).toBe('not-over');
    expect(lookOfDay(open, day(1, 1, 5), TODAY, TODAY)).toBe('worked');
    expect(lookOfDay(open, day(0, 0, 0), addDays(TODAY, 1), TODAY)).toBe('not-over');
  });
});
