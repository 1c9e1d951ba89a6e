import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Windows opens no folder as a file; its file system logs the change of a name by itself. */
const FOLDERS_CAN_BE_SYNCED = process.platform !== 'win32';

/** Makes a new or changed name in the folder of `file` survive a power cut. */
export function fsyncFolderOf(file: string): void {
  if (!FOLDERS_CAN_BE_SYNCED) return;
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** How a file is replaced: `mode` (0600 unless said), and the name that it has until it is whole. */
export type DurableWrite = { readonly mode?: number; readonly unfinished?: string };

/**
 * Replaces a file whole or not at all: temporary file, fsync, rename, fsync of the folder.
 * Throws what the file system answers; the old content is then still there.
 */
export async function writeDurably(
  file: string,
  content: string | Uint8Array,
  { mode = 0o600, unfinished = `${file}.unfinished` }: DurableWrite = {},
): Promise<void> {
  await rm(unfinished, { force: true });
  const handle = await open(unfinished, 'wx', mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  if (!FOLDERS_CAN_BE_SYNCED) return;
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
