import { type Assessment, assess, type RefusalCode } from './assessment.ts';
import { CHARGE_COMPONENTS, type ChargeComponent } from './charge.ts';
import { parseDecimal } from './decimal.ts';
import { type LocalDate, parseLocalDate } from './local-date.ts';
import { isRegencyCode } from './regency.ts';
import { err, ok, type Result } from './result.ts';
import type { RulePackSet } from './rule-pack.ts';
import { heaviestWeightOf } from './rule-pack-compiled.ts';
import { parseRupiah, type Rupiah } from './rupiah.ts';
import {
  BLOCK_REASONS,
  type Claim,
  ENERGIES,
  OWNER_KINDS,
  SWDKLLJ_CLASSES,
  VEHICLE_KINDS,
  VEHICLE_USES,
  type VehicleFacts,
} from './vehicle.ts';

/** What is wrong with a case line, and where; never the value itself. */
export interface CaseError {
  readonly code:
    | 'NOT_AN_OBJECT'
    | 'NOT_A_TEXT'
    | 'NOT_A_DATE'
    | 'NOT_A_NUMBER'
    | 'NOT_RUPIAH'
    | 'NOT_A_DECIMAL'
    | 'NOT_A_BOOLEAN'
    | 'NOT_A_LIST'
    | 'UNKNOWN_VALUE'
    | 'AMOUNT_TOO_LARGE';
  /** `vehicle.kind`, `claim.groups.0`; empty for the whole line. */
  readonly path: string;
}

/** Names a case; a text or a number, given back as it came. */
export type CaseId = string | number;

/** The answer to one case: amounts over all periods with zeros left out, or the sorted codes of the refusals. */
export type CaseAnswer =
  | {
      readonly id: CaseId;
      readonly lines: { readonly [component in ChargeComponent]?: Rupiah };
      readonly total: Rupiah;
    }
  | { readonly id: CaseId; readonly refusals: readonly RefusalCode[] };

