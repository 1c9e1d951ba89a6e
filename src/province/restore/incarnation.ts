import type { Db, Tx } from '../db/open.ts';

/**
 * Which life of the province this is: "each restore makes a new incarnation" (OPOP-Sync/1 7.2). A UUIDv7, so that later
 * ones sort behind earlier ones. Asked of the database each time: a person may declare a restore while nodes are serving.
 */
export async function currentIncarnation(db: Db | Tx): Promise<string> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'incarnation').executeTakeFirstOrThrow();
  return row.value;
}
