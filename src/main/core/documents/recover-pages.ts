import { ok } from '../../../domain/result.ts';
import type { Db, ReadTx } from '../db/open.ts';
import type { EventsPort, LogPort } from '../ports.ts';
import { findPage, LOST_HERE, putMissing, readHeldPages } from './document-store.ts';
import type { PageFiles } from './page-files.ts';
import type { Surroundings } from './page-rules.ts';
import { closeView, readOpenViews } from './view-key-store.ts';

type Deps = Pick<Surroundings, 'streamState'> & {
  readonly db: Db;
  readonly files: PageFiles;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly now: () => number;
};

/** Whether a file that lies here belongs to nobody: no row, taken back, or confirmed and let go. */
async function isLeftOver(tx: ReadTx, documentId: string): Promise<boolean> {
  const row = await findPage(tx, documentId);
  return row === undefined || row.state === 'discarded' || row.released_at !== null;
}

/**
 * Puts pages right after a power cut, before anyone uses them: files that no row speaks of are what was cut off before its
 * commit (its key was never written anywhere, so nobody can read them), and a row without its file is a page to be taken
 * again. Nothing else is ever removed.
 */
export async function recoverPages(deps: Deps): Promise<void> {
  const { db, files, log, now } = deps;
  const { pages, unfinished } = await files.list();
  for (const file of unfinished) await files.removeUnfinished(file);
  const leftOver: string[] = [];
  for (const documentId of pages) {
    if (await db.read((tx) => isLeftOver(tx, documentId))) leftOver.push(documentId);
  }
  for (const documentId of leftOver) await files.remove(documentId);
  const here = new Set(pages);
  const lost = (await db.read((tx) => readHeldPages(tx))).filter((row) => !here.has(row.document_id));
  const notSent = lost.filter((row) => row.state === 'local' || row.state === 'uploading');
  if (notSent.length > 0) {
    await db.write(async (tx) => {
      for (const row of notSent) await putMissing(tx, row.document_id, LOST_HERE, now());
      return ok(undefined);
    });
  }
  if (unfinished.length + leftOver.length + lost.length > 0) {
    log.write('warn', 'pages.recovered', {
      unfinished: unfinished.length,
      leftOver: leftOver.length,
      lost: lost.length,
      notSent: notSent.length,
    });
  }
  await closeEndedViews(deps);
}

/** Destroys the view keys that have ended by the clock, and those of services that are closed; true when there were any. */
export async function closeEndedViews({ db, streamState, events, now }: Deps): Promise<boolean> {
  const closed = await db.write(async (tx) => {
    let count = 0;
    for (const view of await readOpenViews(tx)) {
      const isEnded = view.closesAt <= now() || (await streamState(tx, view.stream)) !== 'open';
      if (isEnded && (await closeView(tx, view.stream, now()))) count += 1;
    }
    return ok(count);
  });
  if (!closed.ok || closed.value === 0) return false;
  events.publish('documents');
  return true;
}
