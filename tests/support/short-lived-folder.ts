import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 6 * 1024 ** 3;

/**
 * Where tests put what lives as long as a test. Thousands of small databases that are synced at every commit spend most
 * of their time waiting for a disk, so memory is taken where there is plenty. What looks at the disk itself
 * (`tests/crash`) stays on one.
 */
export function shortLivedFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  if (bavail * bsize < ENOUGH_BYTES) return tmpdir();
  const folder = `${MEMORY}/loket-opop-tests`;
  mkdirSync(folder, { recursive: true });
  return folder;
}
