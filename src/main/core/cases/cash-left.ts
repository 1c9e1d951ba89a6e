import type { ReadTx } from '../db/open.ts';

/** Entries by which cash leaves an open drawer for the safe, a courier or a bank. */
const LEAVING = ['cash.deposited', 'cash.stored', 'cash.dispatched', 'cash-session.closed', 'cash-session.handed-over'];

/** Whether cash has left the drawer of a session after a place of the journal: what was taken then may be among it. */
export async function hasCashLeftSince(tx: ReadTx, cashSessionId: string, seq: number): Promise<boolean> {
  const row = await tx
    .selectFrom('entry')
    .innerJoin('ledger_line', 'ledger_line.entry_seq', 'entry.seq')
    .select('entry.seq')
    .where('ledger_line.cash_session_id', '=', cashSessionId)
    .where('entry.seq', '>', seq)
    .where('entry.type', 'in', LEAVING)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
