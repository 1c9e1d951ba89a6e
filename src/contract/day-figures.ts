import { z } from 'zod';
import { MATCH_LEGS } from '../domain/day-match.ts';
import { hashSchema, rupiahSchema } from './primitives.ts';

/** What can explain a part of a difference; a newer province may know more reasons than this program. */
const explanationReasonSchema = z.enum([
  'variance',
  'not-deposited',
  'on-the-way',
  'refused-by-teller',
  'not-booked-yet',
  'case',
  'voided',
  'form-missing',
  'form-spoiled',
]);

export const matchLegSchema = z.enum(MATCH_LEGS);

/** What a leg says, as a sum or as why there is none; whole rupiah. */
const legFigureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sum'), amount: rupiahSchema }),
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('not-applicable') }),
]);

/** A leg beside the journal without the entries that explain it: what a list shows, and what a signature keeps. */
export const legSummarySchema = z.object({
  leg: matchLegSchema,
  figure: legFigureSchema,
  /** Leg minus journal; null where the leg has no sum. */
  difference: rupiahSchema.nullable(),
  /** What no entry explains; null where the leg has no sum. */
  unexplained: rupiahSchema.nullable(),
  state: z.enum(['equal', 'explained', 'open', 'waiting', 'not-applicable']),
});
export type LegSummary = Readonly<z.infer<typeof legSummarySchema>>;

/** A leg with the entries that explain its difference, the largest first; `more` counts those that are not listed. */
export const legMatchSchema = legSummarySchema.extend({
  explanations: z
    .array(z.object({ entryHash: hashSchema, reason: explanationReasonSchema, amount: rupiahSchema }))
    .max(50),
  more: z.int().nonnegative(),
});
