import { z } from 'zod';
import type { RulePack } from '../domain/rule-pack-document.ts';
import { OWNER_KINDS, SWDKLLJ_CLASSES, VEHICLE_KINDS, VEHICLE_USES } from '../domain/vehicle.ts';
import { localDateSchema, regencySchema } from './primitives.ts';

/** Rates and factors travel as decimal text and never pass through a binary float. */
const decimalSchema = z.string().regex(/^\d{1,6}(\.\d{1,18})?$/);
const wholeSchema = z.int().nonnegative();
/** Null and absent are both an open end. */
const openEnd = localDateSchema.nullable().default(null);
const span = { from: localDateSchema, to: openEnd };
const basis = z.string().max(400);

/** A rule pack as the province publishes it (assessment.md, "Rule pack"); an item of feed `rules`. */
const rulePackSchema = z.object({
  id: z.string().min(1).max(60),
  issuedOn: localDateSchema,
  validFrom: localDateSchema,
  validTo: openEnd,
  replaces: z.array(z.string().max(60)).max(50).default([]),
  note: z.string().max(1000).optional(),
  pkbRates: z
    .array(
      z.object({
        ...span,
        use: z.enum(VEHICLE_USES),
        ownerKind: z.enum(OWNER_KINDS),
        rank: z.int().min(1).max(5),
        rate: decimalSchema,
        basis,
      }),
    )
    .max(500),
  /** A kind that this version does not know is kept out of its reckoning, not a reason to refuse the pack. */
  weightFactors: z.record(z.string().max(60), decimalSchema),
  baseReliefs: z
    .array(
      z.object({
        ...span,
        use: z.enum(VEHICLE_USES),
        factor: decimalSchema,
        decidedBy: z.enum(['paidOn', 'dueOn']).default('paidOn'),
        basis,
      }),
    )
    .max(100)
    .default([]),
  opsenRate: decimalSchema,
  lateInterest: z.object({ perMonth: decimalSchema, capMonths: wholeSchema, basis: basis.optional() }),
  swdkllj: z.object({
    cardFee: wholeSchema,
    premiums: z.record(z.enum(SWDKLLJ_CLASSES), wholeSchema),
    fineSteps: z.array(z.object({ fromDay: wholeSchema, toDay: wholeSchema.nullable(), rate: decimalSchema })).max(50),
    fineCap: wholeSchema,
    cardFeePerArrearYear: z.boolean().default(false),
    basis: basis.optional(),
  }),
  subscriptionParking: z
    .array(
      z.object({
        ...span,
        regency: regencySchema,
        motorcycle: wholeSchema,
        car: wholeSchema,
        truck: wholeSchema,
        basis: basis.optional(),
      }),
    )
    .max(200)
    .default([]),
  waivers: z
    .array(
      z.object({
        ...span,
        id: z.string().max(100),
        basis,
        where: z.enum(['any', 'samsat-induk-only']),
        groups: z.array(z.string().max(60)).max(50).optional(),
        kinds: z.array(z.enum(VEHICLE_KINDS)).max(50).optional(),
        effects: z
          .array(z.enum(['pkb-fine', 'opsen-fine', 'swdkllj-past-fine', 'progressive']))
          .max(10)
          .default([]),
      }),
    )
    .max(200)
    .default([]),
  graceDays: z
    .array(z.object({ date: localDateSchema, regency: regencySchema.nullable().default(null), basis }))
    .max(1000)
    .default([]),
  rounding: z.object({ unit: z.int().positive(), mode: z.enum(['half-up', 'up', 'down']) }),
  arrears: z.object({ pkbYears: wholeSchema, swdklljYears: wholeSchema }),
  channel: z.object({ maxDaysLate: wholeSchema, earliestDaysBeforeDue: wholeSchema, renewalYear: z.boolean() }),
});

/** Parses a rule pack; the answer's type is the domain's own. */
export function parseRulePack(
  value: unknown,
): { readonly ok: true; readonly value: RulePack } | { readonly ok: false; readonly path: readonly string[] } {
  const parsed = rulePackSchema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, path: (parsed.error.issues[0]?.path ?? []).map(String) };
}
