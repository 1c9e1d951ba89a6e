import { PAGE_MAX_BYTES, type UploadMetadata } from '../../contract/uploads.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { openCiphertext } from './open-ciphertext.ts';
import { findPage, type TakenPage } from './page-rows.ts';

type Judged =
  | { readonly state: 'stored'; readonly reason: null; readonly width: number; readonly height: number }
  | { readonly state: 'refused'; readonly reason: string; readonly width: null; readonly height: null };

const refused = (reason: string): Judged => ({ state: 'refused', reason, width: null, height: null });

/** Whether a person could be shown this page: it opens, and is one JPEG. */
async function judge(context: ProvinceContext, metadata: UploadMetadata, bytes: Uint8Array): Promise<Judged> {
  const opened = await openCiphertext(context, metadata, bytes);
  if (!opened.ok) return refused(opened.error);
  const { verdict, width, height } = await context.pages.pictures.check(opened.value);
  return verdict === 'PICTURE' ? { state: 'stored', reason: null, width, height } : refused(verdict);
}

async function write(
  tx: Tx,
  deviceId: string,
  metadata: UploadMetadata,
  bytes: number,
  judged: Judged,
  receivedAt: number,
): Promise<void> {
  const { documentId, stream, kind, pageKey, sealedTo } = metadata;
  // Whoever erases a person holds the same row, so that a page of that moment does not stay behind with its key.
  await tx.selectFrom('device').select('device_id').where('device_id', '=', deviceId).forNoKeyUpdate().execute();
  const page = { device_id: deviceId, document_id: documentId };
  const written = await tx
    .insertInto('document')
    .values({ ...page, stream, kind, bytes, sealed_to: sealedTo, ...judged, received_at: receivedAt })
    .onConflict((conflict) => conflict.columns(['device_id', 'document_id']).doNothing())
    .returning('document_id')
    .executeTakeFirst();
  if (written === undefined || judged.state === 'refused') return;
  const erased = await tx
    .selectFrom('erased_subject')
    .select('subject')
    .where('device_id', '=', deviceId)
    .where('subject', '=', stream)
    .executeTakeFirst();
  if (erased === undefined) {
    await tx
      .insertInto('document_key')
      .values({ ...page, stream, jwe: pageKey })
      .execute();
  } else {
    const erasure = { cause: 'person', erased_at: receivedAt, bytes_removed_at: null } as const;
    await tx
      .insertInto('document_erasure')
      .values({ ...page, ...erasure })
      .execute();
  }
}

/**
 * Takes a page into custody, by whatever road its bytes came: the file first, then the row. What does not hash to its name
 * is not that page. Idempotency: constraint document_once; the first word about a page stays.
 */
export async function takePage(
  context: ProvinceContext,
  deviceId: string,
  metadata: UploadMetadata,
  bytes: Uint8Array,
): Promise<Result<TakenPage, 'WRONG_HASH' | 'TOO_LARGE'>> {
  const { documentId } = metadata;
  const before = await findPage(context.db, deviceId, documentId);
  if (before !== undefined) return ok(before);
  if (bytes.length > PAGE_MAX_BYTES) return err('TOO_LARGE');
  if (sha256(bytes) !== documentId) return err('WRONG_HASH');
  const judged = await judge(context, metadata, bytes);
  if (judged.state === 'stored') await context.pages.store.keep(documentId, bytes);
  await context.db.transaction().execute((tx) => write(tx, deviceId, metadata, bytes.length, judged, context.now()));
  context.log('info', 'PAGE', { device: deviceId, state: judged.state, reason: judged.reason, bytes: bytes.length });
  const taken = await findPage(context.db, deviceId, documentId);
  if (taken === undefined) throw new Error('a page that was just written is found');
  return ok(taken);
}
