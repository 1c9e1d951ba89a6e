import type { SignedEntry } from '../../contract/journal-entry.ts';
import type { Result } from '../../domain/result.ts';
import { sha256 } from '../crypto/hashing.ts';
import { type HashVerifier, hashVerifier } from '../crypto/ed25519.ts';
import { type BodyProblem, readBody } from './read-body.ts';
import type { ReadBody } from './typed-body.ts';
import { type EntryProof, isIntact, proveEntry, type Signer } from './verify-entry.ts';

/** An item with everything that can be said of its bytes alone, before the database is asked. */
export type ProvedItem = {
  readonly item: SignedEntry;
  /** The identity of the item's very bytes, whatever they claim. */
  readonly itemHash: string;
  readonly isIntact: boolean;
  readonly proof: EntryProof | { readonly proof: 'fault'; readonly error: string };
  /** What a genuine entry says; undefined for every other item. */
  readonly read: Result<ReadBody, BodyProblem> | undefined;
};

function proveItem(item: SignedEntry, signer: Signer, verifies: HashVerifier): ProvedItem {
  const itemHash = sha256(`${item.hash}\n${item.sig}\n${item.text}`);
  const known = { item, itemHash, isIntact: isIntact(item) };
  try {
    const proof = proveEntry(item, signer, verifies);
    return { ...known, proof, read: proof.proof === 'genuine' ? readBody(proof.envelope) : undefined };
  } catch (error) {
    const isOurs = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
    if (!isOurs) throw error;
    return { ...known, proof: { proof: 'fault', error: String(error).slice(0, 200) }, read: undefined };
  }
}

/** Reads and verifies items. A fault of our own reading is kept as such: it holds up nothing behind it. */
export function proveItems(items: readonly SignedEntry[], signer: Signer): readonly ProvedItem[] {
  const verifies = hashVerifier(signer.signingKey);
  return items.map((item) => proveItem(item, signer, verifies));
}

/** Whether whole, well-formed bytes speak in another device's name: a rotten row never does, its hash is wrong. */
export function speaksForAnother({ isIntact: whole, proof }: ProvedItem, signer: Signer): boolean {
  return whole && proof.proof === 'damaged' && proof.envelope !== null && proof.envelope.deviceId !== signer.deviceId;
}
