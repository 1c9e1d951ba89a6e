import type { Selectable } from 'kysely';
import type { KeptPage } from '../../../contract/views-documents.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { PageTables } from '../db/schema-documents.ts';

/** A page in safe keeping, as its row holds it. */
export type PageRow = Readonly<Selectable<PageTables['document']>>;

/** What is known of a page when it is kept; the way to the province begins at `local`. */
export type NewPage = {
  readonly documentId: string;
  readonly seq: number;
  readonly stream: string;
  readonly kind: string;
  readonly pageNo: number;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly source: PageRow['source'];
  readonly capturedAt: number;
  readonly viewSubject: string;
  /** Null where nobody may look at it here again: the page of a service that was closed before. */
  readonly wrappedKey: string | null;
  readonly sealedKey: string;
  readonly sealedTo: string;
  readonly repeatIndex: string;
};

export async function insertPage(tx: WriteTx, page: NewPage): Promise<void> {
  await tx
    .insertInto('document')
    .values({
      document_id: page.documentId,
      seq: page.seq,
      stream: page.stream,
      kind: page.kind,
      page_no: page.pageNo,
      bytes: page.bytes,
      width: page.width,
      height: page.height,
      source: page.source,
      captured_at: page.capturedAt,
      view_subject: page.viewSubject,
      wrapped_key: page.wrappedKey,
      sealed_key: page.sealedKey,
      sealed_to: page.sealedTo,
      repeat_index: page.repeatIndex,
      replaced_by: null,
      last_reason: null,
      next_try_at: null,
      upload_url: null,
      stored_at: null,
      receipt: null,
      exported_at: null,
      released_at: null,
      again_reason: null,
      again_at: null,
    })
    .execute();
}

export async function findPage(tx: ReadTx, documentId: string): Promise<PageRow | undefined> {
  return await tx.selectFrom('document').selectAll().where('document_id', '=', documentId).executeTakeFirst();
}

const selectPagesOf = prepared<{ stream: string }>()((from, of) =>
  from
    .selectFrom('document')
    .selectAll()
    .where('stream', '=', of('stream'))
    .where('state', '!=', 'discarded')
    .where('replaced_by', 'is', null)
    .orderBy('captured_at')
    .orderBy('seq'),
);

/** Pages of one transaction or application that count, in the order of their papers; not those that were taken again. */
export async function readPagesOf(tx: ReadTx, stream: string): Promise<readonly PageRow[]> {
  return selectPagesOf(tx, { stream });
}

/** Pages of one stream that were taken back. */
export async function readDiscardedOf(tx: ReadTx, stream: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('document')
    .select('document_id')
    .where('stream', '=', stream)
    .where('state', '=', 'discarded')
    .execute();
  return rows.map((row) => row.document_id);
}

