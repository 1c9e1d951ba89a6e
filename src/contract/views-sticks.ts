import { z } from 'zod';
import { instantSchema, outletIdSchema } from './primitives.ts';
import { count, name } from './region-parts.ts';
import { bundleTakeAnswerSchema, carriedFactsSchema } from './region-bundles.ts';

/** A sealed file on a flashdisk, and whose it is. */
const stickFileSchema = z.object({
  file: z.string(),
  name: z.string(),
  bytes: count,
  modifiedAt: instantSchema,
  /** What its name says; a name proves nothing. Null for a name of another form. */
  named: z.object({ outletId: outletIdSchema, deviceNo: count, fromSeq: count, toSeq: count }).nullable(),
  /** What the province says of it; null while it was not asked, or where it is refused. */
  facts: carriedFactsSchema.nullable(),
  /** Why it cannot be brought; codes only. */
  problem: z.string().nullable(),
  /** Whether an answer to it lies beside it. */
  answered: z.boolean(),
});
export type StickFile = Readonly<z.infer<typeof stickFileSchema>>;

export const stickViewSchema = z.object({
  folder: z.string(),
  /** Whether the province could be asked whose the files are. */
  online: z.boolean(),
  files: z.array(stickFileSchema).max(200),
});
export type StickView = Readonly<z.infer<typeof stickViewSchema>>;

/** What came of one bundle, and where its answer lies. */
export const takenBundleSchema = bundleTakeAnswerSchema.omit({ answerBytes: true, facts: true }).extend({
  facts: carriedFactsSchema,
  answer: z.object({ file: z.string(), bytes: count }).nullable(),
  /** Why the answer is not on the medium, though everything is in custody; codes only. */
  answerProblem: z.string().nullable(),
});
export type TakenBundle = Readonly<z.infer<typeof takenBundleSchema>>;

/** How far the bundle is that is on its way now. */
export const carryingSchema = z.object({
  file: z.string(),
  step: z.enum(['reading', 'sending', 'taking', 'answering']),
  /** Bytes of this step; `total` is null where it cannot be known. */
  done: count,
  total: count.nullable(),
});
export type Carrying = Readonly<z.infer<typeof carryingSchema>>;

/** An outlet of which nothing was heard for long, or that is heard of by flashdisk only. */
const overdueOutletSchema = z.object({
  outletId: outletIdSchema,
  name,
  /** Null where it was never heard of. */
  lastHeardAt: instantSchema.nullable(),
  lastBundleAt: instantSchema.nullable(),
  byFlashdisk: z.boolean(),
  /** Whole days since then; null where it was never heard of. */
  days: count.nullable(),
  overdue: z.boolean(),
});
export type OverdueOutlet = Readonly<z.infer<typeof overdueOutletSchema>>;

export const overdueViewSchema = z.object({
  /** Days that the policy allows without contact or bundle; null where it names none. */
  limitDays: count.nullable(),
  /** Of the region as it was loaded last; null: never. */
  loadedAt: instantSchema.nullable(),
  overdue: count,
  outlets: z.array(overdueOutletSchema).max(200),
});
export type OverdueView = Readonly<z.infer<typeof overdueViewSchema>>;
