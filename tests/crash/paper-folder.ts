import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const SHARED_MEMORY = '/dev/shm';

/** Where paper lies: in memory where there is such a file system, so that no cut or full disk of the data touches it. */
const PAPER_ROOT = existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir();

/** A folder for papers, gone when the test is over. */
export function paperFolder(): string {
  const folder = mkdtempSync(join(PAPER_ROOT, 'loket-paper-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
