import { z } from 'zod';
import { hashSchema, localDateSchema, officerIdSchema, outletIdSchema, uuidSchema } from './primitives.ts';

/** Bodies of what leaves the counter as a file for people, by entry type. */
export const reportEntryBodies = {
  /** Committed before the file has its name: from here on the figures may be in other hands. Personal data is masked unless it says so. */
  'report.exported': z.object({
    exportId: uuidSchema,
    /** Which report; a newer program may have more of them. */
    kind: z.string().max(40),
    from: localDateSchema,
    to: localDateSchema,
    cashSessionId: uuidSchema.nullable(),
    officerId: officerIdSchema.nullable(),
    format: z.enum(['pdf', 'xlsx', 'csv']),
    rows: z.int().nonnegative(),
    /** SHA-256 of the bytes of the file. */
    sha256: hashSchema,
    /** The newest entry in its figures. */
    headSeq: z.int().nonnegative(),
    head: hashSchema.nullable(),
    plates: z.enum(['none', 'masked', 'shown']),
    /** Of whose day, and which part of it; absent where it is about this counter, or about a region. */
    outletId: outletIdSchema.optional(),
    part: z.int().nonnegative().optional(),
    /** Why plates are shown; null unless they are. */
    reason: z.string().max(200).nullable(),
  }),
} as const;
