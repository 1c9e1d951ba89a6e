import { z } from 'zod';
import { lookedPageSchema, type Quad } from '../../contract/views-documents.ts';

/** Pages of one file that are looked at together. */
export const PAGES_PER_LOOK = 8;
/** Pages of one file at most; a longer one is no paper for a counter. */
export const LONGEST_FILE = 50;
/** Most memory of the worker, in bytes: twice what a picture of the most pixels needs, and what reading its text takes. */
export const MOST_WORKER_BYTES = 900_000_000;
/** Exit code of a worker that saw itself take more. */
export const TOO_MUCH_MEMORY = 71;

/** What the core asks of the page worker: bytes come with every job, so that a fresh worker can take any of them. */
export type PageJob =
  | { readonly do: 'look'; readonly file: Uint8Array; readonly fromPage: number }
  | {
      readonly do: 'keep';
      readonly file: Uint8Array;
      readonly pageNo: number;
      readonly quad: Quad | null;
      readonly turn: 0 | 90 | 180 | 270;
      readonly targetBytes: number;
    }
  /** A kept page: its codes and its text. */
  | { readonly do: 'read'; readonly file: Uint8Array };

/** Why a file gives no page. */
export const pageFaultSchema = z.object({
  code: z.enum([
    'PAGE_EMPTY',
    'PAGE_NOT_A_PICTURE',
    'PAGE_DAMAGED',
    'PAGE_HOSTILE',
    'PAGE_TOO_MANY_PIXELS',
    'PDF_LOCKED',
    'PDF_TOO_LONG',
  ]),
  details: z.record(z.string().max(40), z.union([z.string().max(80), z.number()])),
});
export type PageFault = Readonly<z.infer<typeof pageFaultSchema>>;

/** Bytes of the small fingerprint by which the same page is known again. */
export const LOOK_BYTES = 128;

const bytesSchema = z.instanceof(Uint8Array);

/** The page as it is kept: one JPEG made from pixels, nothing else of the file in it. */
const keptPictureSchema = z.object({
  jpeg: bytesSchema,
  width: z.int().positive(),
  height: z.int().positive(),
  look: bytesSchema.refine((look) => look.length === LOOK_BYTES),
  /** Whether the file was a PDF. */
  pdf: z.boolean(),
});
export type KeptPicture = Readonly<z.infer<typeof keptPictureSchema>>;

const lookedSchema = z.object({ pages: z.array(lookedPageSchema).max(PAGES_PER_LOOK), left: z.int().nonnegative() });
export type LookedFile = Readonly<z.infer<typeof lookedSchema>>;

const boxSchema = z.object({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() });
const textSchema = z.string().max(500);
const shareSchema = z.number().min(0).max(1);
const wordSchema = z.object({ text: textSchema, confidence: shareSchema, box: boxSchema });

/** What stands on a page, as far as a program can read it; which field is what is judged by the core. */
const readSchema = z.object({
  codes: z.array(z.object({ format: z.string().max(40), text: textSchema })).max(10),
  page: z.object({
    width: z.int().positive(),
    lines: z.array(z.object({ words: z.array(wordSchema).max(500) })).max(500),
    fields: z
      .array(
        z.object({
          field: z.enum(['nrkb', 'nik', 'chassis', 'engine']),
          text: textSchema,
          confidence: shareSchema,
          by: z.enum(['letters', 'shapes']),
        }),
      )
      .max(100),
  }),
});
export type ReadFile = Readonly<z.infer<typeof readSchema>>;

/** What the worker answers; the core parses it, because whoever broke a decoder may say anything. */
export const pageAnswerSchema = z.union([
  z.object({ id: z.int(), looked: lookedSchema }),
  z.object({ id: z.int(), kept: keptPictureSchema }),
  z.object({ id: z.int(), read: readSchema }),
  z.object({ id: z.int(), fault: pageFaultSchema }),
]);
export type PageAnswer = Readonly<z.infer<typeof pageAnswerSchema>>;
