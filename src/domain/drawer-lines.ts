import { assertBalanced, type LedgerLine } from './ledger-lines.ts';
import { type Rupiah, rupiah } from './rupiah.ts';

/** What moves cash of the citizens on its way from the drawer to the bank, beside a deposit with its slip. */
function moved(from: LedgerLine['account'], to: LedgerLine['account'], amount: Rupiah): readonly LedgerLine[] {
  return assertBalanced([
    { account: to, amount },
    { account: from, amount: rupiah(-amount) },
  ]);
}

/** Cash out of an open drawer into the safe, or into the hands of a courier: one account (OPOP-Sync/1, section 13). */
export function storedLedgerLines(amount: Rupiah): readonly LedgerLine[] {
  return moved('cash-drawer', 'safe-or-courier', amount);
}

/** What the officer before left in the drawer for the next one; nothing for nothing. */
export function carriedLedgerLines(amount: Rupiah): readonly LedgerLine[] {
  return amount === 0 ? [] : moved('safe-or-courier', 'cash-drawer', amount);
}

/** Cash that is no cash, or is gone: a false note, or what never arrived; by a supervisor's word only. */
export function lossLedgerLines(amount: Rupiah): readonly LedgerLine[] {
  return moved('safe-or-courier', 'cash-loss', amount);
}

/** What goes with a courier, or comes back from a teller, is in the safe's account: it moves only where it was in an open drawer. */
export function leavingLedgerLines(from: 'drawer' | 'safe', amount: Rupiah): readonly LedgerLine[] {
  return from === 'drawer' ? storedLedgerLines(amount) : [];
}
