import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHandle, type SqliteHandle } from '../../../src/main/core/db/driver.ts';
import { migrate } from '../../../src/main/core/db/migrate.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { openIn } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const before = counterMigrations.filter(({ number }) => number < 8);

async function migrated(): Promise<SqliteHandle> {
  const folder = temporaryFolder();
  await (await openIn(folder, before)).close();
  const file = join(folder, 'counter.sqlite');
  const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 1000 });
  handle.exec(
    `INSERT INTO print_job VALUES ('j2', 's', 'copy', 1, 'pdf', 'unknown', 'RESTARTED', 20), ('j1', 's', 'receipt', 0, 'pdf', 'printed', NULL, 10)`,
  );
  await migrate(handle, counterMigrations);
  return handle;
}

describe('migration 0008-originals', () => {
  it('keeps every paper of before, and takes the papers of applications, originals and the queue', async () => {
    const handle = await migrated();
    expect(handle.rows('SELECT job_id, kind, state, detail FROM print_job ORDER BY rowid')).toEqual([
      { job_id: 'j2', kind: 'copy', state: 'unknown', detail: 'RESTARTED' },
      { job_id: 'j1', kind: 'receipt', state: 'printed', detail: null },
    ]);
    for (const kind of ['application', 'hand-over', 'ticket', 'arrival', 'final-receipt']) {
      handle.exec(`INSERT INTO print_job VALUES ('${kind}', 's', '${kind}', 0, 'pdf', 'requested', NULL, 30)`);
    }
    expect(() => handle.exec("INSERT INTO print_job VALUES ('x', 's', 'x', 0, 'pdf', 'printed', NULL, 1)")).toThrow(
      'print_job_kind',
    );
    const indexes = handle.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'print_job'");
    expect(indexes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['print_job_by_stream', 'print_job_by_time', 'print_job_unsettled']),
    );
    handle.close();
  });

  it('lets an original lie in the drawer once, and be handed over once', async () => {
    const handle = await migrated();
    const put = (id: string): void => handle.exec(`INSERT INTO holding VALUES ('${id}', 's', 'stnk', 1, NULL, NULL)`);
    put('h1');
    expect(() => put('h2')).toThrow('UNIQUE');
    expect(() => handle.exec("UPDATE holding SET hand_over_id = 'o'")).toThrow('holding_handed_over');
    handle.exec("UPDATE holding SET hand_over_id = 'o', handed_over_at = 2");
    expect(() => handle.exec("UPDATE holding SET hand_over_id = 'p'")).toThrow('handed over once');
    put('h2');
    handle.close();
  });

  it('gives a number of the queue once a day, and never takes back what was said of a form', async () => {
    const handle = await migrated();
    const ticket = (id: string, day: string): void =>
      handle.exec(
        `INSERT INTO queue_ticket VALUES ('${id}', 1, '${day}', 1, 'walk-in', NULL, '${day}', 1, 'waiting', NULL, NULL, 'x')`,
      );
    ticket('a', '2026-03-10');
    ticket('b', '2026-03-11');
    expect(() => ticket('c', '2026-03-10')).toThrow('queue_ticket');
    expect(() => handle.exec("UPDATE queue_ticket SET state = 'served'")).toThrow('queue_ticket_settled');
    handle.exec("INSERT INTO form_run VALUES ('tbpkp', 'A', 5, 9, 'used', 1)");
    handle.exec('UPDATE form_run SET to_serial = 10');
    handle.exec('UPDATE form_run SET from_serial = 4');
    for (const change of ['to_serial = 9', 'from_serial = 5', "state = 'missing'", "series = 'B'"]) {
      expect(() => handle.exec(`UPDATE form_run SET ${change}`), change).toThrow('never changed');
    }
    handle.close();
  });
});
