import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/province/db/open.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

/** The database of this file's own province, over one connection: what is planned is planned per connection. */
let test: TestProvince;

const overOneConnection = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
  test.province.context.db.connection().execute(work);

const findNote = async (db: Db, id: number): Promise<readonly object[]> =>
  (await sql<object>`select * from planned_note where id = ${id}`.execute(db)).rows;

const plans = async (db: Db): Promise<readonly string[]> =>
  (
    await sql<{
      statement: string;
    }>`select statement from pg_prepared_statements where statement like '%planned_note%'`.execute(db)
  ).rows.map(({ statement }) => statement);

beforeAll(async () => {
  test = await openTestProvince();
  await sql`create table planned_note (id int primary key, word text)`.execute(test.province.context.db);
  await sql`insert into planned_note values (1, 'satu'), (2, 'dua')`.execute(test.province.context.db);
});

afterAll(async () => test.close());

describe('a statement that comes often', () => {
  it('is planned once for all its values, and one that comes seldom is not', async () => {
    await overOneConnection(async (db) => {
      for (const id of [1, 2]) await findNote(db, id);
      expect(await plans(db)).toEqual([]);
      const found = [];
      for (const id of [1, 2, 3]) found.push(await findNote(db, id));
      expect(found).toEqual([[{ id: 1, word: 'satu' }], [{ id: 2, word: 'dua' }], []]);
      expect(await plans(db)).toEqual(['select * from planned_note where id = $1']);
    });
  });

  it('fails once when another node has changed its table, and is planned anew', async () => {
    await overOneConnection(async (db) => {
      for (const id of [1, 2, 1, 2]) await findNote(db, id);
      await sql`alter table planned_note add column seen boolean default true`.execute(db);
      await expect(findNote(db, 1)).rejects.toThrow('cached plan must not change result type');
      for (const id of [1, 1, 1, 1]) expect(await findNote(db, id)).toEqual([{ id: 1, word: 'satu', seen: true }]);
    });
  });
});
