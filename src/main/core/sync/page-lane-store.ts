import { type Selectable, sql } from 'kysely';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { PageTables } from '../db/schema-documents.ts';

/** A page on its way, as its row holds it. */
export type WayRow = Readonly<Selectable<PageTables['document']>>;

/** Not yet confirmed by the province. */
const WAITING = ['local', 'uploading'] as const;

/**
 * Pages that wait, also those that the province has called missing while their bytes still lie here: a counter that was
 * away for long had sent its entries by another road than its pages.
 */
function waiting(tx: Pick<ReadTx, 'selectFrom'>) {
  return tx
    .selectFrom('document')
    .where((eb) =>
      eb.or([
        eb('state', 'in', [...WAITING]),
        eb.and([
          eb('state', '=', 'missing'),
          eb('again_reason', '=', 'NEVER_CAME'),
          eb('stored_at', 'is', null),
          eb('replaced_by', 'is', null),
        ]),
      ]),
    )
    .where('released_at', 'is', null);
}

const selectWaiting = prepared()((from) =>
  from
    .selectFrom('document')
    .where('state', 'in', [...WAITING])
    .select(({ fn }) => [
      fn.countAll<number>().as('pages'),
      fn.sum<number | null>(sql`bytes - sent_bytes`).as('bytes'),
      fn.min<number | null>('captured_at').as('oldest'),
    ]),
);

/** Pages that the province has not confirmed; each counts as unsent (OPOP-Sync/1 14.2). */
export async function countWaitingPages(
  tx: ReadTx,
): Promise<{ readonly pages: number; readonly bytes: number; readonly oldestAt: number | null }> {
  const [row] = selectWaiting(tx, {});
  return { pages: row?.pages ?? 0, bytes: row?.bytes ?? 0, oldestAt: row?.oldest ?? null };
}

const selectDue = prepared<{ nowMs: number }>()((from, of) =>
  waiting(from)
    .selectAll()
    .whereRef('sent_bytes', '<', 'bytes')
    .where((eb) => eb.or([eb('next_try_at', 'is', null), eb('next_try_at', '<=', of('nowMs'))]))
    .orderBy('captured_at')
    .orderBy('seq')
    .limit(1),
);

/** The oldest page whose time has come and whose bytes are not all there yet. */
export async function findDuePage(tx: ReadTx, nowMs: number): Promise<WayRow | undefined> {
  return selectDue(tx, { nowMs })[0];
}

/** When the next page that failed may be tried again; null when none waits. */
export async function findNextTry(tx: ReadTx): Promise<number | null> {
  const row = await waiting(tx)
    .select(({ fn }) => fn.min<number | null>('next_try_at').as('at'))
    .where('next_try_at', 'is not', null)
    .executeTakeFirst();
  return row?.at ?? null;
}

const selectUnconfirmed = prepared<{ limit: number }>()((from, of) =>
  waiting(from).select('document_id').whereRef('sent_bytes', '=', 'bytes').orderBy('seq').limit(of('limit')),
);

/** Pages of which every byte was sent and no receipt has come. */
export async function readUnconfirmed(tx: ReadTx, limit: number): Promise<readonly string[]> {
  return selectUnconfirmed(tx, { limit }).map((row) => row.document_id);
}

/** Every page that waits, whatever its time: for a file that somebody carries. */
export async function readWaitingPages(tx: ReadTx): Promise<readonly WayRow[]> {
  return await waiting(tx).selectAll().orderBy('captured_at').orderBy('seq').execute();
}

const selectOfEarlierLife = prepared<{ incarnation: string; limit: number }>()((from, of) =>
  from
    .selectFrom('document')
    .select('document_id')
    .where('state', '=', 'stored')
    .where('released_at', 'is', null)
    .where(sql<string>`json_extract(json_extract(receipt, '$.text'), '$.incarnation')`, '<>', of('incarnation'))
    .orderBy('seq')
    .limit(of('limit')),
);

/** Pages whose receipt was signed by an earlier life of the province, while their bytes are here. */
export async function readOfEarlierLife(tx: ReadTx, incarnation: string, limit: number): Promise<readonly string[]> {
  return selectOfEarlierLife(tx, { incarnation, limit }).map((row) => row.document_id);
}

