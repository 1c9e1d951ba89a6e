import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { rupiah } from '../../../src/domain/rupiah.ts';
import { openHandle, type SqliteHandle } from '../../../src/main/core/db/driver.ts';
import { copyBefore, type Migration, migrate, migrationChecksum } from '../../../src/main/core/db/migrate.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { openDatabase } from '../../../src/main/core/db/open.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, sessionOpenedDraft } from '../../support/test-journal.ts';

const fileIn = (folder: string): string => join(folder, 'counter.sqlite');
const raw = (folder: string): SqliteHandle =>
  openHandle(fileIn(folder), { readOnly: false, create: false, busyTimeoutMs: 1000 });

/** Everything a database is made of, without its rows. */
const shapeOf = (handle: SqliteHandle): string =>
  JSON.stringify([
    handle.rows('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name'),
    handle.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'") === 1
      ? handle.rows('SELECT * FROM schema_version')
      : [],
  ]);

/** A connection whose nth statement fails; `statements` counts them. */
function failingAt(real: SqliteHandle, nth: number): { handle: SqliteHandle; count: () => number } {
  let statements = 0;
  const handle: SqliteHandle = {
    ...real,
    prepare: (text) => {
      statements += 1;
      if (statements === nth) throw new Error(`statement ${nth} fails on purpose`);
      return real.prepare(text);
    },
  };
  return { handle, count: () => statements };
}

/** The database as it was before migration `number`, with rows in it where there were tables. */
async function folderBefore(number: number): Promise<string> {
  const folder = temporaryFolder();
  const older = counterMigrations.filter((migration) => migration.number < number);
  const db = await openIn(folder, older);
  if (number > 1) {
    const test = await openTestJournal(folder, { db });
    valueOf(await test.journal.openEpoch('enrolment'));
    valueOf(await test.journal.record(async (_tx, append) => ok(append(sessionOpenedDraft(test.newId(), 200_000)))));
  }
  await db.close();
  return folder;
}

type OldTable = { readonly name: string; readonly columns: string };
/** Every row of every table in its old columns, for what must survive. */
const rowsOf = (handle: SqliteHandle, tables: readonly OldTable[]): string =>
  JSON.stringify(tables.map(({ name, columns }) => [name, handle.rows(`SELECT ${columns} FROM ${name}`)]));
const tablesOf = (handle: SqliteHandle): readonly OldTable[] =>
  handle
    .rows(
      `SELECT t.name AS name, group_concat(c.name) AS columns FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT IN ('schema_version', 'opening') GROUP BY t.name`,
    )
    .map((row) => ({ name: String(row['name']), columns: String(row['columns']) }));

