import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { occurrences } from './patch.ts';
import { brokenChecks, runWorldProcess } from './world-process.ts';

const INVARIANTS = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10', 'C11', 'C12'];

/** The checkers that fail in a mutant's world; C12 needs a second run of the same seed. */
async function killers(mutant: (typeof MUTANTS)[number]): Promise<readonly string[]> {
  const first = await runWorldProcess(mutant.world, mutant.name);
  if (mutant.check !== 'C12') return brokenChecks(first);
  const second = await runWorldProcess(mutant.world, mutant.name);
  const differs = first.traceHash === second.traceHash ? [] : ['C12'];
  return [...new Set([...brokenChecks(first), ...brokenChecks(second), ...differs])];
}

describe('a change of the code that breaks one invariant', () => {
  it('is kept for each of them', () => {
    expect([...new Set(MUTANTS.map((mutant) => mutant.check))]).toEqual(INVARIANTS);
  });

  it.each(MUTANTS)('is still a change: $name finds its place once', ({ file, find, replace }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(occurrences(source, find)).toBe(1);
    expect(replace).not.toBe(find);
  });

  it.each(MUTANTS)('is found by $check and by no other checker: $breaks', { timeout: 180_000 }, async (mutant) => {
    expect(await killers(mutant)).toEqual([mutant.check]);
  });
});
