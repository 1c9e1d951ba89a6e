import type { EntryEnvelope, SignedEntry } from '../../contract/journal-entry.ts';
import type { Verdict } from '../../contract/sync-protocol.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { applyBody, isKnownSale } from './apply-body.ts';
import {
  findAtPosition,
  findKnownEntry,
  findSuspendedItem,
  insertEntry,
  insertSuspended,
  type KeptVerdict,
  type KnownEntry,
  putInSuspense,
} from './entry-store.ts';
import { type ReadBody, readBody } from './read-body.ts';
import { type EntryProof, isIntact, proveEntry, type Signer } from './verify-entry.ts';

/** What was said of one item; `GAP` stops the push, because nothing can be appended to an unknown entry. */
export type Judgement = { readonly seq: number; readonly hash: string; readonly verdict: Verdict } | 'GAP';

type Push = { readonly tx: Tx; readonly context: ProvinceContext; readonly signer: Signer };

/** The identity of an item's very bytes, whatever they claim. */
const itemHashOf = (item: SignedEntry): string => sha256(`${item.hash}\n${item.sig}\n${item.text}`);

/** The verdict that an item got before, if the same item came before. */
async function originalVerdict({ tx, signer }: Push, item: SignedEntry): Promise<Judgement | undefined> {
  const duplicate = (seq: number, original: KnownEntry['verdict']): Judgement => ({
    seq,
    hash: item.hash,
    verdict: { verdict: 'DUPLICATE', original },
  });
  const known = isIntact(item) ? await findKnownEntry(tx, signer.deviceId, item.hash) : undefined;
  if (known !== undefined && !known.suspended) return duplicate(known.seq, known.verdict);
  const suspended = await findSuspendedItem(tx, signer.deviceId, itemHashOf(item));
  return suspended === undefined ? undefined : duplicate(suspended.seq, suspended.verdict);
}

async function setAside(
  { tx, context, signer }: Push,
  item: SignedEntry,
  facts: { envelope: EntryEnvelope | null; seq: number; verdict: Verdict & { verdict: 'QUARANTINED' | 'FORK' } },
): Promise<Judgement> {
  const { envelope, seq, verdict } = facts;
  await insertSuspended(
    tx,
    {
      deviceId: signer.deviceId,
      itemHash: itemHashOf(item),
      item,
      envelope,
      seq,
      verdict: verdict.verdict,
      reason: verdict.verdict === 'QUARANTINED' ? verdict.reason : null,
    },
    context.now(),
  );
  return { seq, hash: item.hash, verdict };
}

/** Where an entry stands in the chain that we hold. */
type Place = 'next' | 'broken' | 'fork' | 'gap';

async function placeOf({ tx, signer }: Push, envelope: EntryEnvelope): Promise<{ place: Place; rival?: string }> {
  const rival = await findAtPosition(tx, envelope);
  if (rival !== undefined) return { place: 'fork', rival };
  // The first entry of a device has nothing before it.
  if (envelope.seq === 1) return { place: 'next' };
  if (envelope.prev === null) return { place: 'broken' };
  const before = await findKnownEntry(tx, signer.deviceId, envelope.prev);
  if (before === undefined) return { place: 'gap' };
  if (before.suspended && before.verdict === 'FORK') return { place: 'fork' };
  // A damaged item may not have told its own place; the entry after it is signed and does.
  if (before.suspended) return { place: 'next' };
  // `seq` goes on across epochs; a new epoch stands on the last entry that the counter can prove.
  const follows = before.seq === envelope.seq - 1;
  return { place: follows ? 'next' : 'broken' };
}

async function isKnownOfficer(tx: Tx, envelope: EntryEnvelope, read: ReadBody): Promise<boolean> {
  if (envelope.officerId === null) return read.type !== 'transaction.paid';
  const row = await tx
    .selectFrom('officer')
    .select('officer_id')
    .where('officer_id', '=', envelope.officerId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Appends a genuine entry at its place and applies what it says, or keeps it with the reason why it does not count. */
async function appendEntry(
  { tx, context, signer }: Push,
  envelope: EntryEnvelope,
  item: SignedEntry,
): Promise<Judgement> {
  const keep = async (verdict: Verdict, kept: KeptVerdict): Promise<Judgement> => {
    await insertEntry(tx, envelope, item, kept, context.now());
    return { seq: envelope.seq, hash: item.hash, verdict };
  };
  const read = readBody(envelope);
  if (!read.ok) {
    const reason = read.error;
    return keep({ verdict: 'QUARANTINED', reason }, { verdict: 'QUARANTINED', reason });
  }
  if (!(await isKnownOfficer(tx, envelope, read.value))) {
    const reason = 'UNKNOWN_OFFICER';
    return keep({ verdict: 'QUARANTINED', reason }, { verdict: 'QUARANTINED', reason });
  }
  const { type, body } = read.value;
  if (type === 'transaction.paid' && (await isKnownSale(tx, signer.deviceId, body.transactionId))) {
    return keep({ verdict: 'CONFLICT' }, { verdict: 'CONFLICT', reason: null });
  }
  const judgement = await keep({ verdict: 'ACCEPTED' }, { verdict: 'ACCEPTED', reason: null });
  await applyBody(tx, context, envelope, item, read.value);
  return judgement;
}

async function judgeGenuine(push: Push, envelope: EntryEnvelope, item: SignedEntry): Promise<Judgement> {
  const { tx, context, signer } = push;
  const { place, rival } = await placeOf(push, envelope);
  if (place === 'gap') return 'GAP';
  if (place === 'fork') {
    // "Same position, other hash: both kept, both in suspense."
    if (rival !== undefined) await putInSuspense(tx, signer.deviceId, rival, 'FORK', context.now());
    context.log('error', 'FORK', { device: signer.deviceId, seq: envelope.seq });
    return setAside(push, item, { envelope, seq: envelope.seq, verdict: { verdict: 'FORK' } });
  }
  if (place === 'broken') {
    const verdict = { verdict: 'QUARANTINED', reason: 'BAD_BODY' } as const;
    return setAside(push, item, { envelope, seq: envelope.seq, verdict });
  }
  return appendEntry(push, envelope, item);
}

/** Judges one item: everything that comes is kept, what is not in order does not count. `likelySeq` names the place of unreadable bytes. */
export async function judgeEntry(push: Push, item: SignedEntry, likelySeq: number): Promise<Judgement> {
  const before = await originalVerdict(push, item);
  if (before !== undefined) return before;
  const proof: EntryProof = proveEntry(item, push.signer);
  if (proof.proof === 'genuine') return judgeGenuine(push, proof.envelope, item);
  const envelope = proof.proof === 'damaged' ? proof.envelope : null;
  const reason = proof.proof === 'damaged' ? 'BAD_SIGNATURE' : 'BAD_BODY';
  return setAside(push, item, {
    envelope,
    seq: envelope?.seq ?? likelySeq,
    verdict: { verdict: 'QUARANTINED', reason },
  });
}

/** Keeps the bytes of an item on which our own work failed, so that it holds up nothing behind it. */
export async function setAsideAfterFault(push: Push, item: SignedEntry, likelySeq: number): Promise<Judgement> {
  const verdict = { verdict: 'QUARANTINED', reason: 'INTERNAL' } as const;
  return setAside(push, item, { envelope: null, seq: likelySeq, verdict });
}
