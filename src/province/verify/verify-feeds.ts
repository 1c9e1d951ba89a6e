import { feedPageSchema } from '../../contract/feeds.ts';
import { SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/hashing.ts';
import type { Db } from '../db/open.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { type ProblemList, readStored } from './problem-list.ts';

/** Pages read at a time: those of a register are large, and a feed never ends. */
const BATCH = 100;

/** Below every number that the column can hold. */
const BEFORE_ALL = -2_147_483_648;

/** The pages of one feed in their order. */
async function* pagesOf(db: Db, feed: string, scope: string, batch: number) {
  for (let after = BEFORE_ALL; ; ) {
    const rows = await db
      .selectFrom('feed_page')
      .select(['hash', 'text', 'sig', 'key_id', 'from_version', 'to_version'])
      .where('feed', '=', feed)
      .where('scope', '=', scope)
      .where('to_version', '>', after)
      .orderBy('to_version')
      .limit(batch)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield* rows;
    after = last.to_version;
  }
}

/** Every page: hash, signature, versions that rise by one, each page naming the one before it. */
export async function verifyFeeds(
  db: Db,
  keys: KeyRing,
  problems: ProblemList,
  batch: number = BATCH,
): Promise<number> {
  const scopes = await db
    .selectFrom('feed_page')
    .select(['feed', 'scope'])
    .distinct()
    .orderBy('feed')
    .orderBy('scope')
    .execute();
  let pages = 0;
  for (const { feed, scope } of scopes) {
    let before: { hash: string; version: number; incarnation: string } | undefined;
    for await (const row of pagesOf(db, feed, scope, batch)) {
      pages += 1;
      const where = `${feed}/${scope}/${row.to_version}`;
      const page = readStored(feedPageSchema, row.text);
      const signing = keys.findSigning(row.key_id);
      if (sha256(row.text) !== row.hash) problems.add('PAGE_HASH', where);
      if (signing === undefined || !verifyText(signing.publicKey, SIGNATURE_CONTEXT.feedPage, row.text, row.sig))
        problems.add('PAGE_SIGNATURE', where);
      if (page === undefined) {
        problems.add('PAGE_UNREADABLE', where);
        continue;
      }
      const follows =
        page.prevHash === (before?.hash ?? null) && page.from === (before?.version ?? 0) && page.to === row.to_version;
      // Pages are ordered by (incarnation, version): an older life of the province signs nothing behind a newer one.
      const rises = before === undefined || page.incarnation >= before.incarnation;
      if (!follows || !rises || page.feed !== feed || page.scope !== scope) problems.add('PAGE_CHAIN', where);
      before = { hash: row.hash, version: row.to_version, incarnation: page.incarnation };
    }
  }
  return pages;
}
