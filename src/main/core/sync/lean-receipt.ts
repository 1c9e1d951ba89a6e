import { z } from 'zod';
import type { SignedText } from '../../../contract/primitives.ts';
import type { LeanReceipt } from '../../../contract/push-answer.ts';
import { canonicalJson } from '../journal/hash-chain.ts';
import type { SentItem } from './custody.ts';
import { parseJson } from './parse-json.ts';

const leanSchema = z.looseObject({});

/**
 * The receipt as it was signed (OPOP-Sync/1 6.2): its verdicts put back on the items of this push, in the order in which they
 * were sent. Undefined where they do not fit; whether the text is the province's is told by the signature alone.
 */
export function wholeReceipt(
  { lean, runs, keyId, sig }: LeanReceipt,
  sent: readonly SentItem[],
): SignedText | undefined {
  const rest = leanSchema.safeParse(parseJson(lean));
  const verdicts = runs.flatMap(({ count, verdict }) => Array.from({ length: count }, () => verdict));
  if (!rest.success || verdicts.length !== sent.length) return undefined;
  const named = sent.map(({ seq, hash }, place) => ({ seq, hash, verdict: verdicts[place] }));
  return { text: canonicalJson({ ...rest.data, verdicts: named }), keyId, sig };
}
