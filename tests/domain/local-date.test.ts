import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  compareLocalDate,
  datePartsOfDay,
  dateParts,
  dayNumber,
  daysBetween,
  formatLocalDate,
  type LocalDate,
  localDate,
  localDateAt,
  parseLocalDate,
} from '../../src/domain/local-date.ts';

/** Days of the years 0100 to 9800, with the ends of February and of centuries more often. */
const dates = fc
  .oneof(
    fc.record({
      year: fc.integer({ min: 100, max: 9800 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    }),
    fc.record({
      year: fc.constantFrom(1900, 1999, 2000, 2023, 2024, 2025, 2026, 2028, 2100, 2400),
      month: fc.constantFrom(1, 2, 3, 12),
      day: fc.constantFrom(1, 28, 29, 30, 31),
    }),
  )
  .map((parts) => localDate(Temporal.PlainDate.from(parts))); // the calendar library constrains 31 April to 30 April

const temporal = (date: LocalDate) => Temporal.PlainDate.from(date);

describe('local dates beside a calendar library', () => {
  it('adds days as it does', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -30_000, max: 30_000 }), (date, days) => {
        expect(addDays(date, days)).toBe(temporal(date).add({ days }).toString());
      }),
    );
  });

  it('adds months and years as it does, taking the last day of a shorter month', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -600, max: 600 }), (date, count) => {
        expect(addMonths(date, count)).toBe(temporal(date).add({ months: count }).toString());
        const years = Math.trunc(count / 10);
        expect(addYears(date, years)).toBe(temporal(date).add({ years }).toString());
      }),
    );
  });

  it('counts days between and compares as it does', () => {
    fc.assert(
      fc.property(dates, dates, (left, right) => {
        expect(daysBetween(left, right)).toBe(temporal(left).until(temporal(right), { largestUnit: 'days' }).days);
        expect(compareLocalDate(left, right)).toBe(Temporal.PlainDate.compare(left, right));
      }),
    );
  });

  it('finds the day of every day number again', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(localDate(datePartsOfDay(dayNumber(dateParts(date))))).toBe(date);
      }),
    );
  });

  it('accepts exactly the days that it knows', () => {
    const anyDay = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(anyDay, ([year, month, day]) => {
        const pad = (figure: number, width: number): string => String(figure).padStart(width, '0');
        const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
        const exists = (): boolean => {
          try {
            Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
            return year >= 1;
          } catch {
            return false;
          }
        };
        expect(parseLocalDate(text).ok).toBe(exists());
      }),
    );
  });
});

describe('local dates', () => {
  it('are in Asia/Jakarta: the day turns at 17.00 UTC', () => {
    expect(localDateAt(Date.parse('2026-03-15T16:59:59.999Z'))).toBe('2026-03-15');
    expect(localDateAt(Date.parse('2026-03-15T17:00:00.000Z'))).toBe('2026-03-16');
    expect(localDateAt(-1)).toBe('1970-01-01');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (epochMs) => {
        const there = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO('+07:00').toPlainDate();
        expect(localDateAt(epochMs)).toBe(there.toString());
      }),
    );
  });

  it('are printed with Indonesian month names', () => {
    const months = Array.from({ length: 12 }, (_, index) =>
      formatLocalDate(localDate({ year: 2026, month: index + 1, day: 15 })),
    );
    expect(months.map((text) => text.split(' ')[1])).toEqual([
      'Jan',
      'Feb',
      'Mar',
      'Apr',
      'Mei',
      'Jun',
      'Jul',
      'Agu',
      'Sep',
      'Okt',
      'Nov',
      'Des',
    ]);
    expect(formatLocalDate(localDate({ year: 2026, month: 3, day: 5 }))).toBe('5 Mar 2026');
  });

  it.each([
    '2026-3-15',
    '15-03-2026',
    '2026-03-15 ',
    '2026-03-15T00:00',
    '20260315',
    '0000-01-01',
    '+12026-01-01',
    '',
    null,
    5,
  ])('refuses %j', (text) => {
    expect(parseLocalDate(text)).toEqual({ ok: false, error: 'NOT_A_DATE' });
  });

  it('reach from the first day of the year 1 to the last of 9999', () => {
    for (const [text, parts] of [
      ['0001-01-01', { year: 1, month: 1, day: 1 }],
      ['9999-12-31', { year: 9999, month: 12, day: 31 }],
    ] as const) {
      expect(localDate(parts)).toBe(text);
      expect(parseLocalDate(text)).toEqual({ ok: true, value: text });
    }
  });

  it('throw where arithmetic leaves the calendar, because that is a bug', () => {
    expect(() => addDays(localDate({ year: 9999, month: 12, day: 31 }), 1)).toThrow(RangeError);
    expect(() => localDate({ year: 2026, month: 2, day: 29 })).toThrow(RangeError);
    expect(() => localDate({ year: 2026, month: 1.5, day: 1 })).toThrow(RangeError);
  });
});
