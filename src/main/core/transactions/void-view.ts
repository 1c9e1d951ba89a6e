import type { TransactionView } from '../../../contract/views-transaction.ts';
import type { StoredCashSession } from '../cash/cash-store.ts';
import type { ReadTx } from '../db/open.ts';
import type { DeliveryState } from '../db/schema-counter.ts';
import { bodyOf } from '../journal/entry-text.ts';
import type { Journal } from '../journal/journal.ts';
import type { Sale } from './sale-store.ts';

/** What its entry says of the void of a sale; null where it stands. */
export async function voidOf(
  tx: ReadTx,
  journal: Pick<Journal, 'find'>,
  { voided }: Pick<Sale, 'voided'>,
): Promise<TransactionView['voided']> {
  if (voided === null) return null;
  const entry = await journal.find(tx, voided.seq);
  if (entry === undefined) throw new Error('a void without its entry');
  const { voidNumber, reason, approvedBy } = bodyOf('transaction.voided', entry);
  return { voidNumber, at: voided.at, reason, approvedBy };
}

/** Whether the counter may still take a sale back: only while nothing of it left, and in the cash session that took it. */
export function voidability(
  sale: Pick<Sale, 'voided' | 'cashSessionId' | 'means'>,
  delivery: DeliveryState,
  session: Pick<StoredCashSession, 'cashSessionId' | 'state'> | undefined,
): TransactionView['mayVoid'] {
  if (sale.voided !== null) return 'voided';
  // A provider has the money: no drawer can give it back.
  if (sale.means !== 'cash') return 'not-cash';
  if (delivery !== 'queued') return 'sent';
  if (session?.state !== 'open') return 'no-session';
  return session.cashSessionId === sale.cashSessionId ? 'yes' : 'other-session';
}
