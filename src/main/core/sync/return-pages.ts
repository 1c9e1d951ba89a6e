import type { SignedText } from '../../../contract/primitives.ts';
import { returnedPagesAnswerSchema } from '../../../contract/carried.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { LogPort } from '../ports.ts';
import { findFeedCursor } from '../rules/rules-store.ts';
import { findHeldPage, readPagesAfter } from './feed-page-store.ts';
import type { Contact, LineFault, Link } from './link.ts';
import { findProvinceWord, putProvinceWord } from './province-word.ts';

/** One request carries at most this many pages ... */
const MOST_PAGES = 50;
/** ... or this many characters of them. */
const MOST_CHARACTERS = 400_000;
const RETURN_TIMEOUT_MS = 60_000;

type Deps = { readonly db: Db; readonly link: Link; readonly log: LogPort; readonly deviceId: string };

/** The kept decision pages that the province does not show to know, in the order in which they came. */
async function lostPages({ db, deviceId }: Deps, contact: Contact): Promise<readonly SignedText[]> {
  const { decisionsHead, feedsFrozen, incarnation } = contact;
  return await db.read(async (tx) => {
    if (decisionsHead === null) return await readPagesAfter(tx, 'decisions', deviceId, null);
    const held = await findHeldPage(tx, 'decisions', deviceId, decisionsHead.pageHash);
    if (held !== undefined) return await readPagesAfter(tx, 'decisions', deviceId, held.hash);
    // The province is simply ahead, unless it came back from a backup and wrote on: then it says itself what it knows.
    const cursor = await findFeedCursor(tx, 'decisions', deviceId);
    const wroteOn = feedsFrozen || (cursor !== undefined && cursor.incarnation !== incarnation);
    return wroteOn ? await readPagesAfter(tx, 'decisions', deviceId, null) : [];
  });
}

/** Portions in order, each within the limits of one request. */
function portionsOf(pages: readonly SignedText[]): readonly (readonly SignedText[])[] {
  const portions: SignedText[][] = [];
  let length = 0;
  for (const page of pages) {
    const last = portions.at(-1);
    length += page.text.length;
    if (last === undefined || last.length >= MOST_PAGES || length > MOST_CHARACTERS) {
      portions.push([page]);
      length = page.text.length;
    } else {
      last.push(page);
    }
  }
  return portions;
}

/**
 * "Counters return signed decision pages that the province has lost" (OPOP-Sync/1 7.4): once for each state in which it
 * shows itself. A province that refuses them does not hold up the entries.
 */
export async function returnPages(
  deps: Deps,
  contact: Contact,
  signal: AbortSignal,
): Promise<Result<void, LineFault | StorageRefusal>> {
  const { db, link, log } = deps;
  const pages = await lostPages(deps, contact);
  if (pages.length === 0) return ok(undefined);
  const given = {
    incarnation: contact.incarnation,
    pageHash: contact.decisionsHead?.pageHash ?? null,
    pages: pages.length,
  };
  const { returnedTo } = await db.read((tx) => findProvinceWord(tx));
  if (JSON.stringify(returnedTo) === JSON.stringify(given)) return ok(undefined);
  for (const portion of portionsOf(pages)) {
    const answer = await link.call({
      method: 'POST',
      path: '/v1/returned-pages',
      body: { pages: portion },
      schema: returnedPagesAnswerSchema,
      timeoutMs: RETURN_TIMEOUT_MS,
      signal,
    });
    if (!answer.ok) {
      const { fault, detail } = answer.error;
      if (fault === 'no-line' || fault === 'busy' || detail === 'BAD_TOKEN') return answer;
      log.write('warn', 'pages.not-taken', { detail });
      return ok(undefined);
    }
    log.write('info', 'pages.returned', { ...answer.value });
  }
  return await db.write(async (tx) => {
    await putProvinceWord(tx, { returnedTo: given });
    return ok(undefined);
  });
}
