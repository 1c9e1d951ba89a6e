import { type Rupiah, subtractRupiah, sumRupiah } from './rupiah.ts';

/** Five places that should name the same sum for a day of an outlet; all but the journal itself are held against it. */
export const MATCH_LEGS = ['counted', 'bank', 'forms', 'beneficiaries'] as const;

/** One of them: counted cash, bank statement, form serials, beneficiaries as the province booked them. */
export type MatchLeg = (typeof MATCH_LEGS)[number];

/** What a leg says: a sum, that it is not known yet, or that the policy asks nothing of it. */
export type LegFigure =
  | { readonly kind: 'sum'; readonly amount: Rupiah }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'not-applicable' };

/** An entry that explains a part of a difference; `amount` is leg minus journal. */
export interface LegExplanation {
  readonly leg: MatchLeg;
  readonly entryHash: string;
  readonly reason:
    | 'variance'
    | 'not-deposited'
    | 'on-the-way'
    | 'refused-by-teller'
    | 'not-booked-yet'
    | 'case'
    | 'voided'
    | 'form-missing'
    | 'form-spoiled';
  readonly amount: Rupiah;
}

/** How a leg stands against the journal. */
export interface LegMatch {
  readonly leg: MatchLeg;
  readonly figure: LegFigure;
  /** Leg minus journal; null where the leg has no sum. */
  readonly difference: Rupiah | null;
  readonly explanations: readonly LegExplanation[];
  /** What no entry explains; null where the leg has no sum. */
  readonly unexplained: Rupiah | null;
  readonly state: 'equal' | 'explained' | 'open' | 'waiting' | 'not-applicable';
}

/** A day of an outlet in five columns. */
export interface DayMatch {
  readonly journal: Rupiah;
  readonly legs: readonly LegMatch[];
  /** Legs whose difference nobody explained, the largest first: the rows that are open already. */
  readonly open: readonly MatchLeg[];
  readonly settled: boolean;
}

function legMatch(leg: MatchLeg, journal: Rupiah, figure: LegFigure, all: readonly LegExplanation[]): LegMatch {
  const explanations = all.filter((one) => one.leg === leg);
  if (figure.kind !== 'sum') {
    return { leg, figure, difference: null, explanations, unexplained: null, state: figure.kind };
  }
  const difference = subtractRupiah(figure.amount, journal);
  const unexplained = subtractRupiah(difference, sumRupiah(explanations.map(({ amount }) => amount)));
  // Explanations that cancel each other out are still shown: two errors of one amount are two.
  const plain = explanations.length === 0 ? 'equal' : 'explained';
  return { leg, figure, difference, explanations, unexplained, state: unexplained === 0 ? plain : 'open' };
}

/**
 * Holds the journal's takings of a day against the four other legs. A leg that is not applicable by policy holds nothing
 * up and is shown; one that waits holds the reconciliation up, never the close of the day.
 */
export function matchDay(
  journal: Rupiah,
  figures: Readonly<Record<MatchLeg, LegFigure>>,
  explanations: readonly LegExplanation[],
): DayMatch {
  const legs = MATCH_LEGS.map((leg) => legMatch(leg, journal, figures[leg], explanations));
  const size = ({ unexplained }: LegMatch): number => Math.abs(unexplained ?? 0);
  const open = legs.filter(({ state }) => state === 'open').toSorted((left, right) => size(right) - size(left));
  return {
    journal,
    legs,
    open: open.map(({ leg }) => leg),
    settled: legs.every(({ state }) => state !== 'open' && state !== 'waiting'),
  };
}

/** Whether a close may be signed without a word: what was counted is there, and what was booked is the same sum. */
export function isCloseEven({ legs }: { readonly legs: readonly Pick<LegMatch, 'leg' | 'state'>[] }): boolean {
  return legs.every(({ leg, state }) => state !== 'open' || (leg !== 'counted' && leg !== 'beneficiaries'));
}
