import type { Insertable, OperationNodeSource } from 'kysely';
import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import type { Tx } from '../db/open.ts';
import type { Database } from '../db/schema.ts';
import type { ReadBody } from './typed-body.ts';

/** What entries of counters say of cash on its way to a bank; the money itself is in their ledger lines. */
export type DrawerWrites = { readonly deposits: Insertable<Database['deposit']>[] };

/** An accepted entry; `receivedAt` in ms UTC. */
type Taken = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
};

/** Collects the deposits that a bank will confirm; entries of other kinds say nothing. */
export function addDrawer(writes: DrawerWrites, { envelope, hash, read, receivedAt }: Taken): void {
  if (read.type !== 'cash.deposited') return;
  const { depositId, amount, depositedOn, bank, slipNumber, dispatchId } = read.body;
  writes.deposits.push({
    device_id: envelope.deviceId,
    deposit_id: depositId,
    hash,
    amount,
    deposited_on: depositedOn,
    bank,
    slip_number: slipNumber,
    dispatch_id: dispatchId ?? null,
    received_at: receivedAt,
  });
}

/** What was collected, to be written, each deposit once. */
export function drawerRows(tx: Tx, { deposits }: DrawerWrites): readonly OperationNodeSource[] {
  if (deposits.length === 0) return [];
  const rows = tx.insertInto('deposit').values(deposits);
  return [rows.onConflict((conflict) => conflict.columns(['device_id', 'deposit_id']).doNothing())];
}
