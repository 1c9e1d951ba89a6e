import Big from 'big.js';
import { Temporal } from 'temporal-polyfill';
import type { RulePack, RulePackSet } from '../../src/domain/rule-pack.ts';

/**
 * The rules of assessment written a second time, slowly and with other tools: a decimal library, a calendar library,
 * counting instead of computing. It shares no code with the engine, so that both must be wrong alike to agree wrongly.
 */
export interface OracleCase {
  readonly vehicle: Record<string, unknown>;
  readonly paidOn: string;
  readonly claim?:
    | { readonly arrivedOn?: string | undefined; readonly groups?: readonly string[] | undefined }
    | undefined;
}

export type OracleAnswer =
  | { readonly lines: Record<string, number>; readonly total: number }
  | { readonly refusals: readonly string[] };

type Day = Temporal.PlainDate;
const day = (text: unknown): Day => Temporal.PlainDate.from(String(text));
const notAfter = (left: Day, right: Day): boolean => Temporal.PlainDate.compare(left, right) <= 0;
const within = (on: string, from: string, to: string | null): boolean => on >= from && (to === null || on <= to);

function inForce(packs: readonly RulePack[], on: string): RulePack | undefined {
  return packs.find((pack) => {
    if (!within(on, pack.validFrom, pack.validTo)) return false;
    return !packs.some((other) => other.replaces.includes(pack.id) && on >= other.validFrom);
  });
}

function rounded(value: Big, pack: RulePack): number {
  const { unit, mode } = pack.rounding;
  const toward = { 'half-up': Big.roundHalfUp, up: Big.roundUp, down: Big.roundDown }[mode];
  return value.div(unit).round(0, toward).times(unit).toNumber();
}

function swdklljClass(vehicle: Record<string, unknown>): string {
  const kind = String(vehicle['kind']);
  const cc = Number(vehicle['engineCc']);
  const isPublic = vehicle['use'] === 'public';
  if (typeof vehicle['swdklljClass'] === 'string') return vehicle['swdklljClass'];
  if (['ambulance', 'hearse', 'fire-engine'].includes(kind)) return 'A';
  if (kind === 'motorcycle' && cc < 50) return 'A';
  if (['tractor', 'forklift', 'crane'].includes(kind)) return 'B';
  if (kind === 'three-wheeler' || (kind === 'motorcycle' && cc <= 250)) return 'C1';
  if (kind === 'motorcycle') return 'C2';
  if (['bus', 'microbus'].includes(kind)) return isPublic ? 'EU' : 'EP';
  if (kind === 'truck') return 'F';
  if (['pickup', 'blind-van', 'light-truck'].includes(kind)) return cc > 2400 ? 'F' : 'DP';
  if (!isPublic) return 'DP';
  return cc > 1600 ? 'EU' : 'DU';
}

