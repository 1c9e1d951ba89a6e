import { v7 as uuidV7 } from 'uuid';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ProvinceContext } from '../province-context.ts';
import { openCiphertext } from './open-ciphertext.ts';

/** Who looks at which page, and why; `outletId` keeps a supervisor to the devices of one outlet, null is the province itself. */
export type Look = {
  readonly documentId: string;
  readonly looker: string;
  readonly officerId: string | null;
  readonly outletId: string | null;
  readonly reason: string;
};

/** `PAGE_ERASED`: its key is gone for good; `PAGE_DAMAGED`: its bytes are not what came. */
export type LookProblem = 'PAGE_UNKNOWN' | 'PAGE_ERASED' | 'PAGE_DAMAGED';

async function findSealed({ db }: ProvinceContext, { documentId, outletId }: Look) {
  const pages = db
    .selectFrom('document')
    .innerJoin('device', 'device.device_id', 'document.device_id')
    .leftJoin('document_key as key', (join) =>
      join.onRef('key.device_id', '=', 'document.device_id').onRef('key.document_id', '=', 'document.document_id'),
    )
    .select(['document.device_id as deviceId', 'document.stream', 'document.kind', 'key.jwe'])
    .where('document.document_id', '=', documentId)
    .where('document.state', '=', 'stored');
  const own = outletId === null ? pages : pages.where('device.outlet_id', '=', outletId);
  return own
    .orderBy('key.jwe', (order) => order.nullsLast())
    .limit(1)
    .executeTakeFirst();
}

/**
 * Opens a page for a named person with a reason: "each opening is recorded", before the picture is handed out (OPOP-Sync/1 10.8). What leaves is
 * a new JPEG of the pixels, with nothing else of the file in it.
 */
export async function openDocument(context: ProvinceContext, look: Look): Promise<Result<Uint8Array, LookProblem>> {
  const { db, pages, now } = context;
  const sealed = await findSealed(context, look);
  if (sealed === undefined) return err('PAGE_UNKNOWN');
  const { deviceId, stream, kind, jwe } = sealed;
  if (jwe === null) return err('PAGE_ERASED');
  const bytes = await pages.store.read(look.documentId);
  const opened = bytes === undefined ? undefined : await openCiphertext(context, { stream, kind, pageKey: jwe }, bytes);
  const picture = opened?.ok === true ? await pages.pictures.redraw(opened.value) : undefined;
  if (picture === undefined) return err('PAGE_DAMAGED');
  await db
    .insertInto('document_look')
    .values({
      device_id: deviceId,
      look_id: uuidV7({ msecs: now() }),
      document_id: look.documentId,
      looker: look.looker,
      officer_id: look.officerId,
      reason: look.reason,
      looked_at: now(),
    })
    .execute();
  context.log('info', 'PAGE_OPENED', { device: deviceId, document: look.documentId, by: look.officerId ?? 'province' });
  return ok(picture);
}
