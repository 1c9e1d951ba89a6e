import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { CliRefusal } from './cli-refusal.ts';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A JSON file of a shape; refused by the name of the option that brought it. */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>, option: string): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CliRefusal('FILE_UNREADABLE', messageOf(error), option);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new CliRefusal('FILE_WRONG', `${file} is not of the right form`, option);
  return parsed.data;
}

/** The bytes of a file in pieces; refused before anything is done when it cannot be opened. */
export async function openPieces(file: string, option: string): Promise<AsyncIterable<Uint8Array>> {
  try {
    const handle = await open(file, 'r');
    return handle.createReadStream({ highWaterMark: 256 * 1024 });
  } catch (error) {
    throw new CliRefusal('FILE_UNREADABLE', messageOf(error), option);
  }
}

/** Writes a file whole or not at all: a draft beside it, synced, then renamed. Answers its length in bytes. */
export async function writeWhole(file: string, pieces: AsyncIterable<Uint8Array>, option: string): Promise<number> {
  const draft = `${file}.part`;
  try {
    const handle = await open(draft, 'w', 0o600);
    const written = { bytes: 0 };
    try {
      for await (const piece of pieces) {
        await handle.writeFile(piece);
        written.bytes += piece.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    renameSync(draft, file);
    const folder = openSync(dirname(file), 'r');
    fsyncSync(folder);
    closeSync(folder);
    return written.bytes;
  } catch (error) {
    rmSync(draft, { force: true });
    const isOfTheDisk = error instanceof Error && 'code' in error && 'syscall' in error;
    if (isOfTheDisk) throw new CliRefusal('FILE_NOT_WRITTEN', error.message, option);
    throw error;
  }
}
