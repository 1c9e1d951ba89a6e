import type { CashEventView } from '../../../contract/views-cash.ts';
import type { EntryType } from '../../../contract/journal-entry.ts';
import type { ReadTx } from '../db/open.ts';
import { bodyOf } from '../journal/entry-text.ts';

type Told = { readonly amount: number | null; readonly note: string };
type Stored = { readonly type: string; readonly text: string };

const nothing: Told = { amount: null, note: '' };

/** How the entries of a drawer's day are told: what moved, negative when it left the drawer or the counter. */
const TOLD: { readonly [T in EntryType]?: (entry: Stored) => Told } = {
  'cash-session.opened': (entry) => ({ amount: bodyOf('cash-session.opened', entry).total, note: '' }),
  'cash-session.counted': (entry) => ({ amount: bodyOf('cash-session.counted', entry).total, note: '' }),
  'cash-session.closed': () => nothing,
  'cash-session.paused': () => nothing,
  'cash-session.resumed': (entry) => ({
    amount: null,
    note: String(bodyOf('cash-session.resumed', entry).minutes),
  }),
  'cash-session.taken-over': (entry) => ({ amount: null, note: bodyOf('cash-session.taken-over', entry).reason }),
  'cash-session.handed-over': (entry) => {
    const { counted, handOverNumber } = bodyOf('cash-session.handed-over', entry);
    return { amount: counted, note: handOverNumber };
  },
  'cash.moved': (entry) => {
    const { amount, direction, reason } = bodyOf('cash.moved', entry);
    return { amount: direction === 'in' ? amount : -amount, note: reason };
  },
  'cash.stored': (entry) => ({ amount: -bodyOf('cash.stored', entry).amount, note: '' }),
  'cash.dispatched': (entry) => {
    const { amount, dispatchNumber } = bodyOf('cash.dispatched', entry);
    return { amount: -amount, note: dispatchNumber };
  },
  'cash.deposited': (entry) => {
    const { amount, bank, slipNumber } = bodyOf('cash.deposited', entry);
    return { amount: -amount, note: `${bank} ${slipNumber}` };
  },
  // The deposit and each refused sum are events of their own.
  'cash.courier-settled': () => nothing,
  'cash.refused-by-bank': (entry) => {
    const { amount, reason } = bodyOf('cash.refused-by-bank', entry);
    return { amount, note: reason };
  },
  'cash.inspected': (entry) => {
    const { drawer, inspectionNumber } = bodyOf('cash.inspected', entry);
    return { amount: drawer.counted, note: inspectionNumber };
  },
  'cash.written-off': (entry) => {
    const { amount, reason } = bodyOf('cash.written-off', entry);
    return { amount: -amount, note: reason };
  },
  'shortfall.collected': (entry) => {
    const { payable, collectionNumber } = bodyOf('shortfall.collected', entry);
    return { amount: payable, note: collectionNumber };
  },
  'refund.paid-in-cash': (entry) => {
    const { amount, refundNumber } = bodyOf('refund.paid-in-cash', entry);
    return { amount: -amount, note: refundNumber };
  },
  'transaction.voided': (entry) => {
    const { returned, voidNumber } = bodyOf('transaction.voided', entry);
    return { amount: -returned, note: voidNumber };
  },
};

function tellingOf(type: string): ((entry: Stored) => Told) | undefined {
  const known: Readonly<Record<string, (entry: Stored) => Told>> = TOLD;
  return Object.hasOwn(known, type) ? known[type] : undefined;
}

/** What happened with cash since an instant (ms UTC), the newest first; sales have a list of their own. */
export async function readCashEvents(tx: ReadTx, sinceMs: number, limit: number): Promise<CashEventView[]> {
  const rows = await tx
    .selectFrom('cash_event')
    .innerJoin('entry', 'entry.seq', 'cash_event.seq')
    .leftJoin('officer', 'officer.officer_id', 'entry.officer_id')
    .select(['entry.seq', 'entry.type', 'entry.text', 'cash_event.at', 'officer.name', 'entry.officer_id'])
    .where('cash_event.at', '>=', sinceMs)
    .orderBy('cash_event.at', 'desc')
    .orderBy('cash_event.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.flatMap(({ seq, type, text, at, name, officer_id: officerId }) => {
    const tell = tellingOf(type);
    if (tell === undefined) return [];
    const { amount, note } = tell({ type, text });
    return [{ seq, at, type, amount: amount as CashEventView['amount'], officerName: name ?? officerId ?? '', note }]; // sums of rupiah amounts
  });
}