/** Committed before the first byte of a page leaves. */
export async function markUploading(tx: WriteTx, documentId: string): Promise<void> {
  await tx
    .updateTable('document')
    .set((eb) => ({
      state: sql<'uploading'>`CASE state WHEN 'local' THEN 'uploading' ELSE state END`,
      tries: eb('tries', '+', 1),
      next_try_at: null,
    }))
    .where('document_id', '=', documentId)
    .execute();
}

/** How far the province says that it is, and why it did not go on. */
export async function noteWay(
  tx: WriteTx,
  documentId: string,
  way: { readonly sentBytes: number; readonly reason: string | null; readonly nextTryAt: number | null },
): Promise<void> {
  await tx
    .updateTable('document')
    .set({ sent_bytes: way.sentBytes, last_reason: way.reason, next_try_at: way.nextTryAt })
    .where('document_id', '=', documentId)
    .where('state', 'in', [...WAITING, 'missing'])
    .execute();
}

const forgetTries = preparedWrite<Record<never, never>>()((to) =>
  to.updateTable('document').set({ next_try_at: null }).where('next_try_at', 'is not', null),
);

/** Somebody asked for it: whatever failed is tried again at once. */
export async function tryAllNow(tx: WriteTx): Promise<void> {
  forgetTries(tx, {});
}

/** The province's signed word. What was asked for again and had come after all is missed by nobody. */
export async function settlePageRow(
  tx: WriteTx,
  documentId: string,
  word: {
    readonly state: 'stored' | 'refused';
    readonly reason: string | null;
    readonly receipt: string;
    readonly atMs: number;
  },
): Promise<void> {
  const isStored = word.state === 'stored';
  await tx
    .updateTable('document')
    .set({
      state: word.state,
      receipt: word.receipt,
      last_reason: word.reason,
      next_try_at: null,
      ...(isStored ? { stored_at: word.atMs, sent_bytes: sql<number>`bytes`, again_reason: null, again_at: null } : {}),
    })
    .where('document_id', '=', documentId)
    .where('state', 'in', [...WAITING, 'stored', 'missing'])
    .execute();
}

/** The province has lost it, and its bytes are still here: it waits again. */
export async function sendAgain(tx: WriteTx, documentId: string, reason: string): Promise<void> {
  await tx
    .updateTable('document')
    .set({
      state: sql`CASE state WHEN 'missing' THEN 'missing' ELSE 'local' END`,
      sent_bytes: 0,
      last_reason: reason,
      next_try_at: null,
    })
    .where('document_id', '=', documentId)
    .where('state', 'in', [...WAITING, 'stored', 'missing'])
    .where('released_at', 'is', null)
    .execute();
}

/** It went out in a file; whatever comes of that, it still waits for its receipt. */
export async function markPagesExported(tx: WriteTx, documentIds: readonly string[], atMs: number): Promise<void> {
  for (const documentId of documentIds) {
    await tx.updateTable('document').set({ exported_at: atMs }).where('document_id', '=', documentId).execute();
  }
}

const selectReleasable = prepared<{ storedBefore: number; limit: number }>()((from, of) =>
  from
    .selectFrom('document')
    .select(['document_id as documentId', 'bytes'])
    .where('state', '=', 'stored')
    .where('released_at', 'is', null)
    .where('wrapped_key', 'is', null)
    .where('stored_at', '<=', of('storedBefore'))
    // What only an earlier life of the province has confirmed may be lost there (OPOP-Sync/1 10.5).
    .where(
      sql<boolean>`json_extract(json_extract(receipt, '$.text'), '$.incarnation') >= coalesce((SELECT incarnation FROM sync_state), '')`,
    )
    .orderBy('stored_at')
    .limit(of('limit')),
);

/** Confirmed pages that nobody can be shown here any more, oldest confirmation first. */
export async function readReleasable(
  tx: ReadTx,
  storedBefore: number,
  limit: number,
): Promise<readonly { readonly documentId: string; readonly bytes: number }[]> {
  return selectReleasable(tx, { storedBefore, limit });
}

export async function markReleased(tx: WriteTx, documentId: string, atMs: number): Promise<void> {
  await tx.updateTable('document').set({ released_at: atMs }).where('document_id', '=', documentId).execute();
}
