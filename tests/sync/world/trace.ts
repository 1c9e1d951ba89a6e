import { createHash } from 'node:crypto';
import type { WorldTime } from './virtual-time.ts';

/**
 * The logical events of a run, in order: type, counter, seq, states, verdicts, amounts, virtual time. No ciphertext, no id
 * that a real source of random bytes made, no time of the real world.
 */
export type Trace = {
  readonly note: (
    counter: number | null,
    event: string,
    ...facts: readonly (string | number | boolean | null)[]
  ) => void;
  readonly count: () => number;
  readonly hash: () => string;
};

export function createTrace(time: WorldTime, onLine?: (line: string) => void): Trace {
  const digest = createHash('sha256');
  let lines = 0;
  return {
    note: (counter, event, ...facts) => {
      const line = [time.now, counter ?? '-', event, ...facts].join(' ');
      digest.update(line).update('\n');
      lines += 1;
      onLine?.(line);
    },
    count: () => lines,
    hash: () => digest.copy().digest('base64url'),
  };
}
