import { sql } from 'kysely';
import type { DepositDecision } from '../../../contract/feeds.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';

/** Keeps what the bank confirmed; the same decision again changes nothing, one for an unknown deposit is kept too. */
export async function insertConfirmation(tx: WriteTx, decision: DepositDecision): Promise<void> {
  await tx
    .insertInto('deposit_confirmation')
    .values({
      decision_id: decision.decisionId,
      deposit_id: decision.depositId,
      amount: decision.amount,
      confirmed_on: decision.confirmedOn,
      decided_at: decision.decidedAt,
    })
    .onConflict((conflict) => conflict.column('decision_id').doNothing())
    .execute();
}

/** Sum of what was confirmed of deposits of this counter, from a day on or ever. */
export async function confirmedTotal(tx: ReadTx, from?: LocalDate): Promise<Rupiah> {
  const all = tx
    .selectFrom('deposit_confirmation')
    .innerJoin('deposit', 'deposit.deposit_id', 'deposit_confirmation.deposit_id')
    .select((eb) => eb.fn.sum<number | null>('deposit_confirmation.amount').as('sum'));
  const row = await (from === undefined ? all : all.where('confirmed_on', '>=', from)).executeTakeFirstOrThrow();
  return rupiah(row.sum ?? 0);
}

/** What was confirmed of each of these deposits; one without a word is not in the answer. */
export async function confirmedOf(tx: ReadTx, depositIds: readonly string[]): Promise<ReadonlyMap<string, Rupiah>> {
  if (depositIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('deposit_confirmation')
    .select((eb) => ['deposit_id', eb.fn.sum<number>('amount').as('sum')] as const)
    .where('deposit_id', 'in', [...depositIds])
    .groupBy('deposit_id')
    .execute();
  return new Map(rows.map((row) => [row.deposit_id, rupiah(row.sum)]));
}

/** What of each deposit the bank has not confirmed, by the day on its slip; one that is confirmed whole is not in the answer. */
export async function readUnconfirmed(
  tx: ReadTx,
): Promise<readonly { readonly on: LocalDate; readonly amount: number }[]> {
  const { rows } = await sql<{ on: LocalDate; amount: number }>`
    SELECT deposited_on AS "on", open_amount AS amount FROM (
      SELECT deposited_on, seq, amount - coalesce((SELECT sum(c.amount) FROM deposit_confirmation AS c
        WHERE c.deposit_id = deposit.deposit_id), 0) AS open_amount FROM deposit)
    WHERE open_amount > 0 ORDER BY seq`.execute(tx);
  return rows;
}
