import { bech32 } from '@scure/base';
import { Decrypter, Encrypter } from 'age-encryption';
import type { SealingKey } from './sealed-box.ts';

/** What the package takes as a key that opens. */
type Identity = Parameters<Decrypter['addIdentity']>[0];

/** A raw public X25519 key (base64url, as a certificate names it) in the spelling of an age recipient, `age1...`. */
function recipientOf(rawPublic: string): string {
  return bech32.encodeFromBytes('age', Buffer.from(rawPublic, 'base64url'));
}

function streamOf(pieces: AsyncIterator<Uint8Array>, first?: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (first !== undefined) controller.enqueue(first);
    },
    pull: async (controller) => {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

/** Seals a stream as an age v1 file for one raw public key; nothing of it is held in memory as a whole. */
export async function sealStream(
  plain: AsyncIterable<Uint8Array>,
  rawPublic: string,
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipientOf(rawPublic));
  return encrypter.encrypt(streamOf(plain[Symbol.asyncIterator]()));
}

/** Why the plain text of a sealed file ended. */
export type SealedFileFault = 'NOT_A_BUNDLE' | 'NOT_SEALED_TO_US' | 'CUT_OR_DAMAGED';

/** A header with twenty recipients is shorter; "size limits hold before anything is decoded" (OPOP-Sync/1 12.3). */
const LONGEST_HEADER = 8192;
const VERSION_LINE = 'age-encryption.org/v1\n';
const HEADER_END = /\n--- [A-Za-z0-9+/]{43}\n/;

/** The first pieces of a file, up to the end of its header; undefined when it has none. */
async function headOf(pieces: AsyncIterator<Uint8Array>): Promise<Buffer | undefined> {
  let head = Buffer.alloc(0);
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) return undefined;
    head = Buffer.concat([head, next.value]);
    const seen = head.subarray(0, LONGEST_HEADER).toString('latin1');
    if (!VERSION_LINE.startsWith(seen.slice(0, VERSION_LINE.length))) return undefined;
    if (HEADER_END.test(seen)) return head;
    if (head.length > LONGEST_HEADER) return undefined;
  }
}

/**
 * Opens an age v1 file piece by piece with any of our keys, so that one which was cut gives everything before the cut. Each
 * piece is authentic; `onPlain` may answer false to stop.
 */
export async function openStream(
  source: AsyncIterable<Uint8Array>,
  keys: readonly SealingKey[],
  onPlain: (piece: Uint8Array) => Promise<boolean>,
): Promise<SealedFileFault | null> {
  const pieces = source[Symbol.asyncIterator]();
  const head = await headOf(pieces);
  if (head === undefined) return 'NOT_A_BUNDLE';
  const decrypter = new Decrypter();
  for (const { privateKey } of keys) {
    const identity = privateKey.toCryptoKey({ name: 'X25519' }, false, ['deriveBits']);
    decrypter.addIdentity(identity as Identity); // one class, whose usages Node's types and the DOM's name differently
  }
  const reader = await decrypter
    .decrypt(streamOf(pieces, head))
    .then((plain) => plain.getReader())
    // The package throws plain errors; at the header they mean that none of its stanzas is for us, or that it was changed.
    .catch(() => undefined);
  if (reader === undefined) return 'NOT_SEALED_TO_US';
  for (;;) {
    // Behind the header what throws is a piece that does not authenticate, or a medium that went away.
    const next = await reader.read().catch(() => undefined);
    if (next === undefined) return 'CUT_OR_DAMAGED';
    if (next.done) return null;
    if (!(await onPlain(next.value))) return null;
  }
}
