import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenDay, pressesOfADay } from './random-day.ts';

/** 300 on every run; `PROPERTY_RUNS` for the long one. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '300');
const SEED = process.env['PROPERTY_SEED'];

describe('any day of a drawer', () => {
  it('keeps all accounts at zero, the drawer at what its session says, and every rupiah in an account', () => {
    fc.assert(
      fc.property(pressesOfADay, (presses) => {
        expect(brokenDay(presses)).toBeUndefined();
      }),
      { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
    );
  }, 3_600_000);
});
