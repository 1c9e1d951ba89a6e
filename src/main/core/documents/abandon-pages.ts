import type { WriteTx } from '../db/open.ts';
import type { Append } from '../journal/journal.ts';
import { discardPage, readPagesOf } from './document-store.ts';
import { closeView } from './view-key-store.ts';

/**
 * Takes back the pages of a service that was given up, in its commit: they have no purpose any more, so nobody keeps them.
 * Their files go after the commit; what is cut off before is removed at the next start.
 */
export async function abandonPages(
  tx: WriteTx,
  append: Append,
  of: { readonly stream: string; readonly officerId: string | null; readonly nowMs: number },
): Promise<void> {
  for (const { document_id: documentId } of await readPagesOf(tx, of.stream)) {
    append({
      type: 'document.discarded',
      stream: of.stream,
      officerId: of.officerId,
      cashSessionId: null,
      body: { documentId, reason: 'abandoned', note: null },
    });
    await discardPage(tx, documentId);
  }
  await closeView(tx, of.stream, of.nowMs);
}
