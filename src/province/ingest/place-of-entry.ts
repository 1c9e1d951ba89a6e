import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import { type ChainFacts, placeKey } from './chain-facts.ts';
import { liesInGap } from './declared-gap.ts';

/** Where an entry stands in the chain that we hold; a fork names the entry in custody beside which it stands, where there is one. */
export type Place =
  | { readonly place: 'next' | 'broken' | 'gap' }
  | { readonly place: 'fork'; readonly rival: string | null };

/** "Same position, other hash", or an entry behind it that follows another one. */
function rivalOf(facts: ChainFacts, { epoch, seq }: EntryEnvelope, hash: string): string | undefined {
  const here = facts.places.get(placeKey(epoch, seq));
  if (here !== undefined) return here.hash;
  const behind = facts.places.get(placeKey(epoch, seq + 1));
  return behind !== undefined && behind.prev !== hash ? behind.hash : undefined;
}

/**
 * OPOP-Sync/1 5.5: the predecessor is satisfied when it is in custody, or its damaged bytes are, or its place lies in a declared gap. `seq`
 * goes on across epochs, so a new epoch may stand on any entry in custody.
 */
export function placeOfEntry(facts: ChainFacts, envelope: EntryEnvelope, hash: string): Place {
  const { epoch, seq, prev, type } = envelope;
  const rival = rivalOf(facts, envelope, hash);
  if (rival !== undefined) return { place: 'fork', rival };
  if (seq === 1) return { place: prev === null ? 'next' : 'broken' };
  if (prev === null) return { place: 'broken' };
  const before = facts.byHash.get(prev);
  if (before !== undefined) return { place: before.seq === seq - 1 ? 'next' : 'broken' };
  const otherBefore = facts.places.get(placeKey(epoch, seq - 1));
  // Its predecessor would stand where another entry stands: a declared gap does not open what is in custody.
  if (otherBefore !== undefined) return { place: 'fork', rival: otherBefore.hash };
  const aside = facts.suspended.get(prev);
  if (aside === 'FORK') return { place: 'fork', rival: null };
  // A damaged item may not have told its own place; the entry after it is signed and does.
  if (aside !== undefined || facts.damaged.has(placeKey(epoch, seq - 1))) return { place: 'next' };
  return { place: liesInGap(facts.gaps, epoch, seq - 1, type === 'epoch.opened') ? 'next' : 'gap' };
}
