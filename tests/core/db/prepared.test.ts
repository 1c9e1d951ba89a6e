import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/domain/result.ts';
import { prepared } from '../../../src/main/core/db/prepared.ts';
import type { ReadTx } from '../../../src/main/core/db/tx.ts';
import { openIn, valueOf } from '../../support/opened-database.ts';
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

  it('is refused when its transaction is over', async () => {
    const db = await opened();
    const kept: ReadTx[] = [];
    await db.read(async (tx) => void kept.push(tx));
    expect(() => kept.map((tx) => valuesFrom(tx, { first: 'a', limit: 1 }))).toThrow('transaction is over');
    await db.close();
  });
});
