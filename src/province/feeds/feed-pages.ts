import { sql } from 'kysely';
import type { FeedName, FeedPage } from '../../contract/feeds.ts';
import type { SecondWord } from '../../contract/feeds-second-words.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import type { Db, Tx } from '../db/open.ts';
import { signText } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/hashing.ts';
import { type KeyRing, signedBy } from '../keys/key-ring.ts';
import type { ProvinceContext } from '../province-context.ts';

/** The newest page of a feed: where the next one begins. */
export type FeedHead = {
  readonly version: number;
  readonly hash: string;
  readonly validFrom: number;
  readonly freshUntil: number;
  /** How far the page's source had been read, in the source's own numbers. */
  readonly coveredTo: number | null;
};

const PAGES_PER_ANSWER = 20;

/** One writer per feed at a time, until the transaction ends. */
export async function lockFeed(tx: Tx, feed: FeedName, scope: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${feed}/${scope}`}, 1))`.execute(tx);
}

/** A newest page as its row says it. */
export type HeadRow = {
  readonly to_version: number;
  readonly hash: string;
  readonly valid_from: number;
  readonly fresh_until: number;
  readonly covered_to: number | null;
};

export const headOf = ({ to_version, hash, valid_from, fresh_until, covered_to }: HeadRow): FeedHead => ({
  version: to_version,
  hash,
  validFrom: valid_from,
  freshUntil: fresh_until,
  coveredTo: covered_to,
});

export async function findFeedHead(db: Db | Tx, feed: FeedName, scope: string): Promise<FeedHead | undefined> {
  const row = await db
    .selectFrom('feed_page')
    .select(['to_version', 'hash', 'valid_from', 'fresh_until', 'covered_to'])
    .where('feed', '=', feed)
    .where('scope', '=', scope)
    .orderBy('to_version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : headOf(row);
}

export type NewPage = {
  readonly feed: FeedName;
  readonly scope: string;
  readonly items: readonly unknown[];
  /** Feed `decisions` only. */
  readonly secondWords?: readonly SecondWord[];
  readonly coveredTo?: number;
};

/** Where the next page of a feed begins, and in which life of the province. */
export type WhereNext = { readonly incarnation: string; readonly head: FeedHead | undefined };

/** Inside a larger question: the newest page of a feed as JSON. */
export const headAsJson = (feed: FeedName, scope: string) => sql<HeadRow | null>`(
  select row_to_json(head) from (select to_version, hash, valid_from, fresh_until, covered_to from feed_page
    where feed = ${feed} and scope = ${scope} order by to_version desc limit 1) head)`;

/** What a question answered that asked for the incarnation and `headAsJson`. */
export const whereNext = ({
  incarnation,
  head,
}: {
  readonly incarnation: string;
  readonly head: HeadRow | null;
}): WhereNext => ({ incarnation, head: head === null ? undefined : headOf(head) });

/** The province's incarnation and the newest page by one question: every decision makes a page. */
export async function findWhereNext(tx: Tx, feed: FeedName, scope: string): Promise<WhereNext> {
  const { rows } = await sql<{ readonly incarnation: string; readonly head: HeadRow | null }>`
    select m.value as incarnation, ${headAsJson(feed, scope)} as head from meta m where m.key = 'incarnation'`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a province has an incarnation');
  return whereNext(row);
}

/** The next page of a feed, signed, as a row: versions rise by one, `prevHash` chains them. For whoever holds the feed's lock. */
export function nextPage(context: ProvinceContext, { incarnation, head }: WhereNext, page: NewPage) {
  const from = head?.version ?? 0;
  const validFrom = context.now();
  const body: FeedPage = {
    feed: page.feed,
    scope: page.scope,
    incarnation,
    from,
    to: from + 1,
    prevHash: head?.hash ?? null,
    validFrom,
    freshUntil: validFrom + context.settings.freshMs,
    items: [...page.items],
    ...(page.secondWords === undefined ? {} : { secondWords: [...page.secondWords] }),
  };
  const signed = signedBy(context.keys.signing, SIGNATURE_CONTEXT.feedPage, body);
  return {
    feed: page.feed,
    scope: page.scope,
    from_version: body.from,
    to_version: body.to,
    hash: sha256(signed.text),
    text: signed.text,
    sig: signed.sig,
    key_id: signed.keyId,
    valid_from: body.validFrom,
    fresh_until: body.freshUntil,
    covered_to: page.coveredTo ?? head?.coveredTo ?? null,
  };
}

/** Signs and stores the next page of a feed whose lock the caller holds; answers where the one after it begins. */
export async function storePage(
  tx: Tx,
  context: ProvinceContext,
  where: WhereNext,
  page: NewPage,
): Promise<WhereNext & { readonly head: FeedHead }> {
  const row = nextPage(context, where, page);
  await tx.insertInto('feed_page').values(row).execute();
  return { incarnation: where.incarnation, head: headOf(row) };
}

/** Signs and stores the next page of a feed. The caller's transaction makes it visible. */
export async function appendPage(tx: Tx, context: ProvinceContext, page: NewPage): Promise<number> {
  await lockFeed(tx, page.feed, page.scope);
  const stored = await storePage(tx, context, await findWhereNext(tx, page.feed, page.scope), page);
  return stored.head.version;
}

/** Whether a feed's newest page is so young that no empty one has to follow it. */
export function isFresh(context: ProvinceContext, head: FeedHead | undefined): boolean {
  return head !== undefined && head.validFrom + context.settings.freshMs / 2 > context.now();
}

/** Issues an empty page when the newest one is half-way to stale: a counter that asks is a counter that may go on. Answers the newest page. */
export async function keepFresh(context: ProvinceContext, feed: FeedName, scope: string): Promise<FeedHead> {
  return context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, feed, scope);
    const where = await findWhereNext(tx, feed, scope);
    if (where.head !== undefined && isFresh(context, where.head)) return where.head;
    return (await storePage(tx, context, where, { feed, scope, items: [] })).head;
  });
}

