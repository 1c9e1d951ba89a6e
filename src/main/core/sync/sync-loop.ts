import { retryDelayMs } from '../../../domain/delivery-policy.ts';
import { err, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { ClockPort, EventsPort, LogPort, RandomPort } from '../ports.ts';
import type { SettledItem } from './custody.ts';
import type { LineFault } from './link.ts';
import type { Round } from './round.ts';

/** What the program is doing for the line right now; the status bar and the Kotak Kirim show it. */
export type LineState = {
  readonly doing: 'idle' | 'connecting' | 'pushing' | 'pulling' | 'waiting';
  readonly online: boolean;
  /** ms UTC since when it is online or not; null before the first try. */
  readonly since: number | null;
  readonly nextTryAt: number | null;
  readonly lastError: string | null;
};

export type SyncLoop = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Something waits to be sent: the next round begins at once when there is a line and the province not busy, else at its time. */
  readonly wake: () => void;
  /** A person asked: a round now, whatever the back-off says. */
  readonly runNow: () => Promise<Result<Round, LineFault | StorageRefusal>>;
  readonly state: () => LineState;
  /** The line was silent where an answer was due. */
  readonly noteSilence: () => void;
  readonly notePhase: (phase: LineState['doing']) => void;
  readonly noteContact: () => void;
  /** What the running round settled so far; empty when a new round begins. */
  readonly soFar: () => readonly SettledItem[];
  readonly noteItems: (items: readonly SettledItem[]) => void;
};

/** Time between two rounds while there is a line and nothing waits: decisions and rules come with it. */
const POLL_MS = 4_000;
/** After so many rounds that brought nothing the next ones come at the slower pace: an evening on a mobile line costs little. */
const QUIET_ROUNDS = 30;
const QUIET_POLL_MS = 20_000;

/** A province that serves no feeds is greeted anew to learn when it does; at most this far apart, so that a restore is not hammered. */
const FROZEN_POLL_MS = 60_000;

/** A wait that a wake-up or an abort ends early. */
function waitFor(ms: number, signal: AbortSignal, setWake: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    setWake(done);
  });
}

/** The time for which a busy province asked to be left alone (OPOP-Sync/1 11.4); the newest word counts. */
function createQuiet(): {
  readonly begin: (ms: number) => void;
  readonly end: () => void;
  readonly isOn: () => boolean;
  readonly over: () => Promise<void>;
} {
  const held: { timer: NodeJS.Timeout | undefined; waiting: (() => void)[] } = { timer: undefined, waiting: [] };
  const end = (): void => {
    clearTimeout(held.timer);
    held.timer = undefined;
    for (const go of held.waiting.splice(0)) go();
  };
  return {
    begin: (ms) => {
      if (ms <= 0) return;
      clearTimeout(held.timer);
      held.timer = setTimeout(end, ms);
    },
    end,
    isOn: () => held.timer !== undefined,
    over: () =>
      new Promise((resolve) => {
        if (held.timer === undefined) resolve();
        else held.waiting.push(resolve);
      }),
  };
}

/** A round that sent nothing and brought nothing. */
const isQuiet = ({ items, pulled }: Round): boolean =>
  items.length === 0 && [...pulled.values()].every((count) => count === 0);

