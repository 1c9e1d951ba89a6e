import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../../../domain/result.ts';
import { fsyncFolderOf } from '../db/durable-file.ts';
import { fileFault, MEDIUM_REASONS } from '../db/medium-fault.ts';

/** Folder of reports in the data of the counter. */
export const REPORT_FOLDER = 'laporan';

/** Why a file was not written, in words that a person can act on; any other code of the system as it is. */
const WRITING: Readonly<Record<string, string>> = { ...MEDIUM_REASONS, EEXIST: 'NAME_TAKEN' };

/** A whole new file could be written beside the old one, so what refuses now is the old one itself. */
const NAMING: Readonly<Record<string, string>> = {
  ...WRITING,
  EBUSY: 'OPEN_ELSEWHERE',
  ETXTBSY: 'OPEN_ELSEWHERE',
  EPERM: 'OPEN_ELSEWHERE',
  EACCES: 'OPEN_ELSEWHERE',
  EISDIR: 'NAME_TAKEN',
  ENOTEMPTY: 'NAME_TAKEN',
};

/** The reason of a fault while the file was written, or while it was given its name. */
export function exportReason(fault: unknown, stage: 'writing' | 'naming'): string {
  const code = fileFault(fault);
  return (stage === 'writing' ? WRITING : NAMING)[code] ?? code;
}

/** A file that is on the disk under a name of its own; nobody reads it until it is named. */
export type Unfinished = { readonly file: string; readonly bytes: number; readonly sha256: string };

const unfinishedOf = (file: string): string => `${file}.unfinished`;

/** Writes the bytes beside the target and onto the disk; on a fault nothing is left, and an older file stands as it was. */
export async function writeUnfinished(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<Result<Unfinished, string>> {
  const file = join(folder, name);
  try {
    const handle = await open(unfinishedOf(file), 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const sha256 = createHash('sha256').update(bytes).digest('base64url');
    return ok({ file, bytes: bytes.length, sha256 });
  } catch (fault) {
    await discard(file);
    return err(exportReason(fault, 'writing'));
  }
}

/** Takes a half file away; a medium that is gone has taken it along. */
export async function discard(file: string): Promise<void> {
  await rm(unfinishedOf(file), { force: true }).catch(() => undefined); // the fault that led here is the one to tell
}

/** Gives the file its name in one step, over an older one of that name. */
export async function giveName({ file }: Pick<Unfinished, 'file'>): Promise<Result<void, string>> {
  try {
    await rename(unfinishedOf(file), file);
    fsyncFolderOf(file);
    return ok(undefined);
  } catch (fault) {
    await discard(file);
    return err(exportReason(fault, 'naming'));
  }
}

/** Makes the counter's own folder for reports; a medium's folder is there or it is not. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Whether a file may be put there: the counter's own folder, which is made where it lacks, or a plugged medium. */
export async function openPlace(
  folder: string,
  { ownFolder, media }: { readonly ownFolder: string; readonly media: () => readonly string[] },
): Promise<Result<void, string>> {
  if (folder !== ownFolder && !media().includes(folder)) return err('OUTSIDE');
  try {
    if (folder === ownFolder) await makeFolder(folder);
    return ok(undefined);
  } catch (fault) {
    return err(exportReason(fault, 'writing'));
  }
}
