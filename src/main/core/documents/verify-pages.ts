import type { Db, ReadTx } from '../db/open.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import { countPages, findPage, LOST_HERE, type PageRow, readHeldPages, readMissingPages } from './document-store.ts';
import type { PageFiles } from './page-files.ts';
import { documentIdOf } from './page-seal.ts';

type Problem = { readonly seq: number; readonly problem: string };

/** Compares a page's row with its entry; undefined when they say the same. */
export async function pageProblem(tx: ReadTx, entry: StoredEntry): Promise<string | undefined> {
  const body = bodyOf('document.captured', entry);
  const row = await findPage(tx, body.documentId);
  if (row === undefined) return 'PAGE_MISSING';
  const same =
    row.seq === entry.seq &&
    row.stream === entry.stream &&
    row.kind === body.kind &&
    row.bytes === body.bytes &&
    row.sealed_to === body.sealedTo;
  return same ? undefined : 'PAGE_DIFFERS';
}

/** Whether the page was taken back, sent on or let go while its file was looked for. */
async function isStillHeld(db: Pick<Db, 'read'>, row: PageRow): Promise<boolean> {
  const now = await db.read((tx) => findPage(tx, row.document_id));
  return now !== undefined && now.released_at === null && now.state !== 'discarded';
}

async function fileProblem(db: Pick<Db, 'read'>, files: PageFiles, row: PageRow): Promise<string | undefined> {
  const bytes = await files.read(row.document_id);
  if (bytes === undefined) return (await isStillHeld(db, row)) ? 'PAGE_FILE_MISSING' : undefined;
  return documentIdOf(bytes) === row.document_id ? undefined : 'PAGE_FILE_DIFFERS';
}

/** Pages that should lie here against the files that do; `entries` is how many captures the journal tells of. */
export async function verifyPages(
  db: Pick<Db, 'read'>,
  files: PageFiles,
  entries: number,
): Promise<readonly (Problem | { readonly seq: null; readonly problem: string })[]> {
  const problems: (Problem | { readonly seq: null; readonly problem: string })[] = [];
  if ((await db.read((tx) => countPages(tx))) !== entries) problems.push({ seq: null, problem: 'PAGE_WITHOUT_ENTRY' });
  for (const row of await db.read((tx) => readHeldPages(tx))) {
    const problem = await fileProblem(db, files, row);
    if (problem !== undefined) problems.push({ seq: row.seq, problem });
  }
  // What the last start found gone stays a finding until the page was taken again.
  const lost = (await db.read((tx) => readMissingPages(tx))).filter((row) => row.again_reason === LOST_HERE);
  problems.push(...lost.map(({ seq }) => ({ seq, problem: 'PAGE_FILE_MISSING' })));
  return problems;
}
