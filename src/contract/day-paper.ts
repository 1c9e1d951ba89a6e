import { z } from 'zod';
import { legMatchSchema } from './day-figures.ts';
import {
  amountSchema,
  hashSchema,
  instantSchema,
  localDateSchema,
  officerIdSchema,
  outletIdSchema,
  rupiahSchema,
  uuidSchema,
} from './primitives.ts';
import { count, name } from './region-parts.ts';
import { dayFindingSchema } from './region-day.ts';

/** What a part of a day consists of: 0 is the day itself, the others are its supplements. Whole rupiah, times in ms UTC. */
export const dayPaperContentSchema = z.object({
  outletId: outletIdSchema,
  outletName: name,
  address: z.string().max(200),
  regency: z.string().max(10),
  regionName: name.nullable(),
  businessOn: localDateSchema,
  part: count,
  items: count,
  itemsHash: hashSchema,
  /** What the items of this part took, and what beneficiaries are owed by them. */
  takings: rupiahSchema,
  accounts: z.array(z.object({ account: z.string().max(60), amount: rupiahSchema })).max(120),
  sessions: z
    .array(
      z.object({
        deviceNo: z.int().positive(),
        by: name,
        openedAt: instantSchema,
        closedAt: instantSchema.nullable(),
        sales: count,
        counted: amountSchema.nullable(),
        expected: rupiahSchema.nullable(),
        variance: rupiahSchema.nullable(),
        explanation: z.string().max(300).nullable(),
        closeHash: hashSchema.nullable(),
      }),
    )
    .max(100),
  documents: z.object({
    kinds: z.array(z.object({ type: z.string().max(60), count })).max(60),
    /** Receipt numbers per counter: the first, the last, and how many. */
    numbers: z
      .array(z.object({ deviceNo: z.int().positive(), first: z.string().max(60), last: z.string().max(60), count }))
      .max(99),
    deposits: z
      .array(
        z.object({
          slipNumber: z.string().max(60),
          bank: z.string().max(60),
          depositedOn: localDateSchema,
          amount: amountSchema,
        }),
      )
      .max(100),
  }),
  /** The newest item of each counter in this part: what the chain was then. */
  heads: z
    .array(
      z.object({
        deviceId: uuidSchema,
        deviceNo: z.int().positive(),
        epochN: z.int().positive(),
        seq: z.int().positive(),
        hash: hashSchema,
      }),
    )
    .max(99),
});
export type DayPaperContent = Readonly<z.infer<typeof dayPaperContentSchema>>;

/** The five places beside each other at one moment. */
export const dayPaperFiguresSchema = z.object({
  journal: rupiahSchema,
  legs: z.array(legMatchSchema).max(10),
  findings: z.array(dayFindingSchema).max(50),
  findingsMore: count,
});
export type DayPaperFigures = Readonly<z.infer<typeof dayPaperFiguresSchema>>;

/** A signature, and what its signer saw. */
export const dayPaperSignatureSchema = dayPaperFiguresSchema.extend({
  officerId: officerIdSchema,
  name,
  /** ms UTC of the device that signed. */
  at: instantSchema,
  device: z.object({ deviceId: uuidSchema, deviceNo: z.int().positive(), outletId: outletIdSchema }),
  /** The letter by which he spoke for another (Plh.). */
  delegation: z.object({ fromName: name, letterNumber: z.string().max(80) }).nullable(),
  note: z.string().max(500).nullable(),
  entryHash: hashSchema,
});
export type DayPaperSignature = Readonly<z.infer<typeof dayPaperSignatureSchema>>;

/* -- POST /v1/region/day-paper --------------------------------------------------------------------------------- */

export const regionDayPaperRequestSchema = z.object({
  supervisorId: officerIdSchema,
  outletId: outletIdSchema,
  businessOn: localDateSchema,
  part: count.max(9999),
});

/**
 * The paper of a part. What stands under a signature was kept in the transaction that applied it and is told unchanged ever
 * after; `now` is what the day says at this moment, where a signature lacks.
 */
export const regionDayPaperAnswerSchema = z.object({
  asOf: instantSchema,
  content: dayPaperContentSchema,
  close: dayPaperSignatureSchema.nullable(),
  reconciliation: dayPaperSignatureSchema.nullable(),
  now: dayPaperFiguresSchema.nullable(),
});
export type RegionDayPaper = Readonly<z.infer<typeof regionDayPaperAnswerSchema>>;
