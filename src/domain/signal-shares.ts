import type { Rupiah } from './rupiah.ts';
import type { FraudSignal, SignalFigure } from './signal.ts';
import type { SignalKind, SignalPolicy } from './signal-policy.ts';

const PERMILLE = 1000;
/** One-sided 95 %. */
const Z = 1.645;

/** So many cases of so many under one officer's name, and the entries of the cases. */
export interface OfficerShare {
  readonly officerId: string | null;
  readonly cases: number;
  readonly of: number;
  readonly seqs: readonly number[];
}

/** Sales of one officer in the band under the cap, and in the two bands below it. */
export interface BelowCap {
  readonly officerId: string | null;
  readonly near: number;
  readonly under: number;
  readonly seqs: readonly number[];
}

/** What is said by shares: counts, wherever they were counted. */
export interface SignalShares {
  readonly voids: readonly OfficerShare[];
  readonly reprints: readonly OfficerShare[];
  readonly belowCap: readonly BelowCap[];
  /** Most visitors only ask for a price: that is no lookup without a sale. */
  readonly lookups: readonly OfficerShare[];
}

/**
 * The least share, in thousandths, that so many cases of so many would come from in 95 of 100 draws (Wilson): three of three
 * prove less than thirty of a hundred.
 */
export function leastShare(cases: number, of: number): number {
  if (of === 0) return 0;
  const share = cases / of;
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return Math.max(0, ((share + (Z * Z) / (2 * of) - spread) / (1 + (Z * Z) / of)) * PERMILLE);
}

/** Worth a look above the limit, or said to be too few; what is under the limit says nothing. */
export function shareSignals(
  kind: SignalKind,
  shares: readonly OfficerShare[],
  { limit, fewCases }: { readonly limit: number; readonly fewCases: number },
): FraudSignal[] {
  return shares.flatMap(({ officerId, cases, of, seqs }): FraudSignal[] => {
    if (of === 0) return [];
    const permille = Math.round((cases * PERMILLE) / of);
    const isFew = of < fewCases;
    // A small sample is named only where it would be far above the limit, were it a large one.
    const far = Math.min(2 * limit, (limit + PERMILLE) / 2);
    const isAbove = isFew ? permille > far && cases > 1 : leastShare(cases, of) > limit;
    if (!isAbove) return [];
    const figures: SignalFigure[] = [
      { name: 'cases', value: cases },
      { name: 'of', value: of },
      { name: 'permille', value: permille },
    ];
    return [{ kind, level: isFew ? 'few' : 'look', officerId, figures, seqs }];
  });
}

/** How wide the band under a cap is, whole rupiah. */
export function capBand(cap: Rupiah, { capBandPermille }: Pick<SignalPolicy, 'capBandPermille'>): number {
  return Math.max(1, Math.floor((cap * capBandPermille) / PERMILLE));
}

/** More sales in the band under the cap than in the two bands below it together. */
export function belowCapSignals(
  counts: readonly BelowCap[],
  cap: Rupiah | null,
  { capSales }: SignalPolicy,
): FraudSignal[] {
  return counts.flatMap(({ officerId, near, under, seqs }): FraudSignal[] => {
    if (cap === null || near < capSales || near <= under) return [];
    const figures: SignalFigure[] = [
      { name: 'cases', value: near },
      { name: 'cap', value: cap },
    ];
    return [{ kind: 'below-cap', level: 'look', officerId, figures, seqs }];
  });
}
