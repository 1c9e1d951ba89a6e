import type { EntryBody } from '../../contract/journal-entry.ts';
import {
  carriedLedgerLines,
  leavingLedgerLines,
  lossLedgerLines,
  storedLedgerLines,
} from '../../domain/drawer-lines.ts';
import { depositLedgerLines, floatLedgerLines, type LedgerLine } from '../../domain/ledger-lines.ts';
import type { Rupiah } from '../../domain/rupiah.ts';
import type { ReadBody } from './typed-body.ts';

type Line = { readonly account: string; readonly amount: Rupiah };

const inOrder = (lines: readonly Line[]): string =>
  lines
    .map(({ account, amount }) => `${account}=${amount}`)
    .sort()
    .join(' ');

/** Whether an entry moves exactly what its body says. */
function moves(body: { readonly amount: Rupiah; readonly ledgerLines: readonly Line[] }, lines: readonly LedgerLine[]) {
  return body.amount > 0 && inOrder(body.ledgerLines) === inOrder(lines);
}

/** What lies in the drawer after a hand-over is what was counted before it. */
function handOverAddsUp({ counted, float, carried, ledgerLines }: EntryBody<'cash-session.handed-over'>): boolean {
  return float + carried === counted && inOrder(ledgerLines) === inOrder(carriedLedgerLines(carried));
}

/** A deposit comes from the drawer or from the safe; nothing else goes to a bank. */
function depositAddsUp(body: EntryBody<'cash.deposited'>): boolean {
  return (['cash-drawer', 'safe-or-courier'] as const).some((from) =>
    moves(body, depositLedgerLines(from, body.amount)),
  );
}

/** Whether the money of an entry of the drawer's day is possible; entries of other kinds are. */
export function drawerAddsUp(read: ReadBody): boolean {
  if (read.type === 'cash.deposited') return depositAddsUp(read.body);
  if (read.type === 'cash-session.handed-over') return handOverAddsUp(read.body);
  if (read.type === 'cash.courier-settled') return read.body.handed === read.body.accepted + read.body.refused;
  if (read.type === 'cash.moved') return moves(read.body, floatLedgerLines(read.body.direction, read.body.amount));
  if (read.type === 'cash.stored') return moves(read.body, storedLedgerLines(read.body.amount));
  if (read.type === 'cash.written-off') return moves(read.body, lossLedgerLines(read.body.amount));
  if (read.type !== 'cash.dispatched' && read.type !== 'cash.refused-by-bank') return true;
  return moves(read.body, leavingLedgerLines(read.body.from, read.body.amount));
}
