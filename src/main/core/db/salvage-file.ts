import { openHandle, type SqliteHandle, sqliteCodeOf } from './driver.ts';
import { runNow, type WriteTx } from './tx.ts';

export type RawRow = Readonly<Record<string, unknown>>;

/** Reads what a damaged database still gives, row by row; a statement that fails gives nothing and stops nothing. */
export type DamagedFile = {
  readonly row: (sql: string, ...parameters: readonly unknown[]) => RawRow | undefined;
  /** Every row that can be reached from either end of the table in the order of `key`, and whether that were all. */
  readonly rows: (table: string, key: string) => { readonly rows: readonly RawRow[]; readonly isWhole: boolean };
  readonly close: () => void;
};

/** Rows of a SELECT until it ends or the file does not give more. A bug is thrown on. */
function untilDamage(
  handle: SqliteHandle,
  sql: string,
): { readonly rows: readonly RawRow[]; readonly isWhole: boolean } {
  const rows: RawRow[] = [];
  const STEP = 200;
  for (let offset = 0; ; offset += STEP) {
    try {
      const some = handle.rows(`${sql} LIMIT ${STEP} OFFSET ${offset}`);
      rows.push(...some);
      if (some.length < STEP) return { rows, isWhole: true };
    } catch (error) {
      if (sqliteCodeOf(error) === undefined) throw error;
      return { rows: [...rows, ...oneByOne(handle, sql, offset, STEP)], isWhole: false };
    }
  }
}

/** The rows before the damage, in the part where it is. */
function oneByOne(handle: SqliteHandle, sql: string, from: number, count: number): readonly RawRow[] {
  const rows: RawRow[] = [];
  for (let offset = from; offset < from + count; offset += 1) {
    try {
      rows.push(...handle.rows(`${sql} LIMIT 1 OFFSET ${offset}`));
    } catch (error) {
      if (sqliteCodeOf(error) === undefined) throw error;
      break;
    }
  }
  return rows;
}

/**
 * Opens a damaged database to read what it still gives; undefined when not even its schema can be read. Give it a copy:
 * the damaged file itself stays as it is.
 */
export function openDamagedFile(file: string): DamagedFile | undefined {
  let handle: SqliteHandle;
  try {
    handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 1000 });
    handle.exec('PRAGMA query_only = ON');
    handle.rows('SELECT name FROM sqlite_schema');
  } catch (error) {
    if (sqliteCodeOf(error) === undefined) throw error;
    return undefined; // the caller says that nothing can be proved
  }
  return {
    row: (sql, ...parameters) => {
      try {
        return handle.rows(sql, ...parameters)[0];
      } catch (error) {
        if (sqliteCodeOf(error) === undefined) throw error;
        return undefined; // a row that cannot be read is a row that cannot be proved
      }
    },
    rows: (table, key) => {
      const forwards = untilDamage(handle, `SELECT * FROM ${table} ORDER BY ${key}`);
      if (forwards.isWhole) return forwards;
      const backwards = untilDamage(handle, `SELECT * FROM ${table} ORDER BY ${key} DESC`);
      return { rows: [...forwards.rows, ...backwards.rows], isWhole: false };
    },
    close: handle.close,
  };
}

/** Puts rows of an older file into a table of this one; columns that it does not have are left out, a row that is there stays. */
export function insertRowsNow(tx: WriteTx, table: string, rows: readonly RawRow[]): number {
  return rows.reduce((sum, row) => {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places}) ON CONFLICT DO NOTHING`;
    return sum + runNow(tx, sql, Object.values(row));
  }, 0);
}
