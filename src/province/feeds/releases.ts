import { type ReleaseItem, releaseItemSchema } from '../../contract/feeds.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import type { Db, Tx } from '../db/open.ts';
import type { ProvinceContext } from '../province-context.ts';
import { readFeedItems } from './feed-items.ts';
import { appendPage, lockFeed } from './feed-pages.ts';

const EVERYONE = 'all';

/** What is said of a version of the program: the newest item that names it; undefined when nothing was ever said. */
export async function releaseOf(db: Db | Tx, appVersion: string): Promise<ReleaseItem | undefined> {
  const items = (await readFeedItems(db, 'releases', EVERYONE)).map((item) => releaseItemSchema.parse(item));
  return items.findLast((item) => item.appVersion === appVersion);
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
