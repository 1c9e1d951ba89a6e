import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readCopy } from '../db/read-copy.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, type Step, type Stopwatch } from './step.ts';

type Parts = {
  readonly dataDir: string;
  /** Writes the copy that `loket backup` writes. */
  readonly backup: (out: string) => Promise<unknown>;
  readonly newest: () => Promise<{ readonly entries: number; readonly head: string | null }>;
  readonly monoMs: Stopwatch;
};

/** Makes a backup, opens it as whoever restores would, compares what is in it, and removes it. */
export function backupStep({ dataDir, backup, newest, monoMs }: Parts): Step {
  return async () => {
    const out = join(dataDir, '.uji-cadangan.sqlite');
    const startedAt = monoMs();
    await rm(out, { force: true });
    try {
      const before = await newest();
      await backup(out);
      const copy = readCopy(out);
      const after = await newest();
      // Work goes on meanwhile: the copy lies between the two looks.
      const isWhole = copy.isWhole && copy.entries >= before.entries && copy.entries <= after.entries;
      const isSame = isWhole && (copy.entries !== before.entries || copy.head === before.head);
      const tookMs = Math.round(monoMs() - startedAt);
      const message = isSame ? say('backup', copy.entries, tookMs) : say('backupDiffers');
      return found(isSame, message, { entries: copy.entries, tookMs });
    } finally {
      await rm(out, { force: true });
    }
  };
}