/** Runs rounds for ever: at once when something waits, every few seconds while there is a line, with jitter when not. */
export function createSyncLoop(deps: {
  readonly round: (signal: AbortSignal) => Promise<Result<Round, LineFault | StorageRefusal>>;
  readonly clock: ClockPort;
  readonly random: RandomPort;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly pollMs?: number;
}): SyncLoop {
  const { clock, events, log } = deps;
  const abort = new AbortController();
  let state: LineState = { doing: 'idle', online: false, since: null, nextTryAt: null, lastError: null };
  let failures = 0;
  let quietRounds = 0;
  let wakeUp: (() => void) | null = null;
  let running: Promise<Result<Round, LineFault | StorageRefusal>> | null = null;
  let loop: Promise<void> | null = null;
  let isAsked = false;
  const settled: SettledItem[] = [];
  const quiet = createQuiet();

  const set = (change: Partial<LineState>): void => {
    const before = state;
    state = { ...state, ...change };
    if (before.doing !== state.doing || before.online !== state.online || before.nextTryAt !== state.nextTryAt) {
      events.publish('status');
    }
  };
  const setOnline = (online: boolean): void => {
    if (state.online !== online || state.since === null) set({ online, since: clock.wallMs() });
  };

  const onEnd = (result: Result<Round, LineFault | StorageRefusal>): void => {
    if (result.ok) {
      failures = 0;
      quiet.end();
      quietRounds = isQuiet(result.value) ? quietRounds + 1 : 0;
      setOnline(true);
      set({ lastError: null });
      if (result.value.items.length > 0) events.publish('outbox');
      if ((result.value.pulled.get('decisions') ?? 0) > 0) {
        events.publish('exceptions');
        events.publish('outbox');
        events.publish('transactions');
        events.publish('applications');
        events.publish('documents');
      }
      if ((result.value.pulled.get('officers') ?? 0) > 0) events.publish('sign-in');
      if ([...result.value.pulled].some(([feed, count]) => count > 0 && feed !== 'decisions'))
        events.publish('registry');
      return;
    }
    const { error } = result;
    // A line that carried something before it broke is a line: the wait begins from the floor again.
    failures = settled.length > 0 ? 1 : failures + 1;
    if ('fault' in error) {
      if (error.fault === 'no-line') setOnline(false);
      if (error.fault === 'busy' && !abort.signal.aborted) quiet.begin(error.retryAfterMs);
      set({ lastError: error.detail });
      log.write('warn', 'sync.fault', { fault: error.fault, detail: error.detail, failures });
    } else {
      set({ lastError: error.code });
      log.write('error', 'sync.storage', { code: error.code });
    }
    events.publish('outbox');
  };

  /** One round at a time; whoever asks while one runs gets its answer. */
  const runRound = (): Promise<Result<Round, LineFault | StorageRefusal>> => {
    if (running !== null) return running;
    settled.length = 0;
    running = deps
      .round(abort.signal)
      .catch((error: unknown): Result<Round, LineFault> => {
        // A bug in one round must not be the end of all rounds: it is written down, and the next one comes in its time.
        log.write('error', 'sync.threw', { name: error instanceof Error ? error.name : 'unknown' });
        return err({ fault: 'invalid', detail: 'INTERNAL' });
      })
      .then((result) => {
        onEnd(result);
        return result;
      })
      .finally(() => {
        running = null;
        set({ doing: 'idle' });
      });
    return running;
  };

  const delayAfter = (result: Result<Round, LineFault | StorageRefusal>): number => {
    if (result.ok) {
      const poll = deps.pollMs ?? (quietRounds >= QUIET_ROUNDS ? QUIET_POLL_MS : POLL_MS);
      return result.value.frozen ? Math.max(poll, FROZEN_POLL_MS * ((1 + deps.random.fraction()) / 2)) : poll;
    }
    const jittered = retryDelayMs(failures, deps.random.fraction());
    return 'fault' in result.error && result.error.fault === 'busy'
      ? Math.max(jittered, result.error.retryAfterMs)
      : jittered;
  };

  const run = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      isAsked = false;
      const result = await runRound();
      if (abort.signal.aborted) return;
      if (isAsked && result.ok) continue;
      const delay = delayAfter(result);
      set({ doing: result.ok ? 'idle' : 'waiting', nextTryAt: result.ok ? null : clock.wallMs() + delay });
      await waitFor(delay, abort.signal, (wake) => {
        wakeUp = wake;
      });
      wakeUp = null;
      // A person's own round may have heard it meanwhile.
      await quiet.over();
      set({ nextTryAt: null });
    }
  };

  return {
    start: () => {
      loop ??= run();
    },
    stop: async () => {
      abort.abort();
      quiet.end();
      await loop;
      await running;
    },
    wake: () => {
      isAsked = true;
      // Without a line the back-off stands: a wake-up per sale would hammer a province that is coming back.
      if (state.online && !quiet.isOn()) wakeUp?.();
    },
    runNow: async () => {
      const result = await runRound();
      if (result.ok) wakeUp?.();
      return result;
    },
    state: () => state,
    noteSilence: () => {
      setOnline(false);
      wakeUp?.();
    },
    notePhase: (doing) => set({ doing }),
    noteContact: () => setOnline(true),
    soFar: () => [...settled],
    noteItems: (items) => settled.push(...items),
  };
}
