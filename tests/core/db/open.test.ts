import { hash } from 'node:crypto';
import {
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { openDatabase } from '../../../src/main/core/db/open.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { errorOf, JOURNAL_MIGRATIONS, openIn, valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const fileIn = (folder: string): string => join(folder, 'counter.sqlite');
const open = (folder: string) => openDatabase({ file: fileIn(folder), migrations: JOURNAL_MIGRATIONS });

/** Content of every file of the folder, so that a touched one is seen. `-shm` is a shared-memory index, not data. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.endsWith('-shm') && !(name.endsWith('-wal') && statSync(join(folder, name)).size === 0))
      .sort()
      .map((name) => [name, hash('sha256', readFileSync(join(folder, name)))]),
  );

/** A database with enough rows for several pages, closed. */
async function filled(folder: string): Promise<void> {
  const db = await openIn(folder);
  valueOf(
    await db.write(async (tx) => {
      for (let index = 0; index < 300; index += 1) {
        await tx
          .insertInto('setting')
          .values({ key: `key-${index}`, value: 'v'.repeat(100) })
          .execute();
      }
      return ok(undefined);
    }),
  );
  await db.close();
}

function overwrite(file: string, offset: number, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, offset);
}

describe('an open database', () => {
  it('keeps every commit through a power cut: write-ahead log, and FULL after the first write', async () => {
    const db = await openIn(temporaryFolder());
    await db.write(async (tx) => ok(await tx.insertInto('setting').values({ key: 'a', value: 'b' }).execute()));
    expect(db.info()).toMatchObject({ journalMode: 'wal', synchronous: 2 });
    await db.close();
  });

  it('runs on an SQLite without the bug that lost commits when the log was reset', async () => {
    const db = await openIn(temporaryFolder());
    const [major = 0, minor = 0, patch = 0] = db.info().sqliteVersion.split('.').map(Number);
    expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003);
    await db.close();
  });

  it('makes a compact copy with everything committed so far, and never writes over another file', async () => {
    const folder = temporaryFolder();
    const db = await openIn(folder);
    await db.write(async (tx) => ok(await tx.insertInto('setting').values({ key: 'a', value: 'b' }).execute()));
    const copy = join(folder, 'copy.sqlite');
    await db.backupInto(copy);
    await expect(db.backupInto(copy)).rejects.toThrow(/already exists/);
    await db.close();
    const copied = valueOf(await openDatabase({ file: copy, migrations: JOURNAL_MIGRATIONS }));
    expect(await copied.read((tx) => tx.selectFrom('setting').selectAll().execute())).toEqual([
      { key: 'a', value: 'b' },
    ]);
    await copied.close();
  });

  it('lets a verifier read beside the running counter, and refuses to write through it', async () => {
    const folder = temporaryFolder();
    const counter = await openIn(folder);
    const beside = valueOf(
      await openDatabase({ file: fileIn(folder), migrations: JOURNAL_MIGRATIONS, readOnly: true }),
    );
    await counter.write(async (tx) => ok(await tx.insertInto('setting').values({ key: 'a', value: 'b' }).execute()));
    expect(await beside.read((tx) => tx.selectFrom('setting').selectAll().execute())).toHaveLength(1);
    await expect(beside.write(async () => ok(undefined))).rejects.toThrow('read only');
    await beside.close();
    await counter.close();
  });

  it('overwrites what is deleted, so that an erased key is not found in the file', async () => {
    const folder = temporaryFolder();
    const db = await openIn(folder);
    const secret = 'a-wrapped-key-that-must-vanish';
    await db.write(async (tx) =>
      ok(await tx.insertInto('subject_key').values({ subject: 's', wrapped_key: secret }).execute()),
    );
    await db.write(async (tx) => ok(await tx.deleteFrom('subject_key').execute()));
    await db.checkpoint();
    await db.close();
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes(secret)).toBe(false);
  });
});

describe('a file that is not a sound database of this counter', () => {
  it('is refused as damaged and left untouched, wherever its bytes were overwritten', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 3 }), async (place, pages) => {
        const folder = temporaryFolder();
        await filled(folder);
        const file = fileIn(folder);
        const offset = place % Math.max(1, statSync(file).size - pages * 4096);
        overwrite(file, offset, createSeededRandom(place).bytes(pages * 4096));
        const before = contents(folder);
        const error = errorOf(await open(folder));
        expect(error.code).toBe('DATABASE_DAMAGED');
        expect(contents(folder)).toEqual(before);
        refused += 1;
      }),
      { numRuns: 25 },
    );
    expect(refused).toBe(25);
  });

  it.each([
    ['cut short', 'SQLITE_CORRUPT', (file: string) => truncateSync(file, 20_000)],
    ['empty', 'EMPTY', (file: string) => truncateSync(file, 0)],
    ['a text', 'SQLITE_NOTADB', (file: string) => writeFileSync(file, 'Ini bukan basis data.\n'.repeat(400))],
    ['all zeros', 'SQLITE_NOTADB', (file: string) => writeFileSync(file, Buffer.alloc(40_960))],
  ])('is refused as damaged when it is %s, and never replaced by an empty one', async (_what, reason, damage) => {
    const folder = temporaryFolder();
    await filled(folder);
    damage(fileIn(folder));
    const before = contents(folder);
    expect(errorOf(await open(folder))).toEqual({ code: 'DATABASE_DAMAGED', details: { reason } });
    expect(contents(folder)).toEqual(before);
  });

  it('is refused as damaged when it belongs to another program', async () => {
    const folder = temporaryFolder();
    const other = openHandle(fileIn(folder), { readOnly: false, create: true, busyTimeoutMs: 0 });
    other.exec('CREATE TABLE song (title TEXT); INSERT INTO song VALUES (1)');
    other.close();
    const before = contents(folder);
    expect(errorOf(await open(folder))).toMatchObject({
      code: 'DATABASE_DAMAGED',
      details: { reason: 'NOT_OUR_FILE' },
    });
    expect(contents(folder)).toEqual(before);
  });

  it('is refused as damaged when it is missing and should be there', async () => {
    const folder = temporaryFolder();
    const result = await openDatabase({ file: fileIn(folder), migrations: JOURNAL_MIGRATIONS, create: false });
    expect(errorOf(result)).toMatchObject({ code: 'DATABASE_DAMAGED', details: { reason: 'MISSING' } });
    expect(existsSync(fileIn(folder))).toBe(false);
  });

  it('is refused when a newer program has written it, and left untouched', async () => {
    const folder = temporaryFolder();
    const next = { number: 2, name: 'next', up: async () => undefined };
    await (await openIn(folder, [...JOURNAL_MIGRATIONS, next])).close();
    const before = contents(folder);
    expect(errorOf(await open(folder))).toEqual({ code: 'DATABASE_FROM_FUTURE', details: { database: 2, program: 1 } });
    expect(contents(folder)).toEqual(before);
  });

  it('does not stand in the way when the first start was cut off half-way', async () => {
    const folder = temporaryFolder();
    writeFileSync(`${fileIn(folder)}.new`, 'half');
    writeFileSync(`${fileIn(folder)}.new-wal`, 'half');
    await (await openIn(folder)).close();
    expect(readdirSync(folder)).toEqual(['counter.sqlite']);
  });

  it('is answered as a failed storage when its folder cannot be made', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, 'in the way');
    expect(errorOf(await open(file)).code).toBe('STORAGE_FAILED');
  });
});
