import type { CashSessionView, ClosedSessionView } from '../../../contract/views-cash.ts';
import { type Rupiah, rupiah, subtractRupiah } from '../../../domain/rupiah.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import type { StoredCashSession } from './cash-store.ts';

/**
 * A session as a screen may know it: no sum of money but the float before the count is on the disk, because the count
 * is blind. `expected` is the sum of the session's ledger lines on the drawer.
 */
export function sessionView(
  session: StoredCashSession,
  sold: { readonly sales: number; readonly total: Rupiah },
  expected: Rupiah,
): CashSessionView {
  const { cashSessionId, state, openedAt, officerId, officerName, float, floatTotal, counted } = session;
  return {
    cashSessionId,
    state,
    openedAt,
    officerId,
    officerName,
    float,
    floatTotal,
    sales: sold.sales,
    counted:
      counted === null
        ? null
        : {
            counts: counted.counts,
            total: counted.total,
            countedAt: counted.countedAt,
            expected,
            variance: subtractRupiah(counted.total, expected),
            salesTotal: sold.total,
            depositedTotal: rupiah(floatTotal + sold.total - expected),
          },
  };
}

/** A closed session as its entry froze it; only what is still in the safe comes from the projection. */
export function closedSessionOf(session: StoredCashSession, entry: StoredEntry): ClosedSessionView {
  const body = bodyOf('cash-session.closed', entry);
  const moved = (account: string): Rupiah =>
    body.ledgerLines.find((line) => line.account === account)?.amount ?? rupiah(0);
  const { cashSessionId, state, officerName, openedAt, floatTotal, inSafe } = session;
  const { sales, salesTotal, expected, counted, variance, firstSeq, lastSeq, head } = body;
  return {
    cashSessionId,
    state,
    officerName,
    openedAt,
    closedAt: entry.wallMs,
    floatTotal,
    sales,
    salesTotal,
    expected,
    counted,
    variance,
    floatReturned: moved('float'),
    toSafe: moved('safe-or-courier'),
    inSafe,
    firstSeq,
    lastSeq,
    head,
  };
}
