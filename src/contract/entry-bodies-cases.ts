import { z } from 'zod';
import { CASE_OWNERS, EXCEPTION_KINDS } from '../domain/exception-case.ts';
import { chargeComponentSchema, partAmountSchema } from './charge-parts.ts';
import {
  amountSchema,
  hashSchema,
  localDateSchema,
  officerIdSchema,
  rupiahSchema,
  sealedBodySchema,
  uuidSchema,
} from './primitives.ts';

const ledgerLinesSchema = z.array(z.object({ account: z.string().min(1).max(60), amount: rupiahSchema })).max(120);
const ownerSchema = z.enum(CASE_OWNERS);
const reason = z.string().max(300);
const ofCase = { caseId: uuidSchema, caseNumber: z.string().max(60) };

/** What only the holder of the body key can read of an application for a refund. */
export const refundPersonalSchema = z.object({
  accountHolder: z.string().max(120),
  bank: z.string().max(60),
  accountNumber: z.string().max(40),
  phone: z.string().max(30).nullable(),
});
export type RefundPersonal = Readonly<z.infer<typeof refundPersonalSchema>>;

/** What only the holder of the body key can read of a match: the vehicle that it was. */
export const matchPersonalSchema = z.object({ nrkb: z.string().max(20), chassisNumber: z.string().max(40) });
export type MatchPersonal = Readonly<z.infer<typeof matchPersonalSchema>>;

/** What only the holder of the body key can read of a note. */
export const notePersonalSchema = z.object({ note: z.string().max(500) });

/** A component and period of which money goes back. */
export const refundPartSchema = z.object({
  component: chargeComponentSchema,
  periodDueOn: localDateSchema,
  amount: amountSchema,
});

/** Bodies of what people do about cases, by entry type; what the tax office decides comes in its feed and is no entry. */
export const caseEntryBodies = {
  /** Somebody took a case in hand: from now on it has a number that a citizen can name. Idempotent by `caseKey`. */
  'case.opened': z.object({
    ...ofCase,
    /** What the case is about: a sale, a paper, an entry, a drawer. */
    caseKey: z.string().max(100),
    kind: z.enum(EXCEPTION_KINDS),
    transactionId: uuidSchema.nullable(),
    owner: ownerSchema,
    promisedOn: localDateSchema,
  }),
  'case.assigned': z.object({ ...ofCase, owner: ownerSchema, reason }),
  /** To Samsat Induk, with a letter that bears the case's number. */
  'case.escalated': z.object({ ...ofCase, owner: ownerSchema, reason }),
  'case.noted': z.object({ ...ofCase, sealed: sealedBodySchema }),
  /** The rest of a bill that came short: cash on the same accounts as the sale, with a paper of its own. */
  'shortfall.collected': z.object({
    collectionId: uuidSchema,
    collectionNumber: z.string().max(60),
    transactionId: uuidSchema,
    receiptNumber: z.string().max(60),
    /** The decision that named what was short. */
    decisionId: uuidSchema,
    collectedOn: localDateSchema,
    parts: z.array(partAmountSchema).min(1).max(100),
    total: amountSchema,
    rounding: rupiahSchema,
    payable: amountSchema,
    tendered: amountSchema,
    change: amountSchema,
    ledgerLines: ledgerLinesSchema,
  }),
  /** The same by nobody's cash: a supervisor waives it within the policy. */
  'shortfall.waived': z.object({
    waiverId: uuidSchema,
    transactionId: uuidSchema,
    decisionId: uuidSchema,
    parts: z.array(partAmountSchema).min(1).max(100),
    total: amountSchema,
    reason,
    approvedBy: officerIdSchema,
    ledgerLines: ledgerLinesSchema,
  }),
  /** A supervisor says which vehicle it was; the province checks it against its register. */
  'case.matched': z.object({
    matchId: uuidSchema,
    transactionId: uuidSchema,
    decisionId: uuidSchema,
    sealed: sealedBodySchema,
  }),
  /** Permintaan pembatalan hari yang sama: after sending only the province can undo a sale (OPOP-Sync/1 13.4). */
  'cancellation.requested': z.object({
    requestId: uuidSchema,
    transactionId: uuidSchema,
    /** Hash of the sale's entry. */
    paidHash: hashSchema,
    reason,
    approvedBy: officerIdSchema,
  }),
  /** An application for a refund: the account is sealed, the papers are pages of its case. */
  'refund.requested': z.object({
    refundId: uuidSchema,
    refundNumber: z.string().max(60),
    transactionId: uuidSchema,
    parts: z.array(refundPartSchema).min(1).max(100),
    /** Everything that was handed over goes back, fee and rounding too. */
    whole: z.boolean(),
    amount: amountSchema,
    /** Pages that lay there: identity, original paper; the signed form follows in the stream of the case. */
    documentIds: z.array(hashSchema).max(10),
    /** Why identity or original paper were not there. */
    withoutPapers: reason.optional(),
    sealed: sealedBodySchema,
  }),
  /** By a person who did not ask for it. */
  'refund.approved': z.object({ refundId: uuidSchema, transactionId: uuidSchema, approvedBy: officerIdSchema }),
  /**
   * Cash back from the same session, to the payer, against the original paper, by two people: every ledger line of the sale
   * and of what was collected later, with the opposite sign.
   */
  'refund.paid-in-cash': z.object({
    refundId: uuidSchema,
    refundNumber: z.string().max(60),
    transactionId: uuidSchema,
    receiptNumber: z.string().max(60),
    paidHash: hashSchema,
    amount: amountSchema,
    reason,
    approvedBy: officerIdSchema,
    ledgerLines: ledgerLinesSchema,
  }),
} as const;