export function oracle({ vehicle, paidOn, claim }: OracleCase, set: RulePackSet): OracleAnswer {
  const packs = set.packs.map((one) => one.compiled.pack);
  const pack = inForce(packs, paidOn);
  if (pack === undefined) return { refusals: ['NO_RULES_FOR_DATE'] };
  const refusals = new Set<string>();
  const arrived = claim?.arrivedOn !== undefined && claim.arrivedOn < paidOn ? claim.arrivedOn : paidOn;
  const required = 'kind engineCc use ownerKind energy rank njkb regency dueOn stnkValidUntil'.split(' ');
  for (const fact of required) if ((vehicle[fact] ?? null) === null) refusals.add('VEHICLE_INCOMPLETE');
  if ((vehicle['blocked'] ?? null) !== null) refusals.add('BLOCKED');
  if (vehicle['deleted'] === true) refusals.add('DELETED_FROM_REGISTER');

  const fits = pack.waivers.filter(
    (waiver) =>
      within(paidOn, waiver.from, waiver.to) &&
      (waiver.groups === undefined ||
        waiver.groups.length === 0 ||
        waiver.groups.some((g) => claim?.groups?.includes(g))) &&
      (waiver.kinds === undefined || waiver.kinds.length === 0 || waiver.kinds.some((k) => k === vehicle['kind'])),
  );
  if (fits.some((waiver) => waiver.where === 'samsat-induk-only')) refusals.add('PAYABLE_AT_SAMSAT_INDUK');
  const effects = fits.filter((waiver) => waiver.where === 'any').flatMap((waiver) => waiver.effects);

  const dues: Day[] = [];
  if ((vehicle['dueOn'] ?? null) !== null) {
    const first = day(vehicle['dueOn']);
    const last = day(paidOn).add({ days: pack.channel.earliestDaysBeforeDue });
    for (let k = 0; notAfter(first.add({ years: k }), last); k += 1) dues.push(first.add({ years: k }));
    if (first.until(day(arrived), { largestUnit: 'days' }).days > pack.channel.maxDaysLate) {
      refusals.add('PAYABLE_AT_SAMSAT_INDUK');
    }
    if (dues.length === 0) refusals.add('NOT_YET_PAYABLE');
    const stnk = vehicle['stnkValidUntil'] ?? null;
    const current = dues.at(-1);
    if (current !== undefined && stnk !== null && !pack.channel.renewalYear && notAfter(day(stnk), current)) {
      refusals.add('RENEWAL_YEAR');
    }
  }

  let lacksRules = false;
  const sums: Record<string, number> = {};
  const add = (component: string, amount: number): void => {
    sums[component] = (sums[component] ?? 0) + amount;
  };
  dues.forEach((due, index) => {
    const age = dues.length - 1 - index;
    let moved = due;
    while (
      pack.graceDays.some(
        (grace) => day(grace.date).equals(moved) && (grace.regency === null || grace.regency === vehicle['regency']),
      )
    ) {
      moved = moved.add({ days: 1 });
    }
    let months = 0;
    while (!notAfter(day(arrived), moved.add({ months }))) months += 1;
    const days = moved.until(day(arrived), { largestUnit: 'days' }).days;

    const isPeriodOfPkb = age <= pack.arrears.pkbYears;
    const own = inForce(packs, due.toString());
    // A charged period that lacks its pack, whatever would be taken from it.
    if (own === undefined && (isPeriodOfPkb || age <= pack.arrears.swdklljYears)) lacksRules = true;
    if (vehicle['energy'] !== 'electric' && isPeriodOfPkb) {
      if (own !== undefined) {
        const table: Record<string, string | undefined> = own.weightFactors;
        const weight = (vehicle['weightFactor'] as string | null | undefined) ?? table[String(vehicle['kind'])];
        const small =
          ['motorcycle', 'three-wheeler'].includes(String(vehicle['kind'])) && Number(vehicle['engineCc']) < 250;
        const flat =
          small ||
          vehicle['ownerKind'] === 'company' ||
          vehicle['use'] !== 'private' ||
          effects.includes('progressive');
        const rank = flat ? 1 : Math.min(5, Number(vehicle['rank']));
        const rate = own.pkbRates.find(
          (entry) =>
            entry.use === vehicle['use'] &&
            entry.ownerKind === vehicle['ownerKind'] &&
            entry.rank === rank &&
            within(due.toString(), entry.from, entry.to),
        );
        if (weight === undefined && (vehicle['kind'] ?? null) !== null) refusals.add('VEHICLE_INCOMPLETE');
        if (rate === undefined) lacksRules = true;
        if (weight !== undefined && rate !== undefined && (vehicle['njkb'] ?? null) !== null) {
          let base = new Big(Number(vehicle['njkb'])).times(weight);
          for (const relief of pack.baseReliefs) {
            const on = relief.decidedBy === 'paidOn' ? paidOn : due.toString();
            if (relief.use === vehicle['use'] && within(on, relief.from, relief.to)) base = base.times(relief.factor);
          }
          const pkb = rounded(base.times(rate.rate), pack);
          const opsen = rounded(new Big(pkb).times(own.opsenRate), pack);
          const charged = Math.min(months, pack.lateInterest.capMonths);
          const interest = new Big(pack.lateInterest.perMonth).times(charged);
          add('pkb', pkb);
          add('opsenPkb', opsen);
          if (!effects.includes('pkb-fine')) add('pkbFine', rounded(interest.times(pkb), pack));
          if (!effects.includes('opsen-fine')) add('opsenPkbFine', rounded(interest.times(opsen), pack));
        }
      }
    }
    if (age <= pack.arrears.swdklljYears) {
      const tariff = pack.swdkllj;
      const premiums: Record<string, number | undefined> = tariff.premiums;
      const premium = premiums[swdklljClass(vehicle)] ?? Number.NaN;
      add('swdkllj', premium + (age === 0 || tariff.cardFeePerArrearYear ? tariff.cardFee : 0));
      const step = tariff.fineSteps.find((one) => days >= one.fromDay && days <= (one.toDay ?? Number.MAX_VALUE));
      if (days > 0 && step !== undefined && !(age > 0 && effects.includes('swdkllj-past-fine'))) {
        add('swdklljFine', Math.min(tariff.fineCap, rounded(new Big(premium).times(step.rate), pack)));
      }
    }
    if (age === 0) {
      for (const entry of pack.subscriptionParking) {
        if (entry.regency !== vehicle['regency'] || !within(paidOn, entry.from, entry.to)) continue;
        const kind = String(vehicle['kind']);
        if (['motorcycle', 'three-wheeler'].includes(kind)) add('subscriptionParking', entry.motorcycle);
        else if (['truck', 'light-truck'].includes(kind)) add('subscriptionParking', entry.truck);
        else add('subscriptionParking', entry.car);
      }
    }
  });
  if (refusals.size > 0) return { refusals: [...refusals].sort() };
  if (lacksRules) return { refusals: ['NO_RULES_FOR_DATE'] };
  const lines = Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
  return { lines, total: Object.values(lines).reduce((left, right) => left + right, 0) };
}
