import type { FeedName } from '../../../contract/feeds.ts';
import type { SignedText } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal, WriteTx } from '../db/open.ts';
import { noteProvinceTime } from '../device/time-anchor-store.ts';
import type { ClockPort } from '../ports.ts';
import {
  findFeedCursor,
  noteUnsignedRules,
  type ProvinceKey,
  putFeedCursor,
  readProvinceKeys,
} from '../rules/rules-store.ts';
import { type ApplyDeps, type ApplyProblem, isKeptWhole, type PreparedPage, preparePage } from './apply-feed.ts';
import { putSyncState, readSyncState } from './delivery-store.ts';
import { findProvinceWord, isFrozenFor } from './province-word.ts';
import { clearFeedProblem, heldPagesOf, insertFeedPage, insertHeldPage, noteFeedProblem } from './feed-page-store.ts';
import { type PagePlace, type PageProblem, placeOf, type VerifiedPage, verifyPage } from './feed-pages.ts';

/** A feed that this counter follows. */
export type FollowedFeed = { readonly feed: FeedName; readonly scope: string };

export type ApplyPageDeps = ApplyDeps & { readonly db: Db; readonly clock: ClockPort };

/** Why nothing of a page was applied. */
export type RefusedPage = { readonly page: `PAGE_${PageProblem | ApplyProblem}` };

/** How a page came: over the line, or on a flashdisk. */
export type Road = 'line' | 'stick';

type Judged = VerifiedPage & { readonly place: PagePlace };

async function judge(
  { db }: ApplyPageDeps,
  followed: FollowedFeed,
  signed: SignedText,
): Promise<Result<Judged, PageProblem | StorageRefusal>> {
  const seen = await db.read(async (tx) => {
    const verified = verifyPage(signed, followed, await readProvinceKeys(tx));
    if (!verified.ok) return verified;
    const { page, hash } = verified.value;
    const cursor = await findFeedCursor(tx, followed.feed, followed.scope);
    const held = await heldPagesOf(tx, page, hash);
    return ok({ page, hash, cursor, held, isStill: (await findProvinceWord(tx)).feedsFrozenSince !== null });
  });
  if (!seen.ok) return seen;
  const { page, hash, cursor, held, isStill } = seen.value;
  const place = placeOf(page, cursor, held);
  const frozen = isStill ? await db.write(async (tx) => ok(await isFrozenFor(tx, page.incarnation))) : ok(false);
  if (!frozen.ok) return frozen;
  if (!place.ok) return place;
  return frozen.value ? err('FROZEN') : ok({ page, hash, place: place.value });
}

/** Keeps the reason, so that a screen can show it until a page is taken; nothing else changes. */
async function refuse(
  { db, clock }: ApplyPageDeps,
  { feed, scope }: FollowedFeed,
  problem: PageProblem | ApplyProblem,
  road: Road,
): Promise<Result<never, RefusedPage | StorageRefusal>> {
  const reason = `PAGE_${problem}` as const;
  // A stick comes late and twice, and its own result says what was on it.
  if (road === 'stick') return err({ page: reason });
  const noted = await db.write(async (tx) => {
    await noteFeedProblem(tx, { feed, scope, reason, sinceAt: clock.wallMs() });
    if (feed === 'rules' && (problem === 'BAD_SIGNATURE' || problem === 'UNKNOWN_KEY'))
      await noteUnsignedRules(tx, true);
    return ok(undefined);
  });
  return noted.ok ? err({ page: reason }) : noted;
}

/** Writes a judged page, its projection and its cursor in the caller's transaction; answers how many items it brought. */
async function writePage(
  tx: WriteTx,
  { feed, scope }: FollowedFeed,
  signed: SignedText,
  { page, hash, place, write }: Judged & { readonly write: PreparedPage },
  receivedAt: number,
): Promise<number> {
  if (place === 'next') {
    if (isKeptWhole(page)) await insertFeedPage(tx, { page, hash, signed, receivedAt });
    await insertHeldPage(tx, page, hash);
    await write(tx);
  }
  if (feed === 'rules') await noteUnsignedRules(tx, false);
  const { lastContactAt } = await readSyncState(tx);
  // By whatever road: the province spoke to this counter when it signed the page.
  const spokenAt = Math.max(lastContactAt ?? 0, Math.min(receivedAt, page.validFrom));
  if (spokenAt !== lastContactAt) await putSyncState(tx, { lastContactAt: spokenAt });
  await clearFeedProblem(tx, feed, scope);
  await putFeedCursor(tx, feed, scope, {
    version: page.to,
    pageHash: hash,
    incarnation: page.incarnation,
    freshUntil: page.freshUntil,
    appliedAt: receivedAt,
    // A page shows where its own life of the province had it; that a later one has it too is seen by looking back from there.
    confirmedIncarnation: null,
  });
  return place === 'next' ? page.items.length + (page.secondWords?.length ?? 0) : 0;
}

/**
 * "A page MUST be applied whole or not at all" (OPOP-Sync/1 9.2): page, projection and cursor in one commit, by whatever
 * road it came. Answers how many items it brought.
 */
export async function applyPage(
  deps: ApplyPageDeps,
  followed: FollowedFeed,
  signed: SignedText,
  road: Road = 'line',
): Promise<Result<number, RefusedPage | StorageRefusal>> {
  const judged = await judge(deps, followed, signed);
  if (!judged.ok) {
    return typeof judged.error === 'string' ? await refuse(deps, followed, judged.error, road) : err(judged.error);
  }
  const prepared = await preparePage(judged.value.page, deps);
  if (!prepared.ok) return await refuse(deps, followed, prepared.error, road);
  const receivedAt = deps.clock.wallMs();
  return await deps.db.write(async (tx) => {
    // By the province's clock when it made the page; what it says of later days stands in its items. A line brings an anchor.
    if (road === 'stick') await noteProvinceTime(tx, judged.value.page.validFrom);
    return ok(await writePage(tx, followed, signed, { ...judged.value, write: prepared.value }, receivedAt));
  });
}

/**
 * The first page of a feed, verified by these keys and made ready: what comes back writes it in the caller's transaction.
 * For a device whose first pages and birth are one commit.
 */
export async function prepareFirstPage(
  deps: Omit<ApplyPageDeps, 'db'>,
  followed: FollowedFeed,
  signed: SignedText,
  keys: readonly ProvinceKey[],
): Promise<Result<(tx: WriteTx) => Promise<number>, PageProblem | ApplyProblem>> {
  const verified = verifyPage(signed, followed, keys);
  if (!verified.ok) return verified;
  const { page, hash } = verified.value;
  const place = placeOf(page, undefined, { itself: false, base: null });
  if (!place.ok) return place;
  const prepared = await preparePage(page, deps);
  if (!prepared.ok) return prepared;
  const judged = { page, hash, place: place.value, write: prepared.value };
  const receivedAt = deps.clock.wallMs();
  return ok((tx) => writePage(tx, followed, signed, judged, receivedAt));
}
