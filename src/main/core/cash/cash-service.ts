import type { Refusal } from '../../../contract/errors.ts';
import type { CashSessionView, ClosedSessionView } from '../../../contract/views-cash.ts';
import {
  closeCashSession,
  DENOMINATIONS,
  moveCashSession,
  openCashSession,
  sumDenominations,
} from '../../../domain/cash-session.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, ReadTx, StorageRefusal, WriteTx } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import {
  findOpenSession,
  findSession,
  insertSession,
  putClosed,
  putCount,
  salesOfSession,
  type StoredCashSession,
} from './cash-store.ts';
import { closedSessionOf, sessionView } from './session-views.ts';

type Counts = readonly { readonly denomination: number; readonly count: number }[];
type OwnSessionCode = 'CASH_SESSION_CLOSED' | 'CASH_SESSION_OF_OTHER';
type Answer<T, C extends Refusal['code']> = Promise<Result<T, Refusal<C> | StorageRefusal>>;

export type CashService = {
  readonly current: () => Promise<CashSessionView | null>;
  readonly open: (signIn: SignIn, float: Counts) => Answer<CashSessionView, 'CASH_SESSION_OPEN' | 'CASH_COUNT_INVALID'>;
  /** Saves a blind count, once; the same count again answers the session as it stands. */
  readonly count: (
    signIn: SignIn,
    cashSessionId: string,
    counts: Counts,
  ) => Answer<CashSessionView, OwnSessionCode | 'CASH_SESSION_COUNTED' | 'CASH_COUNT_INVALID'>;
  /** Freezes a counted session; a closed one answers what its entry says. */
  readonly close: (
    signIn: SignIn,
    cashSessionId: string,
  ) => Answer<ClosedSessionView, OwnSessionCode | 'CASH_SESSION_NOT_COUNTED'>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly timekeeper: Timekeeper;
  readonly events: EventsPort;
  readonly newId: () => string;
};

/** The sum of a count of known notes and coins, each at most once; undefined for any other. */
function totalOf(counts: Counts): Rupiah | undefined {
  const known: readonly number[] = DENOMINATIONS;
  const values = counts.map((one) => one.denomination);
  if (!values.every((value) => known.includes(value)) || new Set(values).size !== values.length) return undefined;
  return sumDenominations(Object.fromEntries(counts.map((one) => [one.denomination, one.count])));
}

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
function ownSession(
  session: StoredCashSession | undefined,
  signIn: SignIn,
): Result<StoredCashSession, Refusal<OwnSessionCode>> {
  if (session === undefined) return err({ code: 'CASH_SESSION_CLOSED' });
  if (session.officerId === signIn.officerId) return ok(session);
  return err({ code: 'CASH_SESSION_OF_OTHER', details: { officer: session.officerName } });
}

export function createCashService({ db, journal, timekeeper, events, newId }: Deps): CashService {
  const told = <R extends Result<unknown, unknown>>(result: R): R => {
    if (result.ok) events.publish('cash-session');
    return result;
  };

  /** Sum of the session's own lines on the drawer: what the count is held against. */
  const expectedIn = async (tx: ReadTx, cashSessionId: string): Promise<Rupiah> => {
    const sums = await journal.sumLedger(tx, { cashSessionId });
    return sums.find(({ account }) => account === 'cash-drawer')?.amount ?? rupiah(0);
  };

  const viewOf = async (tx: ReadTx, session: StoredCashSession): Promise<CashSessionView> =>
    sessionView(session, await salesOfSession(tx, session.cashSessionId), await expectedIn(tx, session.cashSessionId));

  const closedView = async (tx: ReadTx, session: StoredCashSession, closeSeq: number): Promise<ClosedSessionView> => {
    const entry = await journal.find(tx, closeSeq);
    if (entry === undefined) throw new Error('a closed session has the entry that closed it');
    return closedSessionOf(session, entry);
  };

  const writeClose = async (
    tx: WriteTx,
    append: Append,
    session: StoredCashSession,
    counted: Rupiah,
  ): Promise<Result<void, Refusal<'CASH_SESSION_NOT_COUNTED'>>> => {
    const { cashSessionId, officerId } = session;
    const expected = await expectedIn(tx, cashSessionId);
    const decision = closeCashSession({ state: session.state, float: session.floatTotal, counted, expected });
    if (!decision.ok) return err({ code: 'CASH_SESSION_NOT_COUNTED' });
    const { variance, toSafe, ledgerLines } = decision.value;
    const [first] = await journal.readStream(tx, cashSessionId);
    const head = await journal.head(tx);
    if (first === undefined || head === undefined) throw new Error('a session has the entry that opened it');
    const { sales, total: salesTotal } = await salesOfSession(tx, cashSessionId);
    const entry = append({
      type: 'cash-session.closed',
      stream: cashSessionId,
      officerId,
      cashSessionId,
      body: {
        counted,
        expected,
        variance,
        sales,
        salesTotal,
        firstSeq: first.seq,
        lastSeq: head.seq,
        head: head.hash,
        ledgerLines: [...ledgerLines],
      },
    });
    await putClosed(tx, cashSessionId, { closedAt: entry.wallMs, closeSeq: entry.seq, inSafe: toSafe });
    return ok(undefined);
  };

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
        const held: Omit<StoredCashSession, 'counted' | 'closeSeq' | 'inSafe'> = {
          cashSessionId,
          state: 'open',
          openedAt: entry.wallMs,
          officerId: signIn.officerId,
          officerName: signIn.name,
          float: [...float],
          floatTotal: total,
        };
        await insertSession(tx, held);
        return ok(await viewOf(tx, { ...held, counted: null, closeSeq: null, inSafe: rupiah(0) }));
      });
      return told(opened);
    },

    count: async (signIn, cashSessionId, counts) => {
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
        const entry = append({
          type: 'cash-session.counted',
          stream: cashSessionId,
          officerId: signIn.officerId,
          cashSessionId,
          body: { counts: [...counts], total },
        });
        const saved = { counts: [...counts], total, countedAt: entry.wallMs };
        await putCount(tx, cashSessionId, saved);
        return ok(await viewOf(tx, { ...session, state: 'counted', counted: saved }));
      });
      return told(counted);
    },

    close: async (signIn, cashSessionId) => {
      const closed = await journal.record(async (tx, append) => {
        const own = ownSession(await findSession(tx, cashSessionId), signIn);
        if (!own.ok) return own;
        const session = own.value;
        if (session.closeSeq !== null) return ok(await closedView(tx, session, session.closeSeq));
        if (session.counted === null) return err({ code: 'CASH_SESSION_NOT_COUNTED' as const });
        const written = await writeClose(tx, append, session, session.counted.total);
        if (!written.ok) return written;
        const after = await findSession(tx, cashSessionId);
        if (after === undefined || after.closeSeq === null) throw new Error('a session that was just closed is found');
        return ok(await closedView(tx, after, after.closeSeq));
      });
      return told(closed);
    },
  };
}
