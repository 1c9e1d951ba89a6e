import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const SHARED_MEMORY = '/dev/shm';

/** Where paper lies: in memory where there is such a file system, so that no cut or full disk of the data touches it. */
const PAPER_ROOT = existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir();

/** A folder on another file system than the data, gone when the test is over: a flashdisk. */
export function newMedium(): string {
  const folder = mkdtempSync(join(PAPER_ROOT, 'loket-medium-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A roll of paper, empty, gone when the test is over. It is there from the beginning: a device is never made. */
export function newRoll(): string {
  const folder = mkdtempSync(join(PAPER_ROOT, 'loket-paper-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const roll = join(folder, 'roll.bin');
  writeFileSync(roll, '');
  return roll;
}
