import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CounterConfig, DATABASE_FILE } from '../config.ts';
import { ok, err, type Result } from '../../../domain/result.ts';
import { type OpenRefusal, openRefusalOf } from '../db/check-file.ts';
import { backupInto, openHandle, type SqliteHandle } from '../db/driver.ts';
import { fsyncFolderOf } from '../db/durable-file.ts';
import { counterMigrations } from '../db/migrations/index.ts';
import { appliedMigrations } from '../db/migrate.ts';
import { readSwitch, writeSwitch } from '../../installed/switch-file.ts';

type Place = Pick<CounterConfig, 'dataDir' | 'installation' | 'appVersion'>;

const ENDS = ['', '-wal', '-shm'] as const;
const BUSY_MS = 5_000;

const databaseOf = ({ dataDir }: Place): string => join(dataDir, DATABASE_FILE);
/** The data as it was when a program on trial first met it; only while the trial lasts, because it holds keys. */
const copyOf = ({ dataDir }: Place): string => join(dataDir, 'before-update.sqlite');
/** What a program that did not stand made of the data; kept for support, never opened again. */
const asideOf = ({ dataDir }: Place, version: string): string => join(dataDir, `after-failed-${version}.sqlite`);

function withFile<T>(file: string, read: (handle: SqliteHandle) => T, readOnly = true): T {
  const handle = openHandle(file, { readOnly, create: false, busyTimeoutMs: BUSY_MS });
  try {
    return read(handle);
  } finally {
    handle.close();
  }
}

const schemaIn = (file: string): number => withFile(file, (handle) => appliedMigrations(handle).length);

/** Place and hash of the last entry: equal in two files, nothing was written between them. */
const headIn = (file: string): string =>
  withFile(file, (handle) => {
    const [row] = handle.rows('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1');
    return row === undefined ? '' : `${String(row['seq'])} ${String(row['hash'])}`;
  });

function keepCopy(place: Place): void {
  const unfinished = `${copyOf(place)}.unfinished`;
  rmSync(unfinished, { force: true });
  withFile(databaseOf(place), (handle) => backupInto(handle, unfinished), false);
  renameSync(unfinished, copyOf(place));
  fsyncFolderOf(copyOf(place));
}

/** Whether data of a newer program stands here, in which nothing was written since the copy was made. */
function isToPutBack(file: string, copy: string): boolean {
  return schemaIn(file) > counterMigrations.length && headIn(file) === headIn(copy);
}

/**
 * The old program runs again and finds data that the newer one has migrated: the copy takes its place if nothing was
 * written since. A power cut between the two renames leaves neither: what was begun is then ended, and it was judged before.
 */
function putBack(place: Place, failedVersion: string): void {
  const [file, copy, aside] = [databaseOf(place), copyOf(place), asideOf(place, failedVersion)];
  if (existsSync(file) ? !isToPutBack(file, copy) : !existsSync(aside)) return;
  // Also when only the database itself had gone: SQLite would replay a log that stayed into the copy.
  for (const end of ENDS) if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, `${aside}${end}`);
  renameSync(copy, file);
  fsyncFolderOf(file);
}

/**
 * Before the data is opened, by whoever holds its lock. A program on trial keeps a copy of what it is about to migrate; the
 * old program that runs again puts that copy back, unless entries were written since: those are never given up, and then
 * the newer data is refused as any data from the future is.
 */
export function beforeOpening(place: Place): Result<void, OpenRefusal> {
  const state = place.installation === undefined ? undefined : readSwitch(place.installation.versionsFolder);
  if (state === undefined) return ok(undefined);
  const [hasData, hasCopy] = [existsSync(databaseOf(place)), existsSync(copyOf(place))];
  try {
    const isTrial = state.state === 'trial' && state.version === place.appVersion;
    if (isTrial && hasData && !hasCopy && schemaIn(databaseOf(place)) < counterMigrations.length) keepCopy(place);
    if (state.state === 'returned' && hasCopy) putBack(place, state.previous);
    return ok(undefined);
  } catch (error) {
    const refusal = openRefusalOf(error);
    if (refusal === undefined) throw error;
    return err(refusal);
  }
}

/** Programs that neither run nor are to run again. */
function removeOldPrograms(versionsFolder: string, kept: readonly string[]): void {
  for (const name of readdirSync(versionsFolder)) {
    const isProgram = /^\d+\.\d+\.\d+(\.unfinished)?$/u.test(name);
    if (isProgram && !kept.includes(name)) rmSync(join(versionsFolder, name), { recursive: true, force: true });
  }
}

/** After the data was opened: a program on trial has stood, and nothing of the trial is needed any more. */
export function afterOpening(place: Place): void {
  const { installation, appVersion } = place;
  const state = installation === undefined ? undefined : readSwitch(installation.versionsFolder);
  if (installation === undefined || state === undefined) return;
  // Another program is to run from the next start on: its trial has not begun.
  if (state.version !== appVersion) return;
  if (state.state === 'trial') {
    writeSwitch(installation.versionsFolder, { ...state, state: 'confirmed' });
    removeOldPrograms(installation.versionsFolder, [state.version, state.previous]);
  }
  rmSync(copyOf(place), { force: true });
}
