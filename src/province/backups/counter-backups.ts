import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BACKUP_FOLDER, type BackupName, parseBackupFile } from '../../contract/backup-name.ts';
import { uuidSchema } from '../../contract/primitives.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { openStream, type SealedFileFault } from '../crypto/age-file.ts';
import type { SealingKey } from '../crypto/sealed-box.ts';

/** A whole backup of a counter on a medium; `deviceId` is the name of its folder, `bytes` those of the sealed file. */
type CounterBackup = BackupName & { readonly deviceId: string; readonly file: string; readonly bytes: number };

/** The database that was in a backup. `isAsNamed` is false where the file is not the one that its name speaks of. */
type OpenedBackup = { readonly database: string; readonly bytes: number; readonly isAsNamed: boolean };

/** Name of a counter's database inside its data folder: what `loket status --data` looks for. */
const DATABASE_FILE = 'counter.sqlite';

/** The backup that a file is by its name and that of its folder; undefined for every other file. */
export function backupAt(file: string): (BackupName & { readonly deviceId: string }) | undefined {
  const name = parseBackupFile(basename(file));
  const device = uuidSchema.safeParse(basename(dirname(file)));
  return name === undefined || !device.success ? undefined : { ...name, deviceId: device.data };
}

/** The backups on a medium, of every device, oldest first. Throws what the file system answers. */
export async function listCounterBackups(medium: string): Promise<readonly CounterBackup[]> {
  const found: CounterBackup[] = [];
  const folder = join(medium, BACKUP_FOLDER);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const backup = entry.isFile() ? backupAt(file) : undefined;
    if (backup !== undefined) found.push({ ...backup, file, bytes: (await stat(file)).size });
  }
  return found.toSorted((left, right) => left.madeAt - right.madeAt);
}

/**
 * Opens a backup with the province's sealing keys into a folder that is not there yet. It is a database for reading that
 * says so of itself: no counter starts on it (OPOP-Sync/1 3.4), and body keys in it are still sealed to the province. A
 * file that is not whole or not for us leaves nothing behind. Throws what the file system answers.
 */
export async function openCounterBackup(
  keys: readonly SealingKey[],
  file: string,
  to: string,
): Promise<Result<OpenedBackup, SealedFileFault>> {
  await stat(file);
  await mkdir(to, { mode: 0o700 });
  const database = join(to, DATABASE_FILE);
  const sealed = createHash('sha256');
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of createReadStream(file)) {
      const bytes = piece as Uint8Array; // a stream without an encoding
      sealed.update(bytes);
      yield bytes;
    }
  }
  try {
    const handle = await open(database, 'wx', 0o600);
    let fault: SealedFileFault | null;
    try {
      fault = await openStream(pieces(), keys, async (piece) => {
        await handle.writeFile(piece);
        return true;
      });
    } finally {
      await handle.close();
    }
    if (fault !== null) {
      await rm(to, { recursive: true });
      return err(fault);
    }
    const { digest } = parseBackupFile(basename(file)) ?? {};
    const isAsNamed = digest === sealed.digest('hex').slice(0, digest?.length ?? 0);
    return ok({ database, bytes: (await stat(database)).size, isAsNamed });
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw error;
  }
}
