import { approximate, type Decimal, parseDecimal, wholeDecimal } from './decimal.ts';
import { type DayNumber, dateParts, dayNumber, type LocalDate } from './local-date.ts';
import type { DateSpan, RulePack } from './rule-pack-document.ts';
import { type OwnerKind, VEHICLE_KINDS, type VehicleKind, type VehicleUse } from './vehicle.ts';

/** What is wrong with a pack or a set of packs; `path` is inside the first pack named. */
export interface RulePackProblem {
  readonly code:
    | 'DUPLICATE_PACK_ID'
    | 'PACKS_OVERLAP'
    | 'REPLACES_IN_A_CIRCLE'
    | 'ENDS_BEFORE_START'
    | 'NOT_A_DECIMAL'
    | 'NOT_A_WHOLE_NUMBER'
    | 'ENTRIES_OVERLAP';
  readonly packIds: readonly string[];
  readonly path: string | null;
}

/** A rate with its exact value and its place in the pack. */
export interface CompiledRate {
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly value: Decimal;
  readonly index: number;
}

/** A pack with its decimals parsed once: parsing them per assessment is half of the time of one. */
export interface CompiledPack {
  readonly pack: RulePack;
  readonly ratesByOwner: ReadonlyMap<string, readonly CompiledRate[]>;
  readonly weightFactors: ReadonlyMap<VehicleKind, Decimal>;
  readonly reliefs: readonly CompiledRate[];
  readonly opsenRate: Decimal;
  readonly interestPerMonth: Decimal;
  readonly fineRates: readonly Decimal[];
  readonly graceDays: readonly { readonly day: DayNumber; readonly regency: string | null }[];
}

/** Day number of a date. */
export function dayOf(date: LocalDate): DayNumber {
  return dayNumber(dateParts(date));
}

/** The key under which the rates of one kind of owner are kept. */
export function rateKey(use: VehicleUse, ownerKind: OwnerKind, rank: number): string {
  return `${use}/${ownerKind}/${rank}`;
}

/** Whether a day lies in a span, both ends included. */
export function spanHolds(span: DateSpan, on: LocalDate): boolean {
  return span.from <= on && (span.to === null || on <= span.to);
}

/** Gathers the problems of one pack under its id. */
class ProblemList {
  readonly problems: RulePackProblem[] = [];
  readonly #packId: string;

  constructor(packId: string) {
    this.#packId = packId;
  }

