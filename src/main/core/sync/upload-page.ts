import { retryDelayMs } from '../../../domain/delivery-policy.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal, WriteTx } from '../db/open.ts';
import { putMissing } from '../documents/document-store.ts';
import type { PageFiles } from '../documents/page-files.ts';
import { documentIdOf } from '../documents/page-seal.ts';
import type { RandomPort } from '../ports.ts';
import type { LineFault } from './link.ts';
import { markUploading, noteWay, type WayRow } from './page-lane-store.ts';
import { sendPage, type SenderDeps } from './page-sender.ts';

export type UploadPageDeps = Omit<SenderDeps, 'onPiece'> & {
  readonly db: Db;
  readonly files: Pick<PageFiles, 'read'>;
  readonly random: RandomPort;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
  /** Told how far a page is, for whoever looks; nothing is written for a piece. */
  readonly onPiece: (
    documentId: string,
    sent: { readonly bytes: number; readonly tookMs: number; readonly offset: number },
  ) => void;
};

/** A page as the lane left it. */
export type PageTry = 'sent' | 'damaged';

/** Faults that no waiting mends while the bytes are the same; the page waits the longest. */
const SENT_FROM_THE_START = new Set(['UPLOAD_409', 'UPLOAD_460', 'UPLOAD_404', 'UPLOAD_410']);
const MOST_FAILURES = 20;

async function write(db: Db, work: (tx: WriteTx) => Promise<void>): Promise<Result<void, StorageRefusal>> {
  return await db.write(async (tx) => {
    await work(tx);
    return ok(undefined);
  });
}

/**
 * Sends one page: that its bytes may leave is committed before the first, how far it came and why not further after the
 * last. Bytes that are not that page any more are not sent: it has to be taken again.
 */
export async function uploadPage(
  deps: UploadPageDeps,
  row: WayRow,
  signal: AbortSignal,
): Promise<Result<PageTry, LineFault | StorageRefusal>> {
  const { db, files, now, random } = deps;
  const { document_id: documentId, stream, kind, sealed_key: pageKey, sealed_to: sealedTo } = row;
  const bytes = await files.read(documentId);
  if (bytes === undefined || documentIdOf(bytes) !== documentId) {
    const noted = await write(db, async (tx) => {
      await putMissing(tx, documentId, bytes === undefined ? 'LOST_HERE' : 'UNREADABLE', now());
    });
    return noted.ok ? ok('damaged') : noted;
  }
  const marked = await write(db, async (tx) => {
    await markUploading(tx, documentId);
  });
  if (!marked.ok) return marked;
  const held = { offset: row.sent_bytes };
  const end = await sendPage(
    {
      ...deps,
      onPiece: (sent) => {
        held.offset = sent.offset;
        deps.onPiece(documentId, sent);
      },
    },
    { metadata: { documentId, stream, kind, pageKey, sealedTo }, bytes, begunBefore: row.tries > 0 },
    signal,
  );
  const way =
    end.end === 'sent'
      ? { sentBytes: row.bytes, reason: null, nextTryAt: null }
      : {
          sentBytes: SENT_FROM_THE_START.has(end.fault.detail) ? 0 : Math.min(held.offset, row.bytes - 1),
          reason: end.fault.detail,
          nextTryAt: now() + waitAfter(end.fault, row.tries, random),
        };
  const noted = await write(db, async (tx) => {
    await noteWay(tx, documentId, way);
  });
  if (!noted.ok) return noted;
  return end.end === 'sent' ? ok('sent') : err(end.fault);
}

/** "Full jitter, floor 1 s, ceiling 15 min; Retry-After is obeyed" (OPOP-Sync/1 11.4). */
function waitAfter(fault: LineFault, tries: number, random: RandomPort): number {
  const jittered = retryDelayMs(Math.min(tries + 1, MOST_FAILURES), random.fraction());
  return fault.fault === 'busy' ? Math.max(jittered, fault.retryAfterMs) : jittered;
}
