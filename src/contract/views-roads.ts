import { z } from 'zod';
import { instantSchema, localDateSchema, uuidSchema } from './primitives.ts';

/** One limit of the signed policy as a person sees it coming; it stops new sales and nothing else. */
export const limitViewSchema = z.object({
  cap: z.enum([
    'per-sale',
    'cash-in-drawer',
    'unconfirmed-deposits',
    'unconfirmed-deposit-days',
    'unsent',
    'days-without-contact',
    'rules-age',
    'registry-age',
  ]),
  /** Whole rupiah, transactions, or days; null when the figure is not known, which stops new sales. */
  used: z.int().nullable(),
  limit: z.int(),
  /** In the limit's own unit; null when the figure is not known. */
  remaining: z.int().nullable(),
  /** ms until the day begins on which this limit alone stops new sales; null for limits that no calendar reaches. */
  remainingMs: z.int().nonnegative().nullable(),
  reached: z.boolean(),
  /** Whether a supervisor raised it for this day. */
  raised: z.boolean(),
});
export type LimitView = z.infer<typeof limitViewSchema>;

/** A cash meter: what there is, and the limit; null where the policy sets none. */
export const meterSchema = z.object({ amount: z.int(), limit: z.int().nullable() });

/** A newer version of the program, and until when this one may begin sales. */
export const upgradeViewSchema = z.object({
  to: z.string().nullable(),
  notes: z.string(),
  sellsUntil: instantSchema.nullable(),
});

/** A state of the line that a person must know; each has three sentences on the screens. */
export const lineNoticeSchema = z.object({
  code: z.enum([
    'FEEDS_FROZEN',
    'PROTOCOL_UNSUPPORTED',
    'CLONE',
    'REENROL',
    'STOP_SELLING',
    'CERTIFICATE_ENDED',
    'RELEASE_ENDED',
    'UPGRADE_SOON',
    'FEED_REFUSED',
    'LINE_FAULT_LONG',
  ]),
  /** ms UTC; null where nobody knows since when. */
  sinceAt: instantSchema.nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type LineNotice = z.infer<typeof lineNoticeSchema>;

/** Why an item still waits although there is a line. */
export const stuckBecauseSchema = z.enum([
  'GAP',
  'PENDING',
  'SERVER_BUSY',
  'CUSTODY_INVALID',
  'ANSWER_INVALID',
  'KEY_MISSING',
  'PROTOCOL_UNSUPPORTED',
  'REFUSED',
  'BEHIND_OTHERS',
]);
export type StuckBecause = z.infer<typeof stuckBecauseSchema>;

/** An item that has waited ten minutes with a line. */
export const stuckSchema = z.object({ sinceMs: z.int().nonnegative(), because: stuckBecauseSchema });

/** A bundle as it lies on the stick. */
export const exportedBundleSchema = z.object({
  bundleId: uuidSchema,
  file: z.string(),
  entries: z.int().nonnegative(),
  /** Pages of papers that are in it. */
  documents: z.int().nonnegative(),
  bytes: z.int().positive(),
  fromSeq: z.int().positive(),
  toSeq: z.int().positive(),
});
export type ExportedBundle = z.infer<typeof exportedBundleSchema>;

/** What an answer file brought. */
export const importedAnswerSchema = z.object({
  bundleId: uuidSchema,
  /** Items that its custody receipts closed. */
  closed: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
  custodyReceipts: z.int().nonnegative(),
  /** Pages of the province that were applied. */
  pages: z.int().nonnegative(),
  /** Pages of papers whose receipt it brought. */
  documents: z.int().nonnegative(),
  /** What still waits after it. */
  unsent: z.int().nonnegative(),
  /** False for a file that was cut: what came before the cut counts. */
  complete: z.boolean(),
  /** Frames that were left out, by number; codes only. */
  problems: z.array(z.object({ frame: z.int().nonnegative(), reason: z.string() })),
});
export type ImportedAnswer = z.infer<typeof importedAnswerSchema>;

/** A flashdisk, or another place outside of the data, that may take a bundle; and answers that lie there. */
export const mediumPlaceSchema = z.object({
  folder: z.string(),
  name: z.string(),
  freeBytes: z.int().nonnegative().nullable(),
  files: z.array(z.object({ file: z.string(), name: z.string(), bytes: z.int(), modifiedAt: instantSchema })),
});
export type MediumPlace = z.infer<typeof mediumPlaceSchema>;

/** Cash that has left for the bank and is not confirmed. */
export const depositsMeterSchema = meterSchema.extend({ oldestOn: localDateSchema.nullable() });
