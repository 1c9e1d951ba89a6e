/** Randomness of one synthetic card: the seed decides it, so a card that was read wrong can be drawn again. */
export type CardRandom = {
  /** From 0 up to, not including, 1. */
  readonly fraction: () => number;
  readonly between: (from: number, to: number) => number;
  readonly whole: (from: number, to: number) => number;
  readonly oneOf: <T>(choices: readonly T[]) => T;
  readonly letters: (alphabet: string, length: number) => string;
};

/** Mulberry32: small, fast enough for a noise value per pixel, and the same on every machine. */
export function cardRandom(seed: number): CardRandom {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  const oneOf = <T>(choices: readonly T[]): T => {
    const chosen = choices[whole(0, choices.length - 1)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  return {
    fraction,
    between: (from, to) => from + fraction() * (to - from),
    whole,
    oneOf,
    letters: (alphabet, length) => Array.from({ length }, () => oneOf([...alphabet])).join(''),
  };
}
