import { roughCash } from '../../../domain/cash-session.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx } from '../db/open.ts';
import { prepared } from '../db/prepared.ts';
import type { DrawerAccount } from '../db/schema-counter.ts';
import { findOpenSession, readSessionsInSafe } from './cash-store.ts';

const DRAWER_ACCOUNTS = [
  'cash-drawer',
  'float',
  'safe-or-courier',
  'bank-in-transit',
] as const satisfies readonly DrawerAccount[];

const selectBalances = prepared()((from) => from.selectFrom('drawer_balance').selectAll());

/** Balances of the drawer's accounts, kept by a trigger of the ledger: a sum over the lines would grow with the years. */
async function balanceOf(tx: ReadTx, accounts: readonly DrawerAccount[]): Promise<Rupiah> {
  const own = selectBalances(tx, {}).filter(({ account }) => accounts.includes(account));
  return rupiah(own.reduce((sum, { amount }) => sum + amount, 0));
}

/** Cash at this counter that no bank has: drawer with its float, and safe. What the cap of the drawer is held against. */
export function drawerCash(tx: ReadTx): Promise<Rupiah> {
  return balanceOf(tx, ['cash-drawer', 'safe-or-courier']);
}

/** Cash in the safe or with the courier, from closed sessions. */
export function safeCash(tx: ReadTx): Promise<Rupiah> {
  return balanceOf(tx, ['safe-or-courier']);
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
