import { z } from 'zod';
import { SIGNAL_KINDS } from '../domain/signal-policy.ts';
import { hashSchema, instantSchema, localDateSchema, officerIdSchema, outletIdSchema } from './primitives.ts';
import { asks, count, cursor, name } from './region-parts.ts';

const signalKindSchema = z.enum(SIGNAL_KINDS);

/* -- POST /v1/region/signals ----------------------------------------------------------------------------------- */

export const regionSignalsRequestSchema = z.object({ ...asks, cursor, limit: z.int().min(1).max(100) });
export type RegionSignalsRequest = Readonly<z.infer<typeof regionSignalsRequestSchema>>;

const figureSchema = z.object({
  name: z.enum([
    'before',
    'after',
    'difference',
    'taken',
    'booked',
    'amount',
    'days',
    'papers',
    'times',
    'minutes',
    'cases',
    'of',
    'permille',
    'cap',
  ]),
  value: z.int(),
});

/** A question about entries of an outlet, never an answer about a person. */
export const regionSignalSchema = z.object({
  outletId: outletIdSchema,
  outletName: name,
  kind: signalKindSchema,
  /** `few`: too few cases to say anything by a share. */
  level: z.enum(['look', 'few']),
  by: z.object({ officerId: officerIdSchema, name }).nullable(),
  figures: z.array(figureSchema).max(20),
  /** The day on which to look first; null where none is known. */
  businessOn: localDateSchema.nullable(),
  /** Entries that show it, at most twenty. */
  entries: z.array(hashSchema).max(20),
});
export type RegionSignal = Readonly<z.infer<typeof regionSignalSchema>>;

/** The newest days of a region: what is worth a look, the gravest kind first. */
export const regionSignalsAnswerSchema = z.object({
  asOf: instantSchema,
  from: localDateSchema,
  to: localDateSchema,
  /** What was looked at: outlets with a service in these days, and their sales. */
  outlets: count,
  sales: count,
  /** Below this number of cases a share says nothing. */
  fewCases: count,
  counts: z.array(z.object({ kind: signalKindSchema, count })).max(SIGNAL_KINDS.length),
  signals: z.array(regionSignalSchema).max(100),
  next: cursor,
});
export type RegionSignalsAnswer = Readonly<z.infer<typeof regionSignalsAnswerSchema>>;

/* -- POST /v1/region/quality ----------------------------------------------------------------------------------- */

export const regionQualityRequestSchema = z.object({ ...asks, cursor, limit: z.int().min(1).max(20) });
export type RegionQualityRequest = Readonly<z.infer<typeof regionQualityRequestSchema>>;

/** One week of an outlet from its Monday (domain, `service-quality.ts`); null where there is nothing to say. */
const qualityWeekSchema = z.object({
  monday: localDateSchema,
  sales: count,
  secondsPerSale: count.nullable(),
  slowSeconds: count.nullable(),
  waitMinutes: count.nullable(),
  heard: count,
  changed: count,
  refused: count,
  reasons: z.array(z.object({ reason: z.string().max(40), count })).max(20),
  voids: count,
  /** Sum of what counts found too little or too much, each by its size; whole rupiah. */
  variance: count,
  missingPapers: count,
  offlineHours: count,
  offlineSales: count,
});

export const regionQualityOutletSchema = z.object({
  outletId: outletIdSchema,
  name,
  regency: z.string().max(10),
  /** Oldest week first. */
  weeks: z.array(qualityWeekSchema).max(10),
  /** Too few services in all these weeks to say anything by a share. */
  few: z.boolean(),
});
export type RegionQualityOutlet = Readonly<z.infer<typeof regionQualityOutletSchema>>;

/** Outlets by name: this is no ranking. */
export const regionQualityAnswerSchema = z.object({
  asOf: instantSchema,
  from: localDateSchema,
  to: localDateSchema,
  outlets: z.array(regionQualityOutletSchema).max(20),
  next: cursor,
});
export type RegionQualityAnswer = Readonly<z.infer<typeof regionQualityAnswerSchema>>;