describe.each(counterMigrations.map((migration) => [migration.number, migration.name] as const))(
  'migration %i (%s)',
  (number) => {
    const upTo = counterMigrations.filter((migration) => migration.number <= number);

    it('leaves the old shape when any one of its statements fails, and succeeds when it is tried again', async () => {
      const folder = await folderBefore(number);
      const measured = failingAt(raw(await folderBefore(number)), 0);
      await migrate(measured.handle, upTo);
      measured.handle.close();
      const statements = measured.count();
      expect(statements).toBeGreaterThan(3);
      const real = raw(folder);
      const before = shapeOf(real);
      for (let nth = 1; nth <= statements; nth += 1) {
        await expect(migrate(failingAt(real, nth).handle, upTo)).rejects.toThrow('fails on purpose');
        expect(shapeOf(real)).toBe(before);
      }
      expect(await migrate(real, upTo)).toMatchObject({ from: number - 1, to: number });
      real.close();
    });

    it('keeps every row of the old shape', async () => {
      const folder = await folderBefore(number);
      const handle = raw(folder);
      const tables = tablesOf(handle);
      const before = rowsOf(handle, tables);
      await migrate(handle, upTo);
      expect(rowsOf(handle, tables)).toBe(before);
      handle.close();
    });

    it('makes STRICT tables with named constraints', async () => {
      const folder = await folderBefore(number + 1);
      const handle = raw(folder);
      const loose = handle.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0",
      );
      expect(loose.filter((row) => !String(row['name']).startsWith('sqlite_'))).toEqual([]);
      for (const row of handle.rows("SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL")) {
        const text = String(row['sql']).replaceAll(/\s+/g, ' ');
        const constraints = text.match(/(PRIMARY KEY|UNIQUE|CHECK \(|REFERENCES)/g) ?? [];
        const named = text.match(/CONSTRAINT \w+ (PRIMARY KEY|UNIQUE|CHECK \(|REFERENCES|FOREIGN KEY)/g) ?? [];
        expect([text, named.length]).toEqual([text, constraints.length]);
      }
      handle.close();
    });
  },
);

describe('the migrator', () => {
  const second: Migration = {
    number: 2,
    name: 'second',
    up: async (db) => {
      await sql`CREATE TABLE second (id INTEGER NOT NULL CONSTRAINT second_pk PRIMARY KEY) STRICT`.execute(db);
    },
  };
  const first = counterMigrations.slice(0, 1);

  it('copies a database with rows before it changes it, and removes the copy at the next start', async () => {
    const folder = await folderBefore(2);
    const notices: unknown[] = [];
    const file = fileIn(folder);
    const open = () =>
      openDatabase({ file, migrations: [...first, second], onNotice: (notice) => notices.push(notice) });
    await valueOf(await open()).close();
    expect(notices).toEqual([{ notice: 'MIGRATED', from: 1, to: 2, copy: copyBefore(file, 1) }]);
    const copy = openHandle(copyBefore(file, 1), { readOnly: true, create: false, busyTimeoutMs: 0 });
    expect(copy.scalar('SELECT count(*) FROM entry')).toBe(2);
    expect(copy.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'second'")).toBe(0);
    copy.close();
    await valueOf(await open()).close();
    expect(existsSync(copyBefore(file, 1))).toBe(false);
    expect(notices).toHaveLength(1);
  });

  it('refuses a list in which a migration that a database has seen was changed', async () => {
    const folder = await folderBefore(2);
    const changed: Migration = { number: 1, name: first[0]?.name ?? '', up: second.up };
    await expect(openDatabase({ file: fileIn(folder), migrations: [changed] })).rejects.toThrow('not the one');
  });

  it('does not see a change of spaces as a change', async () => {
    const spaced: Migration = {
      ...second,
      up: async (db) => {
        await sql`CREATE TABLE second
          (id INTEGER NOT NULL CONSTRAINT second_pk PRIMARY KEY) STRICT`.execute(db);
      },
    };
    expect(await migrationChecksum(spaced)).toBe(await migrationChecksum(second));
  });

  it('refuses a list with a hole', async () => {
    const open = openDatabase({ file: fileIn(temporaryFolder()), migrations: [...first, { ...second, number: 3 }] });
    await expect(open).rejects.toThrow('stands at place 2');
  });

  it('refuses a migration that leaves a reference without its row', async () => {
    const folder = await folderBefore(2);
    const breaking: Migration = {
      number: 2,
      name: 'breaking',
      up: async (db) => {
        await sql`CREATE TABLE child (id INTEGER PRIMARY KEY, entry_seq INTEGER REFERENCES entry (seq)) STRICT`.execute(
          db,
        );
        await sql`INSERT INTO child VALUES (1, 999)`.execute(db);
      },
    };
    const open = openDatabase({ file: fileIn(folder), migrations: [...first, breaking] });
    await expect(open).rejects.toThrow('breaks 1 references');
    const handle = raw(folder);
    expect(handle.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'child'")).toBe(0);
    handle.close();
  });
});

describe('the list of migrations', () => {
  it('holds every released step in order, so that the tests above run over each', () => {
    const names = counterMigrations.map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}`);
    expect(names).toEqual([
      '0001-journal',
      '0002-counter',
      '0003-roads',
      '0004-cash-day',
      '0005-feed-histories',
      '0006-documents',
      '0007-applications',
      '0008-originals',
      '0009-money-day',
      '0010-approvals',
      '0011-drawer',
      '0012-payments',
      '0013-cases',
      '0014-reports',
      '0015-emergency',
      '0016-inspection',
      '0017-returned-payments',
      '0018-region',
      '0019-people',
      '0020-sealed-keys',
      '0021-second-words',
    ]);
  });

  it('0020-sealed-keys keeps a sealed form only beside its key, and lets it go with it', async () => {
    const folder = await folderBefore(20);
    const handle = raw(folder);
    await migrate(handle, counterMigrations);
    handle.exec('PRAGMA foreign_keys = ON');
    const keep = (subject: string) => {
      handle.exec(
        `INSERT INTO sealed_subject_key (subject, key_id, jwe) VALUES ('${subject}', 'abcdefghijkl', 'e..c')`,
      );
    };
    handle.exec("INSERT INTO subject_key (subject, wrapped_key) VALUES ('a', 'w'), ('b', 'w')");
    keep('a');
    keep('b');
    expect(() => keep('c')).toThrow('FOREIGN KEY');
    handle.exec("DELETE FROM subject_key WHERE subject = 'a'");
    expect(handle.rows('SELECT subject FROM sealed_subject_key')).toEqual([{ subject: 'b' }]);
    handle.close();
  });

  it('0019-people knows a supervisor’s own device by its pairs, and marks an announcement once for each officer', async () => {
    const folder = await folderBefore(19);
    const before = raw(folder);
    before.exec(`INSERT INTO officer (officer_id, name, role, active, pin_sealed) VALUES
      ('pengawas', 'P', 'supervisor', 1, 's'), ('lain', 'L', 'supervisor', 1, 's'), ('petugas-1', 'S', 'officer', 1, 's')`);
    before.exec(`INSERT INTO approval_pair (supervisor_id, counter_id, counter_tag, outlet_id, outlet_name, device_no,
      key_sealed) VALUES ('pengawas', 'c', 't', 'o', 'O', 1, 'k')`);
    await migrate(before, counterMigrations);
    const rows = before.rows('SELECT officer_id FROM officer WHERE own_device = 1 AND starts_until IS NULL');
    expect(rows).toEqual([{ officer_id: 'pengawas' }]);
    before.exec("INSERT INTO announcement_read VALUES ('a', 'petugas-1', 1)");
    expect(() => before.exec("INSERT INTO announcement_read VALUES ('a', 'petugas-1', 2)")).toThrow('UNIQUE');
    before.close();
  });

  it('0016-inspection keeps every inspection: it is explained once, with its entry, and never changed or deleted', async () => {
    const folder = await folderBefore(16);
    const handle = raw(folder);
    await migrate(handle, counterMigrations);
    const insert = (id: string, seq: number, state: string): void => {
      handle.exec(`INSERT INTO cash_inspection (inspection_id, seq, cash_session_id, number, inspected_by, inspector_name,
        officer_id, officer_name, inspected_at, variance, variance_state)
        VALUES ('${id}', ${String(seq)}, 's', 'n', 'pengawas', 'P', 'petugas-1', 'S', 1, -500, '${state}')`);
    };
    insert('a', 1, 'open');
    insert('b', 2, 'tolerated');
    expect(() => insert('c', 1, 'open')).toThrow('UNIQUE');
    expect(() => insert('c', 3, 'explained')).toThrow('cash_inspection_explained');
    handle.exec("UPDATE cash_inspection SET variance_state = 'explained', explained_seq = 9 WHERE inspection_id = 'a'");
    expect(() => handle.exec("UPDATE cash_inspection SET variance = 0 WHERE inspection_id = 'a'")).toThrow('once');
    expect(() => handle.exec("UPDATE cash_inspection SET variance = 0 WHERE inspection_id = 'b'")).toThrow('once');
    expect(() => handle.exec('DELETE FROM cash_inspection')).toThrow('never deleted');
    handle.close();
  });

  it('0007-applications forgets no application, keeps each step and each decision once, and numbers only what was received', async () => {
    const folder = await folderBefore(7);
    const handle = raw(folder);
    await migrate(handle, counterMigrations);
    const id = 'a'.repeat(36);
    handle.exec(
      `INSERT INTO application (application_id, service_id, state, officer_id, begun_at, pack, sealed)
       VALUES ('${id}', 'lost-stnk', 'draft', 'petugas-1', 1, '{}', 's')`,
    );
    expect(() => handle.exec('DELETE FROM application')).toThrow('never forgotten');
    expect(() => handle.exec("UPDATE application SET state = 'received'")).toThrow('application_received_whole');
    expect(() => handle.exec("UPDATE application SET state = 'lost'")).toThrow('application_state');
    handle.exec(
      "UPDATE application SET state = 'received', seq = 1, application_number = 'n', received_on = '2026-03-10'",
    );
    const step = `INSERT INTO application_step (application_id, at, state, decision_id) VALUES ('${id}', 1, 'sent', 'd')`;
    handle.exec(step);
    expect(() => handle.exec(step)).toThrow('UNIQUE');
    expect(() => handle.exec("UPDATE application_step SET state = 'ready'")).toThrow('append-only');
    expect(() => handle.exec('DELETE FROM application_step')).toThrow('append-only');
    handle.close();
  });

  it('0006-documents never forgets a page, never changes what it is, and closes its key for good', async () => {
    const folder = await folderBefore(6);
    const handle = raw(folder);
    await migrate(handle, counterMigrations);
    const [id, subject, stream] = ['A'.repeat(43), `${'s'.repeat(36)}`, `${'t'.repeat(36)}`];
    handle.exec(`INSERT INTO page_view VALUES ('${subject}', '${stream}', 1, 2, NULL)`);
    handle.exec(
      `INSERT INTO document (document_id, seq, stream, kind, page_no, bytes, width, height, source, captured_at,
         view_subject, wrapped_key, sealed_key, sealed_to, repeat_index)
       VALUES ('${id}', 1, '${stream}', 'stnk', 1, 9, 1, 1, 'camera', 1, '${subject}', 'w', 'j', '${'D'.repeat(12)}', '${id}')`,
    );
    expect(() => handle.exec('DELETE FROM document')).toThrow('never forgotten');
    expect(() => handle.exec("UPDATE document SET sealed_key = 'k'")).toThrow('does not change');
    expect(() => handle.exec("UPDATE document SET state = 'stored'")).toThrow('document_stored_has_receipt');
    handle.exec('UPDATE document SET wrapped_key = NULL');
    expect(() => handle.exec("UPDATE document SET wrapped_key = 'w'")).toThrow('does not change');
    expect(() => handle.exec(`INSERT INTO page_view VALUES ('${id}', '${stream}', 1, 2, NULL)`)).toThrow('CHECK');
    const second = `INSERT INTO page_view VALUES ('${'u'.repeat(36)}', '${stream}', 1, 2, NULL)`;
    expect(() => handle.exec(second)).toThrow('UNIQUE');
    handle.exec('UPDATE page_view SET closed_at = 2');
    handle.exec(second);
    handle.close();
  });

  it('0005-feed-histories keeps the pages in their order, and both pages of one version, append-only', async () => {
    const folder = await folderBefore(5);
    const handle = raw(folder);
    const insert = (version: number, letter: string): unknown =>
      handle.rows(
        `INSERT INTO feed_page VALUES ('keys', 'all', '019cd5af-0000-7000-8000-000000000000', ${version - 1}, ${version},
           '${letter.repeat(43)}', '{}', '${'C'.repeat(86)}', '${'D'.repeat(12)}', 9) RETURNING hash`,
      );
    insert(2, 'B');
    insert(1, 'A');
    await migrate(handle, counterMigrations);
    insert(2, 'E');
    expect(handle.rows('SELECT substr(hash, 1, 1) AS page FROM feed_page ORDER BY rowid')).toEqual([
      { page: 'B' },
      { page: 'A' },
      { page: 'E' },
    ]);
    expect(() => insert(2, 'E')).toThrow('UNIQUE');
    expect(() => handle.exec('DELETE FROM feed_page')).toThrow('feed_page is append-only');
    expect(() => handle.exec('UPDATE feed_page SET text = text')).toThrow('feed_page is append-only');
    handle.close();
  });

  it('0003-roads counts the whole cash day as money, and what came before stays as it was', async () => {
    const folder = await folderBefore(3);
    const db = valueOf(await openDatabase({ file: fileIn(folder), migrations: counterMigrations }));
    const test = await openTestJournal(folder, { db });
    const stream = test.newId();
    const said = { stream, officerId: null, cashSessionId: stream } as const;
    valueOf(
      await test.journal.record(async (_tx, append) => {
        append({ ...said, type: 'cash-session.counted', body: { counts: [], total: rupiah(0) } });
        return ok(append({ ...said, type: 'officer.signed-out', body: { reason: 'asked' } }));
      }),
    );
    const places = await db.read((tx) => tx.selectFrom('delivery').select(['seq', 'lane']).orderBy('seq').execute());
    await db.close();
    expect(places.map(({ lane }) => lane)).toEqual(['audit', 'money', 'money', 'audit']);
  });

  it('0003-roads knows the pages that were applied before it by their hashes', async () => {
    const folder = await folderBefore(3);
    const handle = raw(folder);
    const [incarnation, page, kept] = ['019cd5af-0000-7000-8000-000000000000', 'A'.repeat(43), 'B'.repeat(43)];
    handle.rows(
      `INSERT INTO feed_cursor VALUES ('registry', 'x:AG', 3, '${page}', '${incarnation}', 9, 9) RETURNING version`,
    );
    handle.rows(
      `INSERT INTO feed_page VALUES ('policy', 'all', '${incarnation}', 0, 1, '${kept}', '{}', '${'C'.repeat(86)}',
         '${'D'.repeat(12)}', 9) RETURNING hash`,
    );
    await migrate(handle, counterMigrations);
    expect(handle.rows('SELECT feed, hash, to_version FROM held_page ORDER BY feed')).toEqual([
      { feed: 'policy', hash: kept, to_version: 1 },
      { feed: 'registry', hash: page, to_version: 3 },
    ]);
    handle.close();
  });

  it('0002-counter gives every older entry its place in the outbox', async () => {
    const folder = await folderBefore(2);
    const db = valueOf(await openDatabase({ file: fileIn(folder), migrations: counterMigrations }));
    const places = await db.read((tx) => tx.selectFrom('delivery').select(['seq', 'lane', 'state']).execute());
    await db.close();
    expect(places).toEqual([
      { seq: 1, lane: 'audit', state: 'queued' },
      { seq: 2, lane: 'money', state: 'queued' },
    ]);
  });

  it('0002-counter knows what older entries put into the drawer', async () => {
    const folder = await folderBefore(2);
    const db = valueOf(await openDatabase({ file: fileIn(folder), migrations: counterMigrations }));
    const balances = await db.read((tx) => tx.selectFrom('drawer_balance').selectAll().orderBy('account').execute());
    await db.close();
    expect(balances).toEqual([
      { account: 'cash-drawer', amount: 200_000 },
      { account: 'float', amount: -200_000 },
    ]);
  });

  it('0004-cash-day keeps the balances of the drawer, and an open session stays open and uncounted', async () => {
    const folder = await folderBefore(2);
    const db = valueOf(await openDatabase({ file: fileIn(folder), migrations: counterMigrations.slice(0, 3) }));
    await db.write(async (tx) => {
      const session = {
        cash_session_id: 's',
        state: 'open' as const,
        opened_at: 1,
        float_counts: '[]',
        float_total: 0,
      };
      await tx
        .insertInto('cash_session')
        .values({ ...session, officer_id: 'petugas-1', officer_name: 'Siti' })
        .execute();
      return ok(undefined);
    });
    await db.close();
    const after = valueOf(await openDatabase({ file: fileIn(folder), migrations: counterMigrations }));
    const [balances, sessions] = await after.read(async (tx) => [
      await tx.selectFrom('drawer_balance').selectAll().orderBy('account').execute(),
      await tx.selectFrom('cash_session').select(['state', 'counted_total', 'close_seq', 'in_safe']).execute(),
    ]);
    await after.close();
    expect(balances).toEqual([
      { account: 'cash-drawer', amount: 200_000 },
      { account: 'float', amount: -200_000 },
    ]);
    expect(sessions).toEqual([{ state: 'open', counted_total: null, close_seq: null, in_safe: 0 }]);
  });
});
