import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedBody } from '../../contract/primitives.ts';
import { err, ok, type Result } from '../../domain/result.ts';

const TAG_BYTES = 16;

/** Opens the personal part of an entry: AES-256-GCM under the stream's body key, bound to its subject, tag at the end. */
export function openSealedBody(sealed: SealedBody, bodyKey: Uint8Array): Result<unknown, 'CANNOT_OPEN'> {
  const bytes = Buffer.from(sealed.ciphertext, 'base64url');
  if (bodyKey.length !== 32 || bytes.length <= TAG_BYTES) return err('CANNOT_OPEN');
  const decipher = createDecipheriv('aes-256-gcm', bodyKey, Buffer.from(sealed.nonce, 'base64url'));
  decipher.setAAD(Buffer.from(sealed.subject));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()]);
    return ok(JSON.parse(plain.toString('utf8')));
  } catch {
    return err('CANNOT_OPEN');
  }
}

/** Encrypts a column that holds personal data; `context` binds the ciphertext to its place. */
export function sealColumn(key: Uint8Array, context: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** The text of a sealed column; throws when key, place or bytes are wrong, which is damage. */
export function openColumn(key: Uint8Array, context: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - TAG_BYTES)), decipher.final()]).toString();
}
