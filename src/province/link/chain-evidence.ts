import type { ChainPlace, HelloBody } from '../../contract/sync-protocol.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { rollbackEvidence } from '../ingest/declared-gap.ts';
import { type Incident, markCloned, noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';
import type { HelloFacts } from './hello-facts.ts';

/** What a hello proves against itself; `ahead` is the newest entry in custody that the counter does not know. */
export type ChainEvidence =
  | { readonly action: 'CLONE' }
  | { readonly action: 'ROTATE'; readonly ahead: ChainPlace }
  | { readonly action: null };

const NOTHING: ChainEvidence = { action: null };

/** What makes two copies of a device certain: the place where they part, once for each epoch that shows it. */
function secondCopy(
  { epoch: { n, nonce }, seq }: HelloBody,
  { contradiction: other, leftEpoch: left }: HelloFacts,
): Omit<Incident, 'kind'> | undefined {
  if (other !== null) {
    return { evidence: `${n}/${nonce}/${other.seq}`, facts: { n, nonce, seq: other.seq, stands: other.hash } };
  }
  if (left === null) return undefined;
  const facts = { n, nonce, seq, otherN: left.n, otherNonce: left.nonce, otherFrom: left.from };
  return { evidence: `left/${n}/${nonce}`, facts };
}

/**
 * Looks for a counter that came back from an older state, or that exists twice. A counter's head is never behind what it
 * pushed, so an answer that was lost on the way looks like neither: only what lies beyond its own head counts (OPOP-Sync/1 4.3, 4.4).
 */
export async function chainEvidence(
  context: ProvinceContext,
  { deviceId }: KnownDevice,
  hello: HelloBody,
  known: HelloFacts,
): Promise<ChainEvidence> {
  if (known.isCloned) return { action: 'CLONE' };
  const { n, nonce } = hello.epoch;
  const at = context.now();
  const copy = secondCopy(hello, known);
  if (copy !== undefined) {
    context.log('error', 'CLONE', { device: deviceId, seq: hello.seq });
    await context.db.transaction().execute(async (tx) => {
      await markCloned(tx, deviceId, at);
      await noteIncidents(tx, deviceId, [{ kind: 'CLONE', ...copy }], at);
    });
    return { action: 'CLONE' };
  }
  const ahead = (hello.head === null || known.isHeadHeld ? known.ahead : null) ?? known.newer;
  if (ahead === null) return NOTHING;
  // The same words as in the declaration that the counter will make of it.
  const evidence = rollbackEvidence(ahead.epoch, Math.min(hello.seq + 1, ahead.seq));
  const facts = { n, nonce, seq: hello.seq, aheadSeq: ahead.seq };
  const isNew = (await noteIncidents(context.db, deviceId, [{ kind: 'DEVICE_ROLLBACK', evidence, facts }], at)) > 0;
  if (isNew) context.log('error', 'DEVICE_ROLLBACK', { device: deviceId, seq: hello.seq });
  return { action: 'ROTATE', ahead };
}
