import type { SignedText } from '../../contract/primitives.ts';
import { verifyText } from '../crypto/ed25519.ts';
import type { StatedKey } from '../keys/key-statements.ts';
import type { ProvinceContext } from '../province-context.ts';

type Keys = Pick<ProvinceContext, 'keys'>;

/** Whether one of our own signing keys of any age made this signature, revoked or not. */
function isByOurKey({ keys }: Keys, signatureContext: string, { keyId, text, sig }: SignedText): boolean {
  const key = keys.findSigning(keyId);
  return key !== undefined && verifyText(key.publicKey, signatureContext, text, sig);
}

/** Whether we signed this, by what the database has just stated; a revoked key proves nothing, anyone may have it. */
export function isOurSignatureBy(
  holder: Keys,
  stated: readonly StatedKey[],
  signatureContext: string,
  signed: SignedText,
): boolean {
  const isRevoked = stated.some(({ keyId, revoked }) => revoked && keyId === signed.keyId);
  return !isRevoked && isByOurKey(holder, signatureContext, signed);
}

/** Whether one of our own signing keys of any age signed this; a revoked key proves nothing, anyone may have it. */
export async function isOurSignature(
  { db, keys }: Pick<ProvinceContext, 'db' | 'keys'>,
  signatureContext: string,
  signed: SignedText,
): Promise<boolean> {
  if (!isByOurKey({ keys }, signatureContext, signed)) return false;
  const stated = await db
    .selectFrom('key_statement')
    .select('revoked')
    .where('key_id', '=', signed.keyId)
    .executeTakeFirst();
  return stated?.revoked !== true;
}
