/** Digits of a PIN: from these to these; a supervisor's stands under money and has more. */
export const PIN_DIGITS = { least: 6, leastOfSupervisor: 8, most: 12 } as const;

/** Why a new PIN is not taken: `SHORT` or not of digits, `SIMPLE` to guess, `OWN_NUMBER` part of his id, `SAME` as before. */
export type PinProblem = 'SHORT' | 'SIMPLE' | 'OWN_NUMBER' | 'SAME';

/** Digits that stand in a row (1234, 8765, 8901), or are all one. */
function isRun(digits: readonly number[]): boolean {
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return [0, 1, 9].some((step) => steps.every((each) => each === step));
}

/** A piece said twice or more (121212, 345345), or every digit doubled in a row (112233). */
function isPattern(pin: string): boolean {
  const lengths = [1, 2, 3, 4, 5, 6].filter((length) => length * 2 <= pin.length && pin.length % length === 0);
  if (lengths.some((length) => pin.slice(0, length).repeat(pin.length / length) === pin)) return true;
  const pairs = pin.match(/(\d)\1/g) ?? [];
  return pairs.length * 2 === pin.length && isRun(pairs.map((pair) => Number(pair[0])));
}

/**
 * Whether a PIN may be somebody's own. `before` is the PIN or start code that it replaces; digits of the officer's id, such
 * as a NIP, are no secret at the counter.
 */
export function pinProblem(
  pin: string,
  of: { readonly officerId: string; readonly isSupervisor: boolean; readonly before: string },
): PinProblem | null {
  const least = of.isSupervisor ? PIN_DIGITS.leastOfSupervisor : PIN_DIGITS.least;
  if (!/^\d+$/.test(pin) || pin.length < least || pin.length > PIN_DIGITS.most) return 'SHORT';
  if (pin === of.before) return 'SAME';
  if (new Set(pin).size < 3 || isRun([...pin].map(Number)) || isPattern(pin)) return 'SIMPLE';
  return of.officerId.replaceAll(/\D/g, '').includes(pin) ? 'OWN_NUMBER' : null;
}
