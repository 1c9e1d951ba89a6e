import type { CashStandingView, DepositView } from '../../../contract/views-cash.ts';
import { roughCash } from '../../../domain/cash-session.ts';
import { addDays, startOfLocalDate } from '../../../domain/local-date.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { Db, ReadTx } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';
import { readPolicy } from '../rules/rules-in-force.ts';
import { readCashEvents } from './cash-event-store.ts';
import { findLastClosed, findLastFloat, findOpenSession } from './cash-store.ts';
import { viewOfClosed } from './close-session.ts';
import { confirmedSince, unconfirmedDeposits } from './confirmation-store.ts';
import { readDoubts, readOpenLegs } from './courier-store.ts';
import { readDeposits } from './deposit-store.ts';
import { drawerTakings } from './drawer-balance-store.ts';
import { readDepositDue } from './oldest-cash.ts';
import { readSafeParts } from './safe-part.ts';

const SHOWN_DEPOSITS = 50;
const SHOWN_EVENTS = 200;
/** For how many days back the bank's word is shown as one figure. */
const CONFIRMED_DAYS = 31;

export type StandingService = { readonly standing: () => Promise<CashStandingView> };

/** Where the cash of this counter is, and what happened with it today. */
export function createStandingService(deps: {
  readonly db: Db;
  readonly journal: Journal;
  readonly timekeeper: Timekeeper;
  /** How many pages are kept of each of these streams; documents are another room. */
  readonly pagesOf: (tx: ReadTx, streams: readonly string[]) => Promise<ReadonlyMap<string, number>>;
}): StandingService {
  const { db, journal, timekeeper, pagesOf } = deps;

  const deposits = async (tx: ReadTx): Promise<DepositView[]> => {
    const stored = await readDeposits(tx, SHOWN_DEPOSITS);
    const ids = stored.map(({ depositId }) => depositId);
    const pages = await pagesOf(tx, ids);
    return stored.map(({ seq: _seq, dispatchId, ...deposit }) => ({
      ...deposit,
      byCourier: dispatchId !== null,
      pages: pages.get(deposit.depositId) ?? 0,
    }));
  };

  const lastClosed = async (tx: ReadTx): Promise<CashStandingView['lastClosed']> => {
    const session = await findLastClosed(tx);
    if (session === undefined) return null;
    return (await viewOfClosed({ journal }, tx, session.cashSessionId)) ?? null;
  };

  /** Rough while a drawer stands open that must be counted blind. */
  const inDrawer = async (tx: ReadTx): Promise<{ drawer: Rupiah; rough: boolean }> => {
    const rough = (await findOpenSession(tx))?.state === 'open';
    const takings = await drawerTakings(tx);
    return { rough, drawer: rough ? roughCash(takings) : rupiah(Math.max(0, takings)) };
  };

  return {
    standing: () =>
      db.read(async (tx) => {
        const today = timekeeper.today();
        const { depositable, courier, doubtful } = await readSafeParts(tx);
        return {
          ...(await inDrawer(tx)),
          safe: depositable,
          courier,
          doubtful,
          inTransit: await unconfirmedDeposits(tx),
          confirmed: await confirmedSince(tx, addDays(today, -CONFIRMED_DAYS)),
          due: await readDepositDue(tx, await readPolicy(tx), timekeeper.now()),
          couriers: (await readOpenLegs(tx)).map(
            ({ dispatchId, dispatchNumber, amount, dispatchedAt, officerName }) => ({
              dispatchId,
              dispatchNumber,
              amount,
              dispatchedAt,
              officerName,
            }),
          ),
          doubts: (await readDoubts(tx)).flatMap(({ refusalId, reason, amount, refusedAt, officerName }) =>
            reason === 'torn' ? [] : [{ refusalId, reason, amount, refusedAt, officerName }],
          ),
          events: await readCashEvents(tx, startOfLocalDate(today), SHOWN_EVENTS),
          lastFloat: await findLastFloat(tx),
          lastClosed: await lastClosed(tx),
          deposits: await deposits(tx),
        };
      }),
  };
}
