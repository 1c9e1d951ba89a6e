import type { LateBy, Period } from './assessment-periods.ts';
import type { AppliedRule, Beneficiary, ChargeComponent, ChargeExplanation, ChargeLine } from './charge.ts';
import { type Decimal, multiply, roundDecimal, wholeDecimal } from './decimal.ts';
import type { LocalDate } from './local-date.ts';
import { type AppliedWeight, type BilledRank, reliefsOf } from './pkb.ts';
import { type CompiledPack, type CompiledRate, spanHolds } from './rule-pack-compiled.ts';
import type { Waiver, WaiverEffect } from './rule-pack-document.ts';
import { type Rupiah, rupiah, ZERO_RUPIAH } from './rupiah.ts';
import { deriveSwdklljClass, findFineStep } from './swdkllj.ts';
import type { Vehicle } from './vehicle.ts';

/** What every line of an assessment looks at; `rules` is the pack in force on the payment date. */
export interface ChargeFacts {
  readonly vehicle: Omit<Vehicle, 'weightFactor' | 'swdklljClass' | 'blocked' | 'deleted'> & {
    readonly swdklljClass?: Vehicle['swdklljClass'] | null | undefined;
  };
  readonly rules: CompiledPack;
  readonly paidOn: LocalDate;
  readonly paidDay: number;
  readonly arrivedOn: LocalDate;
  readonly waivers: readonly Waiver[];
}

/** What PKB of one period needs beyond that, from the pack in force on the period's due date. */
export interface PkbTerms {
  readonly periodRules: CompiledPack;
  readonly rank: BilledRank;
  readonly rate: CompiledRate;
  readonly weight: AppliedWeight;
}

const PROVINCE: Beneficiary = { kind: 'province' };
const JASA_RAHARJA: Beneficiary = { kind: 'jasa-raharja' };
/** The pack gives the opsen rate without a text of its own; the law that made opsen is its basis. */
const OPSEN_BASIS = 'UU 1/2022';

function round(value: Decimal, { pack }: CompiledPack): Rupiah {
  return rupiah(roundDecimal(value, pack.rounding));
}

interface LineDraft {
  readonly component: ChargeComponent;
  readonly beneficiary: Beneficiary;
  readonly gross: Rupiah;
  readonly waivedBy: readonly AppliedRule[];
  readonly rule: string;
  readonly basis: string;
  readonly explanation: ChargeExplanation;
}

/** "Waivers set their lines to zero. The waived amount is kept on the line." */
function toLine(periodDueOn: LocalDate, draft: LineDraft): ChargeLine {
  const { component, beneficiary, gross, waivedBy, rule, basis, explanation } = draft;
  const isWaived = waivedBy.length > 0;
  return {
    component,
    periodDueOn,
    beneficiary,
    amount: isWaived ? ZERO_RUPIAH : gross,
    waived: isWaived ? gross : ZERO_RUPIAH,
    rule,
    basis,
    explanation,
  };
}

function waiversWith(effect: WaiverEffect, { waivers, rules }: ChargeFacts): readonly AppliedRule[] {
  if (waivers.length === 0) return [];
  return waivers
    .filter((waiver) => waiver.effects.includes(effect))
    .map((waiver) => ({ rule: `${rules.pack.id}/waivers/${waiver.id}`, basis: waiver.basis }));
}

/** "round(principal x perMonth x months)", of PKB and of opsen alike. */
function interestDraft(facts: ChargeFacts, late: LateBy, principal: Rupiah, of: 'pkb' | 'opsenPkb'): LineDraft {
  const { rules, vehicle, arrivedOn } = facts;
  const { perMonth, capMonths, basis } = rules.pack.lateInterest;
  const months = Math.min(capMonths, late.months);
  const isPkb = of === 'pkb';
  const waivedBy = waiversWith(isPkb ? 'pkb-fine' : 'opsen-fine', facts);
  const gross =
    months === 0
      ? ZERO_RUPIAH
      : round(multiply(wholeDecimal(principal), multiply(rules.interestPerMonth, wholeDecimal(months))), rules);
  return {
    component: isPkb ? 'pkbFine' : 'opsenPkbFine',
    beneficiary: isPkb ? PROVINCE : { kind: 'regency', code: vehicle.regency },
    gross,
    waivedBy,
    rule: `${rules.pack.id}/lateInterest`,
    basis: basis ?? rules.pack.id,
    explanation: {
      kind: 'late-interest',
      principal,
      perMonth,
      months,
      capMonths,
      movedDueOn: late.movedDueOn,
      arrivedOn,
      waivedBy,
    },
  };
}

function pkbDraft(facts: ChargeFacts, period: Period, { periodRules, rank, rate, weight }: PkbTerms): LineDraft {
  const { vehicle, rules, paidDay } = facts;
  const reliefs = reliefsOf(vehicle.use, period, paidDay, rules);
  const base = multiply(multiply(wholeDecimal(vehicle.njkb), weight.value), reliefs.factor);
  const entry = periodRules.pack.pkbRates[rate.index];
  return {
    component: 'pkb',
    beneficiary: PROVINCE,
    gross: round(multiply(base, rate.value), rules),
    waivedBy: [],
    rule: `${periodRules.pack.id}/pkbRates/${rate.index}`,
    basis: entry?.basis ?? '',
    explanation: {
      kind: 'pkb',
      njkb: vehicle.njkb,
      weightFactor: weight.text,
      weightFactorFrom: weight.from,
      reliefs: reliefs.applied,
      rate: entry?.rate ?? '',
      registeredRank: vehicle.rank,
      billedRank: rank.rank,
      rankReason: rank.reason,
    },
  };
}

