import { z } from 'zod';
import { hashSchema, instantSchema } from './primitives.ts';

/**
 * How an entry that was set aside stands now: read again and accepted, set aside for another reason, in conflict with another
 * sale; or ended by a person at the province, settled outside the programs or refused for good.
 */
const SECOND_WORDS = ['ACCEPTED', 'QUARANTINED', 'CONFLICT', 'SETTLED', 'REFUSED'] as const;

/** `seq` and `hash` name the item as its custody receipt did; `at`: when it was said, ms UTC. */
export const secondWordSchema = z.object({
  seq: z.int().positive(),
  hash: hashSchema,
  word: z.enum(SECOND_WORDS),
  /** Of `QUARANTINED`: the reason, as in a verdict. */
  reason: z.string().max(40).nullable(),
  /** What the person said who ended it; null otherwise. */
  note: z.string().max(300).nullable(),
  at: instantSchema,
});
export type SecondWord = Readonly<z.infer<typeof secondWordSchema>>;

/**
 * In a page of feed `decisions`: what became of entries that were set aside. A field of the page and no item: a counter from
 * before it takes the page and leaves it out, where an item that it cannot read would stop its feed (OPOP-Sync/1 9.6).
 */
export const secondWordsSchema = z.array(secondWordSchema).max(500);
