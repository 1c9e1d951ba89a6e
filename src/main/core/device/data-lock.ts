import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { takeLockFile } from '../db/driver.ts';
import { writeDurably } from '../db/durable-file.ts';
import { storageRefusalOf } from '../db/storage-refusal.ts';
import { type FolderRefusal, prepareDataFolder } from './data-folder.ts';

const LOCK_FILE = 'data.lock';
const DOOR_FILE = 'door.json';

const doorSchema = z.object({
  pid: z.int().positive(),
  /** Address of the running counter's local door, with its secret where it needs one. */
  url: z.string().max(300),
  secret: z.string().max(200),
});

/** Where a running counter can be reached by another process of the same person (`loket call`). */
export type Door = Readonly<z.infer<typeof doorSchema>>;

/** One counter at a time works on a data folder; the lock goes with the process, however that ends. */
export type DataLock = {
  /** Writes the door (0600: it opens the counter). */
  readonly openDoor: (door: Door) => Promise<void>;
  /** Takes the door away and gives the folder back. */
  readonly release: () => void;
};

function readDoor(dataDir: string): Door | undefined {
  try {
    return doorSchema.safeParse(JSON.parse(readFileSync(join(dataDir, DOOR_FILE), 'utf8'))).data;
  } catch (_noDoor) {
    return undefined; // not written yet, or torn by a power cut: there is no door to knock at
  }
}

/**
 * Takes the folder for this process, and clears the door of one that was killed. DATA_IN_USE names the process that has it;
 * a folder that takes no data is refused before anything is put into it.
 */
export function lockData(dataDir: string): Result<DataLock, Refusal<'DATA_IN_USE'> | FolderRefusal> {
  const folder = prepareDataFolder(dataDir);
  if (!folder.ok) return folder;
  const lock = takeLockFile(join(dataDir, LOCK_FILE));
  if (lock === undefined) {
    return err({ code: 'DATA_IN_USE', details: { pid: readDoor(dataDir)?.pid ?? null } });
  }
  const closeDoor = (): void => rmSync(join(dataDir, DOOR_FILE), { force: true });
  closeDoor();
  return ok({
    openDoor: (door) => writeDurably(join(dataDir, DOOR_FILE), JSON.stringify(door)),
    release: () => {
      closeDoor();
      lock.release();
    },
  });
}

/**
 * The door of the counter that is running on this folder; undefined when none runs or it has not opened one, and for a
 * folder on whose disk no counter could take a lock.
 */
export function findDoor(dataDir: string): Door | undefined {
  if (statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  let lock: ReturnType<typeof takeLockFile>;
  try {
    lock = takeLockFile(join(dataDir, LOCK_FILE));
  } catch (error) {
    if (storageRefusalOf(error) === undefined) throw error;
    return undefined; // whoever opens the folder says what is wrong with it
  }
  if (lock !== undefined) {
    // Nobody has the folder: a door that lies here belongs to a process that was killed.
    lock.release();
    return undefined;
  }
  return readDoor(dataDir);
}
