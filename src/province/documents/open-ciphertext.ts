import { createDecipheriv } from 'node:crypto';
import { PAGE_SEAL, pageSealContext } from '../../contract/page-seal.ts';
import type { UploadMetadata } from '../../contract/uploads.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { openSealed, sealedToKey } from '../crypto/sealed-box.ts';
import { KeyFileMissing } from '../keys/key-statements.ts';
import type { ProvinceContext } from '../province-context.ts';

/** What decides how a page is opened; the rest of its metadata does not matter here. */
type Sealed = Pick<UploadMetadata, 'stream' | 'kind' | 'pageKey'>;

/** A node that lacks the file of a key that the province has must not say that nobody can open the page. */
async function isStated({ db }: Pick<ProvinceContext, 'db'>, keyId: string): Promise<boolean> {
  const row = await db.selectFrom('key_statement').select('key_id').where('key_id', '=', keyId).executeTakeFirst();
  return row !== undefined;
}

function decrypt(bytes: Uint8Array, pageKey: Uint8Array, { stream, kind }: Sealed): Uint8Array | undefined {
  const { version, nonceBytes, tagBytes, keyBytes } = PAGE_SEAL;
  if (pageKey.length !== keyBytes || bytes[0] !== version || bytes.length <= 1 + nonceBytes + tagBytes)
    return undefined;
  const decipher = createDecipheriv('aes-256-gcm', pageKey, bytes.subarray(1, 1 + nonceBytes));
  decipher.setAAD(Buffer.from(pageSealContext(stream, kind), 'utf8'));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  const plain = decipher.update(bytes.subarray(1 + nonceBytes, bytes.length - tagBytes));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch (_notAuthentic) {
    return undefined; // `final` throws for one reason only: the tag does not fit
  }
}

/**
 * Opens a page in memory: its key by our sealing key, its bytes by its key. The plain picture is never written. Throws
 * KeyFileMissing where another node has the key.
 */
export async function openCiphertext(
  context: Pick<ProvinceContext, 'db' | 'keys'>,
  sealed: Sealed,
  bytes: Uint8Array,
): Promise<Result<Uint8Array, 'KEY_UNUSABLE'>> {
  const keyId = sealedToKey(sealed.pageKey);
  const key = keyId === undefined ? undefined : context.keys.findSealing(keyId);
  if (key === undefined) {
    if (keyId !== undefined && (await isStated(context, keyId)))
      throw new KeyFileMissing(`no sealing-${keyId}.pem here`);
    return err('KEY_UNUSABLE');
  }
  const pageKey = await openSealed(key, sealed.pageKey);
  const plain = pageKey.ok ? decrypt(bytes, pageKey.value, sealed) : undefined;
  return plain === undefined ? err('KEY_UNUSABLE') : ok(plain);
}
