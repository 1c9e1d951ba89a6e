import { err, ok, type Result } from './result.ts';

declare const rupiahBrand: unique symbol;

/** Whole rupiah, a safe integer; negative only in ledger lines and differences. */
export type Rupiah = number & { readonly [rupiahBrand]: 'Rupiah' };

/** How cash is rounded at the counter; a policy of the province, never part of a tax line. */
export interface CashRounding {
  /** Whole rupiah, at least 1. */
  readonly unit: number;
  readonly direction: 'down' | 'nearest' | 'up';
}

/** What is handed over in cash, and the difference: `total = payable + rounding`. */
export interface RoundedCash {
  readonly payable: Rupiah;
  /** Positive when rounded down, that is in the citizen's favour. */
  readonly rounding: Rupiah;
}

function isRupiah(amount: unknown): amount is Rupiah {
  return Number.isSafeInteger(amount);
}

/** Brands a whole amount; throws RangeError when it is not a safe integer, which is a bug of the caller. */
export function rupiah(amount: number): Rupiah {
  const whole = amount === 0 ? 0 : amount; // minus zero would print as "-0" in JSON-like traces and differ under Object.is
  if (!isRupiah(whole)) throw new RangeError(`not a whole rupiah amount: ${amount}`);
  return whole;
}

/** Nothing. */
export const ZERO_RUPIAH: Rupiah = rupiah(0);

/** Accepts a safe integer from outside (a message, a row, a file); the sign is for the caller to judge. */
export function parseRupiah(value: unknown): Result<Rupiah, 'NOT_RUPIAH'> {
  return typeof value === 'number' && Number.isSafeInteger(value) ? ok(rupiah(value)) : err('NOT_RUPIAH');
}

/** Adds two amounts; throws RangeError outside the safe integers. */
export function addRupiah(left: Rupiah, right: Rupiah): Rupiah {
  return rupiah(left + right);
}

/** Subtracts `right` from `left`; throws RangeError outside the safe integers. */
export function subtractRupiah(left: Rupiah, right: Rupiah): Rupiah {
  return rupiah(left - right);
}

/** Adds a list; each partial sum must be a safe integer, so the sum is exact. */
export function sumRupiah(amounts: readonly Rupiah[]): Rupiah {
  return amounts.reduce(addRupiah, ZERO_RUPIAH);
}

/** `Rp259.996`; negative `-Rp1.000`. */
export function formatRupiah(amount: Rupiah): string {
  const digits = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${amount < 0 ? '-' : ''}Rp${digits}`;
}

/** Rounds a total to what can be paid in coins and notes; throws RangeError when the unit is not a positive whole amount. */
export function roundCash(total: Rupiah, { unit, direction }: CashRounding): RoundedCash {
  if (!Number.isSafeInteger(unit) || unit < 1) throw new RangeError(`not a unit of cash: ${unit}`);
  const above = ((total % unit) + unit) % unit;
  const goesUp = direction === 'up' ? above > 0 : direction === 'nearest' && above * 2 >= unit;
  const payable = rupiah(total - above + (goesUp ? unit : 0));
  return { payable, rounding: subtractRupiah(total, payable) };
}
