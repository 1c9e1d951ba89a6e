import { feedAnswerSchema, type FeedName } from '../../../contract/feeds.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { ClockPort, LogPort } from '../ports.ts';
import { findFeedCursor, noteUnsignedRules, putFeedCursor, readProvinceKeys } from '../rules/rules-store.ts';
import { type ApplyDeps, isKeptWhole, preparePage } from './apply-feed.ts';
import { insertFeedPage } from './feed-page-store.ts';
import { verifyPage } from './feed-pages.ts';
import type { LineFault, Link } from './link.ts';

/** A feed that this counter follows. */
export type FollowedFeed = { readonly feed: FeedName; readonly scope: string };

export type PullDeps = ApplyDeps & {
  readonly db: Db;
  readonly link: Link;
  readonly clock: ClockPort;
  readonly log: LogPort;
};

const PULL_TIMEOUT_MS = 60_000;

/** Everything a counter of an outlet follows; keys first, because they open the rest. */
export function followedFeeds(deviceId: string, areas: readonly string[]): readonly FollowedFeed[] {
  return [
    { feed: 'keys', scope: 'all' },
    { feed: 'policy', scope: 'all' },
    { feed: 'rules', scope: 'all' },
    { feed: 'officers', scope: deviceId },
    { feed: 'decisions', scope: deviceId },
    ...areas.map((area): FollowedFeed => ({ feed: 'registry', scope: `${deviceId}:${area}` })),
  ];
}

/** Applies one page whole or not at all: page, projection and cursor in one commit. */
async function applyPage(
  deps: PullDeps,
  followed: FollowedFeed,
  signed: SignedText,
): Promise<Result<number, LineFault | StorageRefusal>> {
  const { db, clock } = deps;
  const { cursor, keys } = await db.read(async (tx) => ({
    cursor: await findFeedCursor(tx, followed.feed, followed.scope),
    keys: await readProvinceKeys(tx),
  }));
  const verified = verifyPage(signed, { ...followed, cursor }, keys);
  if (!verified.ok) {
    const isUnsigned = verified.error === 'BAD_SIGNATURE' || verified.error === 'UNKNOWN_KEY';
    if (followed.feed === 'rules' && isUnsigned) {
      const noted = await db.write(async (tx) => ok(await noteUnsignedRules(tx, true)));
      if (!noted.ok) return noted;
    }
    return err({ fault: 'invalid', detail: `PAGE_${verified.error}` });
  }
  const { page, hash } = verified.value;
  const prepared = await preparePage(page, deps);
  if (!prepared.ok) return err({ fault: 'invalid', detail: `PAGE_${prepared.error}` });
  const receivedAt = clock.wallMs();
  const written = await db.write(async (tx) => {
    if (isKeptWhole(page)) await insertFeedPage(tx, { page, hash, signed, receivedAt });
    await prepared.value(tx);
    if (followed.feed === 'rules') await noteUnsignedRules(tx, false);
    await putFeedCursor(tx, followed.feed, followed.scope, {
      version: page.to,
      pageHash: hash,
      incarnation: page.incarnation,
      freshUntil: page.freshUntil,
      appliedAt: receivedAt,
    });
    return ok(page.items.length);
  });
  return written;
}

/** Pulls every page of one feed that is newer than what was applied; answers how many items came. */
async function pullFeed(
  deps: PullDeps,
  followed: FollowedFeed,
  signal: AbortSignal,
): Promise<Result<number, LineFault | StorageRefusal>> {
  let items = 0;
  for (;;) {
    const cursor = await deps.db.read((tx) => findFeedCursor(tx, followed.feed, followed.scope));
    const answer = await deps.link.call({
      method: 'GET',
      path: `/v1/feeds/${followed.feed}/${encodeURIComponent(followed.scope)}?after=${String(cursor?.version ?? 0)}`,
      body: null,
      schema: feedAnswerSchema,
      timeoutMs: PULL_TIMEOUT_MS,
      signal,
    });
    if (!answer.ok) return answer;
    for (const signed of answer.value.pages) {
      const applied = await applyPage(deps, followed, signed);
      if (!applied.ok) return applied;
      items += applied.value;
    }
    if (!answer.value.more || answer.value.pages.length === 0) return ok(items);
  }
}

/** What one round of pulling brought. One feed that fails does not hold up the others. */
export type Pulled = { readonly items: ReadonlyMap<FeedName, number>; readonly faults: readonly LineFault[] };

export async function pullAll(
  deps: PullDeps,
  feeds: readonly FollowedFeed[],
  signal: AbortSignal,
): Promise<Result<Pulled, LineFault | StorageRefusal>> {
  const items = new Map<FeedName, number>();
  const faults: LineFault[] = [];
  for (const followed of feeds) {
    const pulled = await pullFeed(deps, followed, signal);
    if (pulled.ok) {
      items.set(followed.feed, (items.get(followed.feed) ?? 0) + pulled.value);
    } else if ('fault' in pulled.error && (pulled.error.fault === 'invalid' || pulled.error.fault === 'refused')) {
      deps.log.write('warn', 'feed.refused', { feed: followed.feed, detail: pulled.error.detail });
      faults.push(pulled.error);
      if (pulled.error.detail === 'BAD_TOKEN') return pulled;
    } else {
      return pulled;
    }
  }
  return ok({ items, faults });
}
