import { z } from 'zod';
import { hashSchema, signedTextSchema } from './primitives.ts';
import { PUSH_MAX_ENTRIES, verdictSchema } from './sync-protocol.ts';

/**
 * A custody receipt as it may travel: `lean` is its canonical text without `verdicts`, `runs` are its verdicts in the order of
 * the items sent. Whoever sent them puts the names back; the signature is over the whole text.
 */
const leanReceiptSchema = z.object({
  lean: z.string().max(2000),
  runs: z
    .array(z.object({ count: z.int().min(1).max(PUSH_MAX_ENTRIES), verdict: verdictSchema }))
    .max(PUSH_MAX_ENTRIES),
  keyId: signedTextSchema.shape.keyId,
  sig: signedTextSchema.shape.sig,
});
export type LeanReceipt = Readonly<z.infer<typeof leanReceiptSchema>>;

/** Asks for the receipt of a push in its lean form; a province that does not know it answers the whole one. */
export const LEAN_RECEIPT_QUERY = 'receipt=lean';

export const pushAnswerSchema = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('STORED'), custodyReceipt: signedTextSchema }),
  z.object({ answer: z.literal('STORED_LEAN'), custodyReceipt: leanReceiptSchema }),
  /** `prev` of the first entry is neither known nor in the batch: push again from after `common`. */
  z.object({
    answer: z.literal('GAP'),
    common: z.object({ seq: z.int().positive(), hash: hashSchema }).nullable(),
  }),
]);
export type PushAnswer = Readonly<z.infer<typeof pushAnswerSchema>>;
