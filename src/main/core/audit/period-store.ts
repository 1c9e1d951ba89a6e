import type { ReadTx } from '../db/tx.ts';

/** An entry as the list of a period names it. */
export type ListedEntry = {
  readonly seq: number;
  /** ms UTC. */
  readonly wallMs: number;
  readonly type: string;
  readonly officerId: string | null;
  readonly cashSessionId: string | null;
  readonly hash: string;
};

/** Entries of a period after a place, in the order of the journal, at most `limit`; `untilMs` is the first instant out. */
export async function readPeriodAfter(
  tx: ReadTx,
  period: { readonly fromMs: number; readonly untilMs: number; readonly afterSeq: number; readonly throughSeq: number },
  limit: number,
): Promise<readonly ListedEntry[]> {
  return await tx
    .selectFrom('entry')
    .select(['seq', 'wall_ms as wallMs', 'type', 'officer_id as officerId', 'cash_session_id as cashSessionId', 'hash'])
    .where('seq', '>', period.afterSeq)
    .where('seq', '<=', period.throughSeq)
    .where('wall_ms', '>=', period.fromMs)
    .where('wall_ms', '<', period.untilMs)
    .orderBy('seq')
    .limit(limit)
    .execute();
}
