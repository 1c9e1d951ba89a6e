import { type OperationNodeSource, sql } from 'kysely';
import type { Tx } from './open.ts';

/**
 * Several writes as one statement: what each of them costs is mostly the asking. They see the database as it was before all
 * of them, so no two may touch the same row; constraints between them are checked when all are done.
 */
export async function writeTogether(tx: Tx, writes: readonly OperationNodeSource[]): Promise<void> {
  if (writes.length === 0) return;
  const named = writes.map((write, place) => sql`${sql.raw(`w${String(place)}`)} as (${write})`);
  await sql`with ${sql.join(named)} select 1`.execute(tx);
}
