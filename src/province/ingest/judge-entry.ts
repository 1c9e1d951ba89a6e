import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { Epoch } from '../../contract/primitives.ts';
import type { Verdict } from '../../contract/sync-protocol.ts';
import { assertNever } from '../../domain/result.ts';
import type { ProvinceContext } from '../province-context.ts';
import { addBody, positionOf } from './body-writes.ts';
import { type ChainFacts, placeKey } from './chain-facts.ts';
import type { ChainWrites } from './chain-writes.ts';
import { declaredRollback, gapOf } from './declared-gap.ts';
import { placeOfEntry } from './place-of-entry.ts';
import type { ProvedItem } from './proved-item.ts';
import type { ReadBody } from './typed-body.ts';

/** How items came: from the device itself, carried by another, or out of the waiting room. */
export type Road = 'live' | 'carried' | 'waiting';

/** What was said of one item; `epoch` where the item stands in the chain. */
export type Said = {
  readonly seq: number;
  readonly hash: string;
  readonly verdict: Verdict;
  readonly epoch: Epoch | null;
};

/** `GAP` stops a push, because nothing can be appended to an unknown entry. */
export type Judgement = Said | 'GAP';

/** One judging: facts are added to, writes are gathered, the database is not asked. */
export type Judging = {
  readonly facts: ChainFacts;
  readonly writes: ChainWrites;
  readonly context: ProvinceContext;
  readonly deviceId: string;
  readonly road: Road;
};

type Genuine = { readonly envelope: EntryEnvelope; readonly one: ProvedItem };

function receivedAtOf({ facts, context }: Judging, hash: string): number {
  return facts.pending.get(hash) ?? context.now();
}

/** The verdict that an item got before, if the same item came before. */
function originalVerdict({ facts }: Judging, { item, itemHash, isIntact }: ProvedItem): Said | undefined {
  const known = isIntact ? facts.byHash.get(item.hash) : undefined;
  if (known !== undefined) {
    const verdict = { verdict: 'DUPLICATE', original: known.verdict } as const;
    return { seq: known.seq, hash: item.hash, epoch: known.epoch, verdict };
  }
  const aside = facts.suspendedItems.get(itemHash);
  if (aside === undefined) return undefined;
  return { seq: aside.seq, hash: item.hash, epoch: null, verdict: { verdict: 'DUPLICATE', original: aside.verdict } };
}

type SetAside = {
  readonly envelope: EntryEnvelope | null;
  readonly seq: number;
  readonly verdict: Extract<Verdict, { verdict: 'QUARANTINED' | 'FORK' }>;
};

/** Keeps the bytes of an item that may not stand in the chain. */
function setAside(judging: Judging, { item, itemHash }: ProvedItem, { envelope, seq, verdict }: SetAside): Said {
  const { facts, writes, deviceId } = judging;
  writes.suspended.push({
    device_id: deviceId,
    item_hash: itemHash,
    epoch_n: envelope?.epoch.n ?? null,
    epoch_nonce: envelope?.epoch.nonce ?? null,
    seq,
    hash: item.hash,
    raw: Buffer.from(item.text),
    sig: item.sig,
    verdict: verdict.verdict,
    reason: verdict.verdict === 'QUARANTINED' ? verdict.reason : null,
    received_at: receivedAtOf(judging, item.hash),
  });
  facts.suspendedItems.set(itemHash, { seq, verdict: verdict.verdict });
  if (facts.suspended.get(item.hash) !== 'FORK') facts.suspended.set(item.hash, verdict.verdict);
  return { seq, hash: item.hash, verdict, epoch: null };
}

/**
 * "Same position, other hash: both kept, both in suspense"; a device that forks has a second copy somewhere. An opening on
 * the branch beside the chain counts for nothing there, and still tells that its device came back from an older state.
 */
