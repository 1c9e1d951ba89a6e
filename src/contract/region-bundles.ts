/**
 * Bundles that a supervisor brings from a flashdisk. Each request is a POST signed by his own device; the file stays sealed
 * on the way, and its entries prove themselves. It goes in pieces, so that a line that went away goes on where it stopped.
 */
import { z } from 'zod';
import { BUNDLE_MAX_BYTES } from './bundle.ts';
import { hashSchema, instantSchema, outletIdSchema, uuidSchema } from './primitives.ts';
import { asks, count, name } from './region-parts.ts';

/** Bytes of one piece, either way. */
export const CARRIED_PIECE_BYTES = 512 * 1024;
/** The beginning of a file in which its manifest stands for sure: the header, and the first sealed piece of 64 KiB. */
export const CARRIED_HEAD_BYTES = 96 * 1024;

const base64 = (bytes: number) => z.base64().max(Math.ceil(bytes / 3) * 4);

/** Whose a bundle is, as its own manifest says under the certificate of its device. */
export const carriedFactsSchema = z.object({
  bundleId: uuidSchema,
  kind: z.enum(['bundle', 'mirror']),
  deviceId: uuidSchema,
  /** Null for a device that this province does not remember. */
  deviceNo: z.int().positive().nullable(),
  outletId: outletIdSchema,
  outletName: name,
  fromSeq: z.int().positive(),
  toSeq: z.int().positive(),
  madeAt: instantSchema,
  /** Places of its journal between the two that are not in custody yet; none: all of it was brought before. */
  missing: count,
});
export type CarriedFacts = Readonly<z.infer<typeof carriedFactsSchema>>;

/** `POST /v1/region/bundle-look`: whose file begins like this. A file of another region is told as one, and no more of it. */
export const bundleLookRequestSchema = z.object({ ...asks, head: base64(CARRIED_HEAD_BYTES) });
export const bundleLookAnswerSchema = z.object({
  facts: carriedFactsSchema.nullable(),
  /** Why nothing is told; codes only. */
  problem: z.string().max(60).nullable(),
});

/** A file is named by the SHA-256 of all of its bytes. */
const ofFile = { ...asks, file: hashSchema };

/** `POST /v1/region/bundle-piece`: bytes from `offset` on, believed where the file stands just there. */
export const bundlePieceRequestSchema = z.object({
  ...ofFile,
  bytes: z.int().positive().max(BUNDLE_MAX_BYTES),
  offset: count,
  piece: base64(CARRIED_PIECE_BYTES),
});
/** How many bytes of the file are there: the next piece begins at it. */
export const bundlePieceAnswerSchema = z.object({ held: count });

/** `POST /v1/region/bundle-take`: takes the whole file into custody and makes the answer for its device. */
export const bundleTakeRequestSchema = z.object({
  ...ofFile,
  /** Whether vehicles go along with the answer: long, for an outlet that never has a line. */
  withRegistry: z.boolean(),
});
export const bundleTakeAnswerSchema = z.object({
  /** Null where nothing could be read of it. */
  facts: carriedFactsSchema.nullable(),
  complete: z.boolean(),
  problems: z.array(z.object({ frame: count, reason: z.string().max(60) })).max(100),
  entries: count,
  accepted: count,
  duplicate: count,
  /** Entries that wait for others before them. */
  pending: count,
  quarantined: count,
  documents: count,
  /** Length of the answer file; null where there is nobody to answer. */
  answerBytes: z.int().positive().nullable(),
});

/** `POST /v1/region/bundle-answer`: a piece of the answer; the end of it says that it lies on the stick, and both files go. */
export const bundleAnswerRequestSchema = z.object({ ...ofFile, withRegistry: z.boolean(), from: count });
export const bundleAnswerPieceSchema = z.object({ piece: base64(CARRIED_PIECE_BYTES) });
