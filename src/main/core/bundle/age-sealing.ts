import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { Decrypter, Encrypter, type Identity, type Recipient, Stanza } from 'age-encryption';
import { bytesOf, publicKeyFrom, rawPublicKey } from '../journal/signing.ts';

/** age v1, recipient type X25519 (https://age-encryption.org/v1). */
const X25519 = 'X25519';
const WRAP_INFO = 'age-encryption.org/v1/X25519';
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const FILE_KEY_BYTES = 16;
const CIPHER = 'chacha20-poly1305';
/** A file key is wrapped once under a key of its own, so its nonce is zero. */
const ZERO_NONCE = new Uint8Array(12);

/** base64 without padding, as age writes it. */
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The key that wraps a file key between an ephemeral share and a recipient; both raw public keys, base64url. */
function wrappingKey(privateKey: KeyObject, publicKey: KeyObject, share: string, recipient: string): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  const salt = Buffer.concat([Buffer.from(share, 'base64url'), Buffer.from(recipient, 'base64url')]);
  return Buffer.from(hkdfSync('sha256', secret, salt, WRAP_INFO, KEY_BYTES));
}

/**
 * A raw public X25519 key (base64url, as feeds and certificates name it) as an age recipient: the same key as
 * `age1...`, without the detour over its spelling. Throws on a malformed key.
 */
function recipientOf(rawPublic: string): Recipient {
  const theirs = publicKeyFrom('sealing', rawPublic);
  if (theirs === undefined) throw new TypeError('not a public sealing key');
  return {
    wrapFileKey: (fileKey) => {
      const { privateKey, publicKey } = generateKeyPairSync('x25519');
      const share = rawPublicKey(publicKey);
      const key = wrappingKey(privateKey, theirs, share, rawPublic);
      const cipher = createCipheriv(CIPHER, key, ZERO_NONCE, { authTagLength: TAG_BYTES });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      return [new Stanza([X25519, base64(Buffer.from(share, 'base64url'))], body)];
    },
  };
}

/** The file key of one stanza, when it was wrapped for this private key; null for every other. */
function unwrap({ args, body }: Stanza, sealingPrivate: KeyObject): Uint8Array | null {
  const [type, shareText, ...more] = args;
  if (type !== X25519 || shareText === undefined || more.length > 0) return null;
  const share = Buffer.from(shareText, 'base64').toString('base64url');
  if (bytesOf(share, KEY_BYTES) === undefined || body.length !== FILE_KEY_BYTES + TAG_BYTES) return null;
  const theirs = publicKeyFrom('sealing', share);
  if (theirs === undefined) return null;
  try {
    const recipient = rawPublicKey(createPublicKey(sealingPrivate));
    const key = wrappingKey(sealingPrivate, theirs, share, recipient);
    const decipher = createDecipheriv(CIPHER, key, ZERO_NONCE, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(body.subarray(FILE_KEY_BYTES));
    return Buffer.concat([decipher.update(body.subarray(0, FILE_KEY_BYTES)), decipher.final()]);
  } catch (_notForUs) {
    return null; // a wrong tag or a point of low order: it was not wrapped for this key
  }
}

/** A private X25519 key as an age identity; the key never leaves its object. */
function identityOf(sealingPrivate: KeyObject): Identity {
  return {
    unwrapFileKey: (stanzas) =>
      stanzas.reduce<Uint8Array | null>((found, stanza) => found ?? unwrap(stanza, sealingPrivate), null),
  };
}

/** Seals bytes as an age v1 file that each of these raw public keys opens. Throws without a recipient. */
export async function sealFile(plain: Uint8Array, rawPublicKeys: readonly string[]): Promise<Uint8Array> {
  if (rawPublicKeys.length === 0) throw new RangeError('a file sealed to nobody can never be read');
  const encrypter = new Encrypter();
  for (const key of rawPublicKeys) encrypter.addRecipient(recipientOf(key));
  return await encrypter.encrypt(plain);
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
  decrypter.addIdentity(identityOf(sealingPrivate));
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
