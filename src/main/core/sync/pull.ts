import { type FeedName, feedAnswerSchema, newsAnswerSchema } from '../../../contract/feeds.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import { sha256 } from '../journal/hash-chain.ts';
import type { LogPort } from '../ports.ts';
import {
  deleteFeedCursor,
  type FeedCursor,
  findFeedCursor,
  moveFeedCursor,
  readFeedCursors,
} from '../rules/rules-store.ts';
import { applyPage, type ApplyPageDeps, type FollowedFeed } from './apply-page.ts';
import { readSyncState } from './delivery-store.ts';
import { findHeldPage, type HeldPage } from './feed-page-store.ts';
import type { LineFault, Link } from './link.ts';
import { findProvinceWord, putProvinceWord } from './province-word.ts';

export type PullDeps = ApplyPageDeps & { readonly link: Link; readonly log: LogPort };

const PULL_TIMEOUT_MS = 60_000;

/** Everything a counter of an outlet follows; keys first, because they open the rest (OPOP-Sync/1 9.3). */
export function followedFeeds(deviceId: string, areas: readonly string[]): readonly FollowedFeed[] {
  return [
    { feed: 'keys', scope: 'all' },
    { feed: 'policy', scope: 'all' },
    { feed: 'rules', scope: 'all' },
    { feed: 'services', scope: 'all' },
    { feed: 'releases', scope: 'all' },
    { feed: 'receipts-void', scope: 'all' },
    { feed: 'officers', scope: deviceId },
    { feed: 'decisions', scope: deviceId },
    { feed: 'announcements', scope: deviceId },
    ...areas.map((area): FollowedFeed => ({ feed: 'registry', scope: `${deviceId}:${area}` })),
    ...areas.map((area): FollowedFeed => ({ feed: 'blocks', scope: area })),
  ];
}

type Answer = { readonly pages: readonly SignedText[]; readonly more: boolean };

/** A feed that has moved, with what the news brought of it. */
type MovedFeed = { readonly followed: FollowedFeed; readonly brought: Answer | undefined };

/** Whether a feed's place in its chain was seen in this life of the province. */
const isConfirmedIn = (cursor: FeedCursor, incarnation: string | null): boolean =>
  (cursor.confirmedIncarnation ?? cursor.incarnation) === incarnation;

async function ask(
  { link }: PullDeps,
  { feed, scope }: FollowedFeed,
  after: number,
  signal: AbortSignal,
): Promise<Result<Answer, LineFault>> {
  return await link.call({
    method: 'GET',
    path: `/v1/feeds/${feed}/${encodeURIComponent(scope)}?after=${String(after)}`,
    body: null,
    schema: feedAnswerSchema,
    timeoutMs: PULL_TIMEOUT_MS,
    signal,
  });
}

/** The newest page of an answer that was applied here before; its signature was verified then, so its hash is enough. */
async function newestHeld(
  { db }: PullDeps,
  { feed, scope }: FollowedFeed,
  { pages }: Answer,
): Promise<HeldPage | undefined> {
  return await db.read(async (tx) => {
    let newest: HeldPage | undefined;
    for (const { text } of pages) newest = (await findHeldPage(tx, feed, scope, sha256(text))) ?? newest;
    return newest;
  });
}

/**
 * After a restore the province may know less of a feed than this counter, and a page that it makes then stands on an older
 * one (OPOP-Sync/1 7.3). Looks back in doubling steps for the newest page that both hold and puts the cursor there; what
 * was applied stays applied. Where they hold nothing in common the feed begins anew.
 */
async function stepBack(
  deps: PullDeps,
  followed: FollowedFeed,
  cursor: FeedCursor,
  incarnation: string,
  signal: AbortSignal,
): Promise<Result<void, LineFault | StorageRefusal>> {
  const { feed, scope } = followed;
  for (let back = 1; ; back *= 2) {
    const after = Math.max(0, cursor.version - back);
    const answer = await ask(deps, followed, after, signal);
    if (!answer.ok) return answer;
    const held = await newestHeld(deps, followed, answer.value);
    if (held === undefined && after > 0) continue;
    return await deps.db.write(async (tx) => {
      if (held === undefined && answer.value.pages.length > 0) await deleteFeedCursor(tx, feed, scope);
      if (held !== undefined) await moveFeedCursor(tx, feed, scope, { ...held, confirmedIncarnation: incarnation });
      return ok(undefined);
    });
  }
}

/** Applies pages in their order until one is refused; answers how many items they brought. */
async function applyPages(
  deps: PullDeps,
  followed: FollowedFeed,
  { pages }: Answer,
): Promise<Result<number, LineFault | StorageRefusal>> {
  let items = 0;
  for (const signed of pages) {
    const applied = await applyPage(deps, followed, signed);
    if (!applied.ok) {
      const { error } = applied;
      return 'page' in error ? err({ fault: 'invalid', detail: error.page }) : err(error);
    }
    items += applied.value;
  }
  return ok(items);
}

/**
 * Whether a place in the chain was put there by an answer of before a restore that came late: a feed that moved has nothing
 * to say after it, or a page that stands on none of ours.
 */
function isBeside({ pages }: Answer, applied: Result<number, LineFault | StorageRefusal>): boolean {
  if (applied.ok) return pages.length === 0;
  const { error } = applied;
  return 'fault' in error && (error.detail === 'PAGE_OTHER_CHAIN' || error.detail === 'PAGE_GAP');
}

/**
 * Pulls every page of one feed that is newer than what was applied; answers how many items came. `brought` came with the
 * news and stands for the first answer, unless the cursor was put back since.
 */
