import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../../../contract/self-test-words.ts';
import { found, rounded, type Step, type Stopwatch } from './step.ts';

const BLOCK = new Uint8Array(1024 * 1024).fill(0x5a);
const BLOCKS = 24;
/** Below it a sale waits for the disk. */
const SLOW_MB_PER_S = 15;
/** Registry, pages and a year of entries. */
const LEAST_FREE_BYTES = 5e9;

/** Writes and syncs 24 MB beside the data, removes it, and looks at what room is left. */
export function diskStep(dataDir: string, monoMs: Stopwatch): Step {
  return async () => {
    const file = join(dataDir, '.uji-disk');
    const startedAt = monoMs();
    try {
      const handle = await open(file, 'w', 0o600);
      try {
        for (let n = 0; n < BLOCKS; n += 1) await handle.write(BLOCK);
        await handle.sync();
      } finally {
        await handle.close();
      }
    } finally {
      await rm(file, { force: true });
    }
    const writeMb = BLOCKS / (Math.max(1, monoMs() - startedAt) / 1000);
    const disk = await statfs(dataDir);
    const free = disk.bavail * disk.bsize;
    const payload = { writeMbPerS: rounded(writeMb), freeBytes: free };
    if (free < LEAST_FREE_BYTES) return found(false, say('diskSmall', free), payload);
    if (writeMb < SLOW_MB_PER_S) return found(false, say('diskSlow', writeMb), payload);
    return found(true, say('diskFine', writeMb, free), payload);
  };
}
