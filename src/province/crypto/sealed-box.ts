import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { err, ok, type Result } from '../../domain/result.ts';
import { keyIdOf, rawPublicKey } from './ed25519.ts';

/** An X25519 key pair for what is sealed to us. */
export type SealingKey = { readonly privateKey: KeyObject; readonly publicKey: string; readonly keyId: string };

export function sealingKeyOf(privateKey: KeyObject): SealingKey {
  const publicKey = rawPublicKey(privateKey);
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
}

export function createSealingKey(): SealingKey {
  return sealingKeyOf(generateKeyPairSync('x25519').privateKey);
}

/** JWE in compact form: ECDH-ES over X25519, A256GCM, `kid` names the receiver's key. */
export async function sealTo(publicKey: string, plain: Uint8Array): Promise<string> {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: publicKey }, format: 'jwk' });
  return new CompactEncrypt(plain)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: keyIdOf(publicKey) })
    .encrypt(key);
}

/** The id of the key to which a JWE is sealed; undefined when it names none. */
export function sealedToKey(jwe: string): string | undefined {
  try {
    return decodeProtectedHeader(jwe).kid;
  } catch (_noHeader) {
    return undefined; // bytes that are no JWE are sealed to nobody
  }
}

/** Opens what was sealed to our key; the reason of a failure tells nothing. */
export async function openSealed(key: SealingKey, jwe: string): Promise<Result<Uint8Array, 'CANNOT_OPEN'>> {
  try {
    const { plaintext } = await compactDecrypt(jwe, key.privateKey, {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return ok(plaintext);
  } catch {
    return err('CANNOT_OPEN');
  }
}
