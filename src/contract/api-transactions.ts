import { z } from 'zod';
import { APPROVAL_ERRORS, approvalProofSchema } from './approval-proof.ts';
import { documentKindSchema } from './entry-bodies-documents.ts';
import { amountSchema, localDateSchema, nrkbSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { arrivalRowSchema } from './views-counter.ts';
import {
  draftViewSchema,
  paidViewSchema,
  printJobViewSchema,
  transactionRowSchema,
  transactionViewSchema,
  voidedViewSchema,
} from './views-transaction.ts';
import { vehicleCardSchema } from './views-vehicle.ts';

const transaction = z.strictObject({ transactionId: uuidSchema });
const phoneSchema = z
  .string()
  .trim()
  .regex(/^\+?[\d -]{6,20}$/);
const draftErrors = ['TRANSACTION_UNKNOWN', 'TRANSACTION_CLOSED'] as const;
const sellRefusals = [
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
  'NOTHING_TO_PAY',
  'BILL_EXPIRED',
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
] as const;

/** The main job: find, confirm, assess, take the cash, print, find again. */
export const apiTransactions = {
  /** By plate in any spelling, by the last five of the chassis number, or by NIK. */
  'vehicles.find': query({
    access: 'officer',
    input: z.strictObject({ text: textSchema(40).min(1) }),
    output: z.array(vehicleCardSchema),
    errors: ['NRKB_INVALID', 'NRKB_LOOKALIKE', 'NRKB_OTHER_PROVINCE', 'SEARCH_TOO_SHORT', 'VEHICLE_UNKNOWN'],
    staleAfter: ['registry', 'transactions'],
  }),
  'transactions.begin': command({
    access: 'officer',
    input: z.strictObject({ vehicleId: uuidSchema, arrivalId: uuidSchema.nullable().default(null) }),
    output: draftViewSchema,
    errors: ['VEHICLE_UNKNOWN', 'ARRIVAL_UNKNOWN'],
  }),
  /** Only the right last five characters of the chassis number show the owner and the amount. */
  'transactions.confirm': command({
    access: 'officer',
    input: z.strictObject({ transactionId: uuidSchema, chassisTail: textSchema(30).min(1) }),
    output: draftViewSchema,
    errors: [...draftErrors, 'CHASSIS_TAIL_WRONG', 'CHASSIS_TAIL_BLOCKED'],
  }),
  'transactions.draft': query({
    access: 'officer',
    input: transaction,
    output: draftViewSchema,
    errors: draftErrors,
    staleAfter: ['transactions', 'registry', 'cash-session', 'status'],
  }),
  /** The draft that was open when the power went, if any. */
  'transactions.unfinished': query({
    access: 'officer',
    input: z.strictObject({}),
    output: draftViewSchema.nullable(),
    errors: [],
    staleAfter: ['sign-in'],
  }),
  'transactions.set-documents': command({
    access: 'officer',
    input: z.strictObject({
      transactionId: uuidSchema,
      documents: z
        .array(z.strictObject({ kind: documentKindSchema, present: z.boolean(), held: z.boolean().default(false) }))
        .max(30),
    }),
    output: draftViewSchema,
    errors: draftErrors,
  }),
  /** The BPKB lies with a leasing company: its letter is asked for. */
  'transactions.set-financed': command({
    access: 'officer',
    input: z.strictObject({ transactionId: uuidSchema, financed: z.boolean() }),
    output: draftViewSchema,
    errors: draftErrors,
  }),
  'transactions.set-payer': command({
    access: 'officer',
    input: z.strictObject({
      transactionId: uuidSchema,
      name: textSchema(120).trim().nullable(),
      phone: phoneSchema.nullable(),
      blankReason: textSchema(200).trim().nullable(),
      isOwner: z.boolean(),
    }),
    output: draftViewSchema,
    errors: draftErrors,
  }),
  'transactions.set-groups': command({
    access: 'officer',
    input: z.strictObject({ transactionId: uuidSchema, groups: z.array(textSchema(40).min(1)).max(10) }),
    output: draftViewSchema,
    errors: draftErrors,
  }),
  /** One commit, whatever is pressed how often: the same call again answers the same sale. */
  'transactions.pay': command({
    access: 'officer',
    input: z.strictObject({
      transactionId: uuidSchema,
      tendered: amountSchema,
      /** What the screen showed: another amount is refused, so nobody pays what he did not see. */
      expectedPayable: amountSchema,
      /** The sum that the officer confirmed after he was asked whether it can be true; it must be the one tendered. */
      confirmedTendered: amountSchema.nullable().default(null),
      printerId: textSchema(60).nullable().default(null),
    }),
    output: paidViewSchema,
    errors: [
      ...draftErrors,
      ...sellRefusals,
      'TRANSACTION_NOT_CONFIRMED',
      'ALREADY_PAID',
      'AMOUNT_CHANGED',
      'TENDERED_TOO_LITTLE',
      'TENDERED_IMPLAUSIBLE',
      'CHANGE_NOT_GIVABLE',
      'IN_BASKET',
      'DOCUMENTS_INCOMPLETE',
      'PAYER_MISSING',
    ],
  }),
  /** Policy intake-only and no line: papers are taken in, the arrival is proved, no cash. */
  'transactions.record-arrival': command({
    access: 'officer',
    input: transaction,
    output: z.object({ arrival: arrivalRowSchema, printJobId: uuidSchema.nullable() }),
    errors: [...draftErrors, 'TRANSACTION_NOT_CONFIRMED', 'PAYER_MISSING'],
  }),
  /** A citizen whose vehicle the local registry does not know: his arrival is proved all the same. */
  'arrivals.record': command({
    access: 'officer',
    input: z.strictObject({
      nrkb: nrkbSchema,
      name: textSchema(120).trim().nullable(),
      phone: phoneSchema.nullable(),
      blankReason: textSchema(200).trim().nullable(),
    }),
    output: z.object({ arrival: arrivalRowSchema, printJobId: uuidSchema.nullable() }),
    errors: ['PAYER_MISSING'],
  }),
  /** A price slip headed BUKAN BUKTI BAYAR; no sale, no number. */
  'transactions.print-quote': command({
    access: 'officer',
    input: transaction,
    output: printJobViewSchema,
    errors: [...draftErrors, 'TRANSACTION_NOT_CONFIRMED', 'NOTHING_TO_PRINT', 'PRINTER_SILENT'],
  }),
  'transactions.abandon': command({
    access: 'officer',
    input: transaction,
    output: z.strictObject({}),
    errors: [...draftErrors, 'IN_BASKET', 'PAYMENT_UNRESOLVED'],
  }),

  /* -- Riwayat -- */
  'transactions.search': query({
    access: 'signed-in',
    input: z.strictObject({
      /** Plate, receipt number, amount, or a fragment of the owner's or payer's name; empty for the newest. */
      text: textSchema(80).default(''),
      from: localDateSchema.nullable().default(null),
      to: localDateSchema.nullable().default(null),
      limit: z.int().min(1).max(20_000).default(200),
    }),
    output: z.array(transactionRowSchema),
    errors: [],
    staleAfter: ['transactions', 'outbox', 'exceptions', 'printing'],
  }),
  'transactions.get': query({
    access: 'signed-in',
    input: transaction,
    output: transactionViewSchema,
    errors: ['TRANSACTION_UNKNOWN'],
    staleAfter: ['transactions', 'outbox', 'exceptions', 'printing'],
  }),
  /** Same number, SALINAN n, with a reason; an entry. */
  'transactions.reprint': command({
    access: 'officer',
    input: z.strictObject({
      transactionId: uuidSchema,
      reason: textSchema(200).trim().min(3),
      printerId: textSchema(60).nullable().default(null),
      /** Of a supervisor, for copies above the policy's number. */
      approval: approvalProofSchema.nullable().default(null),
    }),
    output: printJobViewSchema,
    errors: [
      'TRANSACTION_UNKNOWN',
      'PRINTER_UNKNOWN',
      'PERSON_ERASED',
      'ALREADY_VOIDED',
      'APPROVAL_NEEDED',
      ...APPROVAL_ERRORS,
    ],
  }),
  /** Takes a sale back while nothing of it has left; one commit, two people, then the slip with both numbers. */
  'transactions.void': command({
    access: 'officer',
    input: z.strictObject({
      transactionId: uuidSchema,
      reason: textSchema(200).trim().min(3),
      approval: approvalProofSchema,
      printerId: textSchema(60).nullable().default(null),
    }),
    output: voidedViewSchema,
    errors: [
      'TRANSACTION_UNKNOWN',
      'VOID_ALREADY_SENT',
      'VOID_OTHER_SESSION',
      'VOID_NOT_CASH',
      'ALREADY_VOIDED',
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_OF_OTHER',
      ...APPROVAL_ERRORS,
    ],
  }),
  /** Erases the person of a sale or an arrival (UU 27/2022); the money and its proof stay. */
  'transactions.erase-person': command({
    access: 'supervisor',
    input: z.strictObject({ transactionId: uuidSchema, reason: textSchema(200).trim().min(3) }),
    output: z.object({}),
    errors: ['TRANSACTION_UNKNOWN'],
  }),
  'transactions.print-final': command({
    access: 'officer',
    input: z.strictObject({ transactionId: uuidSchema, printerId: textSchema(60).nullable().default(null) }),
    output: printJobViewSchema,
    errors: ['TRANSACTION_UNKNOWN', 'NOTHING_TO_PRINT', 'PRINTER_UNKNOWN', 'PERSON_ERASED'],
  }),
} as const;
