import { type Denomination, type DenominationCount, DENOMINATIONS, sumDenominations } from './cash-session.ts';
import { type Rupiah, ZERO_RUPIAH } from './rupiah.ts';

/** A question about a count; never an answer, and never about what should be in the drawer: the count is blind. */
export type CountQuestion =
  | { readonly question: 'TOTAL_DIFFERS'; readonly typed: Rupiah; readonly counted: Rupiah }
  | {
      readonly question: 'UNLIKELY';
      readonly denomination: Denomination;
      readonly count: number;
      /** The nearest count of this note or coin on earlier days. */
      readonly usual: number;
    };

/** A slip of one zero makes ten times as much or a tenth; everything under this factor is a busy or a quiet day. */
const FACTOR = 8;
/** Fewer pieces than these are not worth a question, whatever they were before. */
const FEW_PIECES = 20;
/** A drawer without a past: a whole strap of one note is a hundred, and nobody has ten of them. */
const STRANGE_PIECES = 1000;

function unlikely(denomination: Denomination, count: number, before: readonly number[]): CountQuestion | null {
  const most = Math.max(0, ...before);
  const least = Math.min(...before);
  const ask = (usual: number): CountQuestion => ({ question: 'UNLIKELY', denomination, count, usual });
  if (before.length === 0) return count >= STRANGE_PIECES ? ask(0) : null;
  if (count >= FEW_PIECES && count >= FACTOR * Math.max(1, most)) return ask(most);
  // A zero that was left out: it was never so few, and always many.
  return count > 0 && least >= FEW_PIECES && count * FACTOR <= least ? ask(least) : null;
}

/**
 * What to ask before a count is saved: a total that was typed beside it and is another, and the first note or coin whose
 * number looks like a typing error of one zero against earlier counts. Null where there is nothing to ask.
 */
export function questionAboutCount(request: {
  readonly counts: DenominationCount;
  readonly typedTotal: Rupiah | null;
  /** Counts of earlier sessions of this drawer, in any order; of closed ones, which everybody knows. */
  readonly earlier: readonly DenominationCount[];
}): CountQuestion | null {
  const { counts, typedTotal, earlier } = request;
  const counted = sumDenominations(counts);
  if (typedTotal !== null && typedTotal !== counted) return { question: 'TOTAL_DIFFERS', typed: typedTotal, counted };
  // An empty drawer says nothing of how full it usually is.
  const told = earlier.filter((one) => sumDenominations(one) > ZERO_RUPIAH);
  for (const denomination of DENOMINATIONS) {
    const before = told.map((one) => one[denomination] ?? 0);
    const asked = unlikely(denomination, counts[denomination] ?? 0, before);
    if (asked !== null) return asked;
  }
  return null;
}
