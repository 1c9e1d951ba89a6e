import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { cashCountSchema } from '../../../contract/journal-entry.ts';
import { moveCashSession, roughCash } from '../../../domain/cash-session.ts';
import { ok } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { CashSessionState, CounterTables, DrawerAccount } from '../db/schema-counter.ts';

const DRAWER_ACCOUNTS = [
  'cash-drawer',
  'float',
  'safe-or-courier',
  'bank-in-transit',
] as const satisfies readonly DrawerAccount[];

/** Word by word the condition of the partial index: a bound value is not known when the query is planned. */
const IS_IN_SAFE = sql<boolean>`in_safe > 0`;
/** The same for the one session that is at work. */
const IS_AT_WORK = sql<boolean>`state IN ('open', 'counted')`;

type Counts = z.infer<typeof cashCountSchema>;

/** A cash session as the projection holds it. */
export type StoredCashSession = {
  readonly cashSessionId: string;
  readonly state: CashSessionState;
  readonly openedAt: number;
  readonly officerId: string;
  readonly officerName: string;
  readonly float: Counts;
  readonly floatTotal: Rupiah;
  /** Change that came (positive) or left since the opening. */
  readonly floatMoved: Rupiah;
  /** Null until the count is on the disk. */
  readonly counted: { readonly counts: Counts; readonly total: Rupiah; readonly countedAt: number } | null;
  readonly closeSeq: number | null;
  /** What it brought to the safe and is not deposited yet. */
  readonly inSafe: Rupiah;
  readonly varianceState: VarianceState;
};

/** Whether somebody must explain what a count came to. */
export type VarianceState = 'none' | 'tolerated' | 'open' | 'explained';

type Row = Selectable<CounterTables['cash_session']>;

function countedOf(row: Row): StoredCashSession['counted'] {
  const { counted_counts: counts, counted_total: total, counted_at: countedAt } = row;
  if (counts === null || total === null || countedAt === null) return null;
  return { counts: cashCountSchema.parse(JSON.parse(counts)), total: rupiah(total), countedAt };
}

const toSession = (row: Row): StoredCashSession => ({
  cashSessionId: row.cash_session_id,
  state: row.state,
  openedAt: row.opened_at,
  officerId: row.officer_id,
  officerName: row.officer_name,
  float: cashCountSchema.parse(JSON.parse(row.float_counts)),
  floatTotal: rupiah(row.float_total),
  floatMoved: rupiah(row.float_moved),
  counted: countedOf(row),
  closeSeq: row.close_seq,
  inSafe: rupiah(row.in_safe),
  varianceState: row.variance_state,
});

/** The one session that stands open or counted at this counter, if any. */
export async function findOpenSession(tx: ReadTx): Promise<StoredCashSession | undefined> {
  const row = await tx.selectFrom('cash_session').selectAll().where(IS_AT_WORK).executeTakeFirst();
  return row === undefined ? undefined : toSession(row);
}

export async function findSession(tx: ReadTx, cashSessionId: string): Promise<StoredCashSession | undefined> {
  const row = await tx
    .selectFrom('cash_session')
    .selectAll()
    .where('cash_session_id', '=', cashSessionId)
    .executeTakeFirst();
  return row === undefined ? undefined : toSession(row);
}

