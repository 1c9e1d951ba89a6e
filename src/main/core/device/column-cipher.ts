import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { RandomPort } from '../ports.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts columns that hold plate, NIK, name or chassis (OPOP-Sync/1 1.5), and makes keys to find them by. */
export type ColumnCipher = {
  /** AES-256-GCM under the data key, bound to `context` (the column); base64url of nonce, ciphertext and tag. */
  readonly seal: (text: string, context: string) => string;
  /** Throws when the text was not sealed here for that context, or was changed: a damaged database. */
  readonly open: (sealed: string, context: string) => string;
  /** HMAC-SHA-256 of the text under the device's index key, for exact search; base64url. */
  readonly index: (text: string, context: string) => string;
};

/** AES-256-GCM: nonce, ciphertext and tag in one piece. `aad` binds the bytes to their place. */
export function sealBytes(key: Uint8Array | KeyObject, nonce: Uint8Array, plain: Uint8Array, aad: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The inverse of `sealBytes`; undefined when key, place or a single bit is another. */
export function openBytes(key: Uint8Array | KeyObject, sealed: Uint8Array, aad: string): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const inside = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([inside, decipher.final()]);
  } catch (_notAuthentic) {
    return undefined; // `final` throws for one reason only: the tag does not fit
  }
}

/** A cipher under the device's data key and index key. */
export function createColumnCipher(
  { dataKey, indexKey }: { readonly dataKey: Uint8Array; readonly indexKey: Uint8Array },
  random: RandomPort,
): ColumnCipher {
  // Made once: bytes would be made a key again for every value, which costs several times the encryption itself.
  const [sealingKey, searchKey] = [createSecretKey(dataKey), createSecretKey(indexKey)];
  return {
    seal: (text, context) =>
      sealBytes(sealingKey, random.bytes(NONCE_BYTES), Buffer.from(text, 'utf8'), context).toString('base64url'),
    open: (sealed, context) => {
      const plain = openBytes(sealingKey, Buffer.from(sealed, 'base64url'), context);
      if (plain === undefined) throw new Error(`a sealed value of ${context} does not open`);
      return plain.toString('utf8');
    },
    index: (text, context) => createHmac('sha256', searchKey).update(`${context}\0${text}`, 'utf8').digest('base64url'),
  };
}
