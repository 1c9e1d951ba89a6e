import { err, ok, type Result } from '../../../domain/result.ts';
import type { FeedName } from '../../../contract/feeds.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import { putTimeAnchor } from '../device/time-anchor-store.ts';
import type { TimeAnchor } from '../device/timekeeper.ts';
import type { Head, Journal } from '../journal/journal.ts';
import { putProvinceKey } from '../rules/rules-store.ts';
import { findNewestCustodyReceipt } from './custody-store.ts';
import { outboxFigures, putSyncState, rewindDeliveries } from './delivery-store.ts';
import type { Contact, HelloFacts, LineFault, Link } from './link.ts';
import { type FollowedFeed, type PullDeps, type Pulled, pullAll } from './pull.ts';
import { type PushDeps, pushOnce } from './push.ts';
import { putProvinceAction } from './selling-leave.ts';

/** What one contact with the province brought. */
export type Round = {
  readonly contact: Contact | null;
  readonly items: readonly { readonly seq: number; readonly verdict: string }[];
  readonly pulled: ReadonlyMap<FeedName, number>;
  readonly faults: readonly LineFault[];
};

export type RoundDeps = PushDeps &
  PullDeps & {
    readonly db: Db;
    readonly journal: Journal;
    readonly link: Link;
    readonly feeds: readonly FollowedFeed[];
    /** What the hello brought of the time; kept for a restart of the program. */
    readonly anchor: () => TimeAnchor | null;
    readonly onPhase: (phase: 'connecting' | 'pushing' | 'pulling') => void;
    readonly onContact: () => void;
    readonly onProgress: () => void;
  };

/** Entry hashes at distance 0 to 8 from the head, then doubling (OPOP-Sync/1 section 4). */
async function locatorOf(tx: ReadTx, journal: Journal, head: Head, ackSeq: number): Promise<HelloFacts['locator']> {
  const distances = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  for (let distance = 16; distance < head.seq; distance *= 2) distances.push(distance);
  // The last entry in custody: a province that still has it is asked for nothing twice.
  if (ackSeq > 0 && ackSeq <= head.seq) distances.push(head.seq - ackSeq);
  const locator: { seq: number; hash: string }[] = [];
  for (const distance of [...new Set(distances)].sort((left, right) => left - right)) {
    const entry = head.seq - distance < 1 ? undefined : await journal.find(tx, head.seq - distance);
    if (entry !== undefined) locator.push({ seq: entry.seq, hash: entry.hash });
  }
  return locator;
}

async function helloFacts({ db, journal }: RoundDeps): Promise<HelloFacts | undefined> {
  return await db.read(async (tx) => {
    const head = await journal.head(tx);
    if (head === undefined) return undefined;
    const figures = await outboxFigures(tx);
    const custody = await findNewestCustodyReceipt(tx);
    return {
      epoch: head.epoch,
      seq: head.seq,
      head: head.hash,
      locator: await locatorOf(tx, journal, head, custody?.ackSeq ?? 0),
      lastCustodyReceipt: custody?.signed ?? null,
      outbox: { unsent: figures.unsent, quarantined: figures.quarantined },
    };
  });
}

/** Challenge, hello, and what they change here: the keys, the time of contact, and what the province has lost. */
async function greet(deps: RoundDeps, signal: AbortSignal): Promise<Result<Contact, LineFault | StorageRefusal>> {
  deps.onPhase('connecting');
  const facts = await helloFacts(deps);
  if (facts === undefined) return err({ fault: 'refused', detail: 'NO_EPOCH' });
  const contact = await deps.link.connect(facts, signal);
  if (!contact.ok) return contact;
  const { keys, incarnation, common, action } = contact.value;
  const written = await deps.db.write(async (tx) => {
    for (const key of keys) await putProvinceKey(tx, key);
    // What the province does not know any more is pushed again: the counter holds the whole chain.
    await rewindDeliveries(tx, common?.seq ?? 0);
    const anchor = deps.anchor();
    if (anchor !== null) await putTimeAnchor(tx, anchor);
    await putProvinceAction(tx, action);
    await putSyncState(tx, { incarnation, lastContactAt: deps.clock.wallMs() });
    return ok(undefined);
  });
  if (!written.ok) return written;
  deps.onContact();
  return contact;
}

/** The token has ended, or the province has lost what it had: a new hello says where both sides stand. */
const needsHello = (error: LineFault | StorageRefusal): boolean =>
  'fault' in error && error.fault === 'refused' && (error.detail === 'BAD_TOKEN' || error.detail === 'GAP');

/** New greetings within one round; a province that asks for more of them will not be talked into it. */
const MOST_GREETINGS = 2;

type Items = Round['items'][number][];

/** Pushes until nothing waits, then pulls every feed; `items` grows by what was pushed. */
async function exchange(
  deps: RoundDeps,
  items: Items,
  signal: AbortSignal,
): Promise<Result<Pulled, LineFault | StorageRefusal>> {
  for (;;) {
    deps.onPhase('pushing');
    const pushed = await pushOnce(deps, signal);
    if (!pushed.ok) return pushed;
    if (pushed.value.items.length === 0) break;
    items.push(...pushed.value.items);
    deps.onContact();
    deps.onProgress();
  }
  deps.onPhase('pulling');
  return await pullAll(deps, deps.feeds, signal);
}

/**
 * One round: hello where the link is not open, push until nothing waits, pull every feed. A fault ends the round and
 * leaves everything where it stood; the next round goes on from there.
 */
export async function syncRound(
  deps: RoundDeps,
  signal: AbortSignal,
): Promise<Result<Round, LineFault | StorageRefusal>> {
  const items: Items = [];
  let contact: Contact | null = null;
  for (let greetings = 0; ; ) {
    if (!deps.link.isOpen()) {
      const greeted = await greet(deps, signal);
      if (!greeted.ok) return greeted;
      contact = greeted.value;
      greetings += 1;
    }
    const pulled = await exchange(deps, items, signal);
    if (pulled.ok) return ok({ contact, items, pulled: pulled.value.items, faults: pulled.value.faults });
    // A line that went is greeted anew before the next entry may leave: what is sold meanwhile stays `queued`.
    if ('fault' in pulled.error && pulled.error.fault === 'no-line') deps.link.drop();
    if (!needsHello(pulled.error)) return pulled;
    deps.link.drop();
    if (greetings >= MOST_GREETINGS) return pulled;
  }
}
