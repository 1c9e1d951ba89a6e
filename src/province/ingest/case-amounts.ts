import type { EntryBody } from '../../contract/journal-entry.ts';
import { topUpLedgerLines, waivedShortLedgerLines } from '../../domain/case-ledger.ts';
import { type Rupiah, sumRupiah } from '../../domain/rupiah.ts';
import type { ReadBody } from './typed-body.ts';

type Line = { readonly account: string; readonly amount: Rupiah };

const inOrder = (lines: readonly Line[]): string =>
  lines
    .map(({ account, amount }) => `${account}=${amount}`)
    .sort()
    .join(' ');

const sumOf = (parts: readonly { readonly amount: Rupiah }[]): Rupiah => sumRupiah(parts.map(({ amount }) => amount));

function topUpAddsUp(body: EntryBody<'shortfall.collected'>): boolean {
  const { parts, total, rounding, payable, tendered, change, ledgerLines } = body;
  const sums = sumOf(parts) === total && total === payable + rounding && tendered - change === payable;
  return sums && total > 0 && inOrder(topUpLedgerLines({ parts, payable, rounding })) === inOrder(ledgerLines);
}

function waiverAddsUp({ parts, total, ledgerLines }: EntryBody<'shortfall.waived'>): boolean {
  return sumOf(parts) === total && total > 0 && inOrder(waivedShortLedgerLines(parts)) === inOrder(ledgerLines);
}

function cashRefundAddsUp({ amount, ledgerLines }: EntryBody<'refund.paid-in-cash'>): boolean {
  const drawer = ledgerLines.filter(({ account }) => account === 'cash-drawer');
  return amount > 0 && sumOf(drawer) === -amount;
}

/** Whether the sums and ledger lines of what people did about a case follow from each other; true for every other entry. */
export function caseAddsUp(read: ReadBody): boolean {
  if (read.type === 'shortfall.collected') return topUpAddsUp(read.body);
  if (read.type === 'shortfall.waived') return waiverAddsUp(read.body);
  if (read.type === 'refund.paid-in-cash') return cashRefundAddsUp(read.body);
  if (read.type !== 'refund.requested') return true;
  const { parts, amount, whole } = read.body;
  // A refund of everything adds fee and rounding, which only the sale knows: the worker holds it against the sale.
  return amount > 0 && (whole || sumOf(parts) === amount);
}
