import type { LimitFacts } from '../../../domain/delivery-policy.ts';
import { agesOf, type LimitDates, unconfirmedDeposits } from '../../../domain/limits.ts';
import { type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import type { Policy } from '../../../domain/policy.ts';
import { readUnconfirmed } from '../cash/confirmation-store.ts';
import { drawerCash } from '../cash/drawer-balance-store.ts';
import type { ReadTx } from '../db/open.ts';
import type { readFreshness } from '../rules/rules-store.ts';
import { countUnsentMoney, readSyncState } from '../sync/delivery-store.ts';

/** What every limit is held against, in one view of the database: at pay and in the status bar the same. */
export type GatheredLimits = {
  readonly facts: Omit<LimitFacts, 'saleAmount'>;
  readonly dates: LimitDates;
};

const dayOf = (atMs: number | null | undefined): LocalDate | null =>
  atMs === null || atMs === undefined ? null : localDateAt(atMs);

export async function gatherLimits(
  tx: ReadTx,
  today: LocalDate,
  { rules, registry }: Awaited<ReturnType<typeof readFreshness>>,
  { bankHolidays }: Pick<Policy, 'bankHolidays'>,
): Promise<GatheredLimits> {
  const deposits = unconfirmedDeposits(await readUnconfirmed(tx));
  const dates: LimitDates = {
    lastContactOn: dayOf((await readSyncState(tx)).lastContactAt),
    rulesOn: dayOf(rules?.appliedAt),
    registryOn: dayOf(registry?.appliedAt),
    oldestDepositOn: deposits.oldestOn,
    bankHolidays,
  };
  return {
    dates,
    facts: {
      drawerCash: await drawerCash(tx),
      unconfirmedDeposits: deposits.total,
      unsent: await countUnsentMoney(tx),
      ...agesOf(dates, today),
    },
  };
}
