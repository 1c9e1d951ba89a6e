import { renameSync, rmSync } from 'node:fs';
import { openHandle, type SqliteHandle } from '../../src/main/core/db/driver.ts';
import type { Migration } from '../../src/main/core/db/migrate.ts';
import { openDatabase } from '../../src/main/core/db/open.ts';

const columnsOf = (handle: SqliteHandle, schema: string, table: string): readonly string[] =>
  handle.rows(`SELECT name FROM pragma_table_info('${table}', '${schema}')`).map(({ name }) => String(name));

/**
 * Turns a database into the one that an older program would have left: the older tables with every row and column that
 * they had. The counter must be stopped.
 */
export async function makeOlder(file: string, migrations: readonly Migration[]): Promise<void> {
  const older = `${file}.older`;
  const made = await openDatabase({ file: older, migrations });
  if (!made.ok) throw new Error(`no older database: ${made.error.code}`);
  await made.value.close();
  const handle = openHandle(older, { readOnly: false, create: false, busyTimeoutMs: 1000 });
  try {
    handle.exec(`PRAGMA foreign_keys = OFF; ATTACH '${file}' AS newer; BEGIN`);
    const tables = handle.rows(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('schema_version', 'opening') ORDER BY rowid",
    );
    for (const { name } of tables) {
      const table = String(name);
      const newer = columnsOf(handle, 'newer', table);
      const both = columnsOf(handle, 'main', table)
        .filter((column) => newer.includes(column))
        .join(', ');
      handle.exec(`INSERT OR IGNORE INTO main.${table} (${both}) SELECT ${both} FROM newer.${table}`);
    }
    handle.exec('COMMIT; DETACH newer; PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    handle.close();
  }
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  renameSync(older, file);
}
