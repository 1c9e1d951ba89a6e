// Stands in place of src/main/core/db/durable-file.ts in a simulated world (`register.ts`): whole or not at all, watched, and
// without the syncs, because the disks of a world are memory: a death copies what was written, never what a cache lost.
import { renameSync, writeFileSync } from 'node:fs';
import type * as real from '../../../src/main/core/db/durable-file.ts';
import { reach } from './io-points.ts';

/** A name in memory needs no sync. */
export function fsyncFolderOf(_file: string): void {}

export async function writeDurably(
  ...[file, content, { mode = 0o600, unfinished = `${file}.unfinished` } = {}]: Parameters<typeof real.writeDurably>
): Promise<void> {
  reach('before-durable', file);
  writeFileSync(unfinished, content, { mode });
  renameSync(unfinished, file);
  reach('after-durable', file);
}
