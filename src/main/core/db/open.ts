import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../../domain/result.ts';
import { fsyncFolderOf } from './durable-file.ts';
import { APPLICATION_ID, checkFile, type OpenRefusal, openRefusalOf } from './check-file.ts';
import { createDatabase, type Db, type DbInfo } from './database.ts';
import { openHandle, type SqliteHandle } from './driver.ts';
import { appliedMigrations, type Migration, type MigrationReport, migrate } from './migrate.ts';
import { storageFailed } from './storage-refusal.ts';

export type { Db } from './database.ts';
export type { StorageRefusal } from './storage-refusal.ts';
export type { ReadTx, WriteTx } from './tx.ts';

/** Older ones may lose a commit when a checkpoint resets the log (https://www.sqlite.org/changes.html, 3.51.3). */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** `PRAGMA synchronous` reads 2 for FULL: the log is synced at every commit (OPOP-Sync/1 1.1). */
const FULL = 2;
const BUSY_TIMEOUT_MS = 5000;

export type OpenOptions = {
  readonly file: string;
  readonly migrations: readonly Migration[];
  /** For a verifier beside a running counter: nothing is created, migrated or written. */
  readonly readOnly?: boolean;
  /** `false` where a missing file means that something was lost, because the device is enrolled. */
  readonly create?: boolean;
  /** Told once when the schema was changed. */
  readonly onNotice?: (notice: { readonly notice: 'MIGRATED' } & MigrationReport) => void;
};

function isOldSqlite(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

/** Settings of a connection that live as long as it does. `synchronous` comes after WAL: WAL sets it back to NORMAL. */
function configure(handle: SqliteHandle, readOnly: boolean): void {
  handle.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  handle.exec('PRAGMA trusted_schema = OFF');
  handle.exec('PRAGMA cell_size_check = ON');
  if (readOnly) {
    handle.exec('PRAGMA query_only = ON');
    return;
  }
  handle.exec('PRAGMA journal_mode = WAL');
  handle.exec('PRAGMA synchronous = FULL');
  handle.exec('PRAGMA foreign_keys = ON');
  // So that INSERT OR REPLACE meets the triggers that refuse a DELETE.
  handle.exec('PRAGMA recursive_triggers = ON');
  // An erased key is overwritten, not only unlinked.
  handle.exec('PRAGMA secure_delete = ON');
}

/** A new file is made under another name and moved when it is whole, so that an empty file is always a damaged one. */
function createFile(file: string): void {
  const unfinished = `${file}.new`;
  mkdirSync(dirname(file), { recursive: true });
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${unfinished}${end}`, { force: true });
  const handle = openHandle(unfinished, { readOnly: false, create: true, busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    handle.exec('PRAGMA synchronous = FULL');
    handle.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    handle.exec('PRAGMA journal_mode = WAL');
    handle.exec(`CREATE TABLE opening (
      id INTEGER NOT NULL CONSTRAINT opening_pk PRIMARY KEY CONSTRAINT opening_is_one CHECK (id = 1),
      count INTEGER NOT NULL
    ) STRICT`);
  } finally {
    handle.close();
  }
  renameSync(unfinished, file);
  fsyncFolderOf(file);
}

/** "It then writes once and asserts that `PRAGMA synchronous` reads 2": the pragma shows it only after the first write. */
function assertDurable(handle: SqliteHandle): OpenRefusal | undefined {
  handle.exec('INSERT INTO opening (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1');
  if (handle.scalar('PRAGMA journal_mode') !== 'wal') return storageFailed('NOT_WAL');
  if (handle.scalar('PRAGMA synchronous') !== FULL) return storageFailed('NOT_FULL');
  return undefined;
}

function infoOf(handle: SqliteHandle): DbInfo {
  return {
    sqliteVersion: String(handle.scalar('SELECT sqlite_version()')),
    journalMode: String(handle.scalar('PRAGMA journal_mode')),
    synchronous: Number(handle.scalar('PRAGMA synchronous')),
  };
}

async function openConnections(options: OpenOptions, opened: SqliteHandle[]): Promise<Result<Db, OpenRefusal>> {
  const { file, migrations, readOnly = false } = options;
  const open = (only: boolean): SqliteHandle => {
    const handle = openHandle(file, { readOnly: only, create: false, busyTimeoutMs: BUSY_TIMEOUT_MS });
    opened.push(handle);
    configure(handle, only);
    return handle;
  };
  const writer = readOnly ? undefined : open(false);
  if (writer !== undefined) {
    const problem = assertDurable(writer);
    if (problem !== undefined) return err(problem);
    const report = await migrate(writer, migrations);
    if (report.from !== report.to) options.onNotice?.({ notice: 'MIGRATED', ...report });
  }
  const reader = open(true);
  if (isOldSqlite(infoOf(reader).sqliteVersion)) return err(storageFailed('SQLITE_TOO_OLD'));
  if (appliedMigrations(reader).length < migrations.length) return err(storageFailed('NOT_MIGRATED'));
  return ok(createDatabase(writer, reader, () => infoOf(writer ?? reader)));
}

/**
 * Opens the counter's database: the only place that does. Checks the file first without being able to change it,
 * then WAL, FULL and the migrations. Expected failures are values; a damaged file or one from a newer program is left
 * untouched.
 */
export async function openDatabase(options: OpenOptions): Promise<Result<Db, OpenRefusal>> {
  const { file, migrations, readOnly = false, create = true } = options;
  const opened: SqliteHandle[] = [];
  const closeAll = (): void => {
    for (const handle of opened) handle.close();
  };
  try {
    if (!existsSync(file) && create && !readOnly) createFile(file);
    const checked = checkFile(file, { knownMigrations: migrations.length, isOurs: !readOnly });
    if (!checked.ok) return checked;
    const result = await openConnections(options, opened);
    if (!result.ok) closeAll();
    return result;
  } catch (error) {
    closeAll();
    const refusal = openRefusalOf(error);
    if (refusal === undefined) throw error;
    return err(refusal);
  }
}