/** The session that was closed last. */
export async function findLastClosed(tx: ReadTx): Promise<StoredCashSession | undefined> {
  const row = await tx
    .selectFrom('cash_session')
    .selectAll()
    .where('close_seq', 'is not', null)
    .orderBy('close_seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toSession(row);
}

/** A session as it is opened. */
export type NewCashSession = Omit<
  StoredCashSession,
  'counted' | 'closeSeq' | 'inSafe' | 'floatMoved' | 'varianceState'
>;

export async function insertSession(tx: WriteTx, session: NewCashSession): Promise<void> {
  await tx
    .insertInto('cash_session')
    .values({
      cash_session_id: session.cashSessionId,
      state: session.state,
      opened_at: session.openedAt,
      officer_id: session.officerId,
      officer_name: session.officerName,
      float_counts: JSON.stringify(session.float),
      float_total: session.floatTotal,
    })
    .execute();
}

/** Saves the count and ends selling in this session; the database refuses to change it afterwards. */
export async function putCount(
  tx: WriteTx,
  cashSessionId: string,
  counted: { readonly counts: Counts; readonly total: Rupiah; readonly countedAt: number },
): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({
      state: 'counted',
      counted_counts: JSON.stringify(counted.counts),
      counted_total: counted.total,
      counted_at: counted.countedAt,
    })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

export async function putClosed(
  tx: WriteTx,
  cashSessionId: string,
  closed: {
    readonly closedAt: number;
    readonly closeSeq: number;
    readonly inSafe: Rupiah;
    readonly variance: Rupiah;
    readonly varianceState: VarianceState;
  },
): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({
      state: 'closed',
      closed_at: closed.closedAt,
      close_seq: closed.closeSeq,
      in_safe: closed.inSafe,
      variance: closed.variance,
      variance_state: closed.varianceState,
    })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

/** Sessions whose cash lies in the safe, oldest first: the order in which a deposit takes it. */
export async function readSessionsInSafe(tx: ReadTx): Promise<readonly StoredCashSession[]> {
  const rows = await tx.selectFrom('cash_session').selectAll().where(IS_IN_SAFE).orderBy('close_seq').execute();
  return rows.map(toSession);
}

/** Takes what was deposited out of a session's part of the safe; a session with nothing left is deposited. */
export async function putInSafe(tx: WriteTx, session: StoredCashSession, inSafe: Rupiah): Promise<void> {
  const moved = inSafe === 0 ? moveCashSession(session.state, 'deposit-all') : ok(session.state);
  await tx
    .updateTable('cash_session')
    .set({ in_safe: inSafe, state: moved.ok ? moved.value : session.state })
    .where('cash_session_id', '=', session.cashSessionId)
    .execute();
}

/** Change that came to the drawer of a session (positive) or left it, beside what moved before. */
export async function putFloatMoved(tx: WriteTx, cashSessionId: string, floatMoved: Rupiah): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({ float_moved: floatMoved })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

/** Word by word the condition of the partial index. */
const IS_UNEXPLAINED = sql<boolean>`variance_state = 'open'`;

/** A closed session whose variance waits for a supervisor. */
export type Unexplained = {
  readonly cashSessionId: string;
  readonly officerName: string;
  readonly closedAt: number;
  readonly countedTotal: Rupiah;
  readonly variance: Rupiah;
};

/** Variances that nobody has explained yet, oldest first. */
export async function readUnexplained(tx: ReadTx): Promise<readonly Unexplained[]> {
  const rows = await tx
    .selectFrom('cash_session')
    .select(['cash_session_id', 'officer_name', 'closed_at', 'counted_total', 'variance'])
    .where(IS_UNEXPLAINED)
    .orderBy('close_seq')
    .execute();
  return rows.map((row) => ({
    cashSessionId: row.cash_session_id,
    officerName: row.officer_name,
    closedAt: row.closed_at ?? 0,
    countedTotal: rupiah(row.counted_total ?? 0),
    variance: rupiah(row.variance ?? 0),
  }));
}

/** Somebody has explained the variance of a closed session. */
export async function putExplained(tx: WriteTx, cashSessionId: string): Promise<void> {
  await tx
    .updateTable('cash_session')
    .set({ variance_state: 'explained' })
    .where('cash_session_id', '=', cashSessionId)
    .execute();
}

/** Sales of one session that stand: how many, and the cash they brought. */
export async function salesOfSession(
  tx: ReadTx,
  cashSessionId: string,
): Promise<{ readonly sales: number; readonly total: Rupiah }> {
  const row = await tx
    .selectFrom('sale')
    .select((eb) => [eb.fn.countAll<number>().as('sales'), eb.fn.sum<number | null>('payable').as('total')])
    .where('cash_session_id', '=', cashSessionId)
    .where('void_seq', 'is', null)
    .executeTakeFirstOrThrow();
  return { sales: row.sales, total: rupiah(row.total ?? 0) };
}

/** Balances of the drawer's accounts, kept by a trigger of the ledger: a sum over the lines would grow with the years. */
async function balanceOf(tx: ReadTx, accounts: readonly DrawerAccount[]): Promise<Rupiah> {
  const row = await tx
    .selectFrom('drawer_balance')
    .select((eb) => eb.fn.sum<number | null>('amount').as('sum'))
    .where('account', 'in', [...accounts])
    .executeTakeFirstOrThrow();
  return rupiah(row.sum ?? 0);
}

/** Cash at this counter that no bank has: drawer with its float, and safe. What the cap of the drawer is held against. */
export function drawerCash(tx: ReadTx): Promise<Rupiah> {
  return balanceOf(tx, ['cash-drawer', 'safe-or-courier']);
}

/** Cash in the safe or with the courier, from closed sessions. */
export function safeCash(tx: ReadTx): Promise<Rupiah> {
  return balanceOf(tx, ['safe-or-courier']);
}

/** Handed to a bank and not confirmed by it. */
export function unconfirmedDeposits(tx: ReadTx): Promise<Rupiah> {
  return balanceOf(tx, ['bank-in-transit']);
}

/** Cash of the citizens in the drawer: without the float of the session, which is the cooperative's own. */
export async function drawerTakings(tx: ReadTx): Promise<Rupiah> {
  const drawer = await balanceOf(tx, ['cash-drawer']);
  const session = await findOpenSession(tx);
  return rupiah(drawer - (session === undefined ? 0 : session.floatTotal + session.floatMoved));
}

/** Cash taken from citizens and not yet deposited, and whether a screen must round it: no drawer is counted by the screen. */
export async function undepositedCash(tx: ReadTx): Promise<{ readonly amount: Rupiah; readonly rough: boolean }> {
  const session = await findOpenSession(tx);
  const [drawer, safe] = [await drawerTakings(tx), await safeCash(tx)];
  const rough = session?.state === 'open';
  return { amount: rupiah(Math.max(0, (rough ? roughCash(drawer) : drawer) + safe)), rough };
}

/** Accounts whose running balance is not the sum of their lines, or not that of the closed sessions: a projection that cannot be trusted. */
export async function wrongDrawerBalances(tx: ReadTx): Promise<readonly DrawerAccount[]> {
  const sums = await tx
    .selectFrom('ledger_line')
    .select((eb) => ['account', eb.fn.sum<number>('amount').as('amount')] as const)
    .where('account', 'in', [...DRAWER_ACCOUNTS])
    .groupBy('account')
    .execute();
  const balances = await tx.selectFrom('drawer_balance').selectAll().execute();
  const inSafe = (await readSessionsInSafe(tx)).reduce((sum, session) => sum + session.inSafe, 0);
  return DRAWER_ACCOUNTS.filter((account) => {
    const [sum, balance] = [sums, balances].map((rows) => rows.find((row) => row.account === account)?.amount ?? 0);
    return sum !== balance || (account === 'safe-or-courier' && balance !== inSafe);
  });
}
