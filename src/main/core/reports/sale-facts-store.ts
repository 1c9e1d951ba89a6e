import { sql } from 'kysely';
import type { CentralState } from '../db/schema-counter.ts';
import type { ReadTx } from '../db/tx.ts';
import type { EntryScope } from './report-store.ts';

/** A sale of a period as signals and quality see it; nothing of a person. */
export type SaleRow = {
  readonly seq: number;
  readonly transactionId: string;
  readonly cashSessionId: string;
  /** ms UTC. */
  readonly at: number;
  readonly officerId: string;
  /** Keyed mark of plate and period. */
  readonly subject: string;
  readonly amount: number;
  readonly central: CentralState;
  readonly figure: string;
  /** Papers that were asked for and not brought. */
  readonly missingPapers: number;
};

/** Sales of a period, in the order of the journal. */
export async function salesOfPeriod(tx: ReadTx, scope: EntryScope): Promise<readonly SaleRow[]> {
  const { rows } = await sql<SaleRow>`
    SELECT s.seq AS seq, s.transaction_id AS "transactionId", s.cash_session_id AS "cashSessionId", s.paid_at AS at,
      s.officer_id AS "officerId", s.nrkb_index || ' ' || s.period_until AS subject, s.payable AS amount,
      s.central AS central, e.text ->> '$.body.figure' AS figure,
      (SELECT count(*) FROM json_each(e.text, '$.body.documents') d WHERE d.value ->> 'present' = 0) AS "missingPapers"
    FROM sale s JOIN entry e ON e.seq = s.seq
    WHERE s.paid_at >= ${scope.fromMs} AND s.paid_at < ${scope.untilMs} AND s.seq <= ${scope.headSeq}
      AND s.cash_session_id IS NOT ${scope.hiddenSessionId ?? null}
      AND (${scope.officerId ?? null} IS NULL OR s.officer_id = ${scope.officerId ?? null})
      AND (${scope.cashSessionId ?? null} IS NULL OR s.cash_session_id = ${scope.cashSessionId ?? null})
    ORDER BY s.seq`.execute(tx);
  return rows;
}

/** What became of services that were begun: paid, kept as an arrival, given up. */
export async function draftStates(tx: ReadTx, transactionIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  for (let at = 0; at < transactionIds.length; at += 500) {
    const rows = await tx
      .selectFrom('draft')
      .select(['transaction_id', 'state'])
      .where('transaction_id', 'in', transactionIds.slice(at, at + 500))
      .execute();
    for (const row of rows) states.set(row.transaction_id, row.state);
  }
  return states;
}

/** Receipts that citizens hold for the sales of a session. */
export async function countSalesOf(tx: ReadTx, cashSessionId: string): Promise<number> {
  const row = await tx
    .selectFrom('sale')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('cash_session_id', '=', cashSessionId)
    .executeTakeFirst();
  return row?.n ?? 0;
}
