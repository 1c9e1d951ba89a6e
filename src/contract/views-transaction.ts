import { z } from 'zod';
import { amountSchema, instantSchema, localDateSchema, timeTrustSchema, uuidSchema } from './primitives.ts';
import { centralStateSchema } from './feeds.ts';
import { mirrorStateSchema } from './views-custody.ts';
import { checklistLineSchema } from './views-documents.ts';
import {
  amountViewSchema,
  guardFactSchema,
  refusalViewSchema,
  vehicleCardSchema,
  vehicleIdentitySchema,
} from './views-vehicle.ts';
import { JOURNAL_PAPER_KINDS } from './paper-kinds.ts';

const businessStateSchema = z.enum(['draft', 'assessed', 'paid', 'voided']);
const deliveryStateSchema = z.enum(['queued', 'sending', 'acknowledged', 'quarantined', 'exported']);
const printStateSchema = z.enum(['not-printed', 'printing', 'print-unknown', 'printed', 'spoiled']);
const documentsStateSchema = z.enum(['none', 'local', 'uploading', 'stored', 'missing']);

/** The five axes of a transaction, never one. `copies` is the number of papers beyond the original. */
export const axesSchema = z.object({
  business: businessStateSchema,
  delivery: deliveryStateSchema,
  central: centralStateSchema,
  print: printStateSchema,
  copies: z.int().nonnegative(),
  documents: documentsStateSchema,
});
export type Axes = z.infer<typeof axesSchema>;

/** A service that is being done at the counter now. Kept across a power cut; not money. */
export const draftViewSchema = z.object({
  transactionId: uuidSchema,
  vehicle: vehicleCardSchema,
  /** Null until the chassis tail was right. */
  identity: vehicleIdentitySchema.nullable(),
  triesLeft: z.int().nonnegative(),
  arrivedOn: localDateSchema.nullable(),
  arrivalId: uuidSchema.nullable(),
  groups: z.array(z.string()),
  documents: z.array(checklistLineSchema),
  /** The BPKB lies with a leasing company: its letter is asked for. */
  financed: z.boolean(),
  payer: z.object({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    blankReason: z.string().nullable(),
    isOwner: z.boolean(),
  }),
  /** Null until confirmed, or when the vehicle is refused. */
  amount: amountViewSchema.nullable(),
  /** Why no sale is possible; empty when one is. */
  refusals: z.array(refusalViewSchema),
  /** `sell`: money may be taken; `intake`: only papers and an arrival proof; `none`: only a price slip, or nothing. */
  offer: z.enum(['sell', 'intake', 'none']),
  quickAmounts: z.array(amountSchema),
  /** What is known of a payment for this vehicle and period, newest source first. */
  guard: z.array(guardFactSchema),
});
export type DraftView = z.infer<typeof draftViewSchema>;

/** A row of Riwayat. The plate is shown because the officer served it; no other personal data. */
export const transactionRowSchema = z.object({
  transactionId: uuidSchema,
  receiptNumber: z.string(),
  nrkb: z.string(),
  plateColour: z.enum(['white', 'black', 'yellow', 'red', 'green']),
  paidAt: instantSchema,
  paidOn: localDateSchema,
  total: amountSchema,
  payable: amountSchema,
  officerName: z.string(),
  axes: axesSchema,
});
export type TransactionRow = z.infer<typeof transactionRowSchema>;

/** One step in a transaction's life, oldest first. */
export const lifeStepSchema = z.object({
  at: instantSchema,
  kind: z.enum([
    'paid',
    'print-requested',
    'printed',
    'print-failed',
    'print-unknown',
    'print-answered',
    'copy',
    'sending',
    'acknowledged',
    'quarantined',
    'released',
    'settled-aside',
    'refused-aside',
    'decision',
    'final-receipt',
    'handed-over',
    'voided',
  ]),
  seq: z.int().nullable(),
  text: z.string(),
});

export const transactionViewSchema = z.object({
  row: transactionRowSchema,
  vehicle: z.object({ make: z.string(), model: z.string(), yearMade: z.int() }),
  maskedOwner: z.string(),
  figure: z.enum(['perkiraan', 'penetapan']),
  lines: amountViewSchema.shape.lines,
  byBeneficiary: amountViewSchema.shape.byBeneficiary,
  rounding: z.int(),
  tendered: amountSchema,
  change: amountSchema,
  means: z.enum(['cash', 'qris', 'transfer']),
  /** One of several vehicles of one payer: which, of how many. */
  basket: z.object({ place: z.int(), of: z.int(), tendered: amountSchema }).nullable(),
  periods: z.array(localDateSchema),
  seq: z.int().positive(),
  entryHash: z.string(),
  timeTrust: timeTrustSchema,
  life: z.array(lifeStepSchema),
  finalReceipt: z.object({ number: z.string(), issuedOn: localDateSchema, link: z.string() }).nullable(),
  decisionReason: z.string().nullable(),
  /** ms UTC since when the paper is genuine and no longer counts; null while it counts. */
  voidedAt: instantSchema.nullable(),
  /** By this counter, before it was sent; null where it stands, and where only the province voided it. */
  voided: z
    .object({ voidNumber: z.string(), at: instantSchema, reason: z.string(), approvedBy: z.string() })
    .nullable(),
  /** Whether a void is still the counter's to give, and why not. */
  mayVoid: z.enum(['yes', 'sent', 'other-session', 'voided', 'no-session', 'not-cash']),
  printJobs: z.array(
    z.object({
      jobId: uuidSchema,
      kind: z.enum(JOURNAL_PAPER_KINDS),
      copyNo: z.int(),
      state: z.enum(['requested', 'printed', 'failed', 'unknown', 'came-out', 'did-not-come-out']),
      printer: z.string(),
      at: instantSchema,
    }),
  ),
});
export type TransactionView = z.infer<typeof transactionViewSchema>;

/** What the screen shows right after a sale was taken back: how much goes back, and whether its second copy is there. */
export const voidedViewSchema = z.object({
  transactionId: uuidSchema,
  receiptNumber: z.string(),
  voidNumber: z.string(),
  returned: amountSchema,
  printJobId: uuidSchema.nullable(),
  /** "Mirrored before the cash goes back": anything but `ok` is said before the money is given. */
  secondCopy: mirrorStateSchema,
});
export type VoidedView = z.infer<typeof voidedViewSchema>;

/** What the screen shows right after the money was taken. */
export const paidViewSchema = z.object({
  transactionId: uuidSchema,
  means: z.enum(['cash', 'qris', 'transfer']),
  receiptNumber: z.string(),
  total: amountSchema,
  payable: amountSchema,
  tendered: amountSchema,
  change: amountSchema,
  /** Null when the paper could not even be asked for; the money is safe all the same. */
  printJobId: uuidSchema.nullable(),
  /** Where the second copy of this sale stood when its paper was asked for; `missing` and `none` are shown. */
  secondCopy: mirrorStateSchema,
});
export type PaidView = z.infer<typeof paidViewSchema>;

export const printJobViewSchema = z.object({
  jobId: uuidSchema,
  transactionId: uuidSchema.nullable(),
  receiptNumber: z.string().nullable(),
  kind: z.enum([...JOURNAL_PAPER_KINDS, 'quote', 'test']),
  copyNo: z.int().nonnegative(),
  printer: z.string(),
  state: z.enum(['waiting', 'printing', 'printed', 'failed', 'unknown']),
  detail: z.string().nullable(),
  requestedAt: instantSchema,
});
export type PrintJobView = z.infer<typeof printJobViewSchema>;
