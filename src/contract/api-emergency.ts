import { z } from 'zod';
import { sheetNumberSchema } from './entry-bodies-emergency.ts';
import { amountSchema, instantSchema, nrkbSchema, officerIdSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { emergencyBookViewSchema, emergencySheetViewSchema } from './views-emergency.ts';

const nothing = z.strictObject({});
const reasonSchema = textSchema(200).trim().min(3);
const transaction = { transactionId: uuidSchema };

/** The emergency receipt book: what was written by hand while the counter was dead, and comes into the journal afterwards. */
export const apiEmergency = {
  /** Books, their gaps, and what was said of each number; plates of sheets that are still open are shown. */
  'emergency.book': query({
    access: 'signed-in',
    input: nothing,
    output: emergencyBookViewSchema,
    errors: [],
    staleAfter: ['transactions', 'documents'],
  }),
  'emergency.receive-book': command({
    access: 'signed-in',
    input: z.strictObject({ from: sheetNumberSchema, to: sheetNumberSchema, note: textSchema(60).trim().min(1) }),
    output: emergencyBookViewSchema,
    errors: ['FORM_RANGE_INVALID', 'EMERGENCY_BOOK_KNOWN'],
  }),
  /**
   * What the paper says, as it says it. Idempotent by transaction id; the same id again changes what was typed, until it is
   * confirmed. No cap, no stale rule and no stopped selling refuses it.
   */
  'emergency.enter': command({
    access: 'officer',
    input: z.strictObject({
      ...transaction,
      bookNumber: sheetNumberSchema,
      paperAt: instantSchema,
      nrkb: nrkbSchema,
      chassisTail: textSchema(40).trim().min(5),
      amount: amountSchema.refine((amount) => amount > 0 && amount <= 10_000_000_000, 'AMOUNT_IMPOSSIBLE'),
      payerName: textSchema(120).trim().min(1),
      noPhotoReason: textSchema(200).trim().min(3).nullable().default(null),
    }),
    output: emergencySheetViewSchema,
    errors: [
      'EMERGENCY_NUMBER_UNKNOWN',
      'EMERGENCY_NUMBER_USED',
      'EMERGENCY_PAPER_LATER',
      'EMERGENCY_SHEET_CONFIRMED',
      'EMERGENCY_SHEET_OF_OTHER',
    ],
  }),
  /** One open sheet whole; for anybody but who typed it the look is an entry. */
  'emergency.sheet': query({
    access: 'signed-in',
    input: z.strictObject(transaction),
    output: emergencySheetViewSchema,
    errors: ['EMERGENCY_SHEET_UNKNOWN'],
    staleAfter: ['transactions', 'documents'],
  }),
  /** Another person confirms by his own PIN: one commit makes the sale, in the open cash session of who is signed in. */
  'emergency.confirm': command({
    access: 'officer',
    input: z.strictObject({
      ...transaction,
      confirmer: z.strictObject({ officerId: officerIdSchema, pin: z.string().regex(/^\d{6,12}$/) }),
    }),
    output: z.object({ transactionId: uuidSchema, receiptNumber: z.string(), amount: amountSchema }),
    errors: [
      'EMERGENCY_SHEET_UNKNOWN',
      'EMERGENCY_PHOTO_MISSING',
      'APPROVER_REFUSED',
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_OF_OTHER',
    ],
  }),
  /** A sheet that was typed by mistake: its number is silent again, its pages are given up. */
  'emergency.discard': command({
    access: 'officer',
    input: z.strictObject(transaction),
    output: emergencyBookViewSchema,
    errors: ['EMERGENCY_SHEET_UNKNOWN', 'EMERGENCY_SHEET_OF_OTHER'],
  }),
  'emergency.spoil': command({
    access: 'officer',
    input: z.strictObject({ bookNumber: sheetNumberSchema, reason: reasonSchema }),
    output: emergencyBookViewSchema,
    errors: ['EMERGENCY_NUMBER_UNKNOWN', 'EMERGENCY_NUMBER_USED'],
  }),
  /** Sheets that nobody can show: said once, by a person, with a reason. */
  'emergency.declare-missing': command({
    access: 'signed-in',
    input: z.strictObject({ from: sheetNumberSchema, to: sheetNumberSchema, reason: reasonSchema }),
    output: emergencyBookViewSchema,
    errors: ['EMERGENCY_NUMBER_UNKNOWN', 'EMERGENCY_NUMBER_USED', 'FORM_RANGE_INVALID'],
  }),
} as const;
