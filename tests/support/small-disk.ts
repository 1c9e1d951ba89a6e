import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Mounting needs root on Linux. */
export const canMountSmallDisk = process.platform === 'linux' && process.getuid?.() === 0;

/** A real file system of `kib` KiB, unmounted when the test is over. */
export function smallDisk(kib: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'loket-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
