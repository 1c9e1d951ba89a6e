import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { z } from 'zod';
import { remembered } from '../../domain/remembered.ts';

const publicJwkSchema = z.object({ x: z.string() });

/** A private key with the public key as it travels: 32 raw bytes in base64url, and its short id. */
export type SigningKey = { readonly privateKey: KeyObject; readonly publicKey: string; readonly keyId: string };

/** First 9 bytes of the SHA-256 of the raw public key, base64url. */
export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest().subarray(0, 9).toString('base64url');
}

/** The raw public part of a key, base64url. */
export function rawPublicKey(key: KeyObject): string {
  return publicJwkSchema.parse(createPublicKey(key).export({ format: 'jwk' })).x;
}

/** Wraps a private key with what is known in public about it. */
export function signingKeyOf(privateKey: KeyObject): SigningKey {
  const publicKey = rawPublicKey(privateKey);
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
}

export function createSigningKey(): SigningKey {
  return signingKeyOf(generateKeyPairSync('ed25519').privateKey);
}

/** A private key from its PKCS#8 text. */
export function privateKeyFromPem(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** Ed25519 over `context + text`, base64url. */
export function signText(key: SigningKey, context: string, text: string): string {
  return sign(null, Buffer.from(context + text), key.privateKey).toString('base64url');
}

const SIGNATURE_BYTES = 64;

/** Keys of counters and of the province itself that are kept ready: that costs as much as verifying one signature. */
const READY_KEYS = 5000;

/** A raw public key made ready; undefined when it is no point of the curve, and then it verifies nothing. */
const readyKey = remembered(READY_KEYS, (publicKey): KeyObject | undefined => {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  } catch (_noPoint) {
    return undefined; // whoever asks is told that nothing verifies
  }
});

function verifyBytes(key: KeyObject | undefined, bytes: Uint8Array, signature: string): boolean {
  const sig = Buffer.from(signature, 'base64url');
  // One spelling only: unused bits of the last character must not make a second text that passes.
  if (key === undefined || sig.length !== SIGNATURE_BYTES || sig.toString('base64url') !== signature) return false;
  return verify(null, bytes, key, sig);
}

/** Whether the signature over `context + text` is the key's; false for anything malformed. */
export function verifyText(publicKey: string, context: string, text: string, signature: string): boolean {
  return verifyBytes(readyKey(publicKey), Buffer.from(context + text), signature);
}

/** Whether a signature over the 32 bytes of a hash is the key's. */
export type HashVerifier = (hash: string, signature: string) => boolean;

/** Verifies many signatures of one key. */
export function hashVerifier(publicKey: string): HashVerifier {
  const key = readyKey(publicKey);
  return (hash, signature) => verifyBytes(key, Buffer.from(hash, 'base64url'), signature);
}
