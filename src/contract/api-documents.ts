import { z } from 'zod';
import { documentKindSchema } from './entry-bodies-documents.ts';
import { hashSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import {
  keptPageSchema,
  lookedPageSchema,
  pageLaneSchema,
  pageSpaceSchema,
  quadSchema,
  readingSchema,
} from './views-documents.ts';

/** Longest piece of a file that one call carries, before base64. */
export const INTAKE_PART_BYTES = 512 * 1024;
/** Longest file that is looked at: a phone's photo or a scanner's PDF. */
export const INTAKE_MAX_BYTES = 40 * 1024 * 1024;

const nothing = z.strictObject({});
const intake = z.strictObject({ intakeId: uuidSchema });
/** The transaction, arrival or application that a page belongs to. */
const stream = z.strictObject({ stream: uuidSchema });
const streamErrors = ['TRANSACTION_UNKNOWN', 'TRANSACTION_CLOSED'] as const;
const pageErrors = [
  'INTAKE_UNKNOWN',
  'PAGE_EMPTY',
  'PAGE_TOO_LARGE',
  'PAGE_NOT_A_PICTURE',
  'PAGE_DAMAGED',
  'PAGE_HOSTILE',
  'PAGE_TOO_MANY_PIXELS',
  'PAGE_TOO_SLOW',
  'PDF_LOCKED',
  'PDF_TOO_LONG',
] as const;

const looked = z.object({
  pages: z.array(lookedPageSchema),
  /** Pages of the file that were not looked at yet; ask again with `fromPage`. */
  left: z.int().nonnegative(),
});

/** Pages of papers: from a camera, a file or a scanner's folder into safe keeping, and on their way. */
export const apiDocuments = {
  /** Begins to take a file in; nothing of it touches the transaction before `documents.keep`. */
  'documents.begin-intake': command({
    access: 'officer',
    input: z.strictObject({
      stream: uuidSchema,
      bytes: z
        .int()
        .nonnegative()
        .max(INTAKE_MAX_BYTES * 4),
      camera: z.boolean(),
    }),
    output: z.object({ intakeId: uuidSchema, partBytes: z.int().positive() }),
    errors: [...streamErrors, 'PAGE_EMPTY', 'PAGE_TOO_LARGE', 'PAGES_SPACE_LOW', 'PAGE_KEY_MISSING', 'PAGES_TOO_MANY'],
  }),
  'documents.add-part': command({
    access: 'officer',
    input: z.strictObject({
      intakeId: uuidSchema,
      offset: z.int().nonnegative(),
      data: z.base64().max(Math.ceil(INTAKE_PART_BYTES / 3) * 4),
    }),
    output: z.object({ received: z.int().nonnegative() }),
    errors: ['INTAKE_UNKNOWN', 'PAGE_TOO_LARGE'],
  }),
  /** Takes a file of the watched folder in, whole; it stays where it is until its page is kept. */
  'documents.take-scan': command({
    access: 'officer',
    input: z.strictObject({ stream: uuidSchema, file: textSchema(200) }),
    output: z.object({ intakeId: uuidSchema }),
    errors: [
      ...streamErrors,
      'SCAN_FOLDER_GONE',
      'SCAN_FILE_GONE',
      'PAGE_EMPTY',
      'PAGE_TOO_LARGE',
      'PAGES_SPACE_LOW',
      'PAGE_KEY_MISSING',
      'PAGES_TOO_MANY',
    ],
  }),
  /** Decodes in a limited worker, at most eight pages at a time. */
  'documents.look': command({
    access: 'officer',
    input: z.strictObject({ intakeId: uuidSchema, fromPage: z.int().min(1).default(1) }),
    output: looked,
    errors: pageErrors,
  }),
  /** Crops, turns, makes the pages fit for a weak line, seals them: one commit for all pages of the call. */
  'documents.keep': command({
    access: 'officer',
    input: z.strictObject({
      intakeId: uuidSchema,
      kind: documentKindSchema,
      pages: z
        .array(
          z.strictObject({
            pageNo: z.int().min(1),
            /** Null keeps the whole picture. */
            quad: quadSchema.nullable(),
            /** Clockwise, after the crop. */
            turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
          }),
        )
        .min(1)
        .max(20),
      /** A page that was taken again. */
      replaces: hashSchema.nullable().default(null),
      /** Keep it although the same page is here already. */
      evenIfRepeated: z.boolean().default(false),
    }),
    output: z.object({ pages: z.array(keptPageSchema) }),
    errors: [
      ...pageErrors,
      ...streamErrors,
      'DOCUMENT_KIND_UNKNOWN',
      'PAGE_REPEATED',
      'PAGE_UNKNOWN',
      'PAGES_SPACE_LOW',
      'PAGE_KEY_MISSING',
      'PAGES_TOO_MANY',
    ],
  }),
  'documents.drop-intake': command({ access: 'officer', input: intake, output: nothing, errors: [] }),
  'documents.of': query({
    access: 'signed-in',
    input: stream,
    output: z.object({ pages: z.array(keptPageSchema) }),
    errors: [],
    staleAfter: ['documents', 'transactions', 'applications'],
  }),
  /** The page itself, until its transaction is closed; each look is an entry. */
  'documents.show': command({
    access: 'officer',
    input: z.strictObject({ documentId: hashSchema }),
    output: z.object({ picture: z.string() }),
    errors: ['PAGE_UNKNOWN', 'PAGE_NOT_SHOWN', 'PAGE_DAMAGED'],
  }),
  /** A page that cannot be shown here any more, opened at the province; recorded on both sides with the reason. */
  'documents.open-at-province': command({
    access: 'supervisor',
    input: z.strictObject({ documentId: hashSchema, reason: textSchema(200).trim().min(3) }),
    output: z.object({ picture: z.string() }),
    errors: ['NO_LINE', 'PAGE_UNKNOWN'],
  }),
  'documents.discard': command({
    access: 'officer',
    input: z.strictObject({
      documentId: hashSchema,
      reason: z.enum(['retaken', 'wrong-kind', 'other']),
      note: textSchema(200).nullable().default(null),
    }),
    output: z.object({ pages: z.array(keptPageSchema) }),
    errors: ['PAGE_UNKNOWN', 'PAGE_NOT_SHOWN', ...streamErrors],
  }),
  /** Files that a scanner left in the watched folder, newest first; names and sizes, nothing is opened. */
  'documents.scans': query({
    access: 'officer',
    input: nothing,
    output: z.object({
      folder: z.string().nullable(),
      health: z.enum(['ok', 'none', 'gone']),
      files: z.array(z.object({ file: z.string(), bytes: z.int().nonnegative(), at: z.int().nonnegative() })).max(100),
    }),
    errors: [],
    staleAfter: ['documents'],
  }),
  'documents.set-scan-folder': command({
    access: 'signed-in',
    input: z.strictObject({ folder: textSchema(500).nullable() }),
    output: nothing,
    errors: ['SCAN_FOLDER_GONE'],
  }),
  /** Barcode first, then text; proposals beside the registry. Shown, never taken by itself. */
  'documents.read': command({
    access: 'officer',
    input: z.strictObject({ documentId: hashSchema }),
    output: z.object({ readings: z.array(readingSchema), took: z.int().nonnegative() }),
    errors: ['PAGE_UNKNOWN', 'PAGE_NOT_SHOWN', 'PAGE_DAMAGED', 'PAGE_TOO_SLOW'],
  }),
  /** What the officer did with what was read: recorded without the values. */
  'documents.settle-reading': command({
    access: 'officer',
    input: z.strictObject({
      documentId: hashSchema,
      fields: z
        .array(
          z.strictObject({
            field: z.enum(['nrkb', 'nik', 'chassis', 'engine']),
            agreement: z.enum(['agrees', 'differs', 'unknown']),
            taken: z.boolean(),
          }),
        )
        .min(1)
        .max(10),
    }),
    output: nothing,
    errors: ['PAGE_UNKNOWN'],
  }),
  'documents.space': query({
    access: 'signed-in',
    input: nothing,
    output: pageSpaceSchema,
    errors: [],
    staleAfter: ['documents', 'status'],
  }),
  'documents.lane': query({
    access: 'signed-in',
    input: z.strictObject({
      show: z.enum(['waiting', 'all']).default('waiting'),
      limit: z.int().min(1).max(500).default(200),
    }),
    output: pageLaneSchema,
    errors: [],
    staleAfter: ['documents', 'outbox'],
  }),
} as const;
