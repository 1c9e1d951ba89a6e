import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, unlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { err, ok, type Result } from '../../../domain/result.ts';

/** A file that a scanner left; nothing of it was opened. */
export type ScanFile = { readonly file: string; readonly bytes: number; readonly at: number };

/** A file of the folder, read whole; `remove` takes away that very file and no other of its name. */
export type TakenScan = { readonly bytes: Uint8Array; readonly remove: () => Promise<void> };

const SHOWN_FILES = 100;
/** Kinds that are listed; what a file really is, is seen when it is looked at. */
const LISTED = /\.(jpe?g|png|webp|tiff?|pdf)$/i;
/** A file that changed so short ago is still being written by the scanner, in ms. */
const STILL_WRITING_MS = 1_500;

/** A share whose clock is ahead leaves files from the future: those are whole, however long this computer's clock stays behind. */
const isStillWritten = (changedMs: number, nowMs: number): boolean => Math.abs(nowMs - changedMs) < STILL_WRITING_MS;

/** Whether the text is the name of a file and nothing else: no folder, no way out of one. */
function isFileName(text: string): boolean {
  const isPlain = text !== '' && text !== '.' && text !== '..' && !/[/\\\0]/.test(text);
  // On Windows a colon opens another stream of a file, or another drive.
  return isPlain && !text.includes(':') && text.length <= 200;
}

/** Whether a folder can be watched: absolute, there, and a folder of its own. */
export async function isScanFolder(folder: string): Promise<boolean> {
  if (!isAbsolute(folder)) return false;
  try {
    return (await lstat(await realpath(folder))).isDirectory();
  } catch (_notThere) {
    return false; // gone, or not ours to read: both are the answer
  }
}

/** Files of the watched folder, newest first, at most a hundred; no folder below, no link. `gone` when it cannot be read. */
export async function listScans(folder: string, nowMs: number): Promise<Result<readonly ScanFile[], 'gone'>> {
  let names: readonly string[];
  try {
    names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && LISTED.test(entry.name) && isFileName(entry.name))
      .map((entry) => entry.name);
  } catch (_gone) {
    return err('gone'); // pulled out, unmounted, renamed: for the officer it is one thing
  }
  const files: ScanFile[] = [];
  for (const file of names) {
    const stats = await lstat(join(folder, file)).catch(() => undefined);
    // A file that vanished between the two looks is no fault; one that is being written comes a moment later.
    if (stats === undefined || !stats.isFile() || isStillWritten(stats.mtimeMs, nowMs)) continue;
    files.push({ file, bytes: stats.size, at: Math.floor(stats.mtimeMs) });
  }
  return ok(files.sort((one, other) => other.at - one.at).slice(0, SHOWN_FILES));
}

/** Reads one file of the folder, whole and unchanged. `gone` the folder, `missing` the file, `changing` while it grows. */
export async function takeScan(
  folder: string,
  file: string,
  limits: { readonly maxBytes: number; readonly nowMs: number },
): Promise<Result<TakenScan, 'gone' | 'missing' | 'changing' | 'too-large' | 'empty'>> {
  if (!(await isScanFolder(folder))) return err('gone');
  if (!isFileName(file)) return err('missing');
  const path = join(folder, file);
  // A link could lead anywhere on this computer: it is not followed.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined);
  if (handle === undefined) return err('missing');
  try {
    const before = await handle.stat();
    if (!before.isFile()) return err('missing');
    if (before.size === 0) return err('empty');
    if (before.size > limits.maxBytes) return err('too-large');
    if (isStillWritten(before.mtimeMs, limits.nowMs)) return err('changing');
    const bytes = new Uint8Array(before.size);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    const after = await handle.stat();
    if (bytesRead !== bytes.length || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      return err('changing');
    }
    const remove = async (): Promise<void> => {
      const now = await lstat(path).catch(() => undefined);
      if (now?.ino === before.ino && now.mtimeMs === before.mtimeMs && now.size === before.size) await unlink(path);
    };
    return ok({ bytes, remove });
  } finally {
    await handle.close();
  }
}
