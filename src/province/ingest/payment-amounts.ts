import type { EntryBody } from '../../contract/journal-entry.ts';
import { paidTwiceLedgerLines } from '../../domain/ledger-lines.ts';

type Line = { readonly account: string; readonly amount: number };

const inOrder = (lines: readonly Line[]): string =>
  lines
    .map(({ account, amount }) => `${account}=${amount}`)
    .sort()
    .join(' ');

/** What a provider took is taken to the rupiah: nothing is rounded, nothing goes back. True for cash. */
export function providerSaleAddsUp({ paidBy, rounding, change }: EntryBody<'transaction.paid'>): boolean {
  return paidBy === undefined || (rounding === 0 && change === 0);
}

/** Money that came twice lies with the provider and is owed to the payer, whole. */
export function paidTwiceAddsUp({ amount, ledgerLines }: EntryBody<'payment.paid-twice'>): boolean {
  return amount > 0 && inOrder(paidTwiceLedgerLines(amount)) === inOrder(ledgerLines);
}
