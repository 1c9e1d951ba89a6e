import { sql } from 'kysely';
import type { FeedName, FeedPage } from '../../contract/feeds.ts';
import type { SignedText } from '../../contract/primitives.ts';
import { SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import type { Db, Tx } from '../db/open.ts';
import { signText } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/hashing.ts';
import { type KeyRing, signedBy } from '../keys/key-ring.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
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
/** Characters of one answer, unless its first page alone is longer: a weak line gets a registry in portions that it can finish. */
const ANSWER_LENGTH = 3_000_000;

/** One writer per feed at a time, until the transaction ends. */
export async function lockFeed(tx: Tx, feed: FeedName, scope: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${feed}/${scope}`}, 1))`.execute(tx);
}

type HeadRow = {
  readonly to_version: number;
  readonly hash: string;
  readonly valid_from: number;
  readonly fresh_until: number;
  readonly covered_to: number | null;
};

const headOf = ({ to_version, hash, valid_from, fresh_until, covered_to }: HeadRow): FeedHead => ({
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

/** The newest pages of several feeds by one question, in the order asked: a counter asks for all of its feeds every few seconds. */
export async function findFeedHeads(
  db: Db | Tx,
  asked: readonly { readonly feed: FeedName; readonly scope: string }[],
): Promise<readonly (FeedHead | undefined)[]> {
  const feeds = asked.map(({ feed }) => feed);
  const scopes = asked.map(({ scope }) => scope);
  const { rows } = await sql<HeadRow & { place: number }>`
    select asked.place, head.* from unnest(${feeds}::text[], ${scopes}::text[]) with ordinality as asked (feed, scope, place)
    cross join lateral (select to_version, hash, valid_from, fresh_until, covered_to from feed_page p
      where p.feed = asked.feed and p.scope = asked.scope order by p.to_version desc limit 1) head`.execute(db);
  const found = new Map(rows.map((row) => [Number(row.place), headOf(row)]));
  return asked.map((_one, place) => found.get(place + 1));
}

export type NewPage = {
  readonly feed: FeedName;
  readonly scope: string;
  readonly items: readonly unknown[];
  readonly coveredTo?: number;
};

/** Signs and stores the next page of a feed; versions rise by one, `prevHash` chains them. The caller's transaction makes it visible. */
export async function appendPage(tx: Tx, context: ProvinceContext, page: NewPage): Promise<number> {
  await lockFeed(tx, page.feed, page.scope);
  const head = await findFeedHead(tx, page.feed, page.scope);
  const from = head?.version ?? 0;
  const validFrom = context.now();
  const body: FeedPage = {
    feed: page.feed,
    scope: page.scope,
    incarnation: await currentIncarnation(tx),
    from,
    to: from + 1,
    prevHash: head?.hash ?? null,
    validFrom,
    freshUntil: validFrom + context.settings.freshMs,
    items: [...page.items],
  };
  const signed = signedBy(context.keys.signing, SIGNATURE_CONTEXT.feedPage, body);
  await tx
    .insertInto('feed_page')
    .values({
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
    })
    .execute();
  return body.to;
}

/** Whether a feed's newest page is so young that no empty one has to follow it. */
export function isFresh(context: ProvinceContext, head: FeedHead | undefined): boolean {
  return head !== undefined && head.validFrom + context.settings.freshMs / 2 > context.now();
}

/** Issues an empty page when the newest one is half-way to stale: a counter that asks is a counter that may go on. */
export async function keepFresh(context: ProvinceContext, feed: FeedName, scope: string): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    await lockFeed(tx, feed, scope);
    if (!isFresh(context, await findFeedHead(tx, feed, scope)))
      await appendPage(tx, context, { feed, scope, items: [] });
  });
}

/** Keys by which nothing is believed any more. */
async function revokedKeys(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('key_statement').select('key_id').where('revoked', '=', true).execute();
  return new Set(rows.map((row) => row.key_id));
}

/** "Pages are signed again with a living key when they are served; the chain covers the text alone" (OPOP-Sync/1 2.3). */
function signedAgain(keys: KeyRing, text: string): SignedText {
  const { signing } = keys;
  return { text, keyId: signing.keyId, sig: signText(signing, SIGNATURE_CONTEXT.feedPage, text) };
}

/** Pages after a version in rising order, and whether there are more. What a revoked key signed is signed again. */
export async function readPages(
  { db, keys }: Pick<ProvinceContext, 'db' | 'keys'>,
  feed: FeedName,
  scope: string,
  after: number,
): Promise<{ pages: SignedText[]; more: boolean }> {
  const rows = await db
    .selectFrom('feed_page')
    .select(['text', 'key_id', 'sig'])
    .where('feed', '=', feed)
    .where('scope', '=', scope)
    .where('to_version', '>', after)
    .orderBy('to_version')
    .limit(PAGES_PER_ANSWER + 1)
    .execute();
  const revoked = await revokedKeys(db);
  const pages: SignedText[] = [];
  let length = 0;
  for (const { text, key_id: keyId, sig } of rows.slice(0, PAGES_PER_ANSWER)) {
    length += text.length;
    if (pages.length > 0 && length > ANSWER_LENGTH) break;
    pages.push(revoked.has(keyId) ? signedAgain(keys, text) : { text, keyId, sig });
  }
  return { pages, more: rows.length > pages.length };
}
