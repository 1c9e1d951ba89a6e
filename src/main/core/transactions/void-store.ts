import { anyListed } from '../db/any-of.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { Sale } from './sale-store.ts';

/** Takes a sale back; the database refuses a second time. */
export async function putVoided(
  tx: WriteTx,
  transactionId: string,
  voided: NonNullable<Sale['voided']>,
): Promise<void> {
  await tx
    .updateTable('sale')
    .set({ void_seq: voided.seq, voided_at: voided.at, void_number: voided.number, stands_for: null })
    .where('transaction_id', '=', transactionId)
    .execute();
}

const selectVoided = prepared<{ seqs: string; lastSeq: number }>()((from, of) =>
  from
    .selectFrom('sale')
    .select('transaction_id')
    .where('seq', 'in', anyListed<number>(of('seqs')))
    .where('void_seq', '>', of('lastSeq')),
);

/** Which of these places are sales whose void stands at a place after `lastSeq`. */
export async function findVoidedAfter(
  tx: ReadTx,
  seqs: readonly number[],
  lastSeq: number,
): Promise<readonly string[]> {
  return selectVoided(tx, { seqs: JSON.stringify(seqs), lastSeq }).map((row) => row.transaction_id);
}

/** Whether a sale at one of these places, both ends included, has a void at a place after `lastSeq`. */
export async function isVoidedAfter(
  tx: ReadTx,
  { fromSeq, toSeq }: { readonly fromSeq: number; readonly toSeq: number },
  lastSeq: number,
): Promise<boolean> {
  const row = await tx
    .selectFrom('sale')
    .select('seq')
    .where('seq', '>=', fromSeq)
    .where('seq', '<=', toSeq)
    .where('void_seq', '>', lastSeq)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
