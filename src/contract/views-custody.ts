import { z } from 'zod';
import { instantSchema, uuidSchema } from './primitives.ts';

/** `none` no place was chosen, `missing` the medium does not take it, `behind` it is being written. */
export const mirrorStateSchema = z.enum(['ok', 'missing', 'behind', 'none']);

/**
 * Whole copies of the data on the medium of the second copy. `none` no medium was chosen, `never` none lies there yet,
 * `missed` the last try failed, `old` the newest is older than a week.
 */
export const backupViewSchema = z.object({
  state: z.enum(['ok', 'old', 'missed', 'never', 'none']),
  /** Of the newest that was read back and opened. */
  lastAt: instantSchema.nullable(),
  entries: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Backups on the medium after the last one. */
  kept: z.int().nonnegative(),
  /** Why the last try made none; a code. */
  reason: z.string().nullable(),
  /** One is being written just now: the medium stays where it is. */
  making: z.boolean(),
});
export type BackupView = z.infer<typeof backupViewSchema>;

/** Where the second copy of unsent entries stands. */
export const mirrorViewSchema = z.object({
  folder: z.string().nullable(),
  medium: z.enum(['folder', 'removable']).nullable(),
  state: mirrorStateSchema,
  /** Why the medium does not take it: MEDIUM_GONE, TOO_SLOW, NO_SEALING_KEY, or a code of the file system. */
  reason: z.string().nullable(),
  /** Every unsent entry up to here has its second copy. */
  throughSeq: z.int().nonnegative(),
  /** Unsent entries that have none. */
  uncovered: z.int().nonnegative(),
  /** Entries that wait for the province. */
  unsent: z.int().nonnegative(),
  /** Files on the medium that belong to another history of this device: an older image was put back. Never removed. */
  foreign: z.int().nonnegative(),
  /** Files in its folder that are named like ours and that no counter of this device can have written. Never removed. */
  strange: z.int().nonnegative(),
  lastWrittenAt: instantSchema.nullable(),
  backup: backupViewSchema,
});
export type MirrorView = z.infer<typeof mirrorViewSchema>;

/** One file of another device's second copy, and what the province said of it. */
export const recoveredFileSchema = z.object({
  fromDeviceId: uuidSchema,
  file: z.string(),
  outcome: z.enum(['stored', 'refused']),
  /** Why it was refused, or where reading of it stopped; a code. */
  reason: z.string().nullable(),
  entries: z.int().nonnegative(),
  accepted: z.int().nonnegative(),
  duplicate: z.int().nonnegative(),
  pending: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
});
export type RecoveredFile = z.infer<typeof recoveredFileSchema>;

/** Why, since when, and until when the province had set an entry aside, ms UTC, and what a person there said who ended it. */
export const asideSchema = z.object({
  verdict: z.string(),
  from: instantSchema,
  until: instantSchema,
  ended: z.enum(['accepted', 'settled', 'refused']),
  note: z.string().nullable(),
});
export type EndedAside = z.infer<typeof asideSchema>;
