/** The folder of whole backups on a medium, beside that of the second copy; below it one folder per device. */
export const BACKUP_FOLDER = 'opop-cadangan-data';

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
