import type { TimeTrust } from '../../../contract/primitives.ts';
import { type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import type { ClockPort } from '../ports.ts';

/** The time of an entry (OPOP-Sync/1 8.2). All in ms; `wallMs` is UTC as the counter believes. */
export type TimeStamp = {
  readonly wallMs: number;
  readonly monoMs: number;
  readonly bootId: string;
  readonly anchorId: string | null;
  readonly timeTrust: TimeTrust;
};

/** A signed time of the province, bound to the boot and the monotonic time at which it arrived. */
export type TimeAnchor = {
  readonly nonce: string;
  /** ms UTC at the province. */
  readonly serverTime: number;
  readonly radiusMs: number;
  readonly bootId: string;
  readonly monoMs: number;
};

/** Jumps beyond which an officer is asked; policy of the province. */
export type ClockLimits = { readonly backwardMinutes: number; readonly forwardHours: number };

/** What the screen says about the clock. */
export type ClockState = {
  readonly timeTrust: TimeTrust;
  /** ms by which the computer's clock differs from what it should be; null while it is believed. */
  readonly jumpMs: number | null;
  /** Set when an officer must acknowledge the banner before the next sale (OPOP-Sync/1 8.3). */
  readonly needsAcknowledgement: boolean;
};

export type Timekeeper = {
  readonly stamp: () => TimeStamp;
  /** The best estimate of the time, ms UTC; for what has an end (bills, keys, fresh feeds). */
  readonly now: () => number;
  /** The business date: the date in Asia/Jakarta of the best estimate. */
  readonly today: () => LocalDate;
  /** Takes an anchor whose signature was verified; `receivedAt` is the monotonic time at which the answer came. */
  readonly accept: (
    anchor: { readonly nonce: string; readonly serverTime: number; readonly radiusMs: number },
    receivedAt?: { readonly monoMs: number; readonly bootId: string },
  ) => void;
  /** Takes a time of the province's signed word that came without an anchor: nothing is dated before it. */
  readonly notBefore: (feedMs: number) => void;
  /** The anchor to keep across a restart of the program (it is worth nothing after a restart of the computer). */
  readonly anchor: () => TimeAnchor | null;
  readonly state: () => ClockState;
  /** The officer has seen the banner; the entries stay flagged. */
  readonly acknowledge: () => void;
  readonly setLimits: (limits: ClockLimits) => void;
};

/** What is known of the time before the first stamp. */
export type KnownTime = {
  /** The newest entry of the journal. */
  readonly lastEntry: Omit<TimeStamp, 'anchorId'> | null;
  readonly anchor: TimeAnchor | null;
  /** Nothing was written since the anchor came: the newest entry may be of a clock that was ahead of it. */
  readonly isAnchorNewest: boolean;
  /** ms UTC that have certainly passed: when the province signed the newest of its words that is kept here. */
  readonly feedMs: number;
};

const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 3_600_000;
const DEFAULT_LIMITS: ClockLimits = { backwardMinutes: 2, forwardHours: 36 };

type Moment = { readonly wallMs: number; readonly monoMs: number; readonly bootId: string };

/**
 * The least that the time can be: the last moment known, plus what has certainly passed since. A count that began anew says
 * how long ago that was at least; one that goes on is believed by its difference alone, whatever the boots are called: a
 * program that was started again in an old boot, or a name that changed in it, adds no days.
 */
function expectedFrom(known: Moment, now: Moment): number {
  return known.wallMs + (now.monoMs < known.monoMs ? now.monoMs : now.monoMs - known.monoMs);
}

const timeBy = (anchor: TimeAnchor, now: Moment): number => anchor.serverTime + (now.monoMs - anchor.monoMs);

/** ms by which the clock jumped, or null when it is believed. Forwards it is measured by what has certainly passed, not by all. */
function jumpOf(known: Moment | null, now: Moment, limits: ClockLimits): number | null {
  if (known === null) return null;
  const jump = now.wallMs - expectedFrom(known, now);
  if (jump < -limits.backwardMinutes * MS_PER_MINUTE) return jump;
  if (jump > limits.forwardHours * MS_PER_HOUR) return jump;
  return null;
}

/**
 * Tells the time and how far it can be believed. "Estimate: anchor + monotonic difference inside one boot; across boots
 * the clock clamped to the last entry, anchor and feed." A jump without an anchor flags every entry until one comes.
 */
export function createTimekeeper(clock: ClockPort, known: KnownTime, limits = DEFAULT_LIMITS): Timekeeper {
  const flagged = known.lastEntry?.timeTrust === 'suspect';
  const held: {
    anchor: TimeAnchor | null;
    isKept: boolean;
    feedMs: number;
    limits: ClockLimits;
    acknowledged: Moment | null;
  } = {
    anchor: known.anchor,
    /** It came before this start and before the newest entry, and is believed by the name of the boot alone. */
    isKept: !known.isAnchorNewest,
    feedMs: known.feedMs,
    limits,
    acknowledged: null,
  };
  let last: Moment | null = known.lastEntry;
  // How far it jumped is not known any more after a restart.
  let suspicion: { readonly jumpMs: number | null } | null = flagged ? { jumpMs: null } : null;

  const raw = (): Moment => ({
    wallMs: Math.floor(clock.wallMs()),
    monoMs: Math.max(0, Math.floor(clock.monoMs())),
    bootId: clock.bootId(),
  });
  const floorMs = (): number => Math.max(last?.wallMs ?? 0, held.anchor?.serverTime ?? 0, held.feedMs);
  /** The anchor of this boot. One that was kept and lies behind what is known is of another, whatever its name says. */
  const liveAnchor = (now: Moment): TimeAnchor | null => {
    const { anchor, isKept } = held;
    if (anchor === null || anchor.bootId !== now.bootId || anchor.monoMs > now.monoMs) return null;
    return isKept && timeBy(anchor, now) < floorMs() ? null : anchor;
  };

  /** Without an anchor of this boot: the computer's clock, never behind what is known, flagged when it jumped. */
  const unanchored = (now: Moment): TimeStamp => {
    const jumpMs = jumpOf(last, now, held.limits);
    if (suspicion === null && jumpMs !== null) suspicion = { jumpMs };
    const floor = floorMs();
    const isBehind = now.wallMs < floor;
    const sinceLast = last === null ? floor : Math.max(floor, expectedFrom(last, now));
    const timeTrust = suspicion !== null ? 'suspect' : isBehind ? 'clamped' : 'rtc';
    return { ...now, wallMs: isBehind ? sinceLast : now.wallMs, anchorId: null, timeTrust };
  };
  const look = (): TimeStamp => {
    const now = raw();
    const anchor = liveAnchor(now);
    if (anchor === null) return unanchored(now);
    return { ...now, wallMs: timeBy(anchor, now), anchorId: anchor.nonce, timeTrust: 'anchored' };
  };

  return {
    stamp: () => {
      const stamp = look();
      last = stamp;
      return stamp;
    },
    now: () => look().wallMs,
    today: () => localDateAt(look().wallMs),
    accept: ({ nonce, serverTime, radiusMs }, receivedAt = raw()) => {
      held.anchor = { nonce, serverTime, radiusMs, bootId: receivedAt.bootId, monoMs: Math.floor(receivedAt.monoMs) };
      held.isKept = false;
      held.acknowledged = null;
      suspicion = null;
    },
    notBefore: (feedMs) => {
      held.feedMs = Math.max(held.feedMs, feedMs);
    },
    anchor: () => held.anchor,
    state: () => {
      const { timeTrust } = look();
      if (timeTrust !== 'suspect') return { timeTrust, jumpMs: null, needsAcknowledgement: false };
      // What was acknowledged is this clock as it then stood: one that jumps again is looked at again.
      const again = jumpOf(held.acknowledged, raw(), held.limits);
      const isSeen = held.acknowledged !== null && again === null;
      return { timeTrust, jumpMs: again ?? suspicion?.jumpMs ?? null, needsAcknowledgement: !isSeen };
    },
    acknowledge: () => {
      held.acknowledged = raw();
    },
    setLimits: (next) => {
      held.limits = next;
    },
  };
}
