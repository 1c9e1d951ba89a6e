import { cpus, loadavg } from 'node:os';

/** Percentiles of one thing that was measured many times; ms. */
export type Figures = { readonly runs: number; readonly median: number; readonly p99: number; readonly worst: number };

const rounded = (ms: number): number => Math.round(ms * 10) / 10;

/** Percentiles by nearest rank; throws when nothing was measured. */
export function figuresOf(times: readonly number[]): Figures {
  const sorted = [...times].sort((left, right) => left - right);
  const at = (share: number): number => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
    if (value === undefined) throw new Error('nothing was measured');
    return rounded(value);
  };
  return { runs: sorted.length, median: at(0.5), p99: at(0.99), worst: at(1) };
}

/** Runs and measures one action; ms. */
export async function timed<T>(action: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const began = performance.now();
  const value = await action();
  return { value, ms: performance.now() - began };
}

/** One NDJSON line of a bench. */
export function printer(bench: string): (line: object) => void {
  return (line) => {
    process.stdout.write(`${JSON.stringify({ bench, ...line })}\n`);
  };
}

/** The machine that the figures belong to; the load tells how much of it was somebody else's. */
export function machine(): object {
  const [load = 0] = loadavg();
  return { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, load: Math.round(load * 10) / 10 };
}
