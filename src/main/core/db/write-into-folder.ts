import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type DurableWrite, writeDurably } from './durable-file.ts';
import { fileFault } from './medium-fault.ts';

/**
 * Replaces a file whole or not at all, and makes its folder where that is missing: after every sale it is there, so it is
 * not asked for first. Throws what the file system answers.
 */
export async function writeIntoFolder(
  file: string,
  content: string | Uint8Array,
  how: DurableWrite = {},
): Promise<void> {
  try {
    await writeDurably(file, content, how);
  } catch (error) {
    if (fileFault(error) !== 'ENOENT') throw error;
    await mkdir(dirname(file), { recursive: true });
    await writeDurably(file, content, how);
  }
}