function fork(judging: Judging, { envelope, one }: Genuine, rival: string | null): Said {
  const { facts, writes, context, deviceId } = judging;
  const { epoch, seq } = envelope;
  const at = context.now();
  if (rival !== null) {
    writes.suspense.push({ device_id: deviceId, hash: rival, reason: 'FORK', at });
    const parting = { n: epoch.n, nonce: epoch.nonce, seq, stands: rival, came: one.item.hash };
    writes.incidents.push({ kind: 'FORK', evidence: `${epoch.n}/${epoch.nonce}`, facts: parting });
    writes.clonedAt = at;
  }
  const isBelieved = !facts.gapProblems.has(one.item.hash);
  const opened = isBelieved && one.read?.ok === true ? declaredRollback(envelope, one.read.value) : undefined;
  if (opened !== undefined) writes.incidents.push(opened);
  context.log('error', 'FORK', { device: deviceId, seq });
  return setAside(judging, one, { envelope, seq, verdict: { verdict: 'FORK' } });
}

/** An epoch counts from the moment in which its signed opening is in custody, also while that waits: it may close a gap before it. */
function addEpoch({ facts, writes }: Judging, { envelope, one }: Genuine, read: ReadBody, receivedAt: number): void {
  if (read.type !== 'epoch.opened') return;
  const gap = gapOf(envelope, read);
  writes.epochs.push({
    device_id: envelope.deviceId,
    n: envelope.epoch.n,
    nonce: envelope.epoch.nonce,
    first_seq: envelope.seq,
    opened_hash: one.item.hash,
    reason: read.body.reason,
    proven_hash: read.body.lastProven?.head ?? null,
    gap_n: gap?.epoch.n ?? null,
    gap_nonce: gap?.epoch.nonce ?? null,
    gap_from: gap?.fromSeq ?? null,
    gap_to: gap?.toSeq ?? null,
    gap_refused: facts.gapProblems.get(one.item.hash) ?? null,
    received_at: receivedAt,
  });
}

function wait(judging: Judging, genuine: Genuine): Said {
  const { facts, writes } = judging;
  const { envelope, one } = genuine;
  const { hash, text, sig } = one.item;
  if (!facts.pending.has(hash)) {
    const received_at = receivedAtOf(judging, hash);
    writes.pending.push({ ...positionOf(envelope), hash, prev: envelope.prev, text, sig, received_at });
    if (one.read?.ok === true) addEpoch(judging, genuine, one.read.value, received_at);
    facts.pending.set(hash, received_at);
  }
  return { seq: envelope.seq, hash, verdict: { verdict: 'PENDING' }, epoch: null };
}

/** The verdict of an entry that has its place in the chain. */
export function verdictOf(
  facts: ChainFacts,
  { envelope, one }: Genuine,
): Extract<Verdict, { verdict: 'ACCEPTED' | 'QUARANTINED' | 'CONFLICT' }> {
  if (one.read === undefined || !one.read.ok) {
    return { verdict: 'QUARANTINED', reason: one.read?.ok === false ? one.read.error : 'BAD_BODY' };
  }
  const { type, body } = one.read.value;
  const { officerId } = envelope;
  const isKnown = officerId === null ? type !== 'transaction.paid' : facts.officers.has(officerId);
  if (!isKnown) return { verdict: 'QUARANTINED', reason: 'UNKNOWN_OFFICER' };
  // OPOP-Sync/1 5.9: the same id from another device is another sale.
  if (type === 'transaction.paid' && facts.sales.has(body.transactionId)) return { verdict: 'CONFLICT' };
  return { verdict: 'ACCEPTED' };
}

/** What an accepted entry changes beside its own row. */
export function addAccepted(judging: Judging, genuine: Genuine, receivedAt: number): void {
  const { facts, writes, context } = judging;
  const { envelope, one } = genuine;
  if (one.read?.ok !== true) return;
  addEpoch(judging, genuine, one.read.value, receivedAt);
  const accepted = { envelope, hash: one.item.hash, read: one.read.value, receivedAt };
  addBody(writes, facts, accepted, context.settings.bookingDelayMs);
}