/** "Pages are signed again with a living key when they are served; the chain covers the text alone" (OPOP-Sync/1 2.3). */
function signedAgain(keys: KeyRing, text: string): SignedText {
  const { signing } = keys;
  return { text, keyId: signing.keyId, sig: signText(signing, SIGNATURE_CONTEXT.feedPage, text) };
}

/** A feed, and the version after which its pages are wanted. */
export type Wanted = { readonly feed: FeedName; readonly scope: string; readonly after: number };

/** Pages after a version in rising order, and whether there are more. */
export type ServedPages = { readonly pages: SignedText[]; readonly more: boolean };

type PageRow = {
  readonly place: number;
  readonly found: number;
  readonly text: string;
  readonly key_id: string;
  readonly sig: string;
  readonly revoked: boolean;
};

/**
 * Pages of several feeds by one question, in the order asked, together at most `most` bytes of text; `isOneSure` brings the
 * first page of all whatever its length. What a revoked key signed is signed again.
 */
export async function readPages(
  { db, keys }: Pick<ProvinceContext, 'db' | 'keys'>,
  wanted: readonly Wanted[],
  { most, isOneSure }: { readonly most: number; readonly isOneSure: boolean },
): Promise<readonly ServedPages[]> {
  const [feeds, scopes] = [wanted.map(({ feed }) => feed), wanted.map(({ scope }) => scope)];
  const { rows } = await sql<PageRow>`
    with page as (
      select w.place, p.*, count(*) over (partition by w.place) as found,
        sum(octet_length(p.text)) over (order by w.place, p.to_version) as upto
      from unnest(${feeds}::text[], ${scopes}::text[], ${wanted.map(({ after }) => after)}::bigint[])
        with ordinality as w (feed, scope, after, place)
      cross join lateral (select to_version, text, key_id, sig from feed_page f
        where f.feed = w.feed and f.scope = w.scope and f.to_version > w.after
        order by f.to_version limit ${PAGES_PER_ANSWER + 1}) p)
    select page.place, page.found, page.text, page.key_id, page.sig, coalesce(k.revoked, false) as revoked
    from page left join key_statement k on k.key_id = page.key_id
    where upto <= ${most} or (${isOneSure} and upto = octet_length(page.text))
    order by page.place, page.to_version`.execute(db);
  return wanted.map((_one, index) => {
    const ofFeed = rows.filter(({ place }) => place === index + 1);
    const pages = ofFeed.slice(0, PAGES_PER_ANSWER).map(({ text, key_id: keyId, sig, revoked }) => {
      return revoked ? signedAgain(keys, text) : { text, keyId, sig };
    });
    return { pages, more: (ofFeed[0]?.found ?? 0) > pages.length };
  });
}
