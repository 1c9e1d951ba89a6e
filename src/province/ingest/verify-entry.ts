import {
  ENTRY_CONTEXT,
  type EntryEnvelope,
  entryEnvelopeSchema,
  type SignedEntry,
} from '../../contract/journal-entry.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { type HashVerifier, hashVerifier } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/hashing.ts';

/** The device whose certificate must have signed the entries of a push. */
export type Signer = { readonly deviceId: string; readonly keyId: string; readonly signingKey: string };

/** What can be said of the bytes of an entry before its meaning is looked at. */
export type EntryProof =
  | { readonly proof: 'genuine'; readonly envelope: EntryEnvelope }
  /** Signed by the device, but no envelope that we can read. */
  | { readonly proof: 'unreadable' }
  /** Hash, signature or signer are wrong; the envelope is what the bytes claim. */
  | { readonly proof: 'damaged'; readonly envelope: EntryEnvelope | null };

function readEnvelope(text: string): EntryEnvelope | null {
  try {
    const value: unknown = JSON.parse(text);
    const parsed = entryEnvelopeSchema.safeParse(value);
    // Signed bytes have one spelling: a text that is not canonical could read differently elsewhere.
    return parsed.success && canonicalJson(value) === text ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Whether the text is the one under the hash. */
export function isIntact(item: SignedEntry): boolean {
  return sha256(ENTRY_CONTEXT + item.text) === item.hash;
}

/** Verifies hash, signature and signer of one entry; `verifies` is the signer's key made ready, for whoever proves many. */
export function proveEntry(
  item: SignedEntry,
  signer: Signer,
  verifies: HashVerifier = hashVerifier(signer.signingKey),
): EntryProof {
  const envelope = readEnvelope(item.text);
  if (!isIntact(item) || !verifies(item.hash, item.sig)) return { proof: 'damaged', envelope };
  if (envelope === null) return { proof: 'unreadable' };
  if (envelope.deviceId !== signer.deviceId || envelope.keyId !== signer.keyId) return { proof: 'damaged', envelope };
  return { proof: 'genuine', envelope };
}
