import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { backupInto, dialectDatabase, type SqliteHandle } from './driver.ts';

/** One step of the schema. It imports kysely and nothing of the program, so that it means the same in ten years. */
export type Migration = {
  /** 1, 2, 3 without a hole. */
  readonly number: number;
  readonly name: string;
  readonly up: (db: Kysely<unknown>) => Promise<void>;
};

/** What a start did to the schema. */
export type MigrationReport = {
  readonly from: number;
  readonly to: number;
  /** The copy made before, when there was anything to lose. */
  readonly copy: string | null;
};

type VersionRow = { readonly number: number; readonly name: string; readonly checksum: string };

const VERSION_TABLE = `CREATE TABLE IF NOT EXISTS schema_version (
  number INTEGER NOT NULL CONSTRAINT schema_version_pk PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT`;

/** SHA-256 of the statements of a migration, taken without running them, so that spaces in our source do not count. */
export async function migrationChecksum(migration: Migration): Promise<string> {
  const statements: string[] = [];
  const dry = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
    log: (event) => {
      statements.push(event.query.sql.replace(/\s+/g, ' ').trim());
    },
  });
  await migration.up(dry);
  return createHash('sha256').update(statements.join('\n')).digest('hex');
}

/** The migrations that a database has seen; empty for a new one. */
export function appliedMigrations(handle: SqliteHandle): readonly VersionRow[] {
  const exists = handle.scalar("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'");
  if (exists === undefined) return [];
  return handle.rows('SELECT number, name, checksum FROM schema_version ORDER BY number').map((row) => ({
    number: Number(row['number']),
    name: String(row['name']),
    checksum: String(row['checksum']),
  }));
}

/** Throws when the list has a hole or a released migration was changed: both are bugs of the program. */
async function assertSameHistory(migrations: readonly Migration[], applied: readonly VersionRow[]): Promise<void> {
  for (const [index, migration] of migrations.entries()) {
    if (migration.number !== index + 1) throw new Error(`migration ${migration.name} stands at place ${index + 1}`);
    const row = applied[index];
    if (row === undefined) continue;
    const checksum = await migrationChecksum(migration);
    if (row.number === migration.number && row.name === migration.name && row.checksum === checksum) continue;
    throw new Error(`migration ${migration.number} of this program is not the one this database has seen`);
  }
}

/** One migration: its statements and its version row in one transaction, so that it is there or it is not. */
async function applyOne(handle: SqliteHandle, migration: Migration): Promise<void> {
  const checksum = await migrationChecksum(migration);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: dialectDatabase(handle) }) });
  // A table that is rebuilt is dropped first; the references are checked before the commit instead.
  handle.exec('PRAGMA foreign_keys = OFF');
  try {
    await db.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'));
    await db.executeQuery(CompiledQuery.raw(VERSION_TABLE));
    await migration.up(db);
    await db.executeQuery(
      CompiledQuery.raw('INSERT INTO schema_version (number, name, checksum) VALUES (?, ?, ?)', [
        migration.number,
        migration.name,
        checksum,
      ]),
    );
    const broken = handle.rows('PRAGMA foreign_key_check');
    if (broken.length > 0) throw new Error(`migration ${migration.number} breaks ${broken.length} references`);
    await db.executeQuery(CompiledQuery.raw('COMMIT'));
  } finally {
    if (handle.inTransaction()) handle.exec('ROLLBACK');
    handle.exec('PRAGMA foreign_keys = ON');
  }
}

/** Where the copy before a migration lies: beside the database, one per version it was made from. */
export function copyBefore(file: string, from: number): string {
  return `${file}.before-${from + 1}`;
}

function copyAway(handle: SqliteHandle, from: number): string {
  const target = copyBefore(handle.file, from);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  backupInto(handle, unfinished);
  renameSync(unfinished, target);
  return target;
}

/** Removes the copies of earlier migrations once the migrated database was opened again: they still hold erased keys. */
function removeOldCopies(file: string, applied: number): void {
  for (let from = 0; from < applied; from += 1) {
    if (existsSync(copyBefore(file, from))) rmSync(copyBefore(file, from));
  }
}

/**
 * Brings the schema up to the list, each step whole or not at all; a failed start can be tried again.
 * Throws what SQLite answers, and on a list that does not fit the database. The caller has refused a database from the future.
 */
export async function migrate(handle: SqliteHandle, migrations: readonly Migration[]): Promise<MigrationReport> {
  const applied = appliedMigrations(handle);
  await assertSameHistory(migrations, applied);
  const from = applied.length;
  const waiting = migrations.slice(from);
  if (waiting.length === 0) {
    removeOldCopies(handle.file, from);
    return { from, to: from, copy: null };
  }
  const copy = from === 0 ? null : copyAway(handle, from);
  for (const migration of waiting) await applyOne(handle, migration);
  return { from, to: migrations.length, copy };
}
