import { z } from 'zod';
import { emergencySchema, sheetNumberSchema } from './entry-bodies-emergency.ts';
import { amountSchema, instantSchema, localDateSchema, officerIdSchema, uuidSchema } from './primitives.ts';

const rangeSchema = z.object({ from: sheetNumberSchema, to: sheetNumberSchema });

/** A number of the book with what was said of it; plate only while it is open. */
const emergencyRowSchema = z.object({
  number: sheetNumberSchema,
  state: z.enum(['open', 'confirmed', 'spoiled', 'missing']),
  transactionId: uuidSchema.nullable(),
  paperAt: instantSchema.nullable(),
  amount: amountSchema.nullable(),
  nrkb: z.string().nullable(),
  photos: z.int().nonnegative(),
  toldBy: officerIdSchema,
  toldName: z.string(),
  toldAt: instantSchema,
  reason: z.string().nullable(),
});
export type EmergencyRow = Readonly<z.infer<typeof emergencyRowSchema>>;

/** Everything of the emergency receipt book at this outlet. */
export const emergencyBookViewSchema = z.object({
  books: z.array(
    rangeSchema.extend({
      bookId: uuidSchema,
      note: z.string(),
      receivedOn: localDateSchema,
      /** The number that should lie on top; null when none is left. */
      next: sheetNumberSchema.nullable(),
      left: z.int().nonnegative(),
      gaps: z.array(rangeSchema),
    }),
  ),
  /** Newest numbers first. */
  sheets: z.array(emergencyRowSchema),
});
export type EmergencyBookView = Readonly<z.infer<typeof emergencyBookViewSchema>>;

/** One open sheet beside what the registry and the rules of its day say. */
export const emergencySheetViewSchema = z.object({
  transactionId: uuidSchema,
  bookNumber: sheetNumberSchema,
  paperAt: instantSchema,
  paperOn: localDateSchema,
  nrkb: z.string(),
  chassisTail: z.string(),
  amount: amountSchema,
  payerName: z.string(),
  noPhotoReason: z.string().nullable(),
  photos: z.int().nonnegative(),
  enteredBy: officerIdSchema,
  enteredName: z.string(),
  enteredAt: instantSchema,
  figure: emergencySchema.shape.figure,
  /** What the rules of the paper's day ask; null where they give no figure. */
  asked: amountSchema.nullable(),
  chassisAgrees: z.boolean().nullable(),
  vehicle: z.object({ make: z.string(), model: z.string(), maskedOwner: z.string() }).nullable(),
  /** A sale of this plate that stands at this counter already: it may be the same money, or the second. */
  paidHere: z.object({ receiptNumber: z.string(), paidOn: localDateSchema }).nullable(),
});
export type EmergencySheetView = Readonly<z.infer<typeof emergencySheetViewSchema>>;
