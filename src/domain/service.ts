import type { DocumentRule } from './checklist.ts';
import type { FormField } from './form-values.ts';
import { addDays, type LocalDate, parseLocalDate } from './local-date.ts';

/** What lets an outlet take papers for an agency outside the province's own mandate; both days belong to it. */
export interface Agreement {
  readonly agency: string;
  readonly number: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** A service as its signed pack describes it: the annual tax is one among others. */
export interface Service {
  readonly serviceId: string;
  readonly version: number;
  readonly enabled: boolean;
  readonly name: string;
  readonly audience: string;
  /** `sale`: paid at the counter; `intake`: papers that go on to an agency. */
  readonly kind: 'sale' | 'intake';
  readonly mandate: 'samsat' | 'other';
  readonly agreement: Agreement | null;
  readonly agency: string;
  /** Calendar days until a result may be expected; null promises nothing. */
  readonly promisedDays: number | null;
  readonly vehicle: 'required' | 'none';
  readonly fields: readonly FormField[];
  readonly documents: readonly DocumentRule[];
  readonly slipNotes: readonly string[];
}

/** Why a service cannot be chosen. */
export type ServiceOff = 'NOT_ENABLED' | 'AGREEMENT_MISSING' | 'AGREEMENT_NOT_BEGUN' | 'AGREEMENT_ENDED';

/** The service that every counter knows before the province has spoken. */
export const ANNUAL_TAX_ID = 'annual-tax';

const isWord = (value: unknown): boolean => typeof value === 'string' && value.trim().length >= 3;

/** A sheet of paper called agreement is none without its agency, its number and both its days. */
function agreementOff(agreement: Agreement | null | undefined, on: LocalDate): ServiceOff | null {
  if (agreement === null || agreement === undefined) return 'AGREEMENT_MISSING';
  const { agency, number, from, to } = agreement;
  const isWhole = isWord(agency) && isWord(number) && parseLocalDate(from).ok && parseLocalDate(to).ok;
  if (!isWhole || to < from) return 'AGREEMENT_MISSING';
  if (on < from) return 'AGREEMENT_NOT_BEGUN';
  return on > to ? 'AGREEMENT_ENDED' : null;
}

/**
 * Whether a service lies within the Samsat's own mandate: it is about a vehicle and says so. Everything else needs a
 * written agreement, whatever its pack claims.
 */
export function isOwnMandate({ mandate, vehicle }: Pick<Service, 'mandate' | 'vehicle'>): boolean {
  return mandate === 'samsat' && vehicle === 'required';
}

/**
 * Why a service cannot be chosen on a day; null when it can. A service outside the mandate can never be on without agency,
 * agreement number and end date ("impossible to switch on"), also where the object passed no schema.
 */
export function serviceOff(
  service: Pick<Service, 'enabled' | 'mandate' | 'vehicle' | 'agreement'>,
  on: LocalDate,
): ServiceOff | null {
  if (!service.enabled) return 'NOT_ENABLED';
  return isOwnMandate(service) ? null : agreementOff(service.agreement, on);
}

/** The day on which the citizen may expect a result; null where nothing is promised. */
export function promisedOn({ promisedDays }: Pick<Service, 'promisedDays'>, receivedOn: LocalDate): LocalDate | null {
  return promisedDays === null ? null : addDays(receivedOn, promisedDays);
}
