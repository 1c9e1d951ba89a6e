import type { Refusal } from '../../../contract/errors.ts';
import type { CashSessionView, ClosedSessionView } from '../../../contract/views-cash.ts';
import { moveCashSession, openCashSession } from '../../../domain/cash-session.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { ZERO_RUPIAH } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { EventsPort } from '../ports.ts';
import {
  findOpenSession,
  findSession,
  insertSession,
  type NewCashSession,
  type StoredCashSession,
} from './cash-store.ts';
import { type CountAsked, type CountRefusal, questionOf } from './count-questions.ts';
import {
  type Counts,
  type DrawerDeps,
  totalOf,
  viewOfClosed,
  viewOfSession,
  writeClose,
  writeCount,
} from './close-session.ts';

export type OwnSessionCode = 'CASH_SESSION_CLOSED' | 'CASH_SESSION_OF_OTHER';
type Answer<T, C extends Refusal['code']> = Promise<Result<T, Refusal<C> | StorageRefusal>>;

export type CashService = {
  readonly current: () => Promise<CashSessionView | null>;
  readonly open: (signIn: SignIn, float: Counts) => Answer<CashSessionView, 'CASH_SESSION_OPEN' | 'CASH_COUNT_INVALID'>;
  /** Saves a blind count, once; the same count again answers the session as it stands. */
  readonly count: (
    signIn: SignIn,
    cashSessionId: string,
    counted: CountAsked,
  ) => Answer<CashSessionView, OwnSessionCode | 'CASH_SESSION_COUNTED' | CountRefusal['code']>;
  /** Freezes a counted session; a closed one answers what its entry says. */
  readonly close: (
    signIn: SignIn,
    cashSessionId: string,
  ) => Answer<ClosedSessionView, OwnSessionCode | 'CASH_SESSION_NOT_COUNTED'>;
};

type Deps = DrawerDeps & {
  readonly db: Db;
  readonly events: EventsPort;
  readonly newId: () => string;
};

/** The same notes and coins, whatever their order and whether a zero is written or not. */
function isSameCount(left: Counts, right: Counts): boolean {
  const text = (counts: Counts): string =>
    counts
      .filter(({ count }) => count > 0)
      .map(({ denomination, count }) => `${denomination}x${count}`)
      .sort()
      .join();
  return text(left) === text(right);
}

/** The session in hand, which only the officer who opened it counts and closes. */
export function ownSession(
  session: StoredCashSession | undefined,
  signIn: SignIn,
): Result<StoredCashSession, Refusal<OwnSessionCode>> {
  if (session === undefined) return err({ code: 'CASH_SESSION_CLOSED' });
  if (session.officerId === signIn.officerId) return ok(session);
  return err({ code: 'CASH_SESSION_OF_OTHER', details: { officer: session.officerName } });
}

export function createCashService(deps: Deps): CashService {
  const { db, journal, timekeeper, events, newId } = deps;
  const drawer: DrawerDeps = deps;
  const told = <R extends Result<unknown, unknown>>(result: R): R => {
    if (result.ok) events.publish('cash-session');
    return result;
  };

  const viewOf = (tx: ReadTx, session: StoredCashSession): Promise<CashSessionView> =>
    viewOfSession(drawer, tx, session);

  return {
    current: () =>
      db.read(async (tx) => {
        const session = await findOpenSession(tx);
        return session === undefined ? null : await viewOf(tx, session);
      }),

    open: async (signIn, float) => {
      const total = totalOf(float);
      if (total === undefined) return err({ code: 'CASH_COUNT_INVALID', path: ['float'] });
      const cashSessionId = newId();
      const opened = await journal.record(async (tx, append) => {
        const standing = await findOpenSession(tx);
        if (standing !== undefined) {
          const whose = { officer: standing.officerName, own: standing.officerId === signIn.officerId };
          return err({ code: 'CASH_SESSION_OPEN' as const, details: whose });
        }
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
        const held: NewCashSession = {
          cashSessionId,
          state: 'open',
          openedAt: entry.wallMs,
          officerId: signIn.officerId,
          officerName: signIn.name,
          float: [...float],
          floatTotal: total,
          carried: ZERO_RUPIAH,
        };
        await insertSession(tx, held);
        const opened = await findOpenSession(tx);
        if (opened === undefined) throw new Error('a session that was just opened is found');
        return ok(await viewOf(tx, opened));
      });
      return told(opened);
    },

    count: async (signIn, cashSessionId, { counts, ...said }) => {
      const total = totalOf(counts);
      if (total === undefined) return err({ code: 'CASH_COUNT_INVALID', path: ['counts'] });
      const counted = await journal.record(async (tx, append) => {
        const found = await findOpenSession(tx);
        const own = ownSession(found?.cashSessionId === cashSessionId ? found : undefined, signIn);
        if (!own.ok) return own;
        const session = own.value;
        if (session.counted !== null && isSameCount(session.counted.counts, counts))
          return ok(await viewOf(tx, session));
        if (!moveCashSession(session.state, 'count').ok) return err({ code: 'CASH_SESSION_COUNTED' as const });
        const question = await questionOf(tx, { counts, ...said });
        if (question !== null) return err(question);
        const after = await writeCount(tx, append, { officerId: signIn.officerId, session }, counts, total);
        return ok(await viewOf(tx, after));
      });
      return told(counted);
    },

    close: async (signIn, cashSessionId) => {
      const closed = await journal.record(async (tx, append) => {
        const own = ownSession(await findSession(tx, cashSessionId), signIn);
        if (!own.ok) return own;
        const session = own.value;
        const standing = await viewOfClosed(drawer, tx, cashSessionId);
        if (standing !== undefined) return ok(standing);
        return await writeClose(drawer, tx, append, { officerId: session.officerId, session });
      });
      return told(closed);
    },
  };
}
