import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { openHandle, type SqliteHandle, sqliteCodeOf } from './driver.ts';
import { appliedMigrations } from './migrate.ts';
import { type StorageRefusal, storageRefusalOf } from './storage-refusal.ts';

/** Says in the header of the file whose it is ("OPOP"); a file of another program is never opened for writing. */
export const APPLICATION_ID = 0x4f50_4f50;
const READ_AHEAD_BYTES = 1_048_576;

/** Why a database is not opened; the file is left as it is, byte for byte. */
export type OpenRefusal = Refusal<'DATABASE_DAMAGED' | 'DATABASE_FROM_FUTURE' | 'DATA_IN_USE'> | StorageRefusal;

/** DATABASE_DAMAGED with the reason as a code; a damaged file is never deleted and never replaced by an empty one. */
function damaged(reason: string): OpenRefusal {
  return { code: 'DATABASE_DAMAGED', details: { reason } };
}

/** The refusal for what SQLite throws while a database is opened; undefined for a bug. */
export function openRefusalOf(error: unknown): OpenRefusal | undefined {
  const code = sqliteCodeOf(error) ?? '';
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) return damaged(code);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return { code: 'DATA_IN_USE' };
  return storageRefusalOf(error);
}

function problemOf(handle: SqliteHandle, knownMigrations: number): OpenRefusal | undefined {
  if (handle.scalar('PRAGMA application_id') !== APPLICATION_ID) return damaged('NOT_OUR_FILE');
  const check = handle.scalar('PRAGMA quick_check(1)');
  if (check !== 'ok') return damaged('QUICK_CHECK');
  const newest = appliedMigrations(handle).at(-1)?.number ?? 0;
  if (newest <= knownMigrations) return undefined;
  return { code: 'DATABASE_FROM_FUTURE', details: { database: newest, program: knownMigrations } };
}

/**
 * Reads the file once from end to end. `quick_check` follows its trees to and fro over the disk; a disk gives the same
 * pages in the order in which they lie in a fifth of the time, and the check then finds them in memory.
 */
function readThrough(file: string): void {
  const block = new Uint8Array(READ_AHEAD_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    while (readSync(descriptor, block) > 0);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Looks at an existing file through a connection that cannot write, so that whatever is wrong with it stays as it is:
 * closing a writing connection would fold the log into the damaged file. `isOurs` when nothing in this process has the
 * file open: closing a descriptor of it would drop the locks of every other (POSIX).
 */
export function checkFile(
  file: string,
  { knownMigrations, isOurs }: { readonly knownMigrations: number; readonly isOurs: boolean },
): Result<void, OpenRefusal> {
  if (!existsSync(file)) return err(damaged('MISSING'));
  // SQLite takes an empty file for a new database; ours is never empty (`createFile` in open.ts).
  if (statSync(file).size === 0) return err(damaged('EMPTY'));
  let handle: SqliteHandle | undefined;
  try {
    if (isOurs) readThrough(file);
    handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 5000 });
    const problem = problemOf(handle, knownMigrations);
    return problem === undefined ? ok(undefined) : err(problem);
  } catch (error) {
    const refusal = openRefusalOf(error);
    if (refusal === undefined) throw error;
    return err(refusal);
  } finally {
    handle?.close();
  }
}
