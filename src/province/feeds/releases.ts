import { sql } from 'kysely';
import { type ReleaseItem, releaseItemSchema } from '../../contract/feeds.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { itemsOfPages } from './feed-items.ts';
import { appendPage, lockFeed } from './feed-pages.ts';

const EVERYONE = 'all';

/** Inside a larger question: the texts of the pages that name a version of the program, oldest first. Pages are canonical, so its name is spelt in one way. */
export const releasePages = (appVersion: string) => sql<readonly string[]>`(
  select coalesce(json_agg(text order by to_version), '[]') from feed_page where feed = 'releases'
    and scope = ${EVERYONE} and strpos(text, ${JSON.stringify({ appVersion }).slice(1, -1)}) > 0)`;

/** What those pages say of the version: the newest item that names it; undefined when nothing was ever said. */
export function releaseIn(pages: readonly string[], appVersion: string): ReleaseItem | undefined {
  const items = itemsOfPages(pages).map((item) => releaseItemSchema.parse(item));
  return items.findLast((item) => item.appVersion === appVersion);
}

/** The same, asked by itself. */
export async function releaseOf(db: Db | Tx, appVersion: string): Promise<ReleaseItem | undefined> {
  const { rows } = await sql<{
    readonly pages: readonly string[];
  }>`select ${releasePages(appVersion)} as pages`.execute(db);
  return releaseIn(rows[0]?.pages ?? [], appVersion);
}

/**
 * Says until when a version may begin sales and what should follow it; uploads of every version are taken for ever. Saying
 * it again signs nothing and answers false.
 */
export async function publishRelease(context: ProvinceContext, release: ReleaseItem): Promise<boolean> {
  return context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, 'releases', EVERYONE);
    const before = await releaseOf(tx, release.appVersion);
    if (before !== undefined && canonicalJson(before) === canonicalJson(release)) return false;
    await appendPage(tx, context, { feed: 'releases', scope: EVERYONE, items: [release] });
    return true;
  });
}
