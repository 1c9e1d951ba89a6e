import type { Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal } from '../db/open.ts';
import type { PageFiles } from '../documents/page-files.ts';
import type { EventsPort, LogPort, RandomPort } from '../ports.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { confirmPages } from './confirm-pages.ts';
import { createLanePace } from './lane-pace.ts';
import type { LineFault, Link } from './link.ts';
import { findDuePage, findNextTry, tryAllNow } from './page-lane-store.ts';
import { releasePages } from './release-pages.ts';
import { uploadPage } from './upload-page.ts';
import { ok } from '../../../domain/result.ts';

/** What the lane of pages does right now, and how far the page under way is. */
export type LaneState = {
  readonly doing: 'idle' | 'sending' | 'waiting' | 'no-line';
  readonly speed: number | null;
  readonly cap: number | null;
  readonly underWay: { readonly documentId: string; readonly offset: number } | null;
};

/** What one pass sent and heard. */
export type LanePass = { readonly sent: number; readonly stored: number; readonly refused: number };

export type UploadLane = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** There may be something to send, or a line to send it over. */
  readonly wake: () => void;
  /** Money moves, or has ended moving: between two pieces a page waits for it. */
  readonly yieldToMoney: (moves: boolean) => void;
  /** Somebody asked: whatever failed is tried again at once. */
  readonly sendNow: () => Promise<void>;
  /** Everything that can be sent, until it is sent or the line ends: for a program that has no background. */
  readonly sendAll: () => Promise<LanePass>;
  readonly state: () => LaneState;
};

