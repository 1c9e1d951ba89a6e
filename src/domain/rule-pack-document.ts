import type { DecimalText, LineRounding } from './decimal.ts';
import type { LocalDate } from './local-date.ts';
import type { RegencyCode } from './regency.ts';
import type { OwnerKind, SwdklljClass, VehicleKind, VehicleUse } from './vehicle.ts';

/** The span in which an entry holds, both days included; `to` null is open. */
export interface DateSpan {
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

/** One rate of PKB. */
export interface PkbRate extends DateSpan {
  readonly use: VehicleUse;
  readonly ownerKind: OwnerKind;
  /** 1 to 5, where 5 is the fifth vehicle and every later one. */
  readonly rank: number;
  readonly rate: DecimalText;
  readonly basis: string;
}

/** A factor on the taxable base for one use. */
export interface BaseRelief extends DateSpan {
  readonly use: VehicleUse;
  readonly factor: DecimalText;
  /** Which date must lie in the span: the payment's or the period's due date. */
  readonly decidedBy: 'paidOn' | 'dueOn';
  readonly basis: string;
}

/** Interest on PKB and, as its own line, on opsen. */
export interface LateInterest {
  readonly perMonth: DecimalText;
  readonly capMonths: number;
  readonly basis?: string | undefined;
}

/** A step of the SWDKLLJ fine by days late, both days included; `toDay` null is open. */
export interface FineStep {
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly rate: DecimalText;
}

/** Premiums, card and fines of Jasa Raharja, in whole rupiah. */
export interface SwdklljTariff {
  readonly cardFee: number;
  readonly premiums: Readonly<Record<SwdklljClass, number>>;
  readonly fineSteps: readonly FineStep[];
  readonly fineCap: number;
  readonly cardFeePerArrearYear: boolean;
  readonly basis?: string | undefined;
}

/** A regency's parking retribution, collected once with the current period, in whole rupiah. */
export interface SubscriptionParking extends DateSpan {
  readonly regency: RegencyCode;
  readonly motorcycle: number;
  readonly car: number;
  readonly truck: number;
  readonly basis?: string | undefined;
}

export type WaiverEffect = 'pkb-fine' | 'opsen-fine' | 'swdkllj-past-fine' | 'progressive';

/** A dated waiver (pemutihan). */
export interface Waiver extends DateSpan {
  readonly id: string;
  readonly basis: string;
  readonly where: 'any' | 'samsat-induk-only';
  /** Claims it is for; empty or absent is everybody. */
  readonly groups?: readonly string[] | undefined;
  /** Vehicle kinds it is for; empty or absent is every kind. */
  readonly kinds?: readonly VehicleKind[] | undefined;
  readonly effects: readonly WaiverEffect[];
}

/** A holiday or a declared outage day; `regency` null is the whole province. */
export interface GraceDay {
  readonly date: LocalDate;
  readonly regency: RegencyCode | null;
  readonly basis: string;
}

/** A dated document of the province with every rate and choice that an assessment needs. */
export interface RulePack {
  readonly id: string;
  readonly issuedOn: LocalDate;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  /** Ids of packs that end on the day before this one starts. */
  readonly replaces: readonly string[];
  readonly note?: string | undefined;
  readonly pkbRates: readonly PkbRate[];
  readonly weightFactors: { readonly [K in VehicleKind]?: DecimalText | undefined };
  readonly baseReliefs: readonly BaseRelief[];
  readonly opsenRate: DecimalText;
  readonly lateInterest: LateInterest;
  readonly swdkllj: SwdklljTariff;
  readonly subscriptionParking: readonly SubscriptionParking[];
  readonly waivers: readonly Waiver[];
  readonly graceDays: readonly GraceDay[];
  readonly rounding: LineRounding;
  readonly arrears: { readonly pkbYears: number; readonly swdklljYears: number };
  readonly channel: {
    readonly maxDaysLate: number;
    readonly earliestDaysBeforeDue: number;
    readonly renewalYear: boolean;
  };
}
