import { setTimeout as wait } from 'node:timers/promises';

/** Resolves when so many bytes may pass; callers wait in line. */
export type Pacer = (bytes: number) => Promise<void>;

/** What may pass at once after a pause, as time: a tenth of a second's worth. */
const BURST_MS = 100;

/** A token bucket: `rate` answers bytes per second, undefined for no limit; `closing` ends every wait. */
export function createPacer(rate: () => number | undefined, closing: AbortSignal): Pacer {
  const bucket = { freeAt: 0 };
  return async (bytes) => {
    const perSecond = rate();
    if (perSecond === undefined) return;
    const now = performance.now();
    bucket.freeAt = Math.max(now - BURST_MS, bucket.freeAt) + (bytes / perSecond) * 1000;
    const ms = bucket.freeAt - now;
    if (ms > 1) await wait(ms, undefined, { signal: closing });
  };
}
