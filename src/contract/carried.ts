import { z } from 'zod';
import { signedTextSchema, uuidSchema } from './primitives.ts';

/** `POST /v1/returned-pages`: signed pages of feed `decisions` that the province gave out and has lost. */
export const returnedPagesRequestSchema = z.object({ pages: z.array(signedTextSchema).max(50) });
export const returnedPagesAnswerSchema = z.object({
  /** Pages whose official numbers were taken back into the books. */
  adopted: z.int().nonnegative(),
  known: z.int().nonnegative(),
  refused: z.int().nonnegative(),
});

/** A bundle in one request is at most this long (bytes of the file); longer ones are cut into several files by whoever made them. */
export const BUNDLE_UPLOAD_MAX_BYTES = 4 * 1024 * 1024;

/** `POST /v1/bundle`: a bundle or mirror file of any device, carried by this one. */
export const bundleUploadSchema = z.object({
  bundle: z
    .string()
    .max(Math.ceil((BUNDLE_UPLOAD_MAX_BYTES * 4) / 3) + 4)
    .regex(/^[A-Za-z0-9_-]*$/),
});

/** What an import found and did; the same for the command line and for a carried bundle. */
export const bundleImportSchema = z.object({
  /** Frames that could be read, and whether the file ended as its last frame says. */
  frames: z.int().nonnegative(),
  complete: z.boolean(),
  /** Why reading stopped or a frame was left out, by its number; codes only. */
  problems: z.array(z.object({ frame: z.int().nonnegative(), reason: z.string().max(60) })).max(100),
  devices: z
    .array(
      z.object({
        deviceId: uuidSchema,
        entries: z.int().nonnegative(),
        accepted: z.int().nonnegative(),
        duplicate: z.int().nonnegative(),
        pending: z.int().nonnegative(),
        quarantined: z.int().nonnegative(),
        custodyReceipts: z.array(signedTextSchema).max(2000),
        /** Pages of papers, each with its own receipt. */
        documentReceipts: z.array(signedTextSchema).max(5000).default([]),
      }),
    )
    .max(200),
});
export type BundleImport = Readonly<z.infer<typeof bundleImportSchema>>;
