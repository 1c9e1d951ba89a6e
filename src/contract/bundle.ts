import { z } from 'zod';
import { feedNameSchema } from './feeds.ts';
import { instantSchema, signedTextSchema, uuidSchema } from './primitives.ts';
import { signedCertificateSchema } from './receipt-statement.ts';

/**
 * A `*.opop` file (OPOP-Sync/1 12.1 to 12.3): age v1 to the province's sealing keys; its plain text is frames one after the
 * other, each `u32 big-endian length of the payload | u8 kind | payload`. No file names, no archive format. A mirror segment
 * is the same file. The answer file is the same format, age v1 to the device's sealing key.
 */
export const FRAME_KIND = {
  /** JSON of `bundleManifestSchema` or `answerManifestSchema`; the first frame. */
  manifest: 1,
  /** The text of a push request, byte for byte as it would travel over a line. */
  push: 2,
  /** A page of a paper: `encodeCarriedPage`. */
  document: 3,
  /** JSON of `endFrameSchema`; the last frame. */
  end: 4,
  /** Answer file: JSON of a signed custody receipt. */
  custodyReceipt: 5,
  /** Answer file: JSON of `carriedPageSchema`. */
  feedPage: 6,
  /** Answer file: JSON array of key statements. */
  keyStatements: 7,
  /** Answer file: JSON of a signed receipt for a page. */
  documentReceipt: 8,
} as const;

export const FRAME_HEADER_BYTES = 5;
/** Longest payload of one frame, in bytes. */
export const FRAME_MAX_BYTES = 8 * 1024 * 1024;
/** Longest file, in bytes, and most frames in it: beyond, reading stops with a reason. */
export const BUNDLE_MAX_BYTES = 512 * 1024 * 1024;
export const BUNDLE_MAX_FRAMES = 50_000;

/** Who a bundle speaks of. Nothing in it is believed: each entry verifies against the certificate, the certificate against the root. */
export const bundleManifestSchema = z.object({
  v: z.literal(1),
  kind: z.enum(['bundle', 'mirror']),
  bundleId: uuidSchema,
  deviceId: uuidSchema,
  certificate: signedCertificateSchema,
  appVersion: z.string().max(40),
  madeAt: instantSchema,
  fromSeq: z.int().positive(),
  toSeq: z.int().positive(),
  entries: z.int().nonnegative(),
});
export type BundleManifest = Readonly<z.infer<typeof bundleManifestSchema>>;

export const answerManifestSchema = z.object({
  v: z.literal(1),
  kind: z.literal('answer'),
  answerId: uuidSchema,
  /** The bundle that is answered; the answer's own id where it only brings feeds to a counter without a line. */
  bundleId: uuidSchema,
  deviceId: uuidSchema,
  incarnation: uuidSchema,
  madeAt: instantSchema,
});
export type AnswerManifest = Readonly<z.infer<typeof answerManifestSchema>>;

export const carriedPageSchema = z.object({
  feed: feedNameSchema,
  scope: z.string().min(1).max(60),
  page: signedTextSchema,
});

/** Number of frames before this one: a file without its end was cut. */
export const endFrameSchema = z.object({ frames: z.int().nonnegative() });
