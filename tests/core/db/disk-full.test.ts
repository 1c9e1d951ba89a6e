import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { createDatabase } from '../../../src/main/core/db/database.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { type Db, openDatabase } from '../../../src/main/core/db/open.ts';
import { verifyJournal } from '../../../src/main/core/journal/verify-journal.ts';
import { errorOf, JOURNAL_MIGRATIONS, openIn } from '../../support/opened-database.ts';
import { canMountSmallDisk, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestJournal, saleDraft, type TestJournal } from '../../support/test-journal.ts';

/** A database that SQLite itself calls full: the same code, SQLITE_FULL, as from a disk without space. */
async function fullByPages(): Promise<{ folder: string; db: Db }> {
  const folder = temporaryFolder();
  await (await openIn(folder)).close();
  const open = (readOnly: boolean) =>
    openHandle(join(folder, 'counter.sqlite'), { readOnly, create: false, busyTimeoutMs: 1000 });
  const writer = open(false);
  writer.scalar('PRAGMA max_page_count = 80');
  return {
    folder,
    db: createDatabase(writer, open(true), () => ({ sqliteVersion: '', journalMode: '', synchronous: 0 })),
  };
}

async function fullByDisk(): Promise<{ folder: string; db: Db }> {
  const folder = smallDisk(1536);
  return { folder, db: await openIn(folder) };
}

/** Sells until the disk refuses; answers how many sales were acknowledged. */
async function sellUntilFull(test: TestJournal): Promise<number> {
  await test.journal.openEpoch('enrolment');
  for (let sold = 0; sold < 5000; sold += 1) {
    const result = await test.journal.record(async (tx, append) => {
      const draft = saleDraft(test, null);
      append(draft);
      await tx.insertInto('setting').values({ key: draft.stream, value: 'projection' }).execute();
      return ok(undefined);
    });
    if (result.ok) continue;
    expect(result.error.code).toBe('DISK_FULL');
    return sold;
  }
  throw new Error('the disk never became full');
}

const disks: readonly (readonly [string, () => Promise<{ folder: string; db: Db }>])[] = [
  ['by the page limit of SQLite', fullByPages],
  // A real small disk wherever the tests run as root; the page limit gives the same code everywhere.
  ...(canMountSmallDisk ? ([['as a real small disk', fullByDisk]] as const) : []),
];

describe.each(disks)('a disk that is full %s', (_name, openFull) => {
  it('refuses the sale as a value, keeps all that was acknowledged and nothing half', async () => {
    const { folder, db } = await openFull();
    const test = await openTestJournal(folder, { db });
    const sold = await sellUntilFull(test);
    expect(sold).toBeGreaterThan(5);
    const stored = await db.read(async (tx) => ({
      entries: await test.journal.count(tx),
      projections: (await tx.selectFrom('setting').select('key').execute()).length,
    }));
    expect(stored).toEqual({ entries: sold + 1, projections: sold });
    const report = await verifyJournal(db, { deviceId: test.deviceId, publicKey: test.secrets.signingPublic });
    expect(report).toMatchObject({ ok: true, entries: sold + 1, problems: [] });
    await db.close();
    const again = await openIn(folder);
    expect(await again.read(test.journal.count)).toBe(sold + 1);
    await again.close();
  });
});

describe.each(canMountSmallDisk ? ['a real small disk'] : [])('%s without space', () => {
  it('is said when the counter starts on it, and it starts again when there is space', async () => {
    const folder = smallDisk(512);
    const ballast = join(folder, 'photos');
    writeFileSync(ballast, Buffer.alloc(500 * 1024));
    const options = { file: join(folder, 'counter.sqlite'), migrations: JOURNAL_MIGRATIONS };
    expect(errorOf(await openDatabase(options))).toMatchObject({ code: 'DISK_FULL' });
    rmSync(ballast);
    const db = await openIn(folder);
    await db.close();
  });
});
