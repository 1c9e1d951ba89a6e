import type { DecimalText } from './decimal.ts';
import type { LocalDate } from './local-date.ts';
import type { RegencyCode } from './regency.ts';
import { addRupiah, type Rupiah, sumRupiah, ZERO_RUPIAH } from './rupiah.ts';
import type { SwdklljClass } from './vehicle.ts';

/** Components in the order in which paper and screen list them. */
export const CHARGE_COMPONENTS = [
  'pkb',
  'pkbFine',
  'opsenPkb',
  'opsenPkbFine',
  'swdkllj',
  'swdklljFine',
  'subscriptionParking',
] as const;

/** What a line charges. */
export type ChargeComponent = (typeof CHARGE_COMPONENTS)[number];

/** Whose money a line is. */
export type Beneficiary =
  | { readonly kind: 'province' }
  | { readonly kind: 'regency'; readonly code: RegencyCode }
  | { readonly kind: 'jasa-raharja' };

/** A waiver or relief that touched a line, by its id or path and its legal text. */
export interface AppliedRule {
  readonly rule: string;
  readonly basis: string;
}

/** Why the billed rank is what it is. */
export type RankReason = 'as-registered' | 'small-engine' | 'company' | 'not-private' | 'progressive-waived';

/** How late the arrival was, reckoned from the due date as moved by grace days. */
export interface Lateness {
  readonly movedDueOn: LocalDate;
  readonly arrivedOn: LocalDate;
}

/** The figures behind one line: values for the "why this amount" sheet, never prose. */
export type ChargeExplanation =
  | {
      readonly kind: 'pkb';
      readonly njkb: Rupiah;
      readonly weightFactor: DecimalText;
      readonly weightFactorFrom: 'registry' | 'rule-pack';
      readonly reliefs: readonly (AppliedRule & { readonly factor: DecimalText })[];
      readonly rate: DecimalText;
      readonly registeredRank: number;
      readonly billedRank: number;
      readonly rankReason: RankReason;
    }
  | { readonly kind: 'opsen'; readonly pkb: Rupiah; readonly rate: DecimalText }
  | (Lateness & {
      readonly kind: 'late-interest';
      readonly principal: Rupiah;
      readonly perMonth: DecimalText;
      readonly months: number;
      readonly capMonths: number;
      readonly waivedBy: readonly AppliedRule[];
    })
  | {
      readonly kind: 'swdkllj';
      readonly swdklljClass: SwdklljClass;
      readonly classFrom: 'registry' | 'derived';
      readonly premium: Rupiah;
      readonly cardFee: Rupiah;
    }
  | (Lateness & {
      readonly kind: 'swdkllj-fine';
      readonly swdklljClass: SwdklljClass;
      readonly premium: Rupiah;
      readonly days: number;
      readonly step: { readonly fromDay: number; readonly toDay: number | null; readonly rate: DecimalText };
      readonly cap: Rupiah;
      readonly capped: boolean;
      readonly waivedBy: readonly AppliedRule[];
    })
  | { readonly kind: 'parking'; readonly tariff: 'motorcycle' | 'car' | 'truck' };

/** One amount of one period for one beneficiary; `amount` is what is due after waivers. */
export interface ChargeLine {
  readonly component: ChargeComponent;
  readonly periodDueOn: LocalDate;
  readonly beneficiary: Beneficiary;
  readonly amount: Rupiah;
  /** What a waiver took off this line; zero when none did. */
  readonly waived: Rupiah;
  /** Rule pack id and path of the entry, `jatim-2026/pkbRates/0`. */
  readonly rule: string;
  /** The legal text. */
  readonly basis: string;
  readonly explanation: ChargeExplanation;
}

/** What one beneficiary gets. */
export interface BeneficiaryTotal {
  readonly beneficiary: Beneficiary;
  readonly amount: Rupiah;
}

/** A text key of a beneficiary: `province`, `regency:3506`, `jasa-raharja`. */
function beneficiaryKey(beneficiary: Beneficiary): string {
  return beneficiary.kind === 'regency' ? `regency:${beneficiary.code}` : beneficiary.kind;
}

/** Sums of the lines per beneficiary, in order of first appearance; the sums add up to the total. */
export function totalsByBeneficiary(
  lines: readonly Pick<ChargeLine, 'beneficiary' | 'amount'>[],
): readonly BeneficiaryTotal[] {
  const totals = new Map<string, BeneficiaryTotal>();
  for (const { beneficiary, amount } of lines) {
    const key = beneficiaryKey(beneficiary);
    const before = totals.get(key)?.amount ?? ZERO_RUPIAH;
    totals.set(key, { beneficiary, amount: addRupiah(before, amount) });
  }
  return [...totals.values()];
}

/** The sum of the amounts and nothing else. */
export function totalOfLines(lines: readonly Pick<ChargeLine, 'amount'>[]): Rupiah {
  return sumRupiah(lines.map((line) => line.amount));
}
