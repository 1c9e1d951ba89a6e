import { documentReceiptsSchema } from '../../../contract/uploads.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import { readProvinceKeys } from '../rules/rules-store.ts';
import { readSyncState } from './delivery-store.ts';
import type { LineFault, Link } from './link.ts';
import { readOfEarlierLife, readUnconfirmed, sendAgain } from './page-lane-store.ts';
import { readPageReceipt, settlePage } from './page-receipt.ts';

export type ConfirmDeps = {
  readonly db: Db;
  readonly link: Pick<Link, 'call'>;
  readonly deviceId: string;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
};

/** What became of the pages that were asked for. */
export type Confirmed = { readonly stored: number; readonly refused: number; readonly lost: number };

const MOST_IDS = 50;
const TIMEOUT_MS = 30_000;
const NOTHING: Confirmed = { stored: 0, refused: 0, lost: 0 };

/** Asks for the province's word about these pages. One of which it knows nothing is sent again. */
async function ask(
  deps: ConfirmDeps,
  documentIds: readonly string[],
  signal: AbortSignal,
): Promise<Result<Confirmed, LineFault | StorageRefusal>> {
  const { db, link, deviceId, now } = deps;
  const answer = await link.call({
    method: 'GET',
    path: `/v1/documents?ids=${documentIds.join(',')}`,
    body: null,
    schema: documentReceiptsSchema,
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (!answer.ok) return answer;
  const keys = await db.read((tx) => readProvinceKeys(tx));
  const receipts = answer.value.receipts.map((signed) => ({ signed, read: readPageReceipt(signed, keys, deviceId) }));
  const bad = receipts.find(({ read }) => !read.ok)?.read;
  // A receipt that does not verify says nothing, neither good nor bad: the page stays where it is.
  if (bad?.ok === false) return err({ fault: 'invalid', detail: bad.error });
  return await db.write(async (tx) => {
    const said = new Set<string>();
    const counts = { stored: 0, refused: 0, lost: 0 };
    for (const { signed, read } of receipts) {
      if (!read.ok || !documentIds.includes(read.value.documentId)) continue;
      said.add(read.value.documentId);
      counts[read.value.state] += 1;
      await settlePage(tx, read.value, signed, now());
    }
    for (const documentId of documentIds.filter((one) => !said.has(one))) {
      counts.lost += 1;
      await sendAgain(tx, documentId, 'NOT_THERE');
    }
    return ok(counts);
  });
}

/**
 * The province's word about pages that were sent whole, and about those that an earlier life of it had confirmed: "each
 * restore makes a new incarnation", and what it lost is sent again while it still lies here (OPOP-Sync/1 7.2).
 */
export async function confirmPages(
  deps: ConfirmDeps,
  signal: AbortSignal,
): Promise<Result<Confirmed, LineFault | StorageRefusal>> {
  const documentIds = await deps.db.read(async (tx) => {
    const { incarnation } = await readSyncState(tx);
    const sent = await readUnconfirmed(tx, MOST_IDS);
    const older = incarnation === null ? [] : await readOfEarlierLife(tx, incarnation, MOST_IDS - sent.length);
    return [...sent, ...older];
  });
  return documentIds.length === 0 ? ok(NOTHING) : await ask(deps, documentIds, signal);
}
