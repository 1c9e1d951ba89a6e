import type { CashSessionView, ClosedSessionView } from '../../../contract/views-cash.ts';
import { isForgotten } from '../../../domain/cash-session.ts';
import { type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah, subtractRupiah } from '../../../domain/rupiah.ts';
import { bodyOf, type StoredEntry } from '../journal/entry-text.ts';
import type { StoredCashSession } from './cash-store.ts';

/**
 * A session as a screen may know it: no sum of money but the float before the count is on the disk, because the count
 * is blind. `expected` is the sum of the session's ledger lines on the drawer, `today` the local day.
 */
export function sessionView(
  session: StoredCashSession,
  sold: { readonly sales: number; readonly total: Rupiah },
  { expected, today }: { readonly expected: Rupiah; readonly today: LocalDate },
): CashSessionView {
  const { cashSessionId, state, openedAt, officerId, officerName, float, floatTotal, floatMoved, counted, carried } =
    session;
  return {
    cashSessionId,
    state,
    openedAt,
    officerId,
    officerName,
    float,
    floatTotal,
    floatMoved,
    carried,
    pausedAt: session.pausedAt,
    forgotten: isForgotten({ state, openedOn: localDateAt(openedAt) }, today),
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
            depositedTotal: rupiah(floatTotal + floatMoved + carried + sold.total - expected),
          },
  };
}

/**
 * A closed session as its entry froze it; only what is still in the safe, and who took the drawer over, come from the
 * projection.
 */
export function closedSessionOf(
  session: StoredCashSession,
  entry: StoredEntry,
  handedTo: string | null,
): ClosedSessionView {
  const body = bodyOf('cash-session.closed', entry);
  const moved = (account: string): Rupiah =>
    body.ledgerLines.find((line) => line.account === account)?.amount ?? rupiah(0);
  const { cashSessionId, state, officerName, openedAt, floatTotal, inSafe, varianceState } = session;
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
    varianceState,
    floatReturned: moved('float'),
    toSafe: moved('safe-or-courier'),
    inSafe,
    firstSeq,
    lastSeq,
    head,
    handedTo,
  };
}
