import type { RandomPort } from '../../src/main/core/ports.ts';

/** How much a long run asks for by an environment variable (`npm run crash:...`), or what every commit gets. */
export function crashSize(name: string, onCommit: number): number {
  const asked = process.env[name];
  if (asked === undefined || asked === '') return onCommit;
  const size = Number(asked);
  if (!Number.isInteger(size) || size <= 0) throw new Error(`${name} is a whole number, not ${asked}`);
  return size;
}

/** A seed for this run, printed with every failure; `CRASH_SEED` repeats a run. */
export function crashSeed(): string {
  return process.env['CRASH_SEED'] ?? String(process.hrtime.bigint() % 1_000_000n);
}

/** So many of all, chosen by the seed; all of them where that is not fewer. */
export function sampleOf<T>(all: readonly T[], size: number, random: RandomPort): readonly T[] {
  if (all.length <= size) return all;
  const left = [...all];
  return Array.from({ length: size }, () => left.splice(Math.floor(random.fraction() * left.length), 1)).flat();
}

/** Counts of what happened, by name. */
export type Tally = { readonly add: (name: string) => void; readonly toString: () => string };

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    toString: () => [...counts].map(([name, count]) => `${name} ${count}`).join(', '),
  };
}
