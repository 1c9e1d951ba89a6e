import { z } from 'zod';
import { centralStateSchema } from './feeds.ts';
import { amountSchema, instantSchema, localDateSchema, uuidSchema } from './primitives.ts';
import { chargeComponentSchema } from './charge-parts.ts';

/** A vehicle as anyone at the counter may see it: enough to choose one, nothing that tells who owns it. */
export const vehicleCardSchema = z.object({
  vehicleId: uuidSchema,
  nrkb: z.string(),
  plateColour: z.enum(['white', 'black', 'yellow', 'red', 'green']),
  make: z.string(),
  model: z.string(),
  yearMade: z.int(),
  colour: z.string(),
  kind: z.string(),
  engineCc: z.int().nullable(),
  dueOn: localDateSchema.nullable(),
  maskedOwner: z.string(),
  district: z.string(),
  /** Day of the registry data that this card was read from. */
  dataOn: localDateSchema,
  /** Set when this counter already holds a payment for the vehicle that the registry does not show yet. */
  paidHere: z.object({ transactionId: uuidSchema, paidOn: localDateSchema, receiptNumber: z.string() }).nullable(),
});
export type VehicleCard = z.infer<typeof vehicleCardSchema>;

/** What shows only after the last five characters of the chassis number were right. */
export const vehicleIdentitySchema = z.object({
  ownerName: z.string(),
  maskedNik: z.string().nullable(),
  chassisNumber: z.string(),
  engineNumber: z.string(),
});

/** Structured reason of one line for the sheet "mengapa jumlahnya sekian"; numbers and dates, never prose. */
const explanationSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const chargeLineViewSchema = z.object({
  component: chargeComponentSchema,
  periodDueOn: localDateSchema,
  beneficiary: z.object({
    kind: z.enum(['province', 'regency', 'jasa-raharja']),
    code: z.string().nullable(),
    name: z.string(),
  }),
  amount: amountSchema,
  waived: amountSchema,
  rule: z.string(),
  basis: z.string(),
  explanation: explanationSchema,
});
export type ChargeLineView = z.infer<typeof chargeLineViewSchema>;

export const refusalViewSchema = z.object({
  code: z.enum([
    'PAYABLE_AT_SAMSAT_INDUK',
    'RENEWAL_YEAR',
    'NOT_YET_PAYABLE',
    'BLOCKED',
    'DELETED_FROM_REGISTER',
    'NO_RULES_FOR_DATE',
    'VEHICLE_INCOMPLETE',
    'ALREADY_PAID_HERE',
    'ALREADY_PAID_ELSEWHERE',
    'BILL_REFUSED',
    'BILL_EXPIRED',
    'NOTHING_TO_PAY',
    'INTAKE_ONLY',
    'RULES_STALE',
    'RULES_MISSING',
    'RULES_UNSIGNED',
    'RULES_OVERLAP',
    'REGISTRY_STALE',
    'CAP_PER_SALE',
    'CAP_CASH_IN_DRAWER',
    'CAP_UNSENT',
    'CAP_DAYS_WITHOUT_CONTACT',
    'CAP_UNCONFIRMED_DEPOSITS',
    'SELLING_STOPPED',
    'RELEASE_ENDED',
    'CLOCK_UNCERTAIN',
    'MIRROR_MISSING',
    'CASH_SESSION_CLOSED',
    'CASH_SESSION_OF_OTHER',
    'PAYMENT_UNRESOLVED',
  ]),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type RefusalView = z.infer<typeof refusalViewSchema>;

/** The amount as the screen shows it. */
export const amountViewSchema = z.object({
  /** `penetapan` only when the province answered; else `perkiraan`. */
  figure: z.enum(['perkiraan', 'penetapan']),
  lines: z.array(chargeLineViewSchema),
  total: amountSchema,
  rounding: z.int(),
  payable: amountSchema,
  /** What a provider takes: no coins, so nothing is rounded. */
  exactPayable: amountSchema,
  agentFee: amountSchema,
  /** Whose money the agent fee is; empty where there is none. */
  agentFeeTo: z.string(),
  byBeneficiary: z.array(
    z.object({ kind: z.string(), code: z.string().nullable(), name: z.string(), amount: amountSchema }),
  ),
  periods: z.array(localDateSchema),
  waivedTotal: amountSchema,
  rulePackIds: z.array(z.string()),
  /** The province's bill beside the local figure, when it answered. */
  bill: z
    .object({
      inquiryId: uuidSchema,
      validUntil: instantSchema,
      localTotal: amountSchema.nullable(),
      difference: z.int(),
    })
    .nullable(),
});
export type AmountView = z.infer<typeof amountViewSchema>;

/** What is known about a vehicle and its period before cash is taken: facts with their day, never a promise. */
export const guardFactSchema = z.object({
  source: z.enum(['province', 'registry', 'here', 'decision']),
  isPaid: z.boolean(),
  /** ms UTC of an answer. */
  at: instantSchema.nullable(),
  /** Day of the data, or of the payment. */
  on: localDateSchema.nullable(),
  /** Channel or receipt number. */
  by: z.string().nullable(),
  central: centralStateSchema.nullable(),
});
export type GuardFact = z.infer<typeof guardFactSchema>;
