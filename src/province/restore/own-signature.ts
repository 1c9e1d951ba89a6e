import type { SignedText } from '../../contract/primitives.ts';
import { verifyText } from '../crypto/ed25519.ts';
import type { ProvinceContext } from '../province-context.ts';

/** Whether one of our own signing keys of any age signed this; a revoked key proves nothing, anyone may have it. */
export async function isOurSignature(
  { db, keys }: Pick<ProvinceContext, 'db' | 'keys'>,
  signatureContext: string,
  signed: SignedText,
): Promise<boolean> {
  const key = keys.findSigning(signed.keyId);
  if (key === undefined || !verifyText(key.publicKey, signatureContext, signed.text, signed.sig)) return false;
  const stated = await db
    .selectFrom('key_statement')
    .select('revoked')
    .where('key_id', '=', signed.keyId)
    .executeTakeFirst();
  return stated?.revoked !== true;
}
