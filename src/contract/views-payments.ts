import { z } from 'zod';
import { providerMeansSchema } from './payments.ts';
import { amountSchema, instantSchema, uuidSchema } from './primitives.ts';
import { mirrorStateSchema } from './views-custody.ts';
import { refusalViewSchema } from './views-vehicle.ts';
import { paidViewSchema } from './views-transaction.ts';

/** One vehicle among several of one payer. */
const basketItemSchema = z.object({
  transactionId: uuidSchema,
  nrkb: z.string(),
  plateColour: z.enum(['white', 'black', 'yellow', 'red', 'green']),
  makeModel: z.string(),
  /** What this one costs now, or cost when it was paid; null where it cannot be sold any more. */
  payable: amountSchema.nullable(),
  receiptNumber: z.string().nullable(),
  refusals: z.array(refusalViewSchema),
});

/** Several vehicles of one payer: one tender, one change, a sale and a paper for each. */
export const basketViewSchema = z.object({
  basketId: uuidSchema,
  /** `paying`: the money lies on the table and not every sale is on the disk; `ended`: the rest went back. */
  state: z.enum(['open', 'paying', 'paid', 'ended']),
  items: z.array(basketItemSchema),
  /** Sum of what is in it. */
  payable: amountSchema,
  /** Sales that are on the disk, and what they took. */
  paid: z.int().nonnegative(),
  taken: amountSchema,
  /** Null until the money lies on the table. */
  tendered: amountSchema.nullable(),
  /** What goes back to the payer if nothing more is sold; the change once all is paid. */
  giveBack: amountSchema,
});
export type BasketView = z.infer<typeof basketViewSchema>;

/** What became of one tender for several vehicles. */
export const basketPaidViewSchema = z.object({
  basket: basketViewSchema,
  /** Why it stopped on the way; null when every sale is on the disk. */
  stopped: z
    .object({
      code: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable(),
  printJobIds: z.array(uuidSchema),
  secondCopy: mirrorStateSchema,
});
export type BasketPaidView = z.infer<typeof basketPaidViewSchema>;

/** A payment by QRIS or transfer. */
export const paymentViewSchema = z.object({
  paymentId: uuidSchema,
  transactionId: uuidSchema,
  nrkb: z.string(),
  means: providerMeansSchema,
  amount: amountSchema,
  state: z.enum(['unknown', 'pending', 'confirmed', 'sold', 'failed', 'released', 'paid-twice']),
  /** Why it failed, as the provider named it. */
  outcome: z.string().nullable(),
  provider: z.string().nullable(),
  /** Dark runs of the QR on a square of `modules` edge. */
  qr: z
    .object({
      modules: z.int().positive(),
      runs: z.array(z.object({ x: z.int(), y: z.int(), length: z.int().positive() })),
    })
    .nullable(),
  account: z.object({ bank: z.string(), number: z.string() }).nullable(),
  expiresAt: instantSchema.nullable(),
  requestedAt: instantSchema,
  /** Set once its sale is on the disk. */
  paid: paidViewSchema.nullable(),
});
export type PaymentView = z.infer<typeof paymentViewSchema>;
