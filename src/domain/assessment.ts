import { chargedPeriods, type LateBy, lateBy, type Period } from './assessment-periods.ts';
import { fittingWaivers, isComplete, missingFacts, refusalsOf } from './assessment-refusals.ts';
import { type BeneficiaryTotal, type ChargeLine, totalOfLines, totalsByBeneficiary } from './charge.ts';
import { type ChargeFacts, type PkbTerms, parkingLines, pkbLines, swdklljLines } from './charge-lines.ts';
import type { LocalDate } from './local-date.ts';
import { billedRank, findRate, findWeight } from './pkb.ts';
import { type Refusal, sortedRefusals } from './refusal.ts';
import { err, ok, type Result } from './result.ts';
import { type CompiledPack, dayOf } from './rule-pack-compiled.ts';
import { compiledPackInForce, type RulePackSet } from './rule-pack.ts';
import { type Rupiah, sumRupiah } from './rupiah.ts';
import type { Claim, VehicleFacts } from './vehicle.ts';

export type { Refusal, RefusalCode } from './refusal.ts';

/** What a taxpayer owes: a local figure (perkiraan tagihan) until the province answers. */
export interface Assessment {
  /** Oldest period first, in the order of `CHARGE_COMPONENTS` inside a period. */
  readonly lines: readonly ChargeLine[];
  /** The sum of the lines and nothing else. */
  readonly total: Rupiah;
  readonly byBeneficiary: readonly BeneficiaryTotal[];
  /** Due dates of the periods paid, oldest first; the last one is current. */
  readonly periods: readonly LocalDate[];
  /** Packs whose rules were used, sorted. */
  readonly rulePackIds: readonly string[];
  readonly waivedTotal: Rupiah;
}

/** A charged period with the terms of its PKB; null terms where none is charged. */
interface PeriodTerms {
  readonly period: Period;
  readonly pkb: PkbTerms | null;
}

/** The terms of every period, or what stops them. */
interface Terms {
  readonly periods: readonly PeriodTerms[];
  readonly weightIsMissing: boolean;
  /** Due dates of charged periods without a pack or without a rate for this owner. */
  readonly withoutRules: readonly LocalDate[];
}

/**
 * "`pkbRates`, `weightFactors` and `opsenRate` come from the pack in force on the period's due date." A charged period
 * that lacks its pack is refused even where nothing would be taken from it (SWDKLLJ alone): the page makes no exception.
 */
function termsOf(
  vehicle: VehicleFacts,
  periods: readonly Period[],
  progressiveWaived: boolean,
  packs: RulePackSet,
): Terms {
  const { kind, engineCc, use, ownerKind, energy, rank, weightFactor } = vehicle;
  const withoutRules: LocalDate[] = [];
  const found: PeriodTerms[] = [];
  let weightIsMissing = false;
  for (const period of periods) {
    const periodRules = compiledPackInForce(packs, period.dueOn);
    if (periodRules === null) {
      withoutRules.push(period.dueOn);
      continue;
    }
    if (energy === 'electric' || !period.chargesPkb) {
      if (period.chargesSwdkllj) found.push({ period, pkb: null });
      continue;
    }
    const weight = kind ? findWeight({ weightFactor, kind }, periodRules) : null;
    if (kind && weight === null) weightIsMissing = true;
    if (!kind || !use || !ownerKind || !rank || engineCc === undefined || engineCc === null) continue;
    const billed = billedRank({ kind, engineCc, use, ownerKind, rank }, progressiveWaived);
    const rate = findRate({ use, ownerKind }, billed.rank, period, periodRules);
    if (rate === null) withoutRules.push(period.dueOn);
    if (weight !== null && rate !== null) found.push({ period, pkb: { periodRules, rank: billed, rate, weight } });
  }
  return { periods: found, weightIsMissing, withoutRules };
}

function linesOf(facts: ChargeFacts, { period, pkb }: PeriodTerms, arrivalDay: number): readonly ChargeLine[] {
  const late: LateBy = lateBy(period.dueOn, arrivalDay, facts.vehicle.regency, facts.rules);
  return [
    ...(pkb === null ? [] : pkbLines(facts, period, late, pkb)),
    ...(period.chargesSwdkllj ? swdklljLines(facts, period, late) : []),
    ...(period.isCurrent ? parkingLines(facts, period) : []),
  ];
}

function assembled(facts: ChargeFacts, periods: readonly PeriodTerms[], arrivalDay: number): Assessment {
  const lines = periods
    .flatMap((terms) => linesOf(facts, terms, arrivalDay))
    // "A line with amount 0 and nothing waived is not listed."
    .filter((line) => line.amount !== 0 || line.waived !== 0);
  const packIds = new Set([facts.rules.pack.id, ...periods.flatMap(({ pkb }) => pkb?.periodRules.pack.id ?? [])]);
  return {
    lines,
    total: totalOfLines(lines),
    byBeneficiary: totalsByBeneficiary(lines),
    periods: periods.map(({ period }) => period.dueOn),
    rulePackIds: [...packIds].sort(),
    waivedTotal: sumRupiah(lines.map((line) => line.waived)),
  };
}

/** A complete record with a single refusal of its rules. */
function rulesRefusal(dates: readonly LocalDate[]): readonly Refusal[] {
  return [{ code: 'NO_RULES_FOR_DATE', dates }];
}

/** "A proved arrival, never later than `paidOn`; absent = `paidOn`." */
function arrivalOf(claim: Claim, paidOn: LocalDate): LocalDate {
  const { arrivedOn } = claim;
  return arrivedOn !== undefined && arrivedOn < paidOn ? arrivedOn : paidOn;
}

/**
 * What a taxpayer owes on `paidOn`, or every reason why this counter may not take it, sorted by code.
 * Whole rupiah; the rules are those of `assessment.md`. Pure: the same arguments give the same answer.
 */
export function assess(
  vehicle: VehicleFacts,
  claim: Claim,
  packs: RulePackSet,
  paidOn: LocalDate,
): Result<Assessment, readonly Refusal[]> {
  const rules: CompiledPack | null = compiledPackInForce(packs, paidOn);
  if (rules === null) return err(rulesRefusal([paidOn]));
  const paidDay = dayOf(paidOn);
  const arrivedOn = arrivalOf(claim, paidOn);
  const arrivalDay = dayOf(arrivedOn);
  const { dueOn } = vehicle;
  const payable = dueOn === undefined || dueOn === null ? null : chargedPeriods(dueOn, paidDay, rules);
  const waivers = fittingWaivers(rules, 'any', vehicle.kind, claim, paidOn);
  const progressiveWaived = waivers.some((waiver) => waiver.effects.includes('progressive'));
  const terms = termsOf(vehicle, payable ?? [], progressiveWaived, packs);
  const missing = [...missingFacts(vehicle), ...(terms.weightIsMissing ? (['weightFactor'] as const) : [])];
  const refusals = refusalsOf({ vehicle, claim, rules, paidOn, arrivalDay, periods: payable });
  if (missing.length > 0) return err(sortedRefusals([...refusals, { code: 'VEHICLE_INCOMPLETE', missing }]));
  if (refusals.length > 0) return err(sortedRefusals(refusals));
  if (terms.withoutRules.length > 0) return err(rulesRefusal(terms.withoutRules));
  if (!isComplete(vehicle)) throw new Error('a record without missing facts is complete');
  return ok(assembled({ vehicle, rules, paidOn, paidDay, arrivedOn, waivers }, terms.periods, arrivalDay));
}
