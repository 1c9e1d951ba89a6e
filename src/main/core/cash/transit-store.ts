import { sql } from 'kysely';
import { localDateAt } from '../../../domain/local-date.ts';
import type { TransitMove } from '../../../domain/limits.ts';
import type { ReadTx } from '../db/open.ts';
import { bodyOf } from '../journal/entry-text.ts';

const ACCOUNT = 'bank-in-transit';

/** What went to the bank and what the bank confirmed, in the order of the journal; a deposit counts from the day on its slip. */
export async function readTransitMoves(tx: ReadTx): Promise<readonly TransitMove[]> {
  const rows = await tx
    .selectFrom('ledger_line')
    .innerJoin('entry', 'entry.seq', 'ledger_line.entry_seq')
    .select(['entry.type', 'entry.text', 'entry.wall_ms', 'ledger_line.amount'])
    // The condition of the partial index, word by word: a bound value is not known when the query is planned.
    .where('ledger_line.account', '=', sql.lit<string>(ACCOUNT))
    .orderBy('ledger_line.entry_seq')
    .execute();
  return rows.map(({ type, text, wall_ms: wallMs, amount }) => ({
    on: type === 'cash.deposited' ? bodyOf('cash.deposited', { type, text }).depositedOn : localDateAt(wallMs),
    amount,
  }));
}
