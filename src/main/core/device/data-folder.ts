import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type CounterConfig, DATABASE_FILE } from '../config.ts';
import { fileFault } from '../db/medium-fault.ts';
import { type StorageRefusal, storageRefusalOf } from '../db/storage-refusal.ts';
import { KEY_FILE } from './key-store.ts';

/** `details`: `reason` is NOT_A_FOLDER, READ_ONLY, NO_RIGHTS, NOT_THERE or GONE; `folder` is the one that a person looks at. */
export type FolderRefusal = Refusal<'DATA_FOLDER_UNUSABLE'> | StorageRefusal;

const PROBE_FILE = '.uji-tulis';

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'NOT_A_FOLDER',
  ENOTDIR: 'NOT_A_FOLDER',
  EROFS: 'READ_ONLY',
  EACCES: 'NO_RIGHTS',
  EPERM: 'NO_RIGHTS',
  ENOENT: 'NOT_THERE',
  ENODEV: 'NOT_THERE',
  ENXIO: 'NOT_THERE',
};

const unusable = (reason: string, folder: string): FolderRefusal => ({
  code: 'DATA_FOLDER_UNUSABLE',
  details: { reason, folder },
});

/** Makes a folder and those that it lies in, one by one: a recursive `mkdir` calls a read-only disk a missing file. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

/** Makes the data folder where it is not there yet, and proves by a file of one byte, gone again, that it takes data. */
export function prepareDataFolder(dataDir: string): Result<void, FolderRefusal> {
  const probe = join(dataDir, PROBE_FILE);
  try {
    makeFolder(dataDir);
    try {
      writeFileSync(probe, '.', { flush: true, mode: 0o600 });
    } finally {
      rmSync(probe, { force: true });
    }
    return ok(undefined);
  } catch (error) {
    const reason = REASONS[fileFault(error)];
    if (reason !== undefined) return err(unusable(reason, dataDir));
    const refusal = storageRefusalOf(error);
    if (refusal === undefined) throw error;
    return err(refusal);
  }
}

const has = (folder: string, isOne: (name: string) => boolean): boolean =>
  existsSync(folder) && readdirSync(folder).some(isOne);

/**
 * A folder without a counter beside marks that one left: the disk that carries the data is not there, or the data was taken
 * away. An empty counter in its place would hide that. Undefined where all is as it should be, and for a demonstration.
 */
export function goneData({
  dataDir,
  secondMarkDir,
  mode,
}: Pick<CounterConfig, 'dataDir' | 'secondMarkDir' | 'mode'>): FolderRefusal | undefined {
  if (mode !== 'normal' || !has(secondMarkDir, (name) => name.startsWith('mark-'))) return undefined;
  // Of an outlet that was left the data lies below.
  const isCounter = (name: string): boolean => [DATABASE_FILE, KEY_FILE].includes(name) || name.startsWith('lama-');
  return has(dataDir, isCounter) ? undefined : unusable('GONE', dataDir);
}
