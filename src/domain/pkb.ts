import type { Period } from './assessment-periods.ts';
import type { AppliedRule, RankReason } from './charge.ts';
import { type Decimal, type DecimalText, multiply, parseDecimal, wholeDecimal } from './decimal.ts';
import { type CompiledPack, type CompiledRate, dayOf, rateKey } from './rule-pack-compiled.ts';
import type { Vehicle } from './vehicle.ts';

/** The rank that is billed, and why it is not the registered one. */
export interface BilledRank {
  readonly rank: number;
  readonly reason: RankReason;
}

/**
 * "Motorcycles and three-wheelers under 250 cc, companies, and every non-private use pay rank 1. A `progressive` waiver
 * also means rank 1." The fifth and every later vehicle is rank 5.
 */
export function billedRank(
  { kind, engineCc, use, ownerKind, rank }: Pick<Vehicle, 'kind' | 'engineCc' | 'use' | 'ownerKind' | 'rank'>,
  progressiveWaived: boolean,
): BilledRank {
  if (use !== 'private') return { rank: 1, reason: 'not-private' };
  if (ownerKind === 'company') return { rank: 1, reason: 'company' };
  if ((kind === 'motorcycle' || kind === 'three-wheeler') && engineCc < 250) return { rank: 1, reason: 'small-engine' };
  if (progressiveWaived && rank > 1) return { rank: 1, reason: 'progressive-waived' };
  return { rank: Math.min(rank, 5), reason: 'as-registered' };
}

/** A weight factor and where it came from. */
export interface AppliedWeight {
  readonly value: Decimal;
  readonly text: DecimalText;
  readonly from: 'registry' | 'rule-pack';
}

/** The record's own factor, else the table of the period's pack; null when neither knows the kind. */
export function findWeight(
  { weightFactor, kind }: { readonly weightFactor?: string | null | undefined; readonly kind: Vehicle['kind'] },
  periodRules: CompiledPack,
): AppliedWeight | null {
  if (weightFactor !== undefined && weightFactor !== null) {
    const own = parseDecimal(weightFactor);
    if (!own.ok) throw new Error('a weight factor that is not a decimal passed the border'); // parsed where the record came in
    return { value: own.value, text: weightFactor, from: 'registry' };
  }
  const value = periodRules.weightFactors.get(kind);
  const text = periodRules.pack.weightFactors[kind];
  return value === undefined || text === undefined ? null : { value, text, from: 'rule-pack' };
}

/** The rate in force on the period's due date, null when the pack has none for this owner. */
export function findRate(
  { use, ownerKind }: Pick<Vehicle, 'use' | 'ownerKind'>,
  rank: number,
  period: Period,
  periodRules: CompiledPack,
): CompiledRate | null {
  const dueDay = dayOf(period.dueOn);
  const rates = periodRules.ratesByOwner.get(rateKey(use, ownerKind, rank)) ?? [];
  return rates.find((rate) => rate.from <= dueDay && dueDay <= rate.to) ?? null;
}

/** The reliefs of the payment date's pack that hold for a period, each with its factor. */
export function reliefsOf(
  use: Vehicle['use'],
  period: Period,
  paidDay: number,
  rules: CompiledPack,
): { readonly factor: Decimal; readonly applied: readonly (AppliedRule & { readonly factor: DecimalText })[] } {
  const applied: (AppliedRule & { readonly factor: DecimalText })[] = [];
  let factor = wholeDecimal(1);
  for (const relief of rules.reliefs) {
    const entry = rules.pack.baseReliefs[relief.index];
    if (entry?.use !== use) continue;
    const day = entry.decidedBy === 'paidOn' ? paidDay : dayOf(period.dueOn);
    if (day < relief.from || day > relief.to) continue;
    factor = multiply(factor, relief.value);
    applied.push({
      rule: `${rules.pack.id}/baseReliefs/${relief.index}`,
      basis: entry.basis,
      factor: entry.factor,
    });
  }
  return { factor, applied };
}
