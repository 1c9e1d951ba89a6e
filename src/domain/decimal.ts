import { err, ok, type Result } from './result.ts';

/** A decimal number as text, such as `"0.753"`: rates and factors never pass through a binary float. */
export type DecimalText = string;

/** An exact decimal: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** How a line is rounded to whole rupiah. */
export interface LineRounding {
  /** Whole rupiah, at least 1. */
  readonly unit: number;
  readonly mode: 'half-up' | 'up' | 'down';
}

/** Not negative, at most 6 digits before and 18 after the point, which every rate of the law fits. */
const DECIMAL_PATTERN = /^(\d{1,6})(?:\.(\d{1,18}))?$/;

/** Accepts plain digits with at most one point; no sign, no exponent, no binary number. */
export function parseDecimal(text: unknown): Result<Decimal, 'NOT_A_DECIMAL'> {
  if (typeof text !== 'string') return err('NOT_A_DECIMAL');
  const match = DECIMAL_PATTERN.exec(text);
  if (match === null) return err('NOT_A_DECIMAL');
  const [, whole = '', fraction = ''] = match;
  return ok({ units: BigInt(whole + fraction), scale: fraction.length });
}

/** The exact product. */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/** An exact whole number. */
export function wholeDecimal(value: number): Decimal {
  return { units: BigInt(value), scale: 0 };
}

/** The nearest binary number: for estimates and bounds, never for money. */
export function approximate({ units, scale }: Decimal): number {
  return Number(units) / 10 ** scale;
}

const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: 64 }, (_, exponent) => 10n ** BigInt(exponent));

/** Rounds a value that is not negative to a multiple of the unit; the result is exact, half goes up in `half-up`. */
export function roundDecimal({ units, scale }: Decimal, { unit, mode }: LineRounding): number {
  const divisor = (POWERS_OF_TEN[scale] ?? 10n ** BigInt(scale)) * BigInt(unit);
  const quotient = units / divisor;
  const remainder = units % divisor;
  const goesUp = mode === 'up' ? remainder > 0n : mode === 'half-up' && remainder * 2n >= divisor;
  return Number(goesUp ? quotient + 1n : quotient) * unit;
}
