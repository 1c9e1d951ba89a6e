import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BACKUP_FOLDER, type BackupName, parseBackupFile } from '../../../contract/backup-name.ts';
import { fileFault } from '../db/medium-fault.ts';

/** `<medium>/opop-cadangan-data/<deviceId>`: the backups of one device. */
export function backupFolder(medium: string, deviceId: string): string {
  return join(medium, BACKUP_FOLDER, deviceId);
}

/** A backup as it lies on a medium; `bytes` of the sealed file. */
export type BackupOnMedium = BackupName & { readonly file: string; readonly bytes: number };

/** The backups of a device on a medium, newest first; empty when there are none. Throws what the file system answers. */
export async function listBackups(medium: string, deviceId: string): Promise<readonly BackupOnMedium[]> {
  const folder = backupFolder(medium, deviceId);
  const names = await readdir(folder).catch((error: unknown) => {
    if (fileFault(error) === 'ENOENT') return [];
    throw error;
  });
  const found: BackupOnMedium[] = [];
  for (const name of names) {
    const backup = parseBackupFile(name);
    const file = join(folder, name);
    if (backup !== undefined) found.push({ ...backup, file, bytes: (await stat(file)).size });
  }
  return found.toSorted((left, right) => right.madeAt - left.madeAt || right.throughSeq - left.throughSeq);
}

/** Removes backups; one that is gone already is no fault. */
export async function removeBackups(backups: readonly Pick<BackupOnMedium, 'file'>[]): Promise<void> {
  for (const { file } of backups) await rm(file, { force: true });
}
