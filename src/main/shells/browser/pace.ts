/** How many may come at once, and how many more each second. */
export type PaceLimit = { readonly burst: number; readonly perSecond: number };

/** Lets so many pass and no more; `take` answers whether this one does. */
export type Pace = { readonly take: () => boolean };

/** A bucket that fills again at a steady rate (`nowMs` is monotonic). */
export function createPace(limit: PaceLimit, nowMs: () => number = () => performance.now()): Pace {
  const state = { left: limit.burst, at: nowMs() };
  return {
    take: () => {
      const now = nowMs();
      state.left = Math.min(limit.burst, state.left + ((now - state.at) / 1000) * limit.perSecond);
      state.at = now;
      if (state.left < 1) return false;
      state.left -= 1;
      return true;
    },
  };
}
