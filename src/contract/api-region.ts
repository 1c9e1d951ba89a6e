import { z } from 'zod';
import { QUEUE_KINDS } from './entry-bodies-supervision.ts';
import { hashSchema, localDateSchema, outletIdSchema, textSchema, uuidSchema } from './primitives.ts';
import { PIN_ERRORS } from './pin-errors.ts';
import { command, query } from './procedure.ts';
import {
  dayListSchema,
  keptSchema,
  regionDayKeySchema,
  regionDaysViewSchema,
  regionDayViewSchema,
  regionEntriesViewSchema,
  regionOutletsViewSchema,
  regionQuestionSchema,
  regionQueueViewSchema,
  regionTransactionsViewSchema,
  regionWordsViewSchema,
} from './views-region.ts';

const part = { offset: z.int().nonnegative().max(1_000_000), limit: z.int().min(1).max(200) };
const ofDay = { outletId: outletIdSchema, businessOn: localDateSchema };
/** Typed anew for every word: a supervisor's name stands under nothing that he did not sign himself. */
const pin = z.string().regex(/^\d{6,12}$/);
const note = textSchema(500).trim().min(3);
const reason = textSchema(300).trim().min(3);

/** One fresh sign-in and the number of entries under it. */
const saidSchema = z.object({ group: uuidSchema, words: z.int().positive() });

/** A supervisor's region: what was loaded is read from the disk, also without a line; his words are entries of this device. */
export const apiRegion = {
  /** Outlets, worst first; `search` finds by name, number, regency or region in what is kept. */
  'region.outlets': query({
    access: 'supervisor',
    input: z.strictObject({ search: textSchema(80), ...part }),
    output: regionOutletsViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'region.days': query({
    access: 'supervisor',
    input: dayListSchema.extend(part),
    output: regionDaysViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'region.day': query({
    access: 'supervisor',
    input: regionDayKeySchema,
    output: regionDayViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'region.transactions': query({
    access: 'supervisor',
    input: regionDayKeySchema.extend(part),
    output: regionTransactionsViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'region.entries': query({
    access: 'supervisor',
    input: regionDayKeySchema.extend({ type: z.string().max(60).nullable(), ...part }),
    output: regionEntriesViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  'region.queue': query({
    access: 'supervisor',
    input: z.strictObject({ kind: z.enum(QUEUE_KINDS).nullable(), ...part }),
    output: regionQueueViewSchema,
    errors: [],
    staleAfter: ['region'],
  }),
  /** Words that he said on this device, the newest first, and what became of them. */
  'region.words': query({
    access: 'supervisor',
    input: z.strictObject({ limit: z.int().min(1).max(200).default(100) }),
    output: regionWordsViewSchema,
    errors: [],
    staleAfter: ['region', 'outbox'],
  }),
  /** He has read that somebody else decided these; they are not shown again. */
  'region.understood': command({
    access: 'supervisor',
    input: z.strictObject({ hashes: z.array(hashSchema).min(1).max(200) }),
    output: z.strictObject({}),
    errors: [],
  }),
  /** Asks the province for one page and keeps it: the first one anew, or (`more`) the one after those that are here. */
  'region.load': command({
    access: 'supervisor',
    input: z.strictObject({ question: regionQuestionSchema, more: z.boolean() }),
    output: keptSchema,
    errors: [
      'NO_LINE',
      'PROVINCE_REFUSED',
      'PROVINCE_ANSWER_INVALID',
      'REGION_NOT_APPOINTED',
      'REGION_OUT_OF_SCOPE',
      'REGION_BUSY',
    ],
  }),
  /**
   * Signs the close or the reconciliation of days as they were shown: one entry for each, all in one commit under one fresh
   * sign-in. Several days at once must match; a difference is signed singly, with a note.
   */
  'region.sign': command({
    access: 'supervisor',
    input: z.strictObject({
      signature: z.enum(['close', 'reconciliation']),
      days: z
        .array(z.strictObject({ ...ofDay, part: z.int().nonnegative(), itemsHash: hashSchema }))
        .min(1)
        .max(200),
      note: note.nullable(),
      pin,
    }),
    output: saidSchema,
    errors: [
      ...PIN_ERRORS,
      'REGION_NOT_LOADED',
      'REGION_CHANGED',
      'REGION_OWN_WORK',
      'REGION_DIFFERS',
      'REGION_NOTE_NEEDED',
      'REGION_ALREADY_SAID',
    ],
  }),
  /** Sets an item of a day apart, or puts it back; the rest of the day goes on. */
  'region.set-apart': command({
    access: 'supervisor',
    input: z.strictObject({
      ...ofDay,
      item: hashSchema,
      act: z.enum(['hold', 'return', 'settle']),
      reason,
      pin,
    }),
    output: saidSchema,
    errors: [...PIN_ERRORS, 'REGION_NOT_LOADED', 'REGION_CHANGED', 'REGION_OWN_WORK', 'REGION_ALREADY_SAID'],
  }),
  /** A word on something that waits in the queue, as it was shown. */
  'region.decide': command({
    access: 'supervisor',
    input: z.strictObject({
      kind: z.enum(QUEUE_KINDS),
      subject: textSchema(60).min(1),
      outletId: outletIdSchema,
      evidence: hashSchema.nullable(),
      decision: z.enum(['approved', 'refused', 'seen']),
      note: reason.nullable(),
      pin,
    }),
    output: saidSchema,
    errors: [
      ...PIN_ERRORS,
      'REGION_NOT_LOADED',
      'REGION_CHANGED',
      'REGION_OWN_WORK',
      'REGION_NOT_HIS',
      'REGION_NOTE_NEEDED',
      'REGION_ALREADY_SAID',
    ],
  }),
} as const;
