import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormRun, type FormState, isRange, isWithin, overlaps, stockOf } from '../../src/domain/form-stock.ts';

const STATES: readonly FormState[] = ['used', 'spoiled', 'missing'];

/** What a person with a list of single serials would say. */
function oracle(from: number, said: readonly (FormState | null)[]): ReturnType<typeof stockOf> {
  const passed = said.findLastIndex((state) => state === 'used' || state === 'spoiled');
  const next = said.findIndex((state, index) => index > passed && state === null);
  const gaps: { from: number; to: number }[] = [];
  for (const [index, state] of said.entries()) {
    if (state !== null || index > passed) continue;
    const last = gaps.at(-1);
    if (last !== undefined && last.to === from + index - 1) last.to = from + index;
    else gaps.push({ from: from + index, to: from + index });
  }
  const count = (asked: FormState): number => said.filter((state) => state === asked).length;
  return {
    used: count('used'),
    spoiled: count('spoiled'),
    missing: count('missing'),
    next: next === -1 ? null : from + next,
    gaps,
  };
}

/** Runs as a store keeps them: neighbours of one state together, or each serial alone. */
function runsOf(from: number, said: readonly (FormState | null)[], joined: boolean): readonly FormRun[] {
  const runs: { from: number; to: number; state: FormState }[] = [];
  for (const [index, state] of said.entries()) {
    if (state === null) continue;
    const [last, serial] = [runs.at(-1), from + index];
    if (joined && last?.state === state && last.to === serial - 1) last.to = serial;
    else runs.push({ from: serial, to: serial, state });
  }
  return runs;
}

describe('the stock of pre-printed forms', () => {
  it('offers the lowest serial of a new delivery, then the one after the last used', () => {
    const delivery = { from: 101, to: 105 };
    expect(stockOf(delivery, [])).toEqual({ used: 0, spoiled: 0, missing: 0, next: 101, gaps: [] });
    expect(stockOf(delivery, [{ from: 101, to: 103, state: 'used' }])).toMatchObject({ used: 3, next: 104, gaps: [] });
    expect(stockOf(delivery, [{ from: 101, to: 105, state: 'used' }])).toMatchObject({ used: 5, next: null });
  });

  it('calls a silent serial below a used or spoiled one a gap, until something is said of it', () => {
    const delivery = { from: 1, to: 20 };
    const used: FormRun[] = [
      { from: 1, to: 4, state: 'used' },
      { from: 8, to: 8, state: 'spoiled' },
    ];
    expect(stockOf(delivery, used)).toMatchObject({ next: 9, gaps: [{ from: 5, to: 7 }] });
    const declared: FormRun[] = [...used, { from: 5, to: 7, state: 'missing' }];
    expect(stockOf(delivery, declared)).toMatchObject({ missing: 3, next: 9, gaps: [] });
  });

  it('passes nothing with serials that were declared missing ahead of the stack', () => {
    const runs: FormRun[] = [{ from: 3, to: 4, state: 'missing' }];
    expect(stockOf({ from: 1, to: 9 }, runs)).toMatchObject({ next: 1, gaps: [] });
    expect(stockOf({ from: 1, to: 9 }, [...runs, { from: 1, to: 2, state: 'used' }])).toMatchObject({ next: 5 });
  });

  it('looks at its own serials only', () => {
    const runs: FormRun[] = [{ from: 95, to: 102, state: 'used' }];
    expect(stockOf({ from: 101, to: 110 }, runs)).toMatchObject({ used: 2, next: 103, gaps: [] });
    expect(stockOf({ from: 111, to: 120 }, runs)).toMatchObject({ used: 0, next: 111, gaps: [] });
  });

  it('says what a list of single serials says, for any history, however the runs are cut and in whatever order', () => {
    const history = fc.array(fc.option(fc.constantFrom(...STATES)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), history, fc.boolean(), (from, said, joined) => {
        const delivery = { from, to: from + said.length - 1 };
        const runs = runsOf(from, said, joined);
        expect(stockOf(delivery, runs.toReversed())).toEqual(oracle(from, said));
      }),
      { numRuns: 300 },
    );
  });

  it('knows a sensible range, what lies in it, and what touches it', () => {
    expect(isRange({ from: 1, to: 10_000 })).toBe(true);
    for (const range of [
      { from: 0, to: 3 },
      { from: 5, to: 4 },
      { from: 1, to: 10_001 },
      { from: 1.5, to: 2 },
    ]) {
      expect(isRange(range), JSON.stringify(range)).toBe(false);
    }
    expect(overlaps({ from: 1, to: 5 }, { from: 5, to: 9 })).toBe(true);
    expect(overlaps({ from: 1, to: 4 }, { from: 5, to: 9 })).toBe(false);
    expect(isWithin({ from: 5, to: 9 }, { from: 5, to: 9 })).toBe(true);
    expect(isWithin({ from: 4, to: 9 }, { from: 5, to: 9 })).toBe(false);
  });
});
