import type { Db, Tx } from '../db/open.ts';

/** When this province's keys came to life, ms UTC; written at the first start. */
export async function keysMadeAt(db: Db | Tx): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'keys-made-at').executeTakeFirstOrThrow();
  return Number(row.value);
}