export type LaneDeps = {
  readonly db: Db;
  readonly link: Link;
  readonly files: Pick<PageFiles, 'read' | 'remove'>;
  readonly deviceId: string;
  readonly random: RandomPort;
  readonly events: EventsPort;
  readonly log: LogPort;
  /** ms UTC, the best estimate. */
  readonly now: () => number;
  readonly monoMs: () => number;
  readonly hasLine: () => boolean;
  /** Waits for ms, or until the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** Without news the lane looks again after this long: days end, and confirmed bytes may leave. */
const LOOK_MS = 15 * 60_000;
/** A few pages are asked for together; the last ones by themselves. */
const CONFIRM_AFTER = 10;
const NOTHING: LanePass = { sent: 0, stored: 0, refused: 0 };

/** A door that money closes for a moment. */
function createMoneyDoor(): {
  readonly set: (closed: boolean) => void;
  readonly passed: (signal: AbortSignal) => Promise<void>;
} {
  const held: { closed: boolean; waiting: (() => void)[] } = { closed: false, waiting: [] };
  return {
    set: (closed) => {
      held.closed = closed;
      if (closed) return;
      for (const go of held.waiting.splice(0)) go();
    },
    passed: (signal) =>
      new Promise((resolve) => {
        if (!held.closed || signal.aborted) {
          resolve();
          return;
        }
        held.waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
}

/** A wait that whoever asks for the lane ends early. */
function createRest(
  wait: LaneDeps['wait'],
  stop: AbortSignal,
): { readonly atMost: (ms: number) => Promise<void>; readonly end: () => void } {
  let end: () => void = () => undefined;
  return {
    atMost: async (ms) => {
      const woken = new AbortController();
      end = () => woken.abort();
      await wait(ms, AbortSignal.any([stop, woken.signal]));
      end = () => undefined;
    },
    end: () => end(),
  };
}

/**
 * The lane of pages beside the money (OPOP-Sync/1 10.4): one page at a time in the gaps of the loop, "money never waits for
 * photos". It opens no line of its own: where the loop has none, it waits.
 */
export function createUploadLane(deps: LaneDeps): UploadLane {
  const { db, link, files, events, log, now, monoMs } = deps;
  const abort = new AbortController();
  const door = createMoneyDoor();
  const rest = createRest(deps.wait, abort.signal);
  const pace = createLanePace(monoMs);
  let state: Pick<LaneState, 'doing' | 'cap' | 'underWay'> = { doing: 'idle', cap: null, underWay: null };
  let pass: Promise<LanePass> | null = null;
  let loop: Promise<void> | null = null;
  let isAsked = false;

  const set = (change: Partial<typeof state>): void => {
    const before = state;
    state = { ...state, ...change };
    if (before.doing !== state.doing || before.underWay?.offset !== state.underWay?.offset) events.publish('documents');
  };
  const pageDeps = {
    db,
    link,
    files,
    random: deps.random,
    now,
    monoMs,
    admit: async (bytes: number, signal: AbortSignal): Promise<void> => {
      await door.passed(signal);
      const ms = pace.waitFor(bytes, state.cap);
      if (ms > 0) await deps.wait(ms, signal);
    },
    pieceBytes: () => pace.pieceBytes(state.cap),
    onPiece: (documentId: string, { bytes, tookMs, offset }: { bytes: number; tookMs: number; offset: number }) => {
      pace.notePiece(bytes, tookMs);
      set({ underWay: { documentId, offset } });
    },
  };

  const note = (error: LineFault | StorageRefusal): void => {
    if ('fault' in error) log.write('warn', 'lane.fault', { fault: error.fault, detail: error.detail });
    else log.write('error', 'lane.storage', { code: error.code });
  };
  const confirm = async (counts: { stored: number; refused: number }, signal: AbortSignal): Promise<boolean> => {
    for (;;) {
      const confirmed = await confirmPages({ db, link, deviceId: deps.deviceId, now }, signal);
      if (!confirmed.ok) {
        note(confirmed.error);
        return false;
      }
      const { stored, refused, lost } = confirmed.value;
      counts.stored += stored;
      counts.refused += refused;
      if (stored + refused + lost > 0) events.publish('documents');
      if (refused > 0) events.publish('exceptions');
      // Lost ones are sent again before anybody asks for them once more.
      if (stored + refused === 0) return true;
    }
  };

  /** One pass: page after page until nothing is due, the line ends, or something other than a page is wrong. */
  const runPass = async (signal: AbortSignal): Promise<LanePass> => {
    const counts = { sent: 0, stored: 0, refused: 0 };
    if (!(await confirm(counts, signal))) return counts;
    for (let unconfirmed = 0; !signal.aborted; ) {
      const { row, cap } = await db.read(async (tx) => ({
        row: await findDuePage(tx, now()),
        cap: (await readPolicy(tx)).pages.uploadBytesPerSecond,
      }));
      if (row === undefined || !deps.hasLine()) break;
      set({ doing: 'sending', cap, underWay: { documentId: row.document_id, offset: row.sent_bytes } });
      const tried = await uploadPage(pageDeps, row, signal);
      set({ underWay: null });
      if (!tried.ok) {
        note(tried.error);
        // A page that the province does not like holds up no other one; a line that ended holds up all of them.
        if ('fault' in tried.error && tried.error.fault === 'refused' && tried.error.detail !== 'BAD_TOKEN') continue;
        break;
      }
      if (tried.value === 'damaged') {
        events.publish('exceptions');
        continue;
      }
      counts.sent += 1;
      unconfirmed += 1;
      if (unconfirmed < CONFIRM_AFTER) continue;
      unconfirmed = 0;
      if (!(await confirm(counts, signal))) break;
    }
    if (deps.hasLine() && !signal.aborted) await confirm(counts, signal);
    if (counts.stored > 0) events.publish('outbox');
    return counts;
  };

  /** One pass at a time; whoever asks while one runs gets its answer. */
  const runOnce = (signal: AbortSignal): Promise<LanePass> => {
    if (pass !== null) return pass;
    pass = runPass(signal)
      .catch((error: unknown): LanePass => {
        // A bug in one pass must not be the end of all of them, nor of the money beside it.
        log.write('error', 'lane.threw', { name: error instanceof Error ? error.name : 'unknown' });
        return NOTHING;
      })
      .finally(() => {
        pass = null;
        set({ doing: 'idle', underWay: null });
      });
    return pass;
  };

  const forgetWaits = async (): Promise<void> => {
    const asked = await db.write(async (tx) => {
      await tryAllNow(tx);
      return ok(undefined);
    });
    if (!asked.ok) note(asked.error);
  };
  const release = async (): Promise<void> => {
    const released: Result<number, StorageRefusal> = await releasePages({ db, files, now });
    if (!released.ok) note(released.error);
    else if (released.value > 0) events.publish('documents');
  };

  const sleep = async (): Promise<void> => {
    const at = await db.read((tx) => findNextTry(tx));
    const hasLine = deps.hasLine();
    const ms = at === null || !hasLine ? LOOK_MS : Math.max(0, Math.min(LOOK_MS, at - now()));
    const waiting = await db.read((tx) => findDuePage(tx, Number.MAX_SAFE_INTEGER));
    const nothing = waiting === undefined ? 'idle' : 'waiting';
    set({ doing: hasLine || waiting === undefined ? nothing : 'no-line' });
    if (!isAsked) await rest.atMost(ms);
  };

  const turn = async (): Promise<void> => {
    isAsked = false;
    if (deps.hasLine()) await runOnce(abort.signal);
    await release();
    if (!abort.signal.aborted) await sleep();
  };
  const run = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      try {
        await turn();
      } catch (error) {
        // Pages that stay here count as unsent until no sale may begin: one bad turn must not be the last.
        log.write('error', 'lane.threw', { name: error instanceof Error ? error.name : 'unknown' });
        await rest.atMost(LOOK_MS);
      }
    }
  };

  return {
    start: () => {
      loop ??= run();
    },
    stop: async () => {
      abort.abort();
      rest.end();
      await loop;
      await pass;
    },
    wake: () => {
      isAsked = true;
      rest.end();
    },
    yieldToMoney: door.set,
    sendNow: async () => {
      await forgetWaits();
      isAsked = true;
      rest.end();
    },
    sendAll: async () => {
      await forgetWaits();
      const done = await runOnce(abort.signal);
      await release();
      return done;
    },
    state: () => {
      const doing = state.doing === 'sending' || deps.hasLine() ? state.doing : 'no-line';
      return { ...state, doing, speed: pace.speed() };
    },
  };
}
