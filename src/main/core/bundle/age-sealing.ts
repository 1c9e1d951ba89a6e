import type { KeyObject } from 'node:crypto';
import { bech32 } from '@scure/base';
import { Decrypter, Encrypter } from 'age-encryption';
import { publicKeyFrom } from '../journal/signing.ts';

/** What the package takes as a key that opens. */
type Identity = Parameters<Decrypter['addIdentity']>[0];

/**
 * A raw public X25519 key (base64url, as feeds and certificates name it) in the spelling of an age recipient, `age1...`.
 * Throws on a malformed key.
 */
function recipientOf(rawPublic: string): string {
  if (publicKeyFrom('sealing', rawPublic) === undefined) throw new TypeError('not a public sealing key');
  return bech32.encodeFromBytes('age', Buffer.from(rawPublic, 'base64url'));
}

function encrypterFor(rawPublicKeys: readonly string[]): Encrypter {
  if (rawPublicKeys.length === 0) throw new RangeError('a file sealed to nobody can never be read');
  const encrypter = new Encrypter();
  for (const key of rawPublicKeys) encrypter.addRecipient(recipientOf(key));
  return encrypter;
}

/** Seals bytes as an age v1 file that each of these raw public keys opens. Throws without a recipient. */
export async function sealFile(plain: Uint8Array, rawPublicKeys: readonly string[]): Promise<Uint8Array> {
  return await encrypterFor(rawPublicKeys).encrypt(plain);
}

/** The same piece by piece, for what is too long for memory. */
export async function sealPieces(
  plain: ReadableStream<Uint8Array>,
  rawPublicKeys: readonly string[],
): Promise<ReadableStream<Uint8Array>> {
  return await encrypterFor(rawPublicKeys).encrypt(plain);
}

/** Why the plain text of a sealed file ended. */
export type SealedFileFault = 'NOT_A_SEALED_FILE' | 'NOT_SEALED_TO_US' | 'CUT_OR_DAMAGED';

/** A whole age header with twenty recipients is shorter; nothing longer is gathered in memory. */
const LONGEST_HEADER = 8192;
const HEADER_END = '\n--- ';

/** The first pieces of a file, up to the end of its age header; undefined when it has none. */
async function headOf(source: AsyncIterator<Uint8Array>): Promise<Buffer | undefined> {
  let head = Buffer.alloc(0);
  for (;;) {
    const next = await source.next();
    if (next.done === true) return undefined;
    head = Buffer.concat([head, next.value]);
    if (head.subarray(0, LONGEST_HEADER).includes(HEADER_END)) return head;
    if (head.length > LONGEST_HEADER) return undefined;
  }
}

/** The pieces that were read already, then the rest of the source. */
function continued(head: Uint8Array, source: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    pull: async (controller) => {
      const next = await source.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

/**
 * Opens an age v1 file piece by piece, so that one which was cut gives everything before the cut. Each piece is
 * authentic; the last one is only known to be the last when null is answered.
 */
export async function openFile(
  source: AsyncIterable<Uint8Array>,
  sealingPrivate: KeyObject,
  onPlain: (piece: Uint8Array) => Promise<boolean>,
): Promise<SealedFileFault | null> {
  const pieces = source[Symbol.asyncIterator]();
  const head = await headOf(pieces);
  if (head === undefined) return 'NOT_A_SEALED_FILE';
  const decrypter = new Decrypter();
  // The key never leaves its object.
  const identity = sealingPrivate.toCryptoKey({ name: 'X25519' }, false, ['deriveBits']);
  decrypter.addIdentity(identity as Identity); // one class, whose usages Node's types and the DOM's name differently
  const reader = await decrypter
    .decrypt(continued(head, pieces))
    .then((plain) => plain.getReader())
    // The package throws plain errors; at the header they mean that none of its stanzas is for this key.
    .catch(() => undefined);
  if (reader === undefined) return 'NOT_SEALED_TO_US';
  for (;;) {
    // Behind the header the one thing that throws is a piece that does not authenticate, or a medium that went away.
    const next = await reader.read().catch(() => undefined);
    if (next === undefined) return 'CUT_OR_DAMAGED';
    if (next.done) return null;
    if (!(await onPlain(next.value))) return null;
  }
}
