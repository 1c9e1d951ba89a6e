import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

/** One step of the database's shape; `statements` are never changed after a release. */
export type Migration = { readonly number: number; readonly name: string; readonly statements: readonly string[] };

const MIGRATION_LOCK = 7_206_002;

const checksumOf = (migration: Migration): string =>
  createHash('sha256').update(migration.statements.join('\n;\n')).digest('hex');

/** The shape is newer than this program, or a released step was changed. */
export class DatabaseShapeError extends Error {
  override readonly name = 'DatabaseShapeError';
}

/** Brings the shape up to date; each step and its row are one transaction, so a step that fails leaves nothing. */
export async function migrate<T>(db: Kysely<T>, migrations: readonly Migration[]): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection);
    try {
      await applyMissing(connection, migrations);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection);
    }
  });
}

async function applyMissing<T>(connection: Kysely<T>, migrations: readonly Migration[]): Promise<void> {
  await sql`create table if not exists schema_migration (
    number integer primary key, name text not null, checksum text not null,
    applied_at timestamptz not null default now())`.execute(connection);
  const { rows } = await sql<{ number: number; name: string; checksum: string }>`
    select number, name, checksum from schema_migration order by number`.execute(connection);
  for (const row of rows) {
    const known = migrations.find((migration) => migration.number === row.number);
    if (known === undefined) throw new DatabaseShapeError(`the database is newer than this program (step ${row.name})`);
    if (checksumOf(known) !== row.checksum) throw new DatabaseShapeError(`step ${row.name} was changed after release`);
  }
  for (const migration of migrations.filter(({ number }) => !rows.some((row) => row.number === number))) {
    await connection.transaction().execute(async (tx) => {
      for (const statement of migration.statements) await sql.raw(statement).execute(tx);
      await sql`insert into schema_migration (number, name, checksum)
        values (${migration.number}, ${migration.name}, ${checksumOf(migration)})`.execute(tx);
    });
  }
}