  add(code: RulePackProblem['code'], path: string): void {
    this.problems.push({ code, packIds: [this.#packId], path });
  }

  /** A decimal of the pack; a bad one is noted, and its stand-in is never used because the pack is refused. */
  decimal(text: unknown, path: string): Decimal {
    const parsed = parseDecimal(text);
    if (parsed.ok) return parsed.value;
    this.add('NOT_A_DECIMAL', path);
    return wholeDecimal(0);
  }

  whole(value: number, path: string, least = 0): void {
    if (!Number.isSafeInteger(value) || value < least) this.add('NOT_A_WHOLE_NUMBER', path);
  }

  span(span: DateSpan, path: string): { readonly from: DayNumber; readonly to: DayNumber } {
    if (span.to !== null && span.to < span.from) this.add('ENDS_BEFORE_START', path);
    return { from: dayOf(span.from), to: span.to === null ? Number.POSITIVE_INFINITY : dayOf(span.to) };
  }
}

interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Whether any two intervals share a day. */
function overlap(intervals: readonly Interval[]): boolean {
  const sorted = [...intervals].sort((left, right) => left.from - right.from);
  return sorted.some((interval, index) => {
    const before = sorted[index - 1];
    return before !== undefined && interval.from <= before.to;
  });
}

function compileRates(pack: RulePack, list: ProblemList): Map<string, CompiledRate[]> {
  const rates = new Map<string, CompiledRate[]>();
  for (const [index, entry] of pack.pkbRates.entries()) {
    const path = `pkbRates/${index}`;
    const value = list.decimal(entry.rate, `${path}/rate`);
    const key = rateKey(entry.use, entry.ownerKind, entry.rank);
    rates.set(key, [...(rates.get(key) ?? []), { ...list.span(entry, path), value, index }]);
  }
  for (const entries of rates.values()) {
    if (overlap(entries)) list.add('ENTRIES_OVERLAP', `pkbRates/${entries.at(-1)?.index ?? 0}`);
  }
  return rates;
}

function compileWeights(pack: RulePack, list: ProblemList): Map<VehicleKind, Decimal> {
  const weights = new Map<VehicleKind, Decimal>();
  for (const kind of VEHICLE_KINDS) {
    const text = pack.weightFactors[kind];
    if (text !== undefined) weights.set(kind, list.decimal(text, `weightFactors/${kind}`));
  }
  return weights;
}

function checkTariffs(pack: RulePack, list: ProblemList): void {
  const { swdkllj, subscriptionParking, rounding, arrears, lateInterest, channel } = pack;
  list.whole(swdkllj.cardFee, 'swdkllj/cardFee');
  list.whole(swdkllj.fineCap, 'swdkllj/fineCap');
  for (const [name, premium] of Object.entries(swdkllj.premiums)) list.whole(premium, `swdkllj/premiums/${name}`);
  const steps = swdkllj.fineSteps.map((step) => ({ from: step.fromDay, to: step.toDay ?? Number.POSITIVE_INFINITY }));
  if (overlap(steps)) list.add('ENTRIES_OVERLAP', 'swdkllj/fineSteps');
  const byRegency = new Map<string, Interval[]>();
  for (const [index, entry] of subscriptionParking.entries()) {
    const path = `subscriptionParking/${index}`;
    for (const name of ['motorcycle', 'car', 'truck'] as const) list.whole(entry[name], `${path}/${name}`);
    const spans = [...(byRegency.get(entry.regency) ?? []), list.span(entry, path)];
    byRegency.set(entry.regency, spans);
    if (overlap(spans)) list.add('ENTRIES_OVERLAP', path);
  }
  for (const [index, waiver] of pack.waivers.entries()) list.span(waiver, `waivers/${index}`);
  list.whole(rounding.unit, 'rounding/unit', 1);
  list.whole(arrears.pkbYears, 'arrears/pkbYears');
  list.whole(arrears.swdklljYears, 'arrears/swdklljYears');
  list.whole(lateInterest.capMonths, 'lateInterest/capMonths');
  list.whole(channel.maxDaysLate, 'channel/maxDaysLate');
  list.whole(channel.earliestDaysBeforeDue, 'channel/earliestDaysBeforeDue');
}

/**
 * An upper estimate of all PKB and opsen lines together per rupiah of value, each part the heaviest of all packs: one
 * assessment may take rates of one pack and reliefs of another. It guards the safe integers and is never money.
 */
export function heaviestChargeOf(packs: readonly CompiledPack[]): number {
  const heaviest = (figureOf: (one: CompiledPack) => number): number => Math.max(1, ...packs.map(figureOf));
  const rates = packs.flatMap((one) => [...one.ratesByOwner.values()].flat()).map((rate) => approximate(rate.value));
  const relief = heaviest((one) =>
    one.reliefs.reduce((product, entry) => product * Math.max(1, approximate(entry.value)), 1),
  );
  const interest = heaviest((one) => 1 + approximate(one.interestPerMonth) * one.pack.lateInterest.capMonths);
  const opsen = heaviest((one) => 1 + approximate(one.opsenRate));
  const periods = heaviest((one) => 1 + one.pack.arrears.pkbYears);
  return Math.max(0, ...rates) * relief * interest * opsen * periods;
}

/** The heaviest weight that the packs give to a kind, at least one. */
export function heaviestWeightOf(packs: readonly CompiledPack[], kind: VehicleKind): number {
  return packs.reduce((heaviest, one) => {
    const weight = one.weightFactors.get(kind);
    return weight === undefined ? heaviest : Math.max(heaviest, approximate(weight));
  }, 1);
}

/** Parses every decimal and span of a pack once, and names everything in it that is wrong or ambiguous. */
export function compilePack(pack: RulePack): { compiled: CompiledPack; problems: readonly RulePackProblem[] } {
  const list = new ProblemList(pack.id);
  if (pack.validTo !== null && pack.validTo < pack.validFrom) list.add('ENDS_BEFORE_START', 'validTo');
  const compiled: CompiledPack = {
    pack,
    ratesByOwner: compileRates(pack, list),
    weightFactors: compileWeights(pack, list),
    reliefs: pack.baseReliefs.map((relief, index) => ({
      ...list.span(relief, `baseReliefs/${index}`),
      value: list.decimal(relief.factor, `baseReliefs/${index}/factor`),
      index,
    })),
    opsenRate: list.decimal(pack.opsenRate, 'opsenRate'),
    interestPerMonth: list.decimal(pack.lateInterest.perMonth, 'lateInterest/perMonth'),
    fineRates: pack.swdkllj.fineSteps.map((step, index) => list.decimal(step.rate, `swdkllj/fineSteps/${index}/rate`)),
    graceDays: pack.graceDays.map((grace) => ({ day: dayOf(grace.date), regency: grace.regency })),
  };
  checkTariffs(pack, list);
  return { compiled, problems: list.problems };
}
