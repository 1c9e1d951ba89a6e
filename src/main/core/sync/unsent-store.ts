import { sql } from 'kysely';
import type { Epoch } from '../../../contract/primitives.ts';
import { type ReadTx, runNow, type WriteTx } from '../db/tx.ts';

/** An entry that no custody receipt of the province covers yet. */
export type UnsentPlace = { readonly seq: number; readonly epoch: Epoch; readonly lane: 'money' | 'audit' };

const UNSENT = ['queued', 'sending', 'exported'] as const;

/** Places strictly between two entries that are not in custody, oldest first, at most `limit`. */
export async function readUnsentBetween(
  tx: ReadTx,
  after: number,
  before: number,
  limit: number,
): Promise<readonly UnsentPlace[]> {
  const rows = await tx
    .selectFrom('delivery')
    // Word by word the condition of the partial index, as SQLite wants it.
    .where('state', '<>', sql.lit<'acknowledged'>('acknowledged'))
    .where('state', 'in', [...UNSENT])
    .where('seq', '>', after)
    .where('seq', '<', before)
    .select(['seq', 'epoch_n', 'epoch_nonce', 'lane'])
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ seq: row.seq, lane: row.lane, epoch: { n: row.epoch_n, nonce: row.epoch_nonce } }));
}

/**
 * What a damaged database still says of an entry's way: only that the province has it is taken, everything else is sent
 * again, which changes nothing there.
 */
export function putDeliveryStateNow(tx: WriteTx, row: Readonly<Record<string, unknown>>): void {
  const { seq, state, verdict, settled_at } = row;
  if (state !== 'acknowledged' && state !== 'quarantined') return;
  runNow(tx, 'UPDATE delivery SET state = ?, verdict = ?, settled_at = ? WHERE seq = ?', [
    state,
    verdict ?? null,
    settled_at ?? null,
    seq,
  ]);
}

/**
 * A restored province has lost what it had set aside too, also before the newest entry that both sides know: a fork or an
 * unreadable item is given again. What it still has is answered DUPLICATE with the first verdict.
 */
export async function rewindQuarantined(tx: WriteTx): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ state: 'sending', last_reason: 'GAP' })
    .where('state', '=', 'quarantined')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