/** How many pages of each kind a transaction or application has; a page that is to be taken again does not count. */
export async function pagesByKind(tx: ReadTx, stream: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { kind, state } of await readPagesOf(tx, stream)) {
    if (state !== 'missing' && state !== 'refused') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** How many pages are kept of each of these streams; one without a page is not in the answer. */
export async function pagesOfStreams(tx: ReadTx, streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (streams.length === 0) return new Map();
  const rows = await tx
    .selectFrom('document')
    .select((eb) => ['stream', eb.fn.countAll<number>().as('pages')] as const)
    .where('stream', 'in', [...streams])
    .where('state', 'not in', ['discarded', 'missing', 'refused'])
    .groupBy('stream')
    .execute();
  return new Map(rows.map((row) => [row.stream, row.pages]));
}

/** The officer took it back: it goes to nobody, and its key is gone with it. */
export async function discardPage(tx: WriteTx, documentId: string): Promise<void> {
  await tx
    .updateTable('document')
    .set({ state: 'discarded', wrapped_key: null, next_try_at: null })
    .where('document_id', '=', documentId)
    .execute();
}

export async function putReplacement(tx: WriteTx, documentId: string, replacedBy: string): Promise<void> {
  await tx.updateTable('document').set({ replaced_by: replacedBy }).where('document_id', '=', documentId).execute();
}

/** The page has to be taken again; what the province holds stays with it. */
export async function putMissing(tx: WriteTx, documentId: string, reason: string, atMs: number): Promise<void> {
  await tx
    .updateTable('document')
    .set({ state: 'missing', again_reason: reason, again_at: atMs, next_try_at: null })
    .where('document_id', '=', documentId)
    .where('state', '!=', 'discarded')
    .execute();
}

/** Pages whose bytes should lie in this computer's folder. */
export async function readHeldPages(tx: ReadTx): Promise<readonly PageRow[]> {
  return await tx
    .selectFrom('document')
    .selectAll()
    .where('state', 'not in', ['discarded', 'missing'])
    .where('released_at', 'is', null)
    .orderBy('seq')
    .execute();
}

/** Why a page is to be taken again that this computer lost by itself. */
export const LOST_HERE = 'LOST_HERE';

/** Pages that are to be taken again and were not, newest first. */
export async function readMissingPages(tx: ReadTx, limit = 500): Promise<readonly PageRow[]> {
  return await tx
    .selectFrom('document')
    .selectAll()
    .where('again_at', 'is not', null)
    .where('state', '=', 'missing')
    .where('replaced_by', 'is', null)
    .orderBy('again_at', 'desc')
    .limit(limit)
    .execute();
}

/** Every page that was ever kept here. */
export async function countPages(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('document')
    .select(({ fn }) => fn.countAll<number>().as('pages'))
    .executeTakeFirstOrThrow();
  return row.pages;
}

/** How many pages are to be taken again. */
export async function countMissingPages(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('document')
    .select(({ fn }) => fn.countAll<number>().as('pages'))
    .where('again_at', 'is not', null)
    .where('state', '=', 'missing')
    .where('replaced_by', 'is', null)
    .executeTakeFirstOrThrow();
  return row.pages;
}

/** Whether a page of this stream waits to be taken again. */
export async function awaitsPage(tx: ReadTx, stream: string): Promise<boolean> {
  const row = await tx
    .selectFrom('document')
    .select('document_id')
    .where('stream', '=', stream)
    .where('state', 'in', ['missing', 'refused'])
    .where('replaced_by', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

const selectHeld = prepared()((from) =>
  from
    .selectFrom('document')
    .select(({ fn }) => [fn.sum<number | null>('bytes').as('bytes')])
    .where('state', 'not in', ['discarded', 'missing'])
    .where('released_at', 'is', null),
);
const selectWaiting = prepared()((from) =>
  from
    .selectFrom('document')
    .select(({ fn }) => [
      fn.countAll<number>().as('pages'),
      fn.sum<number | null>('bytes').as('bytes'),
      fn.sum<number | null>('sent_bytes').as('sent'),
    ])
    .where('state', 'in', ['local', 'uploading']),
);

/** Bytes that lie here; pages that the province has not confirmed, and how many bytes of them are still to go. */
export async function pageFigures(
  tx: ReadTx,
): Promise<{ readonly heldBytes: number; readonly waiting: number; readonly waitingBytes: number }> {
  const [held] = selectHeld(tx, {});
  const [waiting] = selectWaiting(tx, {});
  return {
    heldBytes: held?.bytes ?? 0,
    waiting: waiting?.pages ?? 0,
    waitingBytes: (waiting?.bytes ?? 0) - (waiting?.sent ?? 0),
  };
}

/** Pages on their way, oldest first; or all that count, newest first. */
export async function readLanePages(tx: ReadTx, show: 'waiting' | 'all', limit: number): Promise<readonly PageRow[]> {
  const all = tx.selectFrom('document').selectAll().limit(limit);
  return show === 'waiting'
    ? await all.where('state', 'in', ['local', 'uploading', 'refused']).orderBy('captured_at').orderBy('seq').execute()
    : await all.where('state', '!=', 'discarded').orderBy('seq', 'desc').execute();
}

/** The page as a screen sees it. */
export function keptPageOf(row: PageRow, shown: boolean): KeptPage {
  if (row.state === 'discarded') throw new Error('a discarded page is not shown');
  return {
    documentId: row.document_id,
    kind: row.kind,
    pageNo: row.page_no,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    source: row.source,
    capturedAt: row.captured_at,
    shown,
    state: row.state,
  };
}
