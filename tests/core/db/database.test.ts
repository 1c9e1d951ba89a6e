import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../src/domain/result.ts';
import { createDatabase } from '../../../src/main/core/db/database.ts';
import { openHandle, type SqliteHandle, sqliteError } from '../../../src/main/core/db/driver.ts';
import type { Db, ReadTx, WriteTx } from '../../../src/main/core/db/open.ts';
import { errorOf, openIn, valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const put = (tx: WriteTx, key: string, value = 'x') =>
  tx
    .insertInto('setting')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
const settings = async (tx: ReadTx): Promise<Record<string, string>> => {
  const rows = await tx.selectFrom('setting').selectAll().orderBy('key').execute();
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
};

/** The real database with one connection whose statements the test may fail. */
async function openFailing(fail: (sql: string) => Error | undefined): Promise<Db> {
  const folder = temporaryFolder();
  await (await openIn(folder)).close();
  const open = (readOnly: boolean): SqliteHandle =>
    openHandle(`${folder}/counter.sqlite`, { readOnly, create: false, busyTimeoutMs: 1000 });
  const real = open(false);
  const writer: SqliteHandle = {
    ...real,
    prepare: (sql) => {
      const failure = fail(sql);
      if (failure !== undefined) throw failure;
      return real.prepare(sql);
    },
  };
  return createDatabase(writer, open(true), () => ({ sqliteVersion: '', journalMode: '', synchronous: 0 }));
}

describe('one commit per intention', () => {
  it('keeps everything of a write that ends well, and nothing of one that is refused', async () => {
    const db = await openIn(temporaryFolder());
    valueOf(await db.write(async (tx) => ok(await put(tx, 'kept'))));
    const refused = await db.write(async (tx) => {
      await put(tx, 'refused');
      return err('NO');
    });
    expect(refused).toEqual({ ok: false, error: 'NO' });
    expect(await db.read(settings)).toEqual({ kept: 'x' });
    await db.close();
  });

  it('rolls back on a throw, and throws it on because it is a bug', async () => {
    const db = await openIn(temporaryFolder());
    const bug = db.write(async (tx) => {
      await put(tx, 'half');
      throw new RangeError('a bug');
    });
    await expect(bug).rejects.toThrow('a bug');
    expect(await db.read(settings)).toEqual({});
    valueOf(await db.write(async (tx) => ok(await put(tx, 'after'))));
    expect(await db.read(settings)).toEqual({ after: 'x' });
    await db.close();
  });

  it('throws a broken constraint on, because a caller that allows it is a bug', async () => {
    const db = await openIn(temporaryFolder());
    const twice = db.write(async (tx) => {
      await tx.insertInto('setting').values({ key: 'a', value: '1' }).execute();
      await tx.insertInto('setting').values({ key: 'a', value: '2' }).execute();
      return ok(undefined);
    });
    await expect(twice).rejects.toThrow(/setting/);
    expect(await db.read(settings)).toEqual({});
    await db.close();
  });

  it('runs writes one after the other, also when each of them waits', async () => {
    const db = await openIn(temporaryFolder());
    const add = () =>
      db.write(async (tx) => {
        const before = Number((await settings(tx))['count'] ?? '0');
        await wait(1);
        await put(tx, 'count', String(before + 1));
        return ok(undefined);
      });
    await Promise.all(Array.from({ length: 20 }, add));
    expect(await db.read(settings)).toEqual({ count: '20' });
    await db.close();
  });

  it('answers reads with what is committed, while a write is still open', async () => {
    const db = await openIn(temporaryFolder());
    const seen: unknown[] = [];
    const outside = (async () => {
      await wait(20);
      seen.push(await db.read(settings));
    })();
    await db.write(async (tx) => {
      await put(tx, 'a');
      await wait(60);
      seen.push(await settings(tx));
      return ok(undefined);
    });
    await outside;
    expect(seen).toEqual([{}, { a: 'x' }]);
    await db.close();
  });

  it('is the same as a table in memory for any row of writes, refusals and throws, also after it was closed', async () => {
    const step = fc.record({
      puts: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.string({ maxLength: 3 })), { maxLength: 3 }),
      end: fc.constantFrom('ok', 'err', 'throw'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const folder = temporaryFolder();
        const model: Record<string, string> = {};
        let db = await openIn(folder);
        for (const { puts, end } of steps) {
          const run = db.write(async (tx): Promise<Result<null, 'NO'>> => {
            for (const [key, value] of puts) await put(tx, key, value);
            if (end === 'throw') throw new Error('on purpose');
            return end === 'ok' ? ok(null) : err('NO');
          });
          if (end === 'throw') await expect(run).rejects.toThrow('on purpose');
          else expect((await run).ok).toBe(end === 'ok');
          if (end === 'ok') for (const [key, value] of puts) model[key] = value;
          expect(await db.read(settings)).toEqual(model);
        }
        await db.close();
        db = await openIn(folder);
        expect(await db.read(settings)).toEqual(model);
        await db.close();
      }),
      { numRuns: 15 },
    );
  });
});

