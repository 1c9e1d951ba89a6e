import type { LocalDate } from './local-date.ts';
import type { BlockReason, Vehicle } from './vehicle.ts';

/** Why this counter may not take the payment; several may hold at once. */
export type Refusal =
  | { readonly code: 'BLOCKED'; readonly reason: BlockReason }
  | { readonly code: 'DELETED_FROM_REGISTER' }
  | { readonly code: 'NOT_YET_PAYABLE'; readonly dueOn: LocalDate; readonly daysBeforeDue: number }
  | { readonly code: 'NO_RULES_FOR_DATE'; readonly dates: readonly LocalDate[] }
  | {
      readonly code: 'PAYABLE_AT_SAMSAT_INDUK';
      readonly dueOn: LocalDate | null;
      /** Set when the lateness is over the counter's limit. */
      readonly tooLate: { readonly days: number; readonly maxDaysLate: number } | null;
      /** Waivers that only the Samsat Induk may apply and that fit. */
      readonly waiverIds: readonly string[];
    }
  | { readonly code: 'RENEWAL_YEAR'; readonly stnkValidUntil: LocalDate; readonly periodDueOn: LocalDate }
  | { readonly code: 'VEHICLE_INCOMPLETE'; readonly missing: readonly (keyof Vehicle)[] };

/** The code of a refusal, as `loket assess` prints it. */
export type RefusalCode = Refusal['code'];

/** All codes, sorted as they are answered. */
export const REFUSAL_CODES: readonly RefusalCode[] = [
  'BLOCKED',
  'DELETED_FROM_REGISTER',
  'NOT_YET_PAYABLE',
  'NO_RULES_FOR_DATE',
  'PAYABLE_AT_SAMSAT_INDUK',
  'RENEWAL_YEAR',
  'VEHICLE_INCOMPLETE',
];

/** The refusals in the order of their codes by character, which does not depend on a locale. */
export function sortedRefusals(refusals: readonly Refusal[]): readonly Refusal[] {
  return [...refusals].sort((left, right) => (left.code < right.code ? -1 : Number(left.code > right.code)));
}
