import { sql } from 'kysely';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';

/** Word by word the condition of the partial index. */
const IS_UNEXPLAINED = sql<boolean>`variance_state = 'open'`;

/** A closed session whose variance waits for a supervisor. */
export type Unexplained = {
  readonly cashSessionId: string;
  readonly officerName: string;
  readonly closedAt: number;
  readonly countedTotal: Rupiah;
  readonly variance: Rupiah;
};

/** Variances that nobody has explained yet, oldest first. */
export async function readUnexplained(tx: ReadTx): Promise<readonly Unexplained[]> {
  const rows = await tx
    .selectFrom('cash_session')
    .select(['cash_session_id', 'officer_name', 'closed_at', 'counted_total', 'variance'])
    .where(IS_UNEXPLAINED)
    .orderBy('close_seq')
    .execute();
  return rows.map((row) => ({
    cashSessionId: row.cash_session_id,
    officerName: row.officer_name,
    closedAt: row.closed_at ?? 0,
    countedTotal: rupiah(row.counted_total ?? 0),
    variance: rupiah(row.variance ?? 0),
  }));
}

/** Somebody has explained the variance of a closed session. */
export async function putExplained(tx: WriteTx, cashSessionId: string): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({ variance_state: 'explained' })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}
