import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, localDate } from '../../../src/domain/local-date.ts';
import { dateEntryText, parseDateEntry } from '../../../src/renderer/ui/date-entry.ts';

const from = localDate({ year: 2000, month: 1, day: 1 });

describe('a day typed day first', () => {
  it('reads back as it was written, for every day of this century', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_000 }), (days) => {
        const date = addDays(from, days);
        expect(parseDateEntry(dateEntryText(date))).toBe(date);
        expect(parseDateEntry(dateEntryText(date).replaceAll('/', ''))).toBe(date);
      }),
    );
  });

  it('takes short years, dots and dashes', () => {
    for (const text of ['5/3/26', '05-03-2026', '5.3.2026', '05 03 26'])
      expect(parseDateEntry(text)).toBe('2026-03-05');
  });

  it('refuses what is no day, and never swaps day and month', () => {
    for (const text of ['31/2/2026', '2026-03-05', '13/13/2026', '', 'kemarin']) {
      expect(parseDateEntry(text), text).toBeUndefined();
    }
    expect(parseDateEntry('12/1/2026')).toBe('2026-01-12');
  });
});
