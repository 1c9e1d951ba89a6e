import type { Refusal } from '../../../contract/errors.ts';
import { sqliteCodeOf } from './driver.ts';

/** The disk did not take it: nothing of the intention is stored. */
export type StorageRefusal = Refusal<'DISK_FULL' | 'STORAGE_FAILED'>;

/** No space for data; SHMSIZE: no space to make the index of the write-ahead log larger. */
const FULL = ['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'];
/** Result codes that come from the machine, not from our statements (https://www.sqlite.org/rescode.html). */
const OF_THE_MACHINE = ['IOERR', 'CORRUPT', 'NOTADB', 'CANTOPEN', 'READONLY', 'BUSY', 'LOCKED', 'NOMEM', 'PROTOCOL'];

/** The refusal for an error of the disk or the machine; undefined for a bug (a constraint, bad SQL), which flies on. */
export function storageRefusalOf(error: unknown): StorageRefusal | undefined {
  const code = sqliteCodeOf(error);
  if (code === undefined) return fileRefusalOf(error);
  if (FULL.includes(code)) return { code: 'DISK_FULL', details: { reason: code } };
  const isOfTheMachine = OF_THE_MACHINE.some((family) => code.startsWith(`SQLITE_${family}`));
  return isOfTheMachine ? storageFailed(code) : undefined;
}

/** The same for what the database itself threw, and nothing else: a line that is gone has error codes of files too. */
export function diskFailureOf(error: unknown): StorageRefusal | undefined {
  return sqliteCodeOf(error) === undefined ? undefined : storageRefusalOf(error);
}

/** The refusal for an error of a file operation; undefined for any other error. */
function fileRefusalOf(error: unknown): StorageRefusal | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  const reason = String(error.code);
  return /^(ENOSPC|EDQUOT)$/.test(reason) ? { code: 'DISK_FULL', details: { reason } } : storageFailed(reason);
}

/** STORAGE_FAILED with the reason as a code, never a path or a value. */
export function storageFailed(reason: string): StorageRefusal {
  return { code: 'STORAGE_FAILED', details: { reason } };
}
