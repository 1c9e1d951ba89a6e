import { z } from 'zod';
import { amountSchema, hashSchema, officerIdSchema, rupiahSchema, uuidSchema } from './primitives.ts';

const piecesSchema = z
  .array(z.object({ denomination: z.int().positive(), count: z.int().nonnegative().max(100_000) }))
  .max(20);

/** Counted blind, and what the ledger said at the head of the entry. */
const countedPlaceSchema = z.object({
  counts: piecesSchema,
  counted: amountSchema,
  expected: rupiahSchema,
  /** Counted less expected: negative is missing. */
  variance: rupiahSchema,
});

/** What moved in the drawer since its session began, as the paper lists it; the parts sum to what was expected. */
const drawerSumsSchema = z.object({
  float: amountSchema,
  floatMoved: rupiahSchema,
  carried: rupiahSchema,
  sales: rupiahSchema,
  voids: rupiahSchema,
  refunds: rupiahSchema,
  left: rupiahSchema,
  rounding: rupiahSchema,
  salesCount: z.int().nonnegative(),
});

/** Bodies of surprise inspections, by entry type. Neither has ledger lines: no money moves. */
export const inspectionEntryBodies = {
  /** *Pemeriksaan kas mendadak*: by a supervisor's PIN, while the session of the officer goes on. */
  'cash.inspected': z.object({
    inspectionId: uuidSchema,
    inspectionNumber: z.string().max(60),
    cashSessionId: uuidSchema,
    /** Whose drawer it was. */
    officerId: officerIdSchema,
    drawer: countedPlaceSchema.extend({ sums: drawerSumsSchema }),
    /** Null where the safe was not counted. */
    safe: countedPlaceSchema.nullable(),
    /** The policy's on that day. */
    tolerance: amountSchema,
    firstSeq: z.int().positive(),
    lastSeq: z.int().positive(),
    /** Hash of the entry before this one: the count is held against the ledger up to there. */
    head: hashSchema,
  }),
  /** What was found is explained by a supervisor who did not count it. */
  'cash-inspection.explained': z.object({
    inspectionId: uuidSchema,
    variance: rupiahSchema,
    explanation: z.string().max(300),
  }),
} as const;
