import {
  createPrivateKey,
  createPublicKey,
  sign as ed25519Sign,
  verify as ed25519Verify,
  hash,
  KeyObject,
} from 'node:crypto';
import { remembered } from '../../../domain/remembered.ts';

/** Ed25519 signs, X25519 opens what is sealed. */
export type KeyUse = 'signing' | 'sealing';

/** DER headers of a raw key of 32 bytes (RFC 8410): everything before the key itself. */
const PRIVATE_HEADER = { signing: '302e020100300506032b657004220420', sealing: '302e020100300506032b656e04220420' };
const PUBLIC_HEADER = { signing: '302a300506032b6570032100', sealing: '302a300506032b656e032100' };

const KEY_BYTES = 32;
const HASH_BYTES = 32;
const SIGNATURE_BYTES = 64;
const KEY_ID_BYTES = 9;

/**
 * The bytes of a base64url text of exactly `length` bytes; undefined when it is not the one spelling of those bytes.
 * A second spelling (unused bits of the last character) would let a changed text pass.
 */
export function bytesOf(text: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === length && bytes.toString('base64url') === text ? bytes : undefined;
}

/** A private key of 32 random bytes. Throws on another length, which is a bug or a damaged key store. */
export function privateKeyFrom(use: KeyUse, raw: Uint8Array): KeyObject {
  if (raw.length !== KEY_BYTES) throw new RangeError(`a private key has ${KEY_BYTES} bytes, not ${raw.length}`);
  const key = Buffer.concat([Buffer.from(PRIVATE_HEADER[use], 'hex'), raw]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function readPublicKey(use: KeyUse, raw: string): KeyObject | undefined {
  const bytes = bytesOf(raw, KEY_BYTES);
  if (bytes === undefined) return undefined;
  const key = Buffer.concat([Buffer.from(PUBLIC_HEADER[use], 'hex'), bytes]);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

/** Making a key ready costs as much as verifying with it, and a counter meets the same few every time. */
const KEPT_KEYS = 50;
const publicKeys = {
  signing: remembered(KEPT_KEYS, (raw) => readPublicKey('signing', raw)),
  sealing: remembered(KEPT_KEYS, (raw) => readPublicKey('sealing', raw)),
};

/** A public key of its raw base64url form (43 characters); undefined when it is none. */
export function publicKeyFrom(use: KeyUse, raw: string): KeyObject | undefined {
  return publicKeys[use](raw);
}

/** The raw public half of a key, base64url (43 characters). */
export function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('only Ed25519 and X25519 keys have a raw form');
  return x;
}

/** First 9 bytes of the SHA-256 of a raw public key, base64url (12 characters). */
export function keyIdOf(publicKey: string): string {
  const raw = Buffer.from(publicKey, 'base64url');
  return hash('sha256', raw, 'buffer').subarray(0, KEY_ID_BYTES).toString('base64url');
}

/** Ed25519 over the UTF-8 bytes of `context + text`, base64url. The context keeps a signature of one kind from passing for another. */
export function sign(context: string, text: string, privateKey: KeyObject): string {
  return ed25519Sign(null, Buffer.from(context + text, 'utf8'), privateKey).toString('base64url');
}

function verifyBytes(bytes: Buffer, sig: string, publicKey: string | KeyObject): boolean {
  const signature = bytesOf(sig, SIGNATURE_BYTES);
  const key = publicKey instanceof KeyObject ? publicKey : publicKeyFrom('signing', publicKey);
  if (signature === undefined || key === undefined) return false;
  return ed25519Verify(null, bytes, key, signature);
}

/** Whether `sig` is the signature of `context + text`; false, never a throw, for anything malformed. */
export function verify(context: string, text: string, sig: string, publicKey: string | KeyObject): boolean {
  return verifyBytes(Buffer.from(context + text, 'utf8'), sig, publicKey);
}

/** `sig = Ed25519(hash)`: over the 32 bytes of an entry's hash. */
export function signEntryHash(entryHash: string, privateKey: KeyObject): string {
  const bytes = bytesOf(entryHash, HASH_BYTES);
  if (bytes === undefined) throw new RangeError('not a hash of an entry');
  return ed25519Sign(null, bytes, privateKey).toString('base64url');
}

/** Whether a signature over an entry's hash is the device's. */
export type EntryVerifier = (entryHash: string, sig: string) => boolean;

/** An entry leaves twice within the hour, for its second copy and for the province. */
const KEPT_SIGNATURES = 200;

/**
 * Verifies the entries of one device. The same hash with the same signature is verified once: what has changed since is
 * another hash or another signature.
 */
export function entryVerifier(key: KeyObject): EntryVerifier {
  const verifies = remembered(KEPT_SIGNATURES, (pair) => {
    const [entryHash = '', sig = ''] = pair.split(' ');
    return verifyEntryHash(entryHash, sig, key);
  });
  return (entryHash, sig) => verifies(`${entryHash} ${sig}`);
}

/** Whether `sig` is the device's signature of an entry's hash. */
export function verifyEntryHash(entryHash: string, sig: string, publicKey: string | KeyObject): boolean {
  const bytes = bytesOf(entryHash, HASH_BYTES);
  return bytes !== undefined && verifyBytes(bytes, sig, publicKey);
}
