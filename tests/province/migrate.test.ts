import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/province/db/migration-list.ts';
import { migrate } from '../../src/province/db/migrate.ts';
import { openEmptyDatabase } from '../support/test-province.ts';

let database: Awaited<ReturnType<typeof openEmptyDatabase>>;
let db: Kysely<unknown>;
beforeEach(async () => {
  database = await openEmptyDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 3 });
  // Dropping the database ends connections that are saying goodbye.
  pool.on('error', () => undefined);
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
});
afterEach(async () => {
  await db.destroy();
  await database.drop();
});

async function tables(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

describe('the province’s migrator', () => {
  it('brings an empty database up to date, and finds nothing to do the second time', async () => {
    await migrate(db, MIGRATIONS);
    const shape = await tables();
    expect(shape).toEqual(expect.arrayContaining(['entry', 'core_booking', 'schema_migration']));
    await migrate(db, MIGRATIONS);
    expect(await tables()).toEqual(shape);
  });

  it('lets two programs start at once', async () => {
    await Promise.all([migrate(db, MIGRATIONS), migrate(db, MIGRATIONS)]);
    expect(await tables()).toContain('entry');
  });

  it('leaves nothing of a step that fails, at whichever statement it fails', async () => {
    for (const migration of MIGRATIONS) {
      const before = await tables();
      for (let count = 0; count <= migration.statements.length; count += 1) {
        const statements = [
          ...migration.statements.slice(0, count),
          'select 1 / 0',
          ...migration.statements.slice(count),
        ];
        await expect(
          migrate(db, [...MIGRATIONS.slice(0, MIGRATIONS.indexOf(migration)), { ...migration, statements }]),
        ).rejects.toThrow('division by zero');
        expect((await tables()).filter((name) => name !== 'schema_migration')).toEqual(
          before.filter((name) => name !== 'schema_migration'),
        );
      }
      await migrate(db, MIGRATIONS.slice(0, MIGRATIONS.indexOf(migration) + 1));
    }
    expect(await tables()).toContain('core_booking');
  });

  it('refuses a database from the future and a released step that was changed', async () => {
    const future = { number: 99, name: '0099-future', statements: ['create table future (x int)'] };
    await migrate(db, [...MIGRATIONS, future]);
    await expect(migrate(db, MIGRATIONS)).rejects.toThrow('newer than this program');
    const changed = { ...future, statements: ['create table future (x bigint)'] };
    await expect(migrate(db, [...MIGRATIONS, changed])).rejects.toThrow('changed after release');
  });

  it('runs over every released step, in order', () => {
    expect(MIGRATIONS.map(({ name }) => name)).toEqual([
      '0001-custody',
      '0002-booking',
      '0003-chain',
      '0004-roads',
      '0005-documents',
      '0006-applications',
      '0007-damaged-places',
      '0008-forms',
      '0009-approvals',
      '0010-drawer',
      '0011-payments',
      '0012-cases',
      '0013-emergency',
      '0014-statements',
      '0015-supervisor-page',
      '0016-region',
      '0017-returned-payments',
      '0018-mandates',
      '0019-carried',
      '0020-people',
      '0021-papers',
      '0022-decided',
      '0023-standings',
      '0024-second-words',
      '0025-body-keys',
      '0026-announced-voids',
    ]);
  });
});
