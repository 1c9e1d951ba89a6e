import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db } from '../db/open.ts';
import { writeDurably } from '../db/durable-file.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, rounded, type Step, type Stopwatch } from './step.ts';

const WRITES = 20;
const FULL = 2;
/** A disk that turns needs a turn, a disk of chips a flush; what is faster has not waited. Memory is such a disk. */
const TOO_FAST_MS = 0.05;
const SLOW_MS = 500;

/** Writes twenty small files that must survive a power cut, and asks the database whether it waits as they do. */
export function durabilityStep(dataDir: string, db: Pick<Db, 'info'>, monoMs: Stopwatch): Step {
  return async () => {
    const { journalMode, synchronous } = db.info();
    const file = join(dataDir, '.uji-simpan');
    let [sum, longest] = [0, 0];
    try {
      for (let n = 0; n < WRITES; n += 1) {
        const startedAt = monoMs();
        await writeDurably(file, String(n));
        const took = monoMs() - startedAt;
        sum += took;
        longest = Math.max(longest, took);
      }
    } finally {
      await rm(file, { force: true });
    }
    const mean = sum / WRITES;
    const payload = { meanMs: rounded(mean), longestMs: rounded(longest), journalMode, synchronous };
    if (synchronous !== FULL || journalMode !== 'wal') return found(false, say('notDurable'), payload);
    if (mean < TOO_FAST_MS) return found(false, say('durableTooFast', mean), payload);
    if (mean > SLOW_MS) return found(false, say('durableSlow', mean), payload);
    return found(true, say('durable', mean), payload);
  };
}
