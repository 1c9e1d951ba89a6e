import type { Epoch } from '../../contract/primitives.ts';
import type { ChainPlace, HelloBody } from '../../contract/sync-protocol.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { rollbackEvidence } from '../ingest/declared-gap.ts';
import { type Incident, markCloned, noteIncidents } from '../ingest/incidents.ts';
import type { ProvinceContext } from '../province-context.ts';
import type { HelloFacts } from './hello-facts.ts';
import { findParted } from './parted-epochs.ts';

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
  return left === null ? undefined : leftFor({ n, nonce }, seq, left);
}

/** Both ways to show that an epoch which its device had left for another one goes on are one piece of evidence. */
function leftFor({ n, nonce }: Epoch, seq: number, other: Epoch & { readonly from: number }): Omit<Incident, 'kind'> {
  const facts = { n, nonce, seq, otherN: other.n, otherNonce: other.nonce, otherFrom: other.from };
  return { evidence: `left/${n}/${nonce}`, facts };
}

/** The copy that shows only in that the device names an epoch again: asked for only where it would have to rotate. */
async function returningCopy(
  { db }: ProvinceContext,
  { deviceId, epoch, seq }: HelloBody,
  { newer }: HelloFacts,
): Promise<Omit<Incident, 'kind'> | undefined> {
  if (newer === null) return undefined;
  const from = await findParted(db, deviceId, epoch, newer.epoch);
  return from === undefined ? undefined : leftFor(epoch, seq, { ...newer.epoch, from });
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
  const copy = secondCopy(hello, known) ?? (await returningCopy(context, hello, known));
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
