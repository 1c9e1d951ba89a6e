import { z } from 'zod';
import { legSummarySchema } from './day-figures.ts';
import { hashSchema, localDateSchema, outletIdSchema, rupiahSchema, uuidSchema } from './primitives.ts';

/** The day of an outlet that a word is about; the letter of delegation where the supervisor speaks for another (Plh.). */
const ofDay = {
  outletId: outletIdSchema,
  businessOn: localDateSchema,
  delegationId: uuidSchema.nullable(),
};

/** What he saw when he signed: a part (0 is the day itself, the others are its supplements) and the figures beside it. */
const signed = {
  ...ofDay,
  part: z.int().nonnegative().max(9999),
  items: z.int().nonnegative(),
  /** SHA-256 over the hashes of the part's items in their order, joined by line feeds. */
  itemsHash: hashSchema,
  /** What the journal says that the whole day took; whole rupiah. */
  journal: rupiahSchema,
  legs: z.array(legSummarySchema).max(10),
  /** Asked for where a difference is signed with open eyes. */
  note: z.string().max(500).nullable(),
};

const item = { ...ofDay, item: hashSchema };
const reason = z.string().min(1).max(300);

/** What waits in the queue of a region. */
export const QUEUE_KINDS = [
  'void',
  'cancellation',
  'refund',
  'waiver',
  'variance',
  'device',
  'move',
  'approval',
] as const;

/** Bodies of what a supervisor decides on his own device about the days of his region, by entry type. */
export const supervisionEntryBodies = {
  /** The close of a day, or of a supplement: everything but the bank. */
  'day.close-signed': z.object(signed),
  /** The second signature, with the statement of the bank. */
  'day.reconciliation-signed': z.object(signed),
  /** The supervisor looks himself; the rest of the day goes on. */
  'day.item-held': z.object({ ...item, reason }),
  /** The outlet has to answer; the rest of the day goes on. */
  'day.item-returned': z.object({ ...item, reason }),
  'day.item-settled': z.object({ ...item, reason }),
  /** A word on something that waits; `evidence` is the hash of the entry that asks. */
  'day.queue-decided': z.object({
    kind: z.enum(QUEUE_KINDS),
    /** What the queue is known by: an approval, a request, a refund, a session, a device. */
    subject: z.string().min(1).max(60),
    outletId: outletIdSchema,
    delegationId: uuidSchema.nullable(),
    decision: z.enum(['approved', 'refused', 'seen']),
    note: z.string().max(300).nullable(),
    evidence: hashSchema.nullable(),
  }),
} as const;
