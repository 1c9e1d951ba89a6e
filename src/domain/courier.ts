import { err, ok, type Result } from './result.ts';
import { type Rupiah, subtractRupiah, sumRupiah } from './rupiah.ts';

/** Why cash that left for a bank was not taken there: a torn note, a false one, or one that never arrived. */
export const REFUSED_REASONS = ['torn', 'false', 'missing'] as const;

/** One of them. */
export type RefusedReason = (typeof REFUSED_REASONS)[number];

/** A sum that the bank did not take. */
export interface RefusedCash {
  readonly reason: RefusedReason;
  readonly amount: Rupiah;
}

/** Whether a refused sum can never be deposited again, so that a supervisor must say that it is lost. */
export function isLost(reason: RefusedReason): boolean {
  return reason !== 'torn';
}

/** Why an arrival at the bank is not recorded: `difference` is what was handed over less what is accounted for. */
export interface ArrivalRefusal {
  readonly code: 'DOES_NOT_ADD_UP';
  readonly difference: Rupiah;
}

/**
 * Decides whether what came of a courier's leg accounts for every rupiah that was handed to him: taken by the bank, refused
 * by it, or missing. Answers what the bank took, which may be nothing.
 */
export function settleLeg(
  handed: Rupiah,
  accepted: Rupiah,
  refused: readonly RefusedCash[],
): Result<Rupiah, ArrivalRefusal> {
  const told = sumRupiah([accepted, ...refused.map(({ amount }) => amount)]);
  const difference = subtractRupiah(handed, told);
  return difference === 0 ? ok(accepted) : err({ code: 'DOES_NOT_ADD_UP', difference });
}
