import { readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../db/durable-file.ts';
import type { MirrorStatus } from '../journal/mirror.ts';
import { mediumReason } from '../db/medium-fault.ts';
import { say } from '../../../contract/self-test-words.ts';
import { found, type Step, type Stopwatch } from './step.ts';

/** Writes a small file onto the medium of the second copy, reads it back, and removes it. */
export function mirrorStep(status: () => Promise<MirrorStatus>, monoMs: Stopwatch): Step {
  return async () => {
    const { folder, medium, state } = await status();
    if (folder === null) return found(false, say('mirrorNone'), { state });
    const file = join(folder, '.uji-salinan');
    const startedAt = monoMs();
    try {
      await writeDurably(file, state);
      if ((await readFile(file, 'utf8')) !== state) throw Object.assign(new Error('other bytes'), { code: 'EIO' });
      await rm(file, { force: true });
    } catch (fault) {
      const reason = mediumReason(fault);
      return found(false, say('mirrorMissing', reason), { state, medium, reason });
    }
    const tookMs = Math.round(monoMs() - startedAt);
    const disk = await statfs(folder).catch(() => null); // a figure for the screen: unknown is an answer
    const freeBytes = disk === null ? null : disk.bavail * disk.bsize;
    const payload = { state, medium, tookMs, freeBytes };
    if (medium === 'folder') return found(false, say('mirrorSameDisk'), payload);
    return found(true, say('mirrorFine', tookMs, freeBytes), payload);
  };
}
