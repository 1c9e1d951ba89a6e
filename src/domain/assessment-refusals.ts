import type { Period } from './assessment-periods.ts';
import type { LocalDate } from './local-date.ts';
import type { Refusal } from './refusal.ts';
import { type CompiledPack, dayOf, spanHolds } from './rule-pack-compiled.ts';
import type { Waiver } from './rule-pack-document.ts';
import type { Claim, Vehicle, VehicleFacts } from './vehicle.ts';

const REQUIRED_FACTS = [
  'kind',
  'engineCc',
  'use',
  'ownerKind',
  'energy',
  'rank',
  'njkb',
  'regency',
  'dueOn',
  'stnkValidUntil',
] as const satisfies readonly (keyof Vehicle)[];

/** The facts without which nothing can be assessed; every other fact is optional. */
export function missingFacts(vehicle: VehicleFacts): readonly (keyof Vehicle)[] {
  return REQUIRED_FACTS.filter((fact) => vehicle[fact] === undefined || vehicle[fact] === null);
}

/** Whether the record has every required fact. */
export function isComplete(
  vehicle: VehicleFacts,
): vehicle is VehicleFacts & Pick<Vehicle, (typeof REQUIRED_FACTS)[number]> {
  return missingFacts(vehicle).length === 0;
}

/** Waivers in force on `paidOn` whose `groups` and `kinds` fit; empty or absent means all. */
export function fittingWaivers(
  { pack }: CompiledPack,
  where: Waiver['where'],
  kind: VehicleFacts['kind'],
  claim: Claim,
  paidOn: LocalDate,
): readonly Waiver[] {
  return pack.waivers.filter(
    (waiver) =>
      waiver.where === where &&
      spanHolds(waiver, paidOn) &&
      (!waiver.groups?.length || waiver.groups.some((group) => claim.groups?.includes(group) ?? false)) &&
      (!waiver.kinds?.length || (kind !== undefined && kind !== null && waiver.kinds.includes(kind))),
  );
}

/** What the refusal checks look at. */
export interface RefusalFacts {
  readonly vehicle: VehicleFacts;
  readonly claim: Claim;
  readonly rules: CompiledPack;
  readonly paidOn: LocalDate;
  readonly arrivalDay: number;
  /** Null when the due date is not known. */
  readonly periods: readonly Period[] | null;
}

function samsatIndukRefusal(facts: RefusalFacts): readonly Refusal[] {
  const { vehicle, claim, rules, paidOn, arrivalDay } = facts;
  const { maxDaysLate } = rules.pack.channel;
  const dueOn = vehicle.dueOn ?? null;
  const days = dueOn === null ? 0 : arrivalDay - dayOf(dueOn);
  const tooLate = days > maxDaysLate ? { days, maxDaysLate } : null;
  const waivers = fittingWaivers(rules, 'samsat-induk-only', vehicle.kind, claim, paidOn);
  if (tooLate === null && waivers.length === 0) return [];
  return [{ code: 'PAYABLE_AT_SAMSAT_INDUK', dueOn, tooLate, waiverIds: waivers.map((waiver) => waiver.id) }];
}

/** `stnkValidUntil` on or before the current period's due date, unless the pack lets the counter take renewals. */
function renewalRefusal({ vehicle, rules, periods }: RefusalFacts): readonly Refusal[] {
  const current = periods?.at(-1);
  const { stnkValidUntil } = vehicle;
  if (rules.pack.channel.renewalYear || current === undefined) return [];
  if (stnkValidUntil === undefined || stnkValidUntil === null || stnkValidUntil > current.dueOn) return [];
  return [{ code: 'RENEWAL_YEAR', stnkValidUntil, periodDueOn: current.dueOn }];
}

/** Every refusal that the record, the calendar and the waivers give, unsorted; missing facts and rules are not among them. */
export function refusalsOf(facts: RefusalFacts): readonly Refusal[] {
  const { vehicle, rules, periods } = facts;
  const { dueOn, blocked, deleted } = vehicle;
  const refusals: Refusal[] = [...samsatIndukRefusal(facts), ...renewalRefusal(facts)];
  if (blocked !== undefined && blocked !== null) refusals.push({ code: 'BLOCKED', reason: blocked });
  if (deleted === true) refusals.push({ code: 'DELETED_FROM_REGISTER' });
  if (periods?.length === 0 && dueOn !== undefined && dueOn !== null) {
    refusals.push({ code: 'NOT_YET_PAYABLE', dueOn, daysBeforeDue: rules.pack.channel.earliestDaysBeforeDue });
  }
  return refusals;
}
