import { z } from 'zod';
import { amountSchema, hashSchema, localDateSchema, uuidSchema } from './primitives.ts';

/** The letter by which an auditor looks. */
const mandateSchema = z.string().min(1).max(80);

/** Bodies of what only tells what a look was for, by entry type. */
export const questionEntryBodies = {
  /** A citizen asked for a price and went with a slip that is no proof: no lookup without a reason. */
  'price.quoted': z.object({ transactionId: uuidSchema, payable: amountSchema }),
} as const;

/** Bodies of what an auditor does, by entry type: he looks and takes copies, and each of both is an entry. */
export const auditEntryBodies = {
  /** Committed before he sees anything. What was typed into a search may be a person's and is no part of it. */
  'audit.looked': z.object({
    mandate: mandateSchema,
    /** The question, by its name in the contract; a newer program may have more of them. */
    what: z.string().max(80),
    /** A transaction, case, report or cash session, where the question names one. */
    about: uuidSchema.nullable(),
    from: localDateSchema.nullable(),
    to: localDateSchema.nullable(),
  }),
  /** Committed before the folder has its name: from here on these files may be in other hands. */
  'audit.exported': z.object({
    exportId: uuidSchema,
    mandate: mandateSchema,
    from: localDateSchema,
    to: localDateSchema,
    files: z
      .array(z.object({ name: z.string().max(80), bytes: z.int().nonnegative(), sha256: hashSchema }))
      .min(1)
      .max(20),
    /** Entries in the exported journal; the last one is the newest of the period. */
    entries: z.int().nonnegative(),
  }),
} as const;
