import type { PageLane } from '../../../contract/views-documents.ts';
import type { ReadTx } from '../db/open.ts';
import { type PageRow, pageFigures, readLanePages } from './document-store.ts';

/** What the line knows of pages on their way. */
export type LaneMotion = Pick<PageLane, 'speed' | 'cap' | 'doing'>;

const stateOf = (row: PageRow): PageLane['rows'][number]['state'] => {
  if (row.state === 'discarded') throw new Error('a discarded page is not on its way');
  const isOnlyExported = row.exported_at !== null && (row.state === 'local' || row.state === 'uploading');
  return isOnlyExported ? 'exported' : row.state;
};

/** The lane of documents in Kotak Kirim: each page with its bytes, oldest first, and how long the rest takes. */
export async function pageLane(
  tx: ReadTx,
  asked: { readonly show: 'waiting' | 'all'; readonly limit: number },
  motion: LaneMotion,
  numberOf: (tx: ReadTx, stream: string) => Promise<string | null>,
): Promise<PageLane> {
  const found = await readLanePages(tx, asked.show, asked.limit + 1);
  const { waiting, waitingBytes } = await pageFigures(tx);
  const rows: PageLane['rows'] = [];
  for (const row of found.slice(0, asked.limit)) {
    rows.push({
      documentId: row.document_id,
      stream: row.stream,
      kind: row.kind,
      label: row.kind,
      number: await numberOf(tx, row.stream),
      pageNo: row.page_no,
      bytes: row.bytes,
      sentBytes: row.sent_bytes,
      state: stateOf(row),
      tries: row.tries,
      lastReason: row.last_reason,
      nextTryAt: row.next_try_at,
      capturedAt: row.captured_at,
    });
  }
  const secondsLeft = motion.speed === null || waitingBytes === 0 ? null : Math.ceil(waitingBytes / motion.speed);
  return { rows, left: Math.max(0, waiting - rows.length), waiting, waitingBytes, secondsLeft, ...motion };
}
