import { setTimeout } from 'node:timers/promises';
import type { StartedBrowser } from './browser.ts';

/** A browser that dies at once more often than this in a row is broken, and is not started for ever. */
const QUICK_DEATHS = 5;
/** A window that stood so long (ms) did not die at once. */
const STOOD_MS = 30_000;

/** What is needed to keep a window standing. */
export type KeepOpen = {
  readonly first: StartedBrowser;
  /** Opens the window again; undefined where it is not to stand again, or cannot. */
  readonly reopen: () => Promise<StartedBrowser | undefined>;
  /** Told each time that the window was closed: whether it stands again. */
  readonly closed: (standsAgain: boolean) => void;
  /** How long it is left closed (ms). */
  readonly pauseMs: number;
  /** Monotonic. */
  readonly nowMs?: () => number;
};

/** Keeps one window open until it is told to close it; answers what does that. */
export function keepOpen({ first, reopen, closed, pauseMs, nowMs = () => performance.now() }: KeepOpen): () => void {
  const watching = new AbortController();
  const window = { now: first };
  const watch = async (): Promise<void> => {
    let quickDeaths = 0;
    while (!watching.signal.aborted) {
      const openedAt = nowMs();
      await window.now.closed;
      if (watching.signal.aborted) return;
      quickDeaths = nowMs() - openedAt < STOOD_MS ? quickDeaths + 1 : 0;
      await setTimeout(pauseMs);
      const next = quickDeaths > QUICK_DEATHS || watching.signal.aborted ? undefined : await reopen();
      if (watching.signal.aborted) next?.close();
      else closed(next !== undefined);
      if (next === undefined) return;
      window.now = next;
    }
  };
  void watch();
  return () => {
    watching.abort();
    window.now.close();
  };
}
