import { z } from 'zod';
import { amountSchema, localDateSchema, regencySchema } from './primitives.ts';

export const beneficiarySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('province') }),
  z.object({ kind: z.literal('regency'), code: regencySchema }),
  z.object({ kind: z.literal('jasa-raharja') }),
]);

export const chargeComponentSchema = z.enum([
  'pkb',
  'pkbFine',
  'opsenPkb',
  'opsenPkbFine',
  'swdkllj',
  'swdklljFine',
  'subscriptionParking',
]);

/** An amount of one component and period, and whose money it is. */
export const partAmountSchema = z.object({
  component: chargeComponentSchema,
  periodDueOn: localDateSchema,
  beneficiary: beneficiarySchema,
  amount: amountSchema,
});
