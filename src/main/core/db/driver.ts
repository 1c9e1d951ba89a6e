import Sqlite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** One connection to a SQLite file; statements are synchronous, and only this file knows the binding. */
export type SqliteHandle = {
  readonly file: string;
  /** A statement of the cache: preparing anew costs more than running it. */
  readonly prepare: (sql: string) => SqliteStatement;
  /** Runs several statements of plain SQL, none of them cached. */
  readonly exec: (sql: string) => void;
  /** The first column of the first row of a PRAGMA or SELECT; undefined when there is no row. */
  readonly scalar: (sql: string, ...parameters: readonly unknown[]) => unknown;
  /** All rows as objects. */
  readonly rows: (sql: string, ...parameters: readonly unknown[]) => readonly Readonly<Record<string, unknown>>[];
  readonly inTransaction: () => boolean;
  readonly close: () => void;
};

/** Statements kept per connection; a counter has about two hundred, a runaway builder must not eat the memory. */
const CACHED_STATEMENTS = 500;

type Binding = InstanceType<typeof Sqlite>;

function statementCache(binding: Binding): (sql: string) => SqliteStatement {
  const cache = new Map<string, ReturnType<Binding['prepare']>>();
  return (sql) => {
    const known = cache.get(sql);
    // A statement that is being iterated cannot run a second time beside itself.
    if (known !== undefined && !known.busy) return known;
    const prepared = binding.prepare(sql);
    if (known === undefined) {
      if (cache.size >= CACHED_STATEMENTS) cache.clear();
      cache.set(sql, prepared);
    }
    return prepared;
  };
}

/** Opens a connection. Throws what SQLite answers (`sqliteCodeOf`); a read-only one never creates or changes the file. */
export function openHandle(
  file: string,
  { readOnly, create, busyTimeoutMs }: { readOnly: boolean; create: boolean; busyTimeoutMs: number },
): SqliteHandle {
  const binding = new Sqlite(file, { readonly: readOnly, fileMustExist: !create, timeout: busyTimeoutMs });
  return {
    file,
    prepare: statementCache(binding),
    exec: (sql) => {
      binding.exec(sql);
    },
    scalar: (sql, ...parameters) => {
      const row = binding.prepare(sql).get(...parameters);
      return typeof row === 'object' && row !== null ? Object.values<unknown>({ ...row })[0] : undefined;
    },
    // A statement that selects answers objects, one property per column.
    rows: (sql, ...parameters) => binding.prepare(sql).all(...parameters) as Readonly<Record<string, unknown>>[],
    inTransaction: () => binding.inTransaction,
    close: () => {
      binding.close();
    },
  };
}

/** The face of a connection that Kysely's SqliteDialect wants; Kysely never closes it, its owner does. */
export function dialectDatabase(handle: Pick<SqliteHandle, 'prepare'>): SqliteDatabase {
  return { prepare: handle.prepare, close: () => undefined };
}

/** SQLite's extended result code (`SQLITE_FULL`, `SQLITE_CONSTRAINT_UNIQUE`) of a thrown error; undefined for any other error. */
export function sqliteCodeOf(error: unknown): string | undefined {
  return error instanceof Sqlite.SqliteError ? error.code : undefined;
}

/** An error as the binding would throw it: the tests' way to let the disk fail at a chosen statement. */
export function sqliteError(message: string, code: string): Error {
  return new Sqlite.SqliteError(message, code);
}

/** Copies the whole database, as of now, into a new file. SQLite itself refuses a target that holds anything. */
export function backupInto(handle: Pick<SqliteHandle, 'prepare' | 'exec' | 'scalar'>, path: string): void {
  // A connection that only reads calls the copy a write; its own file stays closed to writing all the same.
  const onlyReads = handle.scalar('PRAGMA query_only') === 1;
  if (onlyReads) handle.exec('PRAGMA query_only = OFF');
  try {
    handle.prepare('VACUUM INTO ?').run([path]);
  } finally {
    if (onlyReads) handle.exec('PRAGMA query_only = ON');
  }
}

/**
 * Takes a lock file for this process, or answers undefined when another process (or this one) has it. SQLite's file
 * lock is the operating system's, so it goes with the process, also with one that was killed. Nobody may open the
 * lock file by other means in this process: closing any descriptor of it would drop the lock (POSIX).
 */
export function takeLockFile(file: string): { readonly release: () => void } | undefined {
  const binding = new Sqlite(file, { timeout: 0 });
  try {
    binding.pragma('journal_mode = MEMORY');
    binding.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    binding.close();
    if (sqliteCodeOf(error)?.startsWith('SQLITE_BUSY') === true) return undefined;
    throw error;
  }
  return {
    release: () => {
      binding.close();
    },
  };
}
