import { sql } from 'kysely';
import type { DepositDecision } from '../../../contract/feeds.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah, sumRupiah } from '../../../domain/rupiah.ts';
import { prepared } from '../db/prepared.ts';
import type { ReadTx, WriteTx } from '../db/tx.ts';

/** Word by word the condition of the partial index. */
const IS_UNCONFIRMED = sql<boolean>`confirmed < amount`;

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

/** Sum of what was confirmed of deposits of this counter from a day on. */
export async function confirmedSince(tx: ReadTx, from: LocalDate): Promise<Rupiah> {
  const row = await tx
    .selectFrom('deposit_confirmation')
    .innerJoin('deposit', 'deposit.deposit_id', 'deposit_confirmation.deposit_id')
    .select((eb) => eb.fn.sum<number | null>('deposit_confirmation.amount').as('sum'))
    .where('confirmed_on', '>=', from)
    .executeTakeFirstOrThrow();
  return rupiah(row.sum ?? 0);
}

const selectUnconfirmed = prepared()((from) =>
  from.selectFrom('deposit').select(['deposited_on', 'amount', 'confirmed']).where(IS_UNCONFIRMED).orderBy('seq'),
);

/** What of each deposit the bank has not confirmed, with the day on its slip; one that is confirmed whole is not in the answer. */
export async function readUnconfirmed(
  tx: ReadTx,
): Promise<readonly { readonly on: LocalDate; readonly amount: Rupiah }[]> {
  return selectUnconfirmed(tx, {}).map((row) => ({
    on: row.deposited_on as LocalDate, // written by insertDeposit only
    amount: rupiah(row.amount - row.confirmed),
  }));
}

/** Handed to a bank and not confirmed by it: the counter writes no entry for a confirmation, which is the province's word. */
export async function unconfirmedDeposits(tx: ReadTx): Promise<Rupiah> {
  return sumRupiah((await readUnconfirmed(tx)).map(({ amount }) => amount));
}
