import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../src/domain/result.ts';
import { prepared, preparedWrite } from '../../../src/main/core/db/prepared.ts';
import type { ReadTx, WriteTx } from '../../../src/main/core/db/tx.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
import { plansMadeIn } from '../../support/plans-made.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const valuesFrom = prepared<{ first: string; limit: number }>()((from, of) =>
  from
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('key', '>=', of('first'))
    .where('value', '<>', 'hidden')
    .orderBy('key')
    .limit(of('limit')),
);

async function opened() {
  const db = await openIn(temporaryFolder());
  valueOf(
    await db.write(async (tx) => {
      for (const [key, value] of Object.entries({ a: '1', b: 'hidden', c: '3', d: '4' })) {
        await tx.insertInto('setting').values({ key, value }).execute();
      }
      return ok(undefined);
    }),
  );
  return db;
}

describe('a query that is built once', () => {
  it('takes its values each time anew, beside those that were written into it', async () => {
    const db = await opened();
    expect(
      await db.read(async (tx) => [valuesFrom(tx, { first: 'a', limit: 9 }), valuesFrom(tx, { first: 'd', limit: 9 })]),
    ).toEqual([
      [
        { key: 'a', value: '1' },
        { key: 'c', value: '3' },
        { key: 'd', value: '4' },
      ],
      [{ key: 'd', value: '4' }],
    ]);
    expect(await db.read(async (tx) => valuesFrom(tx, { first: 'b', limit: 1 }))).toEqual([{ key: 'c', value: '3' }]);
    await db.close();
  });

  it('sees inside a write what was written there', async () => {
    const db = await opened();
    const seen = valueOf(
      await db.write(async (tx) => {
        await tx.insertInto('setting').values({ key: 'e', value: '5' }).execute();
        return ok(valuesFrom(tx, { first: 'e', limit: 9 }));
      }),
    );
    expect(seen).toEqual([{ key: 'e', value: '5' }]);
    await db.close();
  });

  it('keeps a value that never changes in the statement, whatever stands in it', async () => {
    const quoted = prepared<{ key: string }>()((from, of) =>
      from.selectFrom('setting').select('value').where('key', '=', of('key')).where('value', '<>', "it's; --?"),
    );
    const db = await opened();
    expect(await db.read(async (tx) => [quoted(tx, { key: 'a' }), quoted(tx, { key: 'c' })])).toEqual([
      [{ value: '1' }],
      [{ value: '3' }],
    ]);
    await db.close();
  });

  it('is planned once, however often it runs with other values: also with an order, a limit and a group', async () => {
    const countsFrom = prepared<{ first: string }>()((from, of) =>
      from
        .selectFrom('setting')
        .select((eb) => ['value', eb.fn.countAll<number>().as('count')])
        .where('key', '>=', of('first'))
        .groupBy('value')
        .orderBy('value'),
    );
    const db = await opened();
    const ask = (first: string) =>
      db.read(async (tx) => [...valuesFrom(tx, { first, limit: 9 }), ...countsFrom(tx, { first })]);
    let before: unknown;
    expect(await plansMadeIn(async () => (before = await ask('a')))).toBe(2);
    const again = async () => {
      for (const first of ['b', 'c', 'd', 'a']) expect((await ask(first)).length).toBeGreaterThan(1);
      expect(await ask('a')).toEqual(before);
    };
    expect(await plansMadeIn(again)).toBe(0);
    await db.close();
  });

  it('is refused when its transaction is over', async () => {
    const db = await opened();
    const kept: ReadTx[] = [];
    await db.read(async (tx) => void kept.push(tx));
    expect(() => kept.map((tx) => valuesFrom(tx, { first: 'a', limit: 1 }))).toThrow('transaction is over');
    await db.close();
  });
});

const putValue = preparedWrite<{ key: string; value: string }>()((to, of) =>
  to
    .insertInto('setting')
    .values({ key: of('key'), value: of('value') })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: of('value') })),
);
const hideFrom = preparedWrite<{ first: string }>()((to, of) =>
  to.updateTable('setting').set({ value: 'hidden' }).where('key', '>=', of('first')),
);

describe('a statement that writes and is built once', () => {
  it('takes its values each time anew, and says how many rows it changed', async () => {
    const db = await opened();
    const changed = valueOf(
      await db.write(async (tx) =>
        ok([
          putValue(tx, { key: 'a', value: '9' }),
          putValue(tx, { key: 'e', value: '5' }),
          hideFrom(tx, { first: 'c' }),
          hideFrom(tx, { first: 'x' }),
        ]),
      ),
    );
    expect(changed).toEqual([1, 1, 3, 0]);
    expect(await db.read(async (tx) => valuesFrom(tx, { first: 'a', limit: 9 }))).toEqual([{ key: 'a', value: '9' }]);
    await db.close();
  });

  it('is undone with its transaction, and refused after it', async () => {
    const db = await opened();
    const kept: { tx?: WriteTx } = {};
    const refused = await db.write(async (tx) => {
      kept.tx = tx;
      putValue(tx, { key: 'a', value: '9' });
      return err({ code: 'STORAGE_FAILED' as const });
    });
    expect(refused.ok).toBe(false);
    const { tx } = kept;
    if (tx === undefined) throw new Error('the write has run');
    expect(() => putValue(tx, { key: 'a', value: '9' })).toThrow('this transaction is over');
    expect(await db.read(async (read) => valuesFrom(read, { first: 'a', limit: 1 }))).toEqual([
      { key: 'a', value: '1' },
    ]);
    await db.close();
  });
});