describe('what would dead-lock or leak is refused at once', () => {
  it.each(['read', 'write'] as const)('throws when %s is called inside a write', async (inner) => {
    const db = await openIn(temporaryFolder());
    const nested = db.write(async () => {
      await (inner === 'read' ? db.read(settings) : db.write(async () => ok(undefined)));
      return ok(undefined);
    });
    await expect(nested).rejects.toThrow(`db.${inner} inside db.write`);
    await db.close();
  });

  it.each(['read', 'write'] as const)('throws when %s is called inside a read', async (inner) => {
    const db = await openIn(temporaryFolder());
    const nested = db.read(async () => {
      await (inner === 'read' ? db.read(settings) : db.write(async () => ok(undefined)));
    });
    await expect(nested).rejects.toThrow(`db.${inner} inside db.read`);
    await db.close();
  });

  it('lets work that a write has started, and that goes on after it, write by itself', async () => {
    const db = await openIn(temporaryFolder());
    const started: Promise<unknown>[] = [];
    await db.write(async () => {
      started.push(wait(30).then(() => db.write(async (tx) => ok(await put(tx, 'later')))));
      return ok(undefined);
    });
    await Promise.all(started);
    expect(await db.read(settings)).toEqual({ later: 'x' });
    await db.close();
  });

  it('refuses a statement that comes after the end of its transaction', async () => {
    const db = await openIn(temporaryFolder());
    const leaked: WriteTx[] = [];
    await db.write(async (tx) => {
      leaked.push(tx);
      return ok(undefined);
    });
    const [tx] = leaked;
    if (tx === undefined) throw new Error('the write ran');
    await expect(put(tx, 'late')).rejects.toThrow('this transaction is over');
    // Also while the transaction of someone else is open on the same connection.
    const other = db.write(async () => {
      await put(tx, 'into another');
      return ok(undefined);
    });
    await expect(other).rejects.toThrow('this transaction is over');
    expect(await db.read(settings)).toEqual({});
    await db.close();
  });

  it('gives a read no way to write, even by raw SQL', async () => {
    const db = await openIn(temporaryFolder());
    const forged = db.read(async (tx) => put(tx as unknown as WriteTx, 'forged'));
    await expect(forged).rejects.toThrow(/readonly|not a function/);
    await db.close();
  });
});

describe('a failing disk is a value', () => {
  it.each([
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_IOERR_WRITE', 'STORAGE_FAILED'],
    ['SQLITE_READONLY_DBMOVED', 'STORAGE_FAILED'],
    ['SQLITE_CORRUPT', 'STORAGE_FAILED'],
  ])('answers %s as %s, keeps nothing, and can write again', async (sqlite, code) => {
    const failing = { now: false };
    const db = await openFailing((sql) =>
      failing.now && sql.startsWith('insert') ? sqliteError('on purpose', sqlite) : undefined,
    );
    failing.now = true;
    const refused = await db.write(async (tx) => ok(await put(tx, 'a')));
    expect(errorOf(refused)).toMatchObject({ code });
    failing.now = false;
    valueOf(await db.write(async (tx) => ok(await put(tx, 'b'))));
    expect(await db.read(settings)).toEqual({ b: 'x' });
    await db.close();
  });

  it('writes nothing more after a commit whose sync failed, until the database was opened again', async () => {
    const failing = { now: false };
    const db = await openFailing((sql) =>
      failing.now && sql === 'COMMIT' ? sqliteError('on purpose', 'SQLITE_IOERR_FSYNC') : undefined,
    );
    failing.now = true;
    expect(errorOf(await db.write(async (tx) => ok(await put(tx, 'a'))))).toMatchObject({ code: 'STORAGE_FAILED' });
    failing.now = false;
    expect(errorOf(await db.write(async (tx) => ok(await put(tx, 'b'))))).toMatchObject({ code: 'STORAGE_FAILED' });
    expect(await db.read(settings)).toEqual({});
    await db.close();
  });

  it('does not go on alone when SQLite itself rolled the transaction back and the work swallowed the error', async () => {
    const folder = temporaryFolder();
    const opened = await openIn(folder);
    await opened.close();
    const real = openHandle(`${folder}/counter.sqlite`, { readOnly: false, create: false, busyTimeoutMs: 1000 });
    const reader = openHandle(`${folder}/counter.sqlite`, { readOnly: true, create: false, busyTimeoutMs: 1000 });
    const db = createDatabase(real, reader, () => ({ sqliteVersion: '', journalMode: '', synchronous: 0 }));
    const run = db.write(async (tx) => {
      await put(tx, 'first');
      real.exec('ROLLBACK'); // what SQLite does by itself on some errors
      await put(tx, 'second');
      return ok(undefined);
    });
    await expect(run).rejects.toThrow('rolled back');
    expect(await db.read(settings)).toEqual({});
    const silent = await db.write(async (tx) => {
      await put(tx, 'third');
      real.exec('ROLLBACK');
      return ok(undefined);
    });
    expect(errorOf(silent)).toMatchObject({ code: 'STORAGE_FAILED' });
    await db.close();
  });
});
