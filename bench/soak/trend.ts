/** One look at a process: when (ms since its load began), and how many bytes. */
export type Sample = { readonly atMs: number; readonly bytes: number };

const HOUR_MS = 3_600_000;

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('too few samples for a trend');
  return (upper + lower) / 2;
}

/**
 * Bytes an hour by which a memory grows: the median of the slopes between every two samples (Theil and Sen), so that a
 * burst, or the saw teeth of a garbage collector, does not bend it. Throws below three samples.
 */
export function growthPerHour(samples: readonly Sample[]): number {
  if (samples.length < 3) throw new Error('too few samples for a trend');
  const slopes = samples.flatMap((one, at) =>
    samples.slice(at + 1).flatMap((other) => {
      const ms = other.atMs - one.atMs;
      return ms <= 0 ? [] : [((other.bytes - one.bytes) * HOUR_MS) / ms];
    }),
  );
  return medianOf(slopes);
}

/** The samples after the warm-up, a share of the whole time: caches fill, code is compiled. */
export function afterWarmUp(samples: readonly Sample[], share: number): readonly Sample[] {
  const last = samples.at(-1)?.atMs ?? 0;
  return samples.filter(({ atMs }) => atMs >= last * share);
}
