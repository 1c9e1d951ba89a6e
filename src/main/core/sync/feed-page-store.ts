import type { FeedName, FeedPage } from '../../../contract/feeds.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { sql } from 'kysely';
import { prepared, preparedWrite } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';
import type { HeldPages } from './feed-pages.ts';

const insertKept = preparedWrite<{
  feed: FeedName;
  scope: string;
  incarnation: string;
  from: number;
  to: number;
  hash: string;
  text: string;
  sig: string;
  keyId: string;
  receivedAt: number;
}>()((to, of) =>
  to.insertInto('feed_page').values({
    feed: of('feed'),
    scope: of('scope'),
    incarnation: of('incarnation'),
    from_version: of('from'),
    to_version: of('to'),
    hash: of('hash'),
    text: of('text'),
    sig: of('sig'),
    key_id: of('keyId'),
    received_at: of('receivedAt'),
  }),
);

/** Keeps a page as received, append-only: every projection of a feed can be rebuilt from these. */
export async function insertFeedPage(
  tx: WriteTx,
  kept: { readonly page: FeedPage; readonly hash: string; readonly signed: SignedText; readonly receivedAt: number },
): Promise<void> {
  const { page, hash, signed, receivedAt } = kept;
  const { feed, scope, incarnation, from, to } = page;
  insertKept(tx, { feed, scope, incarnation, from, to, hash, ...signed, receivedAt });
}

const keepHeld = preparedWrite<{ feed: string; scope: string; hash: string; incarnation: string; version: number }>()(
  (to, of) =>
    to.insertInto('held_page').values({
      feed: of('feed'),
      scope: of('scope'),
      hash: of('hash'),
      incarnation: of('incarnation'),
      to_version: of('version'),
    }),
);

/** Remembers that a page was applied, also one that is not kept whole. */
export async function insertHeldPage(tx: WriteTx, page: FeedPage, hash: string): Promise<void> {
  const { feed, scope, incarnation, to: version } = page;
  keepHeld(tx, { feed, scope, hash, incarnation, version });
}

/** A page that was applied, by its hash. */
export type HeldPage = { readonly hash: string; readonly version: number; readonly incarnation: string };

const selectHeld = prepared<{ feed: string; scope: string; hash: string }>()((from, of) =>
  from
    .selectFrom('held_page')
    .select(['hash', 'to_version', 'incarnation'])
    .where('feed', '=', of('feed'))
    .where('scope', '=', of('scope'))
    .where('hash', '=', of('hash')),
);

export async function findHeldPage(
  tx: ReadTx,
  feed: FeedName,
  scope: string,
  hash: string,
): Promise<HeldPage | undefined> {
  const [row] = selectHeld(tx, { feed, scope, hash });
  return row === undefined ? undefined : { hash: row.hash, version: row.to_version, incarnation: row.incarnation };
}

/** What is held of the pages that one page speaks of. */
export async function heldPagesOf(tx: ReadTx, page: FeedPage, hash: string): Promise<HeldPages> {
  const itself = await findHeldPage(tx, page.feed, page.scope, hash);
  const base = page.prevHash === null ? undefined : await findHeldPage(tx, page.feed, page.scope, page.prevHash);
  return { itself: itself !== undefined, base: base?.version ?? null };
}

/** Kept pages of a feed that came after the page with this hash, or all of them, in the order in which they came. */
export async function readPagesAfter(
  tx: ReadTx,
  feed: FeedName,
  scope: string,
  hash: string | null,
): Promise<readonly SignedText[]> {
  const of = tx.selectFrom('feed_page').where('feed', '=', feed).where('scope', '=', scope);
  const last =
    hash === null
      ? undefined
      : await of.select(sql<number>`rowid`.as('id')).where('hash', '=', hash).executeTakeFirst();
  const rows = await of
    .select(['text', 'sig', 'key_id'])
    .where(sql<number>`rowid`, '>', last?.id ?? 0)
    .orderBy(sql`rowid`)
    .execute();
  return rows.map(({ text, sig, key_id: keyId }) => ({ text, sig, keyId }));
}

/** Why the newest page of a feed was refused, since when; nothing when it was taken. */
export type FeedProblem = {
  readonly feed: string;
  readonly scope: string;
  readonly reason: string;
  readonly sinceAt: number;
};

/** Remembers why a page was refused; the same reason again keeps its time. */
export async function noteFeedProblem(tx: WriteTx, { feed, scope, reason, sinceAt }: FeedProblem): Promise<void> {
  await tx
    .insertInto('feed_problem')
    .values({ feed, scope, reason, since_at: sinceAt })
    .onConflict((conflict) =>
      conflict
        .columns(['feed', 'scope'])
        .doUpdateSet({ reason, since_at: sinceAt })
        .where('feed_problem.reason', '<>', reason),
    )
    .execute();
}

const deleteProblem = preparedWrite<{ feed: string; scope: string }>()((to, of) =>
  to.deleteFrom('feed_problem').where('feed', '=', of('feed')).where('scope', '=', of('scope')),
);

export async function clearFeedProblem(tx: WriteTx, feed: string, scope: string): Promise<void> {
  deleteProblem(tx, { feed, scope });
}

export async function readFeedProblems(tx: ReadTx): Promise<readonly FeedProblem[]> {
  const rows = await tx.selectFrom('feed_problem').selectAll().orderBy('feed').orderBy('scope').execute();
  return rows.map(({ feed, scope, reason, since_at: sinceAt }) => ({ feed, scope, reason, sinceAt }));
}

/** A page as it was kept. */
export type KeptPage = {
  readonly id: number;
  readonly feed: string;
  readonly scope: string;
  readonly hash: string;
  readonly signed: SignedText;
};

/** Kept pages after an id in the order in which they came, for whoever verifies them all. */
export async function readKeptPages(tx: ReadTx, afterId: number, limit: number): Promise<readonly KeptPage[]> {
  const rows = await tx
    .selectFrom('feed_page')
    .select([sql<number>`rowid`.as('id'), 'feed', 'scope', 'hash', 'text', 'sig', 'key_id'])
    .where(sql<number>`rowid`, '>', afterId)
    .orderBy(sql`rowid`)
    .limit(limit)
    .execute();
  return rows.map(({ id, feed, scope, hash, text, sig, key_id: keyId }) => ({
    id,
    feed,
    scope,
    hash,
    signed: { text, sig, keyId },
  }));
}

/** Cursors that stand on a page which was never applied. */
export async function countLostCursors(tx: ReadTx): Promise<number> {
  const row = await tx
    .selectFrom('feed_cursor as cursor')
    .leftJoin('held_page as held', (join) =>
      join
        .onRef('held.feed', '=', 'cursor.feed')
        .onRef('held.scope', '=', 'cursor.scope')
        .onRef('held.hash', '=', 'cursor.page_hash'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('held.hash', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}
