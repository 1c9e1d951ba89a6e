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

function verifyBytes(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const sig = Buffer.from(signature, 'base64url');
  // One spelling only: unused bits of the last character must not make a second text that passes.
  if (sig.length !== SIGNATURE_BYTES || sig.toString('base64url') !== signature) return false;
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, bytes, key, sig);
  } catch {
    // A public key that is no point of the curve verifies nothing.
    return false;
  }
}

/** Whether the signature over `context + text` is the key's; false for anything malformed. */
export function verifyText(publicKey: string, context: string, text: string, signature: string): boolean {
  return verifyBytes(publicKey, Buffer.from(context + text), signature);
}

/** Whether the signature over the 32 bytes of a hash is the key's. */
export function verifyHash(publicKey: string, hash: string, signature: string): boolean {
  return verifyBytes(publicKey, Buffer.from(hash, 'base64url'), signature);
}
