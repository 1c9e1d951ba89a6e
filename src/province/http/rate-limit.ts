/** Counts requests per key in a sliding minute; forgets a key when its minute is over. */
export type RateLimit = { readonly take: (key: string) => boolean };

const MINUTE_MS = 60_000;
const MAX_KEYS = 10_000;

/** At most `perMinute` requests per key in a minute of `now` (ms); true when one may pass. */
export function createRateLimit(perMinute: number, now: () => number): RateLimit {
  const windows = new Map<string, { readonly since: number; count: number }>();
  return {
    take(key) {
      const at = now();
      const window = windows.get(key);
      if (window !== undefined && at - window.since < MINUTE_MS) {
        window.count += 1;
        return window.count <= perMinute;
      }
      if (windows.size >= MAX_KEYS) {
        for (const [old, { since }] of windows) if (at - since >= MINUTE_MS) windows.delete(old);
      }
      windows.set(key, { since: at, count: 1 });
      return perMinute > 0;
    },
  };
}
