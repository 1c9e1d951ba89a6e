import { z } from 'zod';
import { CASE_OWNERS, EXCEPTION_KINDS } from '../domain/exception-case.ts';
import { REFUND_PAPERS } from '../domain/refund-papers.ts';
import { REFUND_STATES } from '../domain/refund-state.ts';
import { chargeComponentSchema } from './charge-parts.ts';
import { formKindSchema } from './entry-bodies-documents.ts';
import { amountSchema, hashSchema, instantSchema, localDateSchema, rupiahSchema, uuidSchema } from './primitives.ts';
import { asideSchema, mirrorStateSchema } from './views-custody.ts';

/** Papers of a case that can be printed again. */
export const CASE_PAPERS = ['top-up', 'refund-slip', 'refund-form'] as const;

const ownerSchema = z.enum(CASE_OWNERS);

/** Numbers of forms, or of sheets of the emergency book (`form` null), of which nobody has said anything. */
export const numberGapSchema = z.object({
  form: formKindSchema.nullable(),
  series: z.string(),
  from: z.int(),
  to: z.int(),
});

/** What the officer sees before a sale is asked back on its own day. */
export const cancellationViewSchema = z.object({
  transactionId: uuidSchema,
  may: z.enum(['yes', 'void-instead', 'returned', 'asked', 'other-day', 'too-late']),
  /** ms UTC until which a request is taken. */
  until: instantSchema,
  /** `settled`: it is booked here already, only a refund is left; `open`: the province decides. */
  likely: z.enum(['settled', 'open']),
  payable: amountSchema,
  entryHash: hashSchema,
  asked: z
    .object({
      at: instantSchema,
      answer: z.enum(['voided', 'settled']).nullable(),
      answeredAt: instantSchema.nullable(),
    })
    .nullable(),
});
export type CancellationView = z.infer<typeof cancellationViewSchema>;

const partViewSchema = z.object({
  component: chargeComponentSchema,
  periodDueOn: localDateSchema,
  taken: amountSchema,
  waived: amountSchema,
  expected: amountSchema,
  state: z.string(),
});

/** An application for a refund; whose account it is stands sealed in its entry alone. */
export const refundViewSchema = z.object({
  refundId: uuidSchema,
  number: z.string(),
  amount: amountSchema,
  state: z.enum(REFUND_STATES),
  requestedAt: instantSchema,
  askedBy: z.string(),
  /** A supervisor has said yes at this counter; the province's word may still be on its way. */
  approvedHere: z.boolean(),
  reference: z.string().nullable(),
  reason: z.string().nullable(),
});

/** The page of one case: facts side by side, where the money is, what was done and what is next. */
export const casePageSchema = z.object({
  caseId: z.string().max(100),
  kind: z.enum(EXCEPTION_KINDS),
  /** Whether it still waits for somebody. */
  isOpen: z.boolean(),
  openedAt: instantSchema,
  ageDays: z.int().nonnegative(),
  /** Null until somebody takes it in hand. */
  number: z.string().nullable(),
  owner: ownerSchema,
  promisedOn: localDateSchema,
  complaintPhone: z.string(),
  transactionId: uuidSchema.nullable(),
  cashSessionId: uuidSchema.nullable(),
  nrkb: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  reason: z.string().nullable(),
  /** Of an entry that was set aside and is not any more: how that ended. */
  aside: asideSchema.nullable(),
  counterTotal: amountSchema.nullable(),
  provinceTotal: amountSchema.nullable(),
  parts: z.array(partViewSchema),
  /** Where every rupiah stands now; positive is held, negative owed; with the cash they sum to zero. */
  money: z.array(z.object({ account: z.string(), amount: rupiahSchema })),
  steps: z.array(
    z.object({ step: z.string(), by: ownerSchema, state: z.enum(['done', 'next', 'later', 'not-needed']) }),
  ),
  life: z.array(
    z.object({
      at: instantSchema,
      type: z.string(),
      officerName: z.string(),
      text: z.string(),
      /** Place of a note, which is sealed: `cases.open-note` reads it. */
      sealedNote: z.int().positive().nullable(),
    }),
  ),
  /** What somebody may declare missing from here. */
  gap: numberGapSchema.nullable(),
  shortfall: z
    .object({
      decisionId: uuidSchema,
      total: amountSchema,
      payable: amountSchema,
      rounding: rupiahSchema,
      mayWaive: z.boolean(),
    })
    .nullable(),
  /** Decision of a rejected sale that a supervisor may match with its vehicle; null for every other case. */
  matchDecisionId: uuidSchema.nullable(),
  cashRefund: z
    .object({ may: z.string(), amount: amountSchema, entryHash: hashSchema, number: z.string().nullable() })
    .nullable(),
  /** What an application would ask for; null where nothing can be asked back now. */
  refundToAsk: z.object({ amount: amountSchema, whole: z.boolean() }).nullable(),
  refunds: z.array(refundViewSchema),
  /** Papers of an application; null where none is in question. */
  refundPapers: z
    .object({
      /** Where the pages go; null until the case has its number. */
      stream: uuidSchema.nullable(),
      /** What has to come before an application, or a reason. */
      missing: z.array(z.enum(REFUND_PAPERS)),
      papers: z.array(z.object({ kind: z.enum(REFUND_PAPERS), pages: z.int().nonnegative() })),
    })
    .nullable(),
  /** Papers that were printed about the case and can be printed again. */
  papers: z.array(
    z.object({
      paper: z.enum(CASE_PAPERS),
      number: z.string(),
      /** A printer that went silent: did it come out? */
      unknownJobId: uuidSchema.nullable(),
    }),
  ),
  cancellation: cancellationViewSchema.nullable(),
});
export type CasePage = z.infer<typeof casePageSchema>;

/** What the screen shows right after the rest of a bill was taken. */
export const collectedViewSchema = z.object({
  collectionNumber: z.string(),
  payable: amountSchema,
  change: amountSchema,
  printJobId: uuidSchema.nullable(),
  secondCopy: mirrorStateSchema,
});

/** What the screen shows right after cash went back. */
export const cashRefundedViewSchema = z.object({
  refundNumber: z.string(),
  amount: amountSchema,
  printJobId: uuidSchema.nullable(),
  /** "Mirrored before the cash goes back": anything but `ok` is said before the money is given. */
  secondCopy: mirrorStateSchema,
});

/** What the screen shows right after an application was written down. */
export const refundRequestedViewSchema = z.object({
  refundId: uuidSchema,
  refundNumber: z.string(),
  amount: amountSchema,
  printJobId: uuidSchema.nullable(),
});
