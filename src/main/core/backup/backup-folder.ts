import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFault } from '../db/medium-fault.ts';

/** The folder of whole copies on a medium, beside that of the second copy. */
const FOLDER = 'opop-cadangan-data';
const ENDING = '.opop-data';
const NAME = /^(\d{8})T(\d{6})Z-(\d{9,})-([0-9a-f]{16})[.]opop-data$/;

/** A backup by its name. */
export type BackupName = {
  /** ms UTC, whole seconds. */
  readonly madeAt: number;
  /** Place of its last entry; 0 where it has none. */
  readonly throughSeq: number;
  /** The first 16 hex digits of the SHA-256 of the file: it proves itself when it is read back. */
  readonly digest: string;
};

/** `20261122T031500Z-000001234-9b2e44d0a1c37f58.opop-data`, for every file system. */
export function backupFile({ madeAt, throughSeq, digest }: BackupName): string {
  const stamp = new Date(madeAt).toISOString().replaceAll(/[-:]|[.]\d+/g, '');
  return `${stamp}-${String(throughSeq).padStart(9, '0')}-${digest}${ENDING}`;
}

/** The backup of a file name; undefined for every other file. */
export function parseBackupFile(file: string): BackupName | undefined {
  const [, day = '', time = '', seq, digest] = NAME.exec(file) ?? [];
  if (seq === undefined || digest === undefined) return undefined;
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const madeAt = Date.parse(`${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
  return Number.isNaN(madeAt) ? undefined : { madeAt, throughSeq: Number(seq), digest };
}

/** `<medium>/opop-cadangan-data/<deviceId>`: the backups of one device. */
export function backupFolder(medium: string, deviceId: string): string {
  return join(medium, FOLDER, deviceId);
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