/** A case line after parsing. */
export interface AssessmentCase {
  readonly id: CaseId;
  readonly vehicle: VehicleFacts;
  readonly claim: Claim;
  readonly paidOn: LocalDate;
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => CaseError['code'] | null;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneOf(values: readonly string[]): Check {
  const known = new Set<unknown>(values);
  return (value) => (known.has(value) ? null : 'UNKNOWN_VALUE');
}

const isDate: Check = (value) => (parseLocalDate(value).ok ? null : 'NOT_A_DATE');
const isText: Check = (value) => (typeof value === 'string' ? null : 'NOT_A_TEXT');
const isCapacity: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? null : 'NOT_A_NUMBER';
const isRank: Check = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? null : 'NOT_A_NUMBER';
const isValue: Check = (value) => {
  const amount = parseRupiah(value);
  return amount.ok && amount.value >= 0 ? null : 'NOT_RUPIAH';
};

/** One check per fact of a vehicle record; a missing fact (absent or null) is a refusal, not a bad line. */
const VEHICLE_CHECKS: readonly (readonly [keyof VehicleFacts, Check])[] = Object.entries({
  kind: oneOf(VEHICLE_KINDS),
  engineCc: isCapacity,
  use: oneOf(VEHICLE_USES),
  ownerKind: oneOf(OWNER_KINDS),
  energy: oneOf(ENERGIES),
  rank: isRank,
  njkb: isValue,
  weightFactor: (value) => (parseDecimal(value).ok ? null : 'NOT_A_DECIMAL'),
  regency: (value) => (isRegencyCode(value) ? null : 'UNKNOWN_VALUE'),
  dueOn: isDate,
  stnkValidUntil: isDate,
  swdklljClass: oneOf(SWDKLLJ_CLASSES),
  blocked: oneOf(BLOCK_REASONS),
  deleted: (value) => (typeof value === 'boolean' ? null : 'NOT_A_BOOLEAN'),
} satisfies Record<keyof VehicleFacts, Check>) as [keyof VehicleFacts, Check][]; // Object.entries widens the keys that `satisfies` has just checked

function findVehicleError(vehicle: Fields): CaseError | null {
  for (const [fact, check] of VEHICLE_CHECKS) {
    const value = vehicle[fact];
    if (value === undefined || value === null) continue;
    const code = check(value);
    if (code !== null) return { code, path: `vehicle.${fact}` };
  }
  return null;
}

function parseClaim(claim: unknown): Result<Claim, CaseError> {
  if (claim === undefined || claim === null) return ok({});
  if (!isFields(claim)) return err({ code: 'NOT_AN_OBJECT', path: 'claim' });
  const arrivedOn = claim['arrivedOn'] ?? undefined;
  const groups = claim['groups'] ?? undefined;
  const arrival = arrivedOn === undefined ? undefined : parseLocalDate(arrivedOn);
  if (arrival?.ok === false) return err({ code: 'NOT_A_DATE', path: 'claim.arrivedOn' });
  if (groups !== undefined && !Array.isArray(groups)) return err({ code: 'NOT_A_LIST', path: 'claim.groups' });
  const bad = groups?.findIndex((group) => isText(group) !== null) ?? -1;
  if (bad >= 0) return err({ code: 'NOT_A_TEXT', path: `claim.groups.${bad}` });
  return ok({ arrivedOn: arrival?.value, groups });
}

/** Whether an amount might leave the safe integers, with room for premiums and rounding; only a nonsense record can. */
function isTooLarge({ njkb, weightFactor, kind }: VehicleFacts, { packs, heaviestCharge }: RulePackSet): boolean {
  const bare = (njkb ?? 0) * heaviestCharge;
  const compiled = packs.map((one) => one.compiled);
  const weight = weightFactor ? Number(weightFactor) : kind ? heaviestWeightOf(compiled, kind) : 1;
  return bare * Math.max(1, weight) > Number.MAX_SAFE_INTEGER * 0.9;
}

/** Parses one line of `loket assess`; the error names the first bad value by its path. */
export function parseCase(line: unknown, packs: RulePackSet): Result<AssessmentCase, CaseError> {
  if (!isFields(line)) return err({ code: 'NOT_AN_OBJECT', path: '' });
  const { id, vehicle, paidOn, claim } = line;
  if (typeof id !== 'string' && typeof id !== 'number') return err({ code: 'NOT_A_TEXT', path: 'id' });
  if (!isFields(vehicle)) return err({ code: 'NOT_AN_OBJECT', path: 'vehicle' });
  const vehicleError = findVehicleError(vehicle);
  if (vehicleError !== null) return err(vehicleError);
  const facts = vehicle as VehicleFacts; // every present fact has passed its check above
  const paid = parseLocalDate(paidOn);
  if (!paid.ok) return err({ code: 'NOT_A_DATE', path: 'paidOn' });
  const parsedClaim = parseClaim(claim);
  if (!parsedClaim.ok) return parsedClaim;
  if (isTooLarge(facts, packs)) return err({ code: 'AMOUNT_TOO_LARGE', path: 'vehicle.njkb' });
  return ok({ id, vehicle: facts, claim: parsedClaim.value, paidOn: paid.value });
}

/** Amounts per component over all periods, zeros left out, in the order of `CHARGE_COMPONENTS`. */
function amountsByComponent({ lines }: Assessment): { readonly [component in ChargeComponent]?: Rupiah } {
  const sums: { [component in ChargeComponent]?: Rupiah } = {};
  for (const component of CHARGE_COMPONENTS) {
    let sum = 0;
    for (const line of lines) if (line.component === component) sum += line.amount;
    if (sum !== 0) sums[component] = sum as Rupiah; // a part of the total, which is a checked rupiah amount
  }
  return sums;
}

/** One line of `loket assess`: `{id, vehicle, paidOn, claim?}` to amounts or refusals; a bad line is an error with code and path. */
export function assessCaseLine(line: unknown, packs: RulePackSet): Result<CaseAnswer, CaseError> {
  const parsed = parseCase(line, packs);
  if (!parsed.ok) return parsed;
  const { id, vehicle, claim, paidOn } = parsed.value;
  const assessed = assess(vehicle, claim, packs, paidOn);
  if (!assessed.ok) return ok({ id, refusals: assessed.error.map((refusal) => refusal.code) });
  return ok({ id, lines: amountsByComponent(assessed.value), total: assessed.value.total });
}
