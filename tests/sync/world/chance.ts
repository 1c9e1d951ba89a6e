/** Chance that the seed decides: the same seed and name give the same sequence, whatever others draw. */
export type Chance = {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number from 0 to `end` - 1. */
  readonly below: (end: number) => number;
  readonly happens: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
};

function seedOf(text: string): number {
  let mixed = 0x811c9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return mixed >>> 0;
}

/** A generator of its own (mulberry32), named, so that a new fault does not move the chances of the others. */
export function createChance(seed: number, name: string): Chance {
  let state = seedOf(`${String(seed)}/${name}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    pick: (list) => {
      const item = list[below(list.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}
