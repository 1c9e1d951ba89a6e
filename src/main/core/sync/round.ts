import type { FeedName } from '../../../contract/feeds.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { FollowedFeed } from './apply-page.ts';
import type { SettledItem } from './custody.ts';
import { greet, type GreetDeps } from './greet.ts';
import type { Contact, LineFault } from './link.ts';
import { type PullDeps, type Pulled, pullAll } from './pull.ts';
import { createPusher, type PushDeps } from './push.ts';
import { returnPages } from './return-pages.ts';

/** What one contact with the province brought. */
export type Round = {
  readonly contact: Contact | null;
  readonly items: readonly SettledItem[];
  readonly pulled: ReadonlyMap<FeedName, number>;
  readonly faults: readonly LineFault[];
  /** True while the province serves no feed. */
  readonly frozen: boolean;
};

export type RoundDeps = GreetDeps &
  PushDeps &
  PullDeps & {
    readonly feeds: readonly FollowedFeed[];
    readonly onPhase: (phase: 'connecting' | 'pushing' | 'pulling') => void;
    readonly onContact: () => void;
    /** Told after each push what became of its items. */
    readonly onItems: (items: readonly SettledItem[]) => void;
    /** Waits before a push that broke off is tried again over the same link; null where nobody may be kept waiting. */
    readonly pause: ((signal: AbortSignal) => Promise<void>) | null;
  };

/**
 * What only a new hello can mend: the token has ended, the province has lost what it had, or it signs with a key that came
 * after the last hello, which brings the statements before anything that needs them (OPOP-Sync/1 2.2).
 */
const MENDED_BY_HELLO = new Set(['BAD_TOKEN', 'GAP', 'CUSTODY_KEY', 'KEY_MISSING']);

const needsHello = (error: LineFault | StorageRefusal): boolean =>
  'fault' in error && error.fault !== 'no-line' && MENDED_BY_HELLO.has(error.detail);

/** New greetings within one round; a province that asks for more of them will not be talked into it. */
const MOST_GREETINGS = 2;
/** Rewinds within one exchange; a province that loses more while it is asked is broken. */
const MOST_REWINDS = 3;
/** A line that has carried something in this exchange is tried so often again, before everything begins with a new hello. */
const MOST_REPEATS = 3;

const isLineLost = (error: LineFault | StorageRefusal): boolean => 'fault' in error && error.fault === 'no-line';

/** Pushes until nothing waits, then pulls every feed; `items` grows by what was pushed. `isMet` after a hello in this round. */
async function exchange(
  deps: RoundDeps,
  items: SettledItem[],
  isMet: boolean,
  signal: AbortSignal,
): Promise<Result<Pulled, LineFault | StorageRefusal>> {
  const pusher = createPusher(deps);
  for (let rewinds = 0, broken = 0; ; ) {
    deps.onPhase('pushing');
    const pushed = await pusher.push(signal);
    if (!pushed.ok) {
      const isWorthIt = isLineLost(pushed.error) && (isMet || items.length > 0) && broken < MOST_REPEATS;
      if (!isWorthIt || deps.pause === null || signal.aborted) return pushed;
      broken += 1;
      await deps.pause(signal);
      continue;
    }
    broken = 0;
    if (pushed.value.rewound) rewinds += 1;
    if (rewinds > MOST_REWINDS) return { ok: false, error: { fault: 'invalid', detail: 'GAP' } };
    if (pushed.value.items.length === 0 && !pushed.value.rewound) break;
    items.push(...pushed.value.items);
    deps.onContact();
    deps.onItems(pushed.value.items);
  }
  deps.onPhase('pulling');
  return await pullAll(deps, deps.feeds, signal);
}

/** Hello, and what belongs to it before anything else: pages that the province has lost. */
async function meet(deps: RoundDeps, signal: AbortSignal): Promise<Result<Contact, LineFault | StorageRefusal>> {
  deps.onPhase('connecting');
  const greeted = await greet(deps, signal);
  if (!greeted.ok) return greeted;
  deps.onContact();
  const returned = await returnPages(deps, greeted.value, signal);
  return returned.ok ? greeted : returned;
}

/**
 * One round: hello where the link is not open or its token is about to end, push until nothing waits, pull every feed. A
 * fault ends the round and leaves everything where it stood; the next round goes on from there.
 */
export async function syncRound(
  deps: RoundDeps,
  signal: AbortSignal,
): Promise<Result<Round, LineFault | StorageRefusal>> {
  const items: SettledItem[] = [];
  let contact: Contact | null = null;
  for (let greetings = 0; ; ) {
    if (!deps.link.isFresh()) {
      const met = await meet(deps, signal);
      if (!met.ok) return met;
      contact = met.value;
      greetings += 1;
    }
    const pulled = await exchange(deps, items, contact !== null, signal);
    if (pulled.ok) {
      const { items: counts, faults, frozen } = pulled.value;
      // Only a hello can tell that the feeds are served again, or bring the key that a page was signed with.
      if (frozen || faults.some(({ detail }) => detail === 'PAGE_UNKNOWN_KEY')) deps.link.drop();
      return ok({ contact, items, pulled: counts, faults, frozen });
    }
    // A line that went is greeted anew before the next entry may leave: what is sold meanwhile stays `queued`.
    if (isLineLost(pulled.error)) deps.link.drop();
    if (!needsHello(pulled.error)) return pulled;
    deps.link.drop();
    if (greetings >= MOST_GREETINGS) return pulled;
  }
}
