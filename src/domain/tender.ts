import { err, ok, type Result } from './result.ts';
import { type Rupiah, subtractRupiah, sumRupiah } from './rupiah.ts';

/** From this many times the sum on, a typed amount is more likely a zero too many than a gift of change. */
const IMPLAUSIBLE_TIMES = 10;

/** What was typed as handed over, in whole rupiah. */
export interface Tender {
  readonly payable: Rupiah;
  readonly tendered: Rupiah;
  /** The sum that the officer has confirmed after he was asked; null while nobody was asked. */
  readonly confirmed: Rupiah | null;
  /** Smallest unit in which change is given, by policy; whole rupiah, at least 1. */
  readonly unit: number;
}

/** Why the cash is not taken yet; nothing is ever corrected silently. */
export type TenderRefusal =
  | {
      readonly code: 'TENDERED_TOO_LITTLE';
      readonly payable: Rupiah;
      readonly short: Rupiah;
      /** With one zero more the sum would do. */
      readonly zeroMissing: boolean;
    }
  | {
      readonly code: 'TENDERED_IMPLAUSIBLE';
      readonly payable: Rupiah;
      readonly tendered: Rupiah;
      readonly change: Rupiah;
    }
  | { readonly code: 'CHANGE_NOT_GIVABLE'; readonly change: Rupiah; readonly unit: number };

/** Judges what was typed as handed over and answers the change; "change that cannot be given is refused, not kept". */
export function judgeTender({ payable, tendered, confirmed, unit }: Tender): Result<Rupiah, TenderRefusal> {
  const change = subtractRupiah(tendered, payable);
  if (change < 0) {
    const short = subtractRupiah(payable, tendered);
    // A few notes too few are no slip of the finger.
    const zeroMissing = tendered * 2 <= payable && tendered * 10 >= payable;
    return err({ code: 'TENDERED_TOO_LITTLE', payable, short, zeroMissing });
  }
  if (tendered >= payable * IMPLAUSIBLE_TIMES && confirmed !== tendered) {
    return err({ code: 'TENDERED_IMPLAUSIBLE', payable, tendered, change });
  }
  return change % unit === 0 ? ok(change) : err({ code: 'CHANGE_NOT_GIVABLE', change, unit });
}

/** What each of several sales takes of one sum: its own payable, and the last one what is left. */
export interface TenderShare {
  readonly tendered: Rupiah;
  readonly change: Rupiah;
}

/**
 * Shares one tender among the sales of one payer, in their order: the shares add up to what was handed over, and all
 * change is the last one's. Throws RangeError when the sum does not cover them, which is a bug of the caller.
 */
export function shareTender(payables: readonly Rupiah[], tendered: Rupiah): readonly TenderShare[] {
  const change = subtractRupiah(tendered, sumRupiah(payables));
  if (change < 0) throw new RangeError(`the tender is short by ${-change}`);
  const none = subtractRupiah(tendered, tendered);
  return payables.map((payable, index) =>
    index === payables.length - 1
      ? { tendered: sumRupiah([payable, change]), change }
      : { tendered: payable, change: none },
  );
}
