import type { Refusal } from '../../../contract/errors.ts';
import { sqliteCodeOf } from './driver.ts';

/** The disk did not take it: nothing of the intention is stored. */
export type StorageRefusal = Refusal<'DISK_FULL' | 'STORAGE_FAILED'>;

/** Result codes that come from the machine, not from our statements (https://www.sqlite.org/rescode.html). */
const OF_THE_MACHINE = ['IOERR', 'CORRUPT', 'NOTADB', 'CANTOPEN', 'READONLY', 'BUSY', 'LOCKED', 'NOMEM', 'PROTOCOL'];

/** The refusal for an error of the disk or the machine; undefined for a bug (a constraint, bad SQL), which flies on. */
export function storageRefusalOf(error: unknown): StorageRefusal | undefined {
  const code = sqliteCodeOf(error);
  if (code === undefined) return undefined;
  if (code === 'SQLITE_FULL') return { code: 'DISK_FULL', details: { sqlite: code } };
  const isOfTheMachine = OF_THE_MACHINE.some((family) => code.startsWith(`SQLITE_${family}`));
  return isOfTheMachine ? storageFailed(code) : undefined;
}

/** STORAGE_FAILED with the reason as a code, never a path or a value. */
export function storageFailed(reason: string): StorageRefusal {
  return { code: 'STORAGE_FAILED', details: { reason } };
}
