import { ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { PageFiles } from '../documents/page-files.ts';
import { pageFigures } from '../documents/document-store.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { markReleased, readReleasable } from './page-lane-store.ts';

export type ReleaseDeps = {
  readonly db: Db;
  readonly files: Pick<PageFiles, 'remove'>;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
};

const DAY_MS = 86_400_000;
const MOST = 200;
/** From this share of the quota on, confirmed pages leave before their days are over. */
const TIGHT = 0.9;

/**
 * Lets go of the bytes of pages that the province has confirmed, when their days are over or the quota is nearly full,
 * oldest first. A page that a citizen at the desk can still be shown stays. Answers how many left.
 */
export async function releasePages({ db, files, now }: ReleaseDeps): Promise<Result<number, StorageRefusal>> {
  const { due, excess } = await db.read(async (tx) => {
    const { keepStoredDays, quotaBytes } = (await readPolicy(tx)).pages;
    const { heldBytes } = await pageFigures(tx);
    const over = await readReleasable(tx, now() - keepStoredDays * DAY_MS, MOST);
    const early = heldBytes > quotaBytes * TIGHT ? await readReleasable(tx, now(), MOST) : [];
    return { due: over, excess: { pages: early, bytes: heldBytes - quotaBytes * TIGHT } };
  });
  const leaving = new Set(due.map(({ documentId }) => documentId));
  let bytes = excess.bytes;
  for (const page of excess.pages) {
    if (bytes <= 0) break;
    leaving.add(page.documentId);
    bytes -= page.bytes;
  }
  for (const documentId of leaving) {
    // The word first: a row without its file would be damage, a file without its row is swept at the next start.
    const marked = await db.write(async (tx) => {
      await markReleased(tx, documentId, now());
      return ok(undefined);
    });
    if (!marked.ok) return marked;
    await files.remove(documentId);
  }
  return ok(leaving.size);
}