/** PKB, opsen and the interest on each, of one period. */
export function pkbLines(facts: ChargeFacts, period: Period, late: LateBy, terms: PkbTerms): readonly ChargeLine[] {
  const { vehicle, rules } = facts;
  const pkb = pkbDraft(facts, period, terms);
  const opsenAmount = round(multiply(wholeDecimal(pkb.gross), terms.periodRules.opsenRate), rules);
  const opsen: LineDraft = {
    component: 'opsenPkb',
    beneficiary: { kind: 'regency', code: vehicle.regency },
    gross: opsenAmount,
    waivedBy: [],
    rule: `${terms.periodRules.pack.id}/opsenRate`,
    basis: OPSEN_BASIS,
    explanation: { kind: 'opsen', pkb: pkb.gross, rate: terms.periodRules.pack.opsenRate },
  };
  return [
    toLine(period.dueOn, pkb),
    toLine(period.dueOn, interestDraft(facts, late, pkb.gross, 'pkb')),
    toLine(period.dueOn, opsen),
    toLine(period.dueOn, interestDraft(facts, late, opsenAmount, 'opsenPkb')),
  ];
}

/** Premium and card, and the fine on the premium without the card, of one period. */
export function swdklljLines(facts: ChargeFacts, period: Period, late: LateBy): readonly ChargeLine[] {
  const { vehicle, rules, arrivedOn } = facts;
  const tariff = rules.pack.swdkllj;
  const ownClass = vehicle.swdklljClass ?? null;
  const swdklljClass = ownClass ?? deriveSwdklljClass(vehicle);
  const premium = rupiah(tariff.premiums[swdklljClass]);
  const cardFee = rupiah(period.isCurrent || tariff.cardFeePerArrearYear ? tariff.cardFee : 0);
  const basis = tariff.basis ?? rules.pack.id;
  const principal = toLine(period.dueOn, {
    component: 'swdkllj',
    beneficiary: JASA_RAHARJA,
    gross: rupiah(premium + cardFee),
    waivedBy: [],
    rule: `${rules.pack.id}/swdkllj/premiums/${swdklljClass}`,
    basis,
    explanation: {
      kind: 'swdkllj',
      swdklljClass,
      classFrom: ownClass === null ? 'derived' : 'registry',
      premium,
      cardFee,
    },
  });
  const found = late.days > 0 ? findFineStep(tariff, late.days) : null;
  const stepRate = found === null ? undefined : rules.fineRates[found.index];
  if (found === null || stepRate === undefined) return [principal];
  const uncapped = round(multiply(wholeDecimal(premium), stepRate), rules);
  const waivedBy = period.isCurrent ? [] : waiversWith('swdkllj-past-fine', facts);
  const fine = toLine(period.dueOn, {
    component: 'swdklljFine',
    beneficiary: JASA_RAHARJA,
    gross: rupiah(Math.min(tariff.fineCap, uncapped)),
    waivedBy,
    rule: `${rules.pack.id}/swdkllj/fineSteps/${found.index}`,
    basis,
    explanation: {
      kind: 'swdkllj-fine',
      swdklljClass,
      premium,
      days: late.days,
      step: found.step,
      cap: rupiah(tariff.fineCap),
      capped: uncapped > tariff.fineCap,
      movedDueOn: late.movedDueOn,
      arrivedOn,
      waivedBy,
    },
  });
  return [principal, fine];
}

/** "`motorcycle` also for three-wheelers, `truck` also for light trucks, `car` for all others." */
function parkingTariffOf(kind: Vehicle['kind']): 'motorcycle' | 'car' | 'truck' {
  if (kind === 'motorcycle' || kind === 'three-wheeler') return 'motorcycle';
  return kind === 'truck' || kind === 'light-truck' ? 'truck' : 'car';
}

/** The regency's parking retribution, once, in the current period; none where the pack does not name the regency. */
export function parkingLines({ vehicle, rules, paidOn }: ChargeFacts, current: Period): readonly ChargeLine[] {
  const tariff = parkingTariffOf(vehicle.kind);
  return rules.pack.subscriptionParking.flatMap((entry, index) =>
    entry.regency !== vehicle.regency || !spanHolds(entry, paidOn)
      ? []
      : [
          toLine(current.dueOn, {
            component: 'subscriptionParking',
            beneficiary: { kind: 'regency', code: vehicle.regency },
            gross: rupiah(entry[tariff]),
            waivedBy: [],
            rule: `${rules.pack.id}/subscriptionParking/${index}`,
            basis: entry.basis ?? rules.pack.id,
            explanation: { kind: 'parking', tariff },
          }),
        ],
  );
}
