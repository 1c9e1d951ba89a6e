import { z } from 'zod';
import { CASE_OWNERS } from '../domain/exception-case.ts';
import { APPROVAL_ERRORS, approvalProofSchema } from './approval-proof.ts';
import { amountSchema, nrkbSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import {
  CASE_PAPERS,
  cancellationViewSchema,
  cashRefundedViewSchema,
  casePageSchema,
  collectedViewSchema,
  refundRequestedViewSchema,
  refundViewSchema,
} from './views-cases.ts';
import { printJobViewSchema } from './views-transaction.ts';

const caseId = z.strictObject({ caseId: textSchema(100).min(1) });
const reason = textSchema(200).trim().min(3);
const printerId = textSchema(60).nullable().default(null);
const sale = { transactionId: uuidSchema };
const standErrors = ['TRANSACTION_UNKNOWN', 'CASE_CHANGED', 'CASE_SETTLED', 'ALREADY_VOIDED'] as const;

/** Cases as pages, and what people do about them. */
export const apiCases = {
  'cases.page': query({
    access: 'signed-in',
    input: caseId,
    output: casePageSchema,
    errors: ['CASE_UNKNOWN'],
    staleAfter: ['exceptions', 'transactions', 'outbox', 'cash-session', 'documents', 'printing'],
  }),
  /** Gives the case its number; again it is the same one. */
  'cases.open': command({ access: 'signed-in', input: caseId, output: casePageSchema, errors: ['CASE_UNKNOWN'] }),
  /** To another owner; to the province it is an escalation, with a letter. */
  'cases.assign': command({
    access: 'signed-in',
    input: z.strictObject({ ...caseId.shape, owner: z.enum(CASE_OWNERS), reason }),
    output: casePageSchema,
    errors: ['CASE_UNKNOWN'],
  }),
  'cases.note': command({
    access: 'signed-in',
    input: z.strictObject({ ...caseId.shape, note: textSchema(500).trim().min(3) }),
    output: casePageSchema,
    errors: ['CASE_UNKNOWN', 'PERSON_ERASED'],
  }),
  /** What a note says: it may name a person, so the look and its reason are an entry. */
  'cases.open-note': command({
    access: 'signed-in',
    input: z.strictObject({ ...caseId.shape, seq: z.int().positive(), reason }),
    output: z.object({ note: z.string() }),
    errors: ['CASE_UNKNOWN', 'PERSON_ERASED'],
  }),
  /** Surat Keterangan for the citizen: case number, promised day, whom to call. */
  'cases.print-letter': command({
    access: 'signed-in',
    input: z.strictObject({ ...caseId.shape, printerId }),
    output: printJobViewSchema,
    errors: ['CASE_UNKNOWN', 'PRINTER_UNKNOWN', 'PERSON_ERASED'],
  }),
  /** A paper of the case once more, as SALINAN n with its reason. */
  'cases.reprint': command({
    access: 'officer',
    input: z.strictObject({
      ...sale,
      paper: z.enum(CASE_PAPERS),
      reason,
      printerId,
      /** Of a supervisor, for copies above the policy's number. */
      approval: approvalProofSchema.nullable().default(null),
    }),
    output: printJobViewSchema,
    errors: ['TRANSACTION_UNKNOWN', 'NOTHING_TO_PRINT', 'PRINTER_UNKNOWN', 'APPROVAL_NEEDED', ...APPROVAL_ERRORS],
  }),
  'shortfalls.collect': command({
    access: 'officer',
    input: z.strictObject({
      ...sale,
      decisionId: uuidSchema,
      expectedPayable: amountSchema,
      tendered: amountSchema,
      confirmedTendered: amountSchema.nullable().default(null),
      printerId,
    }),
    output: collectedViewSchema,
    errors: [
      ...standErrors,
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_OF_OTHER',
      'AMOUNT_CHANGED',
      'TENDERED_TOO_LITTLE',
      'TENDERED_IMPLAUSIBLE',
      'CHANGE_NOT_GIVABLE',
    ],
  }),
  'shortfalls.waive': command({
    access: 'signed-in',
    input: z.strictObject({ ...sale, decisionId: uuidSchema, reason, approval: approvalProofSchema }),
    output: z.strictObject({}),
    errors: [...standErrors, 'SHORTFALL_TOO_LARGE', ...APPROVAL_ERRORS],
  }),
  /** A supervisor says which vehicle it was; the province checks it against its register. */
  'cases.match': command({
    access: 'supervisor',
    input: z.strictObject({
      ...sale,
      decisionId: uuidSchema,
      nrkb: nrkbSchema,
      chassisNumber: textSchema(40).trim().min(5),
    }),
    output: z.strictObject({}),
    errors: ['TRANSACTION_UNKNOWN', 'CASE_CHANGED', 'CASE_SETTLED', 'PERSON_ERASED'],
  }),
  'cancellations.preview': query({
    access: 'signed-in',
    input: z.strictObject(sale),
    output: cancellationViewSchema,
    errors: ['TRANSACTION_UNKNOWN'],
    staleAfter: ['transactions', 'exceptions', 'outbox'],
  }),
  'cancellations.request': command({
    access: 'officer',
    input: z.strictObject({ ...sale, reason, approval: approvalProofSchema }),
    output: cancellationViewSchema,
    errors: ['TRANSACTION_UNKNOWN', 'CANCELLATION_NOT_NOW', ...APPROVAL_ERRORS],
  }),
  /** Against the original paper, by its number or the text of its QR, to the payer; two people. */
  'refunds.pay-in-cash': command({
    access: 'officer',
    input: z.strictObject({
      ...sale,
      paper: textSchema(4000).trim().min(6),
      isPayer: z.literal(true),
      reason,
      approval: approvalProofSchema,
      printerId,
    }),
    output: cashRefundedViewSchema,
    errors: ['TRANSACTION_UNKNOWN', 'REFUND_NOT_IN_CASH', 'PAPER_NOT_OF_SALE', 'PERSON_ERASED', ...APPROVAL_ERRORS],
  }),
  'refunds.request': command({
    access: 'officer',
    input: z.strictObject({
      ...sale,
      accountHolder: textSchema(120).trim().min(2),
      bank: textSchema(60).trim().min(2),
      accountNumber: textSchema(40)
        .trim()
        .regex(/^[\d .-]{5,40}$/),
      phone: textSchema(30).trim().nullable(),
      /** Why identity or original paper are not among the pages of the case. */
      withoutPapers: reason.nullable().default(null),
      printerId,
    }),
    output: refundRequestedViewSchema,
    errors: ['TRANSACTION_UNKNOWN', 'REFUND_NOT_NOW', 'REFUND_PAPERS_MISSING', 'PERSON_ERASED'],
  }),
  'refunds.approve': command({
    access: 'signed-in',
    input: z.strictObject({ refundId: uuidSchema, approval: approvalProofSchema }),
    output: refundViewSchema,
    errors: ['REFUND_UNKNOWN', 'REFUND_NOT_NOW', ...APPROVAL_ERRORS],
  }),
} as const;
