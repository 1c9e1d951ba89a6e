import { z } from 'zod';
import type { FeedName } from '../../contract/feeds.ts';
import type { Db, Tx } from '../db/open.ts';

const pageItemsSchema = z.object({ items: z.array(z.unknown()) });

/** The items of pages, in their order. */
export function itemsOfPages(texts: readonly string[]): readonly unknown[] {
  return texts.flatMap((text) => pageItemsSchema.parse(JSON.parse(text)).items);
}

/** Every item of a feed in the order of its pages: for feeds that are themselves the only place where their facts are kept. */
export async function readFeedItems(db: Db | Tx, feed: FeedName, scope: string): Promise<readonly unknown[]> {
  const rows = await db
    .selectFrom('feed_page')
    .select('text')
    .where('feed', '=', feed)
    .where('scope', '=', scope)
    .orderBy('to_version')
    .execute();
  return itemsOfPages(rows.map(({ text }) => text));
}
