import { z } from 'zod';
import { amountSchema, instantSchema, nonce64Schema, uuidSchema } from './primitives.ts';

/** Every word of the province about a payment is signed under this context; a screenshot is signed by nobody. */
export const PAYMENT_CONTEXT = 'opop/payment/1\0';

/** Means that need a line and a provider. */
export const providerMeansSchema = z.enum(['qris', 'transfer']);
export type ProviderMeans = z.infer<typeof providerMeansSchema>;

/**
 * Asks for a payment, after it, or for its end; always the whole request, so that a lost first one changes nothing. The
 * same id with other facts is refused. `nonce` is new in every question: an old answer is no answer.
 */
export const paymentQuestionSchema = z.object({
  ask: z.enum(['create', 'look', 'cancel']),
  paymentId: uuidSchema,
  transactionId: uuidSchema,
  means: providerMeansSchema,
  amount: amountSchema.refine((amount) => amount > 0),
  nonce: nonce64Schema,
});
export type PaymentQuestion = Readonly<z.infer<typeof paymentQuestionSchema>>;

/** What the citizen needs in order to pay: a QR to scan, or an account to transfer to. */
export const paymentOfferSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('qris'), text: z.string().min(20).max(500) }),
  z.object({ kind: z.literal('transfer'), bank: z.string().max(60), account: z.string().regex(/^\d{6,24}$/) }),
]);
export type PaymentOffer = Readonly<z.infer<typeof paymentOfferSchema>>;

/** `not-known`: no such payment was ever asked for, so nobody can pay it. */
const paymentWordSchema = z.enum(['pending', 'confirmed', 'failed', 'cancelled', 'expired', 'not-known']);

/** Text of the signed answer (context `PAYMENT_CONTEXT`); it repeats the question, so that it fits no other one. */
export const paymentStatementSchema = z.object({
  deviceId: uuidSchema,
  paymentId: uuidSchema,
  transactionId: uuidSchema,
  means: providerMeansSchema,
  amount: amountSchema,
  nonce: nonce64Schema,
  /** Name of the provider, as paper and screen say it. */
  provider: z.string().max(60),
  state: paymentWordSchema,
  offer: paymentOfferSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  /** With `confirmed`: when the provider took the money, and its number for it. */
  paidAt: instantSchema.nullable(),
  reference: z.string().max(60).nullable(),
  issuedAt: instantSchema,
});
export type PaymentStatement = Readonly<z.infer<typeof paymentStatementSchema>>;
