import { z } from 'zod';
import { QUEUE_KINDS } from './entry-bodies-supervision.ts';
import { hashSchema, instantSchema, localDateSchema, outletIdSchema, uuidSchema } from './primitives.ts';
import { count, name, saidBy } from './region-parts.ts';
import {
  monthSchema,
  queueItemSchema,
  regionAnswerSchema,
  regionOutletSchema,
  regionQueueAnswerSchema,
} from './region.ts';
import { decidedByOtherSchema, supervisionRefusalSchema, supervisionTypeSchema } from './region-words.ts';
import {
  regionDayAnswerSchema,
  regionDayEntriesAnswerSchema,
  regionDaySummarySchema,
  regionDayTransactionsAnswerSchema,
} from './region-day.ts';

/** Which days a list asks for: those of one date, or all that wait. */
export const dayListSchema = z.strictObject({
  on: localDateSchema.nullable(),
  waiting: z.enum(['close', 'reconciliation', 'all']),
});
export type DayList = Readonly<z.infer<typeof dayListSchema>>;

const ofDay = { outletId: outletIdSchema, businessOn: localDateSchema };
/** A day of an outlet. */
export const regionDayKeySchema = z.strictObject(ofDay);

/** What a supervisor's device can ask the province about his region; each is kept by itself. */
export const regionQuestionSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('outlets') }),
  z.strictObject({ of: z.literal('queue'), kind: z.enum(QUEUE_KINDS).nullable() }),
  dayListSchema.extend({ of: z.literal('days') }),
  z.strictObject({ of: z.literal('day'), ...ofDay }),
  z.strictObject({ of: z.literal('transactions'), ...ofDay }),
  z.strictObject({ of: z.literal('entries'), ...ofDay, type: z.string().max(60).nullable() }),
  z.strictObject({ of: z.literal('paper'), ...ofDay, part: count.max(9999) }),
  z.strictObject({ of: z.literal('month'), month: monthSchema }),
  z.strictObject({ of: z.enum(['signals', 'quality']) }),
  z.strictObject({ of: z.enum(['officers', 'codes', 'announcements']) }),
  z.strictObject({ of: z.literal('readers'), announcementId: uuidSchema }),
]);
export type RegionQuestion = Readonly<z.infer<typeof regionQuestionSchema>>;

/** How what is kept stands: when its newest page came (null: never), and whether every page of it is here. */
export const keptSchema = z.object({ loadedAt: instantSchema.nullable(), complete: z.boolean() });
export type Kept = Readonly<z.infer<typeof keptSchema>>;

/** A part of a kept list; `count` is the length of the whole. */
export const listOf = <T extends z.ZodType>(row: T) => keptSchema.extend({ count, rows: z.array(row).max(200) });

export const regionOutletRowSchema = regionOutletSchema.extend({ loadedAt: instantSchema });
export type RegionOutletRow = Readonly<z.infer<typeof regionOutletRowSchema>>;

export const regionOutletsViewSchema = listOf(regionOutletRowSchema).extend({
  /** What the newest page says of the whole region; null while nothing was ever loaded. */
  head: regionAnswerSchema.omit({ outlets: true, next: true }).nullable(),
});
export type RegionOutletsView = Readonly<z.infer<typeof regionOutletsViewSchema>>;

export const regionDaysViewSchema = listOf(regionDaySummarySchema);
export type RegionDaysView = Readonly<z.infer<typeof regionDaysViewSchema>>;

export const regionDayViewSchema = keptSchema.extend({ day: regionDayAnswerSchema.nullable() });
export type RegionDayView = Readonly<z.infer<typeof regionDayViewSchema>>;

export const regionTransactionsViewSchema = listOf(regionDayTransactionsAnswerSchema.shape.transactions.element);
export type RegionTransactionsView = Readonly<z.infer<typeof regionTransactionsViewSchema>>;

export const regionEntriesViewSchema = listOf(regionDayEntriesAnswerSchema.shape.entries.element);
export type RegionEntriesView = Readonly<z.infer<typeof regionEntriesViewSchema>>;

export const regionQueueViewSchema = listOf(queueItemSchema).extend({ counts: regionQueueAnswerSchema.shape.counts });
export type RegionQueueView = Readonly<z.infer<typeof regionQueueViewSchema>>;

/** A supervisor's word on this device, and what became of it. */
export const regionWordSchema = z.object({
  /** One fresh sign-in: all words of a list share it. */
  group: uuidSchema,
  entryHash: hashSchema,
  type: supervisionTypeSchema,
  outletId: outletIdSchema,
  outletName: name,
  businessOn: localDateSchema.nullable(),
  part: count.nullable(),
  /** The item of a day, or what the queue is known by. */
  subject: z.string().max(60).nullable(),
  decision: z.enum(['approved', 'refused', 'seen']).nullable(),
  recordedAt: instantSchema,
  /** `unsent`: waits in Kotak Kirim; `sent`: in the province's custody, and its answer is not here yet. */
  state: z.enum(['unsent', 'sent', 'applied', 'not-applied']),
  refusal: supervisionRefusalSchema.nullable(),
  /** Who was first, where somebody was. */
  firstBy: saidBy.nullable(),
  decidedAt: instantSchema.nullable(),
});
export type RegionWord = Readonly<z.infer<typeof regionWordSchema>>;

/** What another supervisor decided of something that stood on this device, until its owner has taken note of it. */
export const othersWordSchema = decidedByOtherSchema.extend({
  /** What waited, as it stood here; null for words about a day. */
  waited: queueItemSchema.nullable(),
});
export type OthersWord = Readonly<z.infer<typeof othersWordSchema>>;

export const regionWordsViewSchema = z.object({
  /** Words whose outcome is not known yet, whatever the list shows. */
  waiting: count,
  words: z.array(regionWordSchema).max(200),
  /** Others' decisions that he has not taken note of, the newest first. */
  others: z.array(othersWordSchema).max(200),
});
export type RegionWordsView = Readonly<z.infer<typeof regionWordsViewSchema>>;
