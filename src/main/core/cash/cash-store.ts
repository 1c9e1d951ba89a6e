import type { z } from 'zod';
import { cashCountSchema } from '../../../contract/journal-entry.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { CashSessionState, DrawerAccount } from '../db/schema-counter.ts';

const DRAWER_ACCOUNTS = ['cash-drawer', 'float'] as const satisfies readonly DrawerAccount[];

/** A cash session as the projection holds it. */
export type StoredCashSession = {
  readonly cashSessionId: string;
  readonly state: CashSessionState;
  readonly openedAt: number;
  readonly officerId: string;
  readonly officerName: string;
  readonly float: z.infer<typeof cashCountSchema>;
  readonly floatTotal: Rupiah;
};

/** The one session that stands open at this counter, if any. */
export async function findOpenSession(tx: ReadTx): Promise<StoredCashSession | undefined> {
  const row = await tx
    .selectFrom('cash_session')
    .selectAll()
    .where('state', 'in', ['open', 'counted'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    cashSessionId: row.cash_session_id,
    state: row.state,
    openedAt: row.opened_at,
    officerId: row.officer_id,
    officerName: row.officer_name,
    float: cashCountSchema.parse(JSON.parse(row.float_counts)),
    floatTotal: rupiah(row.float_total),
  };
}

export async function insertSession(tx: WriteTx, session: StoredCashSession): Promise<void> {
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

/** Sales of one session: how many, and the cash they brought. */
export async function salesOfSession(
  tx: ReadTx,
  cashSessionId: string,
): Promise<{ readonly sales: number; readonly total: Rupiah }> {
  const row = await tx
    .selectFrom('sale')
    .select((eb) => [eb.fn.countAll<number>().as('sales'), eb.fn.sum<number | null>('payable').as('total')])
    .where('cash_session_id', '=', cashSessionId)
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

/** Cash that the ledger says is in the drawer, the float included; whole rupiah. */
export function drawerCash(tx: ReadTx): Promise<Rupiah> {
  return balanceOf(tx, ['cash-drawer']);
}

/** Cash taken from citizens and not yet deposited: the drawer without the float, which is the cooperative's own. */
export function undepositedCash(tx: ReadTx): Promise<Rupiah> {
  return balanceOf(tx, ['cash-drawer', 'float']);
}

/** Accounts whose running balance is not the sum of their lines: a projection that cannot be trusted. */
export async function wrongDrawerBalances(tx: ReadTx): Promise<readonly DrawerAccount[]> {
  const sums = await tx
    .selectFrom('ledger_line')
    .select((eb) => ['account', eb.fn.sum<number>('amount').as('amount')] as const)
    .where('account', 'in', [...DRAWER_ACCOUNTS])
    .groupBy('account')
    .execute();
  const balances = await tx.selectFrom('drawer_balance').selectAll().execute();
  return DRAWER_ACCOUNTS.filter((account) => {
    const [sum, balance] = [sums, balances].map((rows) => rows.find((row) => row.account === account)?.amount ?? 0);
    return sum !== balance;
  });
}