async function pullFeed(
  deps: PullDeps,
  { followed, brought }: MovedFeed,
  signal: AbortSignal,
): Promise<Result<number, LineFault | StorageRefusal>> {
  const { feed, scope } = followed;
  const known = await deps.db.read(async (tx) => ({
    cursor: await findFeedCursor(tx, feed, scope),
    incarnation: (await readSyncState(tx)).incarnation,
  }));
  const { cursor: first, incarnation } = known;
  const isConfirmed = first === undefined || incarnation === null || isConfirmedIn(first, incarnation);
  if (!isConfirmed) {
    const stepped = await stepBack(deps, followed, first, incarnation, signal);
    if (!stepped.ok) return stepped;
  }
  let items = 0;
  let waiting = isConfirmed ? brought : undefined;
  let mayStepBack = incarnation !== null;
  for (;;) {
    const cursor = await deps.db.read((tx) => findFeedCursor(tx, feed, scope));
    const answer = waiting === undefined ? await ask(deps, followed, cursor?.version ?? 0, signal) : ok(waiting);
    waiting = undefined;
    if (!answer.ok) return answer;
    const applied = await applyPages(deps, followed, answer.value);
    if (mayStepBack && cursor !== undefined && incarnation !== null && isBeside(answer.value, applied)) {
      mayStepBack = false;
      const stepped = await stepBack(deps, followed, cursor, incarnation, signal);
      if (!stepped.ok) return stepped;
      continue;
    }
    if (!applied.ok) return applied;
    items += applied.value;
    if (!answer.value.more || answer.value.pages.length === 0) return ok(items);
  }
}

/** What one round of pulling brought. One feed that fails does not hold up the others. */
export type Pulled = {
  readonly items: ReadonlyMap<FeedName, number>;
  readonly faults: readonly LineFault[];
  /** True while the province serves no feed, until a person has declared its restore. */
  readonly frozen: boolean;
};

const FROZEN: Pulled = { items: new Map(), faults: [], frozen: true };

/** "Feeds stand still" (OPOP-Sync/1 7.1): what was served last goes on to hold, with its age. */
async function freeze({ db, clock }: PullDeps): Promise<Result<Pulled, StorageRefusal>> {
  const noted = await db.write(async (tx) => {
    const { feedsFrozenSince } = await findProvinceWord(tx);
    await putProvinceWord(tx, { feedsFrozenSince: feedsFrozenSince ?? clock.wallMs() });
    return ok(undefined);
  });
  return noted.ok ? ok(FROZEN) : noted;
}

/** Where every feed stands, and in which life of the province. */
type Standing = { readonly cursors: Awaited<ReturnType<typeof readFeedCursors>>; readonly incarnation: string | null };

/**
 * The followed feeds that have moved, by one question for all. A feed whose place in the chain is not confirmed since a
 * restore is looked at in any case.
 */
async function movedFeeds(
  { link }: PullDeps,
  feeds: readonly FollowedFeed[],
  { cursors, incarnation }: Standing,
  signal: AbortSignal,
): Promise<Result<readonly MovedFeed[], LineFault>> {
  const known = feeds.map((followed) => ({
    followed,
    cursor: cursors.find((one) => one.feed === followed.feed && one.scope === followed.scope)?.cursor,
  }));
  const answer = await link.call({
    method: 'POST',
    path: '/v1/news',
    body: {
      feeds: known.map(({ followed, cursor }) => ({ ...followed, after: cursor?.version ?? 0 })),
      withPages: true,
    },
    schema: newsAnswerSchema,
    timeoutMs: PULL_TIMEOUT_MS,
    signal,
  });
  if (!answer.ok) return answer;
  const moved = new Set(answer.value.moved);
  const brought = new Map((answer.value.brought ?? []).map((one) => [one.place, one]));
  return ok(
    known.flatMap(({ followed, cursor }, place) => {
      const isDue = moved.has(place) || (cursor !== undefined && !isConfirmedIn(cursor, incarnation));
      return isDue ? [{ followed, brought: brought.get(place) }] : [];
    }),
  );
}

export async function pullAll(
  deps: PullDeps,
  feeds: readonly FollowedFeed[],
  signal: AbortSignal,
): Promise<Result<Pulled, LineFault | StorageRefusal>> {
  const { feedsFrozenSince, ...standing } = await deps.db.read(async (tx) => ({
    feedsFrozenSince: (await findProvinceWord(tx)).feedsFrozenSince,
    cursors: await readFeedCursors(tx),
    incarnation: (await readSyncState(tx)).incarnation,
  }));
  if (feedsFrozenSince !== null) return ok(FROZEN);
  const news = await movedFeeds(deps, feeds, standing, signal);
  if (!news.ok) return news.error.detail === 'FEEDS_FROZEN' ? await freeze(deps) : news;
  const items = new Map<FeedName, number>();
  const faults: LineFault[] = [];
  for (const moved of news.value) {
    const { followed } = moved;
    const pulled = await pullFeed(deps, moved, signal);
    if (pulled.ok) {
      items.set(followed.feed, (items.get(followed.feed) ?? 0) + pulled.value);
      continue;
    }
    const { error } = pulled;
    if ('fault' in error && error.detail === 'FEEDS_FROZEN') return await freeze(deps);
    if (!('fault' in error) || (error.fault !== 'invalid' && error.fault !== 'refused')) return pulled;
    if (error.detail === 'BAD_TOKEN') return pulled;
    deps.log.write('warn', 'feed.refused', { feed: followed.feed, detail: error.detail });
    faults.push(error);
  }
  return ok({ items, faults, frozen: false });
}
