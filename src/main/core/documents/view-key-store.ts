import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import { deleteWrappedKey } from '../journal/subject-key-store.ts';

/** The view of one transaction or application: who holds its key, and until when. */
export type PageView = { readonly subject: string; readonly stream: string; readonly closesAt: number };

type Row = { subject: string; stream: string; closes_at: number };
const toView = ({ subject, stream, closes_at: closesAt }: Row): PageView => ({ subject, stream, closesAt });

const selectOpen = prepared<{ stream: string }>()((from, of) =>
  from
    .selectFrom('page_view')
    .select(['subject', 'stream', 'closes_at'])
    .where('stream', '=', of('stream'))
    .where('closed_at', 'is', null),
);

/** The open view of a stream; it may have ended by the clock already. */
export async function findOpenView(tx: ReadTx, stream: string): Promise<PageView | undefined> {
  const [row] = selectOpen(tx, { stream });
  return row === undefined ? undefined : toView(row);
}

/** Every view that is open. */
export async function readOpenViews(tx: ReadTx): Promise<readonly PageView[]> {
  const rows = await tx
    .selectFrom('page_view')
    .select(['subject', 'stream', 'closes_at'])
    .where('closed_at', 'is', null)
    .orderBy('opened_at')
    .execute();
  return rows.map(toView);
}

/** `closedAt` is given for a view that never had a key: a page of a service that was closed before. */
export async function insertView(
  tx: WriteTx,
  view: PageView & { readonly openedAt: number; readonly closedAt: number | null },
): Promise<void> {
  await tx
    .insertInto('page_view')
    .values({
      subject: view.subject,
      stream: view.stream,
      opened_at: view.openedAt,
      closes_at: view.closesAt,
      closed_at: view.closedAt,
    })
    .execute();
}

/**
 * Ends the view of a stream for good: its key and the wrapped page keys are overwritten in this very commit, and nobody at
 * this counter can look at its pages again. Call it wherever a stream closes. True when there was a view.
 */
export async function closeView(tx: WriteTx, stream: string, nowMs: number): Promise<boolean> {
  const view = await findOpenView(tx, stream);
  if (view === undefined) return false;
  await deleteWrappedKey(tx, view.subject);
  await tx.updateTable('page_view').set({ closed_at: nowMs }).where('subject', '=', view.subject).execute();
  await tx.updateTable('document').set({ wrapped_key: null }).where('view_subject', '=', view.subject).execute();
  return true;
}
