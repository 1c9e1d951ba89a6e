import { z } from 'zod';
import { QUEUE_KINDS, supervisionEntryBodies } from './entry-bodies-supervision.ts';
import { hashSchema, instantSchema, localDateSchema, outletIdSchema } from './primitives.ts';
import { asks, count, cursor, name, person, saidBy } from './region-parts.ts';

/* -- POST /v1/region/outcomes ---------------------------------------------------------------------------------- */

export const supervisionTypeSchema = z.enum(
  Object.keys(supervisionEntryBodies) as [keyof typeof supervisionEntryBodies], // the keys of this very table
);

/** Why a word of a supervisor was kept and not applied: it is told to him, and nothing of the day changes. */
export const supervisionRefusalSchema = z.enum([
  'SESSION_UNKNOWN',
  'ITEM_UNKNOWN',
  'ITEM_ALREADY_SIGNED',
  'PART_UNKNOWN',
  'DAY_NOT_COMPLETE',
  'ITEMS_CHANGED',
  'ALREADY_SIGNED',
  'OWN_WORK',
  'NOT_CLOSED',
  'NOT_SETTLED',
  'NOT_APPOINTED',
  'OUT_OF_SCOPE',
  'DAY_UNKNOWN',
  'DIFFERENCE_NEEDS_NOTE',
  'SUBJECT_UNKNOWN',
  'ALREADY_DECIDED',
  'NOT_NOW',
]);
export type SupervisionRefusal = z.infer<typeof supervisionRefusalSchema>;

/** What became of words that a device sent: asked after a line that went away, as often as one likes. */
export const regionOutcomesRequestSchema = z.object({ ...asks, hashes: z.array(hashSchema).min(1).max(200) });

const outcomeSchema = z.object({
  hash: hashSchema,
  /** `unknown`: the entry has not come into custody yet. */
  state: z.enum(['applied', 'not-applied', 'unknown']),
  refusal: supervisionRefusalSchema.nullable(),
  /** Who was first, where somebody was. */
  firstBy: saidBy.nullable(),
  decidedAt: instantSchema.nullable(),
});
export type SupervisionOutcome = Readonly<z.infer<typeof outcomeSchema>>;
export const regionOutcomesAnswerSchema = z.object({ outcomes: z.array(outcomeSchema).max(200) });
export type RegionOutcomesAnswer = Readonly<z.infer<typeof regionOutcomesAnswerSchema>>;

/* -- POST /v1/region/decided ----------------------------------------------------------------------------------- */

/** Asked after a contact: what others decided in his scope since. Without a cursor it begins now. */
export const regionDecidedRequestSchema = z.object({ ...asks, cursor });

/** A word of another supervisor that counts; the newest may be told more than once. */
export const decidedByOtherSchema = z.object({
  hash: hashSchema,
  type: supervisionTypeSchema,
  outletId: outletIdSchema,
  outletName: name,
  businessOn: localDateSchema.nullable(),
  part: count.nullable(),
  /** The item of a day that was set apart or let go. */
  item: hashSchema.nullable(),
  /** What of the queue was decided. */
  kind: z.enum(QUEUE_KINDS).nullable(),
  subject: z.string().max(60).nullable(),
  decision: z.enum(['approved', 'refused', 'seen']).nullable(),
  by: person,
  at: instantSchema,
});
export type DecidedByOther = Readonly<z.infer<typeof decidedByOtherSchema>>;

export const regionDecidedAnswerSchema = z.object({
  decided: z.array(decidedByOtherSchema).max(200),
  /** Where the next question goes on. */
  next: z.string().max(200),
});
export type RegionDecidedAnswer = Readonly<z.infer<typeof regionDecidedAnswerSchema>>;
