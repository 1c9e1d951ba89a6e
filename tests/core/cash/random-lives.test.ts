import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Acts } from '../../support/life-facts.ts';
import { lifeCommands, liveOn } from '../../support/random-life.ts';

/** Two on every run, always the same; `npm run money-days -- --lives N --seed S` for the long one. */
const LIVES = Number(process.env['LIFE_RUNS'] ?? '2');
const SEED = Number(process.env['PROPERTY_SEED'] ?? '7');
const LONGEST = 40;

describe('any life of a counter and its province', () => {
  it('agrees on every rupiah: drawer, ledger lines, beneficiaries and suspense, and none is in no account', async () => {
    const acts: Acts = new Map();
    await fc.assert(
      fc.asyncProperty(fc.commands(lifeCommands, { maxCommands: LONGEST, size: 'max' }), (steps) =>
        liveOn(steps, acts),
      ),
      { numRuns: LIVES, seed: SEED, endOnFailure: true },
    );
    // A life in which every rule refuses everything would agree as well.
    const done = [...acts.values()].reduce((sum, act) => sum + act.done, 0);
    expect(done).toBeGreaterThan(LIVES);
    if (process.env['LIFE_RUNS'] !== undefined) {
      process.stdout.write(`${JSON.stringify({ lives: LIVES, seed: SEED, acts: Object.fromEntries(acts) })}\n`);
    }
  }, 7_200_000);
});
