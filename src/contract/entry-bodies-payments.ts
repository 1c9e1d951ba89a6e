import { z } from 'zod';
import { providerMeansSchema } from './payments.ts';
import { amountSchema, keyIdSchema, officerIdSchema, rupiahSchema, signatureSchema, uuidSchema } from './primitives.ts';

/** A signed statement of the province about a payment, short enough to stand in an entry. */
const confirmationSchema = z.object({ text: z.string().max(2_000), keyId: keyIdSchema, sig: signatureSchema });

/** What a sale adds that was not paid in cash; absent from a cash sale, as in every entry of before. */
export const paidBySchema = z.object({
  means: providerMeansSchema,
  paymentId: uuidSchema,
  /** The province's signed word that the provider has the money. */
  confirmation: confirmationSchema,
});

/** One sale among several of one payer; `tendered` is what he handed over for all of them. */
export const basketShareSchema = z.object({
  basketId: uuidSchema,
  place: z.int().min(1).max(20),
  of: z.int().min(2).max(20),
  tendered: amountSchema,
});
export type BasketShare = Readonly<z.infer<typeof basketShareSchema>>;

/** Bodies of what happens to payments beside the sale itself, by entry type. */
export const paymentEntryBodies = {
  /** Committed before the provider is asked: from here on no second collection begins. */
  'payment.requested': z.object({
    paymentId: uuidSchema,
    transactionId: uuidSchema,
    means: providerMeansSchema,
    amount: amountSchema,
  }),
  /** No money came, by the provider's signed word; or a supervisor decided that the citizen may pay otherwise. */
  'payment.ended': z.object({
    paymentId: uuidSchema,
    transactionId: uuidSchema,
    outcome: z.enum(['failed', 'cancelled', 'expired', 'not-known', 'released']),
    reason: z.string().max(200).nullable(),
    approvedBy: officerIdSchema.nullable(),
  }),
  /** The provider has money for what was paid already: it is the payer's, and a case until he has it back. */
  'payment.paid-twice': paidBySchema.extend({
    transactionId: uuidSchema,
    amount: amountSchema,
    ledgerLines: z.array(z.object({ account: z.string().min(1).max(60), amount: rupiahSchema })).max(20),
  }),
  /** The change was not in the drawer: nothing was sold, and what was handed over went back. */
  'change.unavailable': z.object({ transactionId: uuidSchema, payable: amountSchema, tendered: amountSchema }),
  /** Several sales of one payer stopped on the way: what was taken, and what went back to him. */
  'basket.broken-off': z.object({
    basketId: uuidSchema,
    paid: z.int().nonnegative(),
    of: z.int().positive(),
    tendered: amountSchema,
    taken: amountSchema,
    returned: amountSchema,
  }),
} as const;