/** Appends a genuine entry at its place and applies what it says, or keeps it with the reason why it does not count. */
export function append(
  judging: Judging,
  genuine: Genuine,
  receivedAt = receivedAtOf(judging, genuine.one.item.hash),
): Said {
  const { facts, writes } = judging;
  const { envelope, one } = genuine;
  const { hash, text, sig } = one.item;
  const { epoch, seq, prev } = envelope;
  const verdict = verdictOf(facts, genuine);
  writes.entries.push({
    ...positionOf(envelope),
    hash,
    prev,
    type: envelope.type,
    stream: envelope.stream,
    text,
    sig,
    verdict: verdict.verdict,
    reason: verdict.verdict === 'QUARANTINED' ? verdict.reason : null,
    received_at: receivedAt,
  });
  facts.byHash.set(hash, { seq, epoch, verdict: verdict.verdict });
  facts.places.set(placeKey(epoch, seq), { hash, prev });
  if (verdict.verdict === 'ACCEPTED') addAccepted(judging, genuine, receivedAt);
  return { seq, hash, verdict, epoch };
}

function judgeGenuine(judging: Judging, genuine: Genuine): Judgement {
  const { envelope, one } = genuine;
  const found = placeOfEntry(judging.facts, envelope, one.item.hash);
  switch (found.place) {
    case 'next':
      return append(judging, genuine);
    case 'fork':
      return fork(judging, genuine, found.rival);
    case 'broken': {
      const verdict = { verdict: 'QUARANTINED', reason: 'BAD_BODY' } as const;
      return setAside(judging, one, { envelope, seq: envelope.seq, verdict });
    }
    case 'gap':
      return judging.road === 'live' ? 'GAP' : wait(judging, genuine);
    default:
      return assertNever(found);
  }
}

function judgeNew(judging: Judging, one: ProvedItem, likelySeq: number): Judgement {
  const { proof } = one;
  if (proof.proof === 'genuine') return judgeGenuine(judging, { envelope: proof.envelope, one });
  const envelope = proof.proof === 'damaged' ? proof.envelope : null;
  const reasons = { damaged: 'BAD_SIGNATURE', unreadable: 'BAD_BODY', fault: 'INTERNAL' } as const;
  const verdict = { verdict: 'QUARANTINED', reason: reasons[proof.proof] } as const;
  return setAside(judging, one, { envelope, seq: envelope?.seq ?? likelySeq, verdict });
}

/** A forged copy of a waiting entry does not take its place. */
function leaveWaitingRoom({ facts, writes }: Judging, { item, proof }: ProvedItem): void {
  if (proof.proof === 'genuine' && facts.pending.has(item.hash)) writes.arrived.push(item.hash);
}

/** Judges one item (OPOP-Sync/1 5.3): everything that comes is kept, what is not in order does not count. `likelySeq` names the place of unreadable bytes. */
export function judgeItem(judging: Judging, one: ProvedItem, likelySeq: number): Judgement {
  const before = originalVerdict(judging, one);
  if (before !== undefined) return before;
  const judgement = judgeNew(judging, one, likelySeq);
  if (judgement !== 'GAP' && judgement.verdict.verdict !== 'PENDING') leaveWaitingRoom(judging, one);
  return judgement;
}

/** Keeps the bytes of an item on which our own work failed, so that it holds up nothing behind it. */
export function setAsideAfterFault(judging: Judging, one: ProvedItem, likelySeq: number): Said {
  leaveWaitingRoom(judging, one);
  const envelope = one.proof.proof === 'genuine' ? one.proof.envelope : null;
  const verdict = { verdict: 'QUARANTINED', reason: 'INTERNAL' } as const;
  return setAside(judging, one, { envelope, seq: envelope?.seq ?? likelySeq, verdict });
}
