import { type Rupiah, rupiah, ZERO_RUPIAH } from '../../../domain/rupiah.ts';
import type { ReadTx } from '../db/open.ts';

/** What moved in the drawer of one session, by its reason; the parts sum to `expected`, whatever kinds of entries come later. */
export type DrawerSums = {
  readonly float: Rupiah;
  readonly floatMoved: Rupiah;
  /** Left by the officer before. */
  readonly carried: Rupiah;
  readonly sales: Rupiah;
  /** Cash that went back for a sale that was taken back; below zero. */
  readonly voids: Rupiah;
  /** Every other cash that went back to a citizen; below zero. */
  readonly refunds: Rupiah;
  /** To a bank, the safe or a courier in the middle of the day; below zero. */
  readonly left: Rupiah;
  readonly expected: Rupiah;
  /** Given away by rounding: its own account, no part of the drawer. */
  readonly rounding: Rupiah;
};

const LEFT = ['cash.deposited', 'cash.stored', 'cash.dispatched', 'cash.refused-by-bank'];
const NAMED = [
  'cash-session.opened',
  'cash.moved',
  'cash-session.handed-over',
  'transaction.paid',
  'shortfall.collected',
  'transaction.voided',
];

/** Sums of one session by the ledger lines of its entries, without its close, which empties the drawer. */
export async function readDrawerSums(tx: ReadTx, cashSessionId: string): Promise<DrawerSums> {
  const rows = await tx
    .selectFrom('ledger_line')
    .innerJoin('entry', 'entry.seq', 'ledger_line.entry_seq')
    .select(
      (eb) => ['entry.type', 'ledger_line.account', eb.fn.sum<number>('ledger_line.amount').as('amount')] as const,
    )
    .where('ledger_line.cash_session_id', '=', cashSessionId)
    .where('ledger_line.account', 'in', ['cash-drawer', 'rounding'])
    .where('entry.type', '<>', 'cash-session.closed')
    .groupBy(['entry.type', 'ledger_line.account'])
    .execute();
  const drawer = new Map(rows.filter((row) => row.account === 'cash-drawer').map((row) => [row.type, row.amount]));
  const of = (type: string): Rupiah => rupiah(drawer.get(type) ?? 0);
  const sum = (amounts: Iterable<number>): Rupiah => rupiah([...amounts].reduce((total, amount) => total + amount, 0));
  const others = [...drawer].filter(([type]) => !LEFT.includes(type) && !NAMED.includes(type));
  return {
    float: of('cash-session.opened'),
    floatMoved: of('cash.moved'),
    carried: of('cash-session.handed-over'),
    // What completes a sale is part of what was taken for it.
    sales: sum([of('transaction.paid'), of('shortfall.collected')]),
    voids: of('transaction.voided'),
    refunds: sum(others.map(([, amount]) => amount)),
    left: sum(LEFT.map(of)),
    expected: drawer.size === 0 ? ZERO_RUPIAH : sum(drawer.values()),
    rounding: sum(rows.filter((row) => row.account === 'rounding').map((row) => row.amount)),
  };
}
