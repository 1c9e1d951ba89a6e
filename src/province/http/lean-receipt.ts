import { z } from 'zod';
import type { PushAnswer } from '../../contract/push-answer.ts';
import { type PushRequest, verdictSchema } from '../../contract/sync-protocol.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';

const receiptSchema = z.looseObject({
  verdicts: z.array(z.looseObject({ seq: z.number(), hash: z.string(), verdict: verdictSchema })),
});
type Run = { count: number; readonly verdict: z.infer<typeof verdictSchema> };

/** Equal verdicts beside each other, counted. */
function runsOf(verdicts: readonly { readonly verdict: Run['verdict'] }[]): Run[] {
  const runs: Run[] = [];
  for (const { verdict } of verdicts) {
    const last = runs.at(-1);
    if (last !== undefined && canonicalJson(last.verdict) === canonicalJson(verdict)) last.count += 1;
    else runs.push({ count: 1, verdict });
  }
  return runs;
}

/**
 * The answer without the names of the items, for whoever asked for it (OPOP-Sync/1 6.2): only where every item of the push
 * was taken, in the order sent, so that the counter can put back exactly what was signed.
 */
export function leanAnswer({ entries, damaged }: PushRequest, answer: PushAnswer): PushAnswer {
  if (answer.answer !== 'STORED' || damaged.length > 0) return answer;
  const { text, keyId, sig } = answer.custodyReceipt;
  const { verdicts, ...rest } = receiptSchema.parse(JSON.parse(text)); // our own text of a moment ago
  const isTaken = verdicts.every(({ hash, verdict }, place) => {
    const isOurs = verdict.verdict === 'ACCEPTED' || verdict.verdict === 'DUPLICATE';
    return isOurs && hash === entries[place]?.hash;
  });
  if (!isTaken || verdicts.length !== entries.length) return answer;
  return { answer: 'STORED_LEAN', custodyReceipt: { lean: canonicalJson(rest), runs: runsOf(verdicts), keyId, sig } };
}
