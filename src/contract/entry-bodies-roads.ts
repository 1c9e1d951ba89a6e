import { z } from 'zod';
import { hashSchema, uuidSchema } from './primitives.ts';

/** Bodies of second copies, flashdisks, the program's next version and a province that came back from a backup, by entry type. */
export const roadEntryBodies = {
  /** The second copy holds every unsent entry up to `throughSeq`; closing a cash session asks for it. */
  'mirror.completed': z.object({
    throughSeq: z.int().positive(),
    head: hashSchema,
    entries: z.int().nonnegative(),
    medium: z.enum(['folder', 'removable']),
  }),
  /** The second copy could not be written; once for each time it goes away. */
  'mirror.missed': z.object({ reason: z.string().max(60), sinceSeq: z.int().positive() }),
  /** Committed before the first byte of the file is written: from here on a void is no longer the counter's to give. */
  'bundle.exported': z.object({
    bundleId: uuidSchema,
    fromSeq: z.int().positive(),
    toSeq: z.int().positive(),
    entries: z.int().nonnegative(),
  }),
  'answer.imported': z.object({
    bundleId: uuidSchema,
    custodyReceipts: z.int().nonnegative(),
    pages: z.int().nonnegative(),
  }),
  /** The province came back from an older backup: what it lost was pushed and returned to it again. */
  'province.rolled-back': z.object({
    incarnationBefore: uuidSchema.nullable(),
    incarnation: uuidSchema,
    commonSeq: z.int().nonnegative(),
  }),
  /** From its next start on another program runs; committed before it is switched to. Its officer is whoever was signed in. */
  'update.chosen': z.object({
    version: z.string().max(40),
    from: z.string().max(40),
    source: z.enum(['line', 'medium']),
    /** SHA-256 of the archive, as the province signed it. */
    sha256: hashSchema,
  }),
  /** This device carried another device's mirror to the province. */
  'mirror.recovered': z.object({
    fromDeviceId: uuidSchema,
    files: z.int().nonnegative(),
    entries: z.int().nonnegative(),
  }),
} as const;
