import { z } from 'zod';
import { hashSchema, instantSchema, officerIdSchema, uuidSchema } from './primitives.ts';

/** A number as it is printed on a sheet of the emergency receipt book: unique in its outlet. */
export const sheetNumberSchema = z.int().positive().max(99_999_999);

/** Why a sale was first written by hand: its presence in a body must be understood, for the day of the paper is its business date. */
export const emergencySchema = z.object({
  bookNumber: sheetNumberSchema,
  /** When the paper says that the cash was taken, ms UTC. */
  paperAt: instantSchema,
  /** Who typed it, and when; the entry itself is of the one whose drawer took the cash. */
  enteredBy: officerIdSchema,
  enteredAt: instantSchema,
  /** Another person than `enteredBy`, by his own PIN. */
  confirmedBy: officerIdSchema,
  /** The amount on the paper beside what the rules of its day ask. */
  figure: z.enum(['agrees', 'short', 'over', 'unassessed']),
  /** Whether the tail on the paper is the registry's; null where the registry does not know the plate. */
  chassisAgrees: z.boolean().nullable(),
  /** Pages that show the paper; empty only where `noPhotoReason` says why. */
  photos: z.array(hashSchema).max(10),
  noPhotoReason: z.string().max(200).nullable(),
});

/** Bodies of the emergency receipt book beside the sales out of it, by entry type. */
export const emergencyEntryBodies = {
  /** A book came to the outlet: from this day on a sheet of it can have been written. */
  'emergency-book.received': z.object({
    bookId: uuidSchema,
    from: sheetNumberSchema,
    to: sheetNumberSchema,
    note: z.string().max(60),
  }),
  'emergency-sheet.spoiled': z.object({ bookNumber: sheetNumberSchema, reason: z.string().max(200) }),
  /** Sheets that nobody can show: said once, with a reason, by a person. */
  'emergency-sheet.missing': z.object({
    from: sheetNumberSchema,
    to: sheetNumberSchema,
    reason: z.string().max(200),
  }),
} as const;
