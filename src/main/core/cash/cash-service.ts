import type { Refusal } from '../../../contract/errors.ts';
import type { CashSessionView } from '../../../contract/views-counter.ts';
import { DENOMINATIONS, openCashSession, sumDenominations } from '../../../domain/cash-session.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession, insertSession, salesOfSession, type StoredCashSession } from './cash-store.ts';

export type CashService = {
  readonly current: () => Promise<CashSessionView | null>;
  readonly open: (
    signIn: SignIn,
    float: readonly { readonly denomination: number; readonly count: number }[],
  ) => Promise<Result<CashSessionView, Refusal<'CASH_SESSION_OPEN' | 'CASH_COUNT_INVALID'> | StorageRefusal>>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly timekeeper: Timekeeper;
  readonly events: EventsPort;
  readonly newId: () => string;
};

async function viewOf(tx: ReadTx, session: StoredCashSession): Promise<CashSessionView> {
  const { sales, total } = await salesOfSession(tx, session.cashSessionId);
  return {
    cashSessionId: session.cashSessionId,
    state: session.state,
    openedAt: session.openedAt,
    officerId: session.officerId,
    officerName: session.officerName,
    float: session.float,
    floatTotal: session.floatTotal,
    sales,
    salesTotal: total,
    expectedCash: rupiah(session.floatTotal + total),
  };
}

/** A count is of known notes and coins, each at most once. */
function isCount(float: readonly { readonly denomination: number }[]): boolean {
  const known: readonly number[] = DENOMINATIONS;
  const values = float.map((one) => one.denomination);
  return values.every((value) => known.includes(value)) && new Set(values).size === values.length;
}

export function createCashService({ db, journal, timekeeper, events, newId }: Deps): CashService {
  return {
    current: () =>
      db.read(async (tx) => {
        const session = await findOpenSession(tx);
        return session === undefined ? null : await viewOf(tx, session);
      }),
    open: async (signIn, float) => {
      if (!isCount(float)) return err({ code: 'CASH_COUNT_INVALID', path: ['float'] });
      const total = sumDenominations(Object.fromEntries(float.map((one) => [one.denomination, one.count])));
      const cashSessionId = newId();
      const opened = await journal.record(async (tx, append) => {
        if ((await findOpenSession(tx)) !== undefined) return err({ code: 'CASH_SESSION_OPEN' as const });
        const decision = openCashSession({
          cashSessionId,
          officer: { personId: signIn.officerId, role: 'officer' },
          float: total,
          today: timekeeper.today(),
          unclosed: null,
        });
        if (!decision.ok) return err({ code: 'CASH_COUNT_INVALID' as const, path: ['float'] });
        const entry = append({
          type: 'cash-session.opened',
          stream: cashSessionId,
          officerId: signIn.officerId,
          cashSessionId,
          body: { float: [...float], total, ledgerLines: [...decision.value.ledgerLines] },
        });
        const session: StoredCashSession = {
          cashSessionId,
          state: 'open',
          openedAt: entry.wallMs,
          officerId: signIn.officerId,
          officerName: signIn.name,
          float: [...float],
          floatTotal: total,
        };
        await insertSession(tx, session);
        return ok(await viewOf(tx, session));
      });
      if (opened.ok) events.publish('cash-session');
      return opened;
    },
  };
}
