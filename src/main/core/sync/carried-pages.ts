import type { CarriedPage } from '../../../contract/carried-page.ts';
import type { ReadTx } from '../db/open.ts';
import type { PageFiles } from '../documents/page-files.ts';
import { documentIdOf } from '../documents/page-seal.ts';
import { canonicalJson } from '../journal/hash-chain.ts';
import { readWaitingPages, type WayRow } from './page-lane-store.ts';

export type CarriedPageDeps = {
  readonly files: Pick<PageFiles, 'read'>;
  /** The device's signature over the metadata of a page that travels in a file. */
  readonly signPage: (text: string) => string;
};

/** Bytes of pages in one file: sealing holds a file in memory, and a counter is a small computer. */
const MOST_BYTES = 96 * 1024 * 1024;

/** Pages that wait, those first that went out in no file yet, while there is room. */
export async function pagesToCarry(tx: ReadTx): Promise<readonly WayRow[]> {
  const waiting = await readWaitingPages(tx);
  const inOrder = waiting.toSorted((left, right) => (left.exported_at ?? 0) - (right.exported_at ?? 0));
  const taken: WayRow[] = [];
  let bytes = 0;
  for (const row of inOrder) {
    if (bytes + row.bytes > MOST_BYTES) break;
    bytes += row.bytes;
    taken.push(row);
  }
  return taken;
}

/** The same pages as frames carry them; one whose bytes are not that page any more stays out. */
export async function carriedPages(
  { files, signPage }: CarriedPageDeps,
  rows: readonly WayRow[],
): Promise<readonly { readonly documentId: string; readonly page: CarriedPage }[]> {
  const carried: { documentId: string; page: CarriedPage }[] = [];
  for (const row of rows) {
    const { document_id: documentId, stream, kind, sealed_key: pageKey, sealed_to: sealedTo } = row;
    const bytes = await files.read(documentId);
    if (bytes === undefined || documentIdOf(bytes) !== documentId) continue;
    const text = canonicalJson({ documentId, stream, kind, pageKey, sealedTo });
    carried.push({ documentId, page: { head: { text, sig: signPage(text) }, bytes } });
  }
  return carried;
}
