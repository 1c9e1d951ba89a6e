import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countedLines,
  countedTotal,
  NO_COUNTS,
  steppedCount,
  typedCount,
} from '../../../../src/renderer/features/cash-session/denominations.ts';

describe('the count of the float', () => {
  it('sums notes and coins, and sends only what was counted', () => {
    const counts = { ...NO_COUNTS, 100000: '2', 50000: '4', 500: '0' };
    expect(countedTotal(counts)).toBe(400_000);
    expect(countedLines(counts)).toEqual([
      { denomination: 100_000, count: 2 },
      { denomination: 50_000, count: 4 },
    ]);
  });

  it('steps up and down, and never under zero', () => {
    const up = steppedCount(NO_COUNTS, 2000, 1);
    expect(up[2000]).toBe('1');
    expect(steppedCount(steppedCount(up, 2000, -1), 2000, -1)[2000]).toBe('0');
  });

  it('keeps digits only, whatever falls on the keyboard', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typedCount(text)).toMatch(/^(0|[1-9]\d{0,3})?$/);
      }),
    );
  });
});
