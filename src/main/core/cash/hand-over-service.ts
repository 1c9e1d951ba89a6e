import type { EntryBody } from '../../../contract/journal-entry.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { CashSessionView, ClosedSessionView } from '../../../contract/views-cash.ts';
import { handOverDrawer } from '../../../domain/drawer-hand-over.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal, WriteTx } from '../db/open.ts';
import { type Appended, bodyOf, type Position } from '../journal/entry-text.ts';
import type { Append } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession, findSession, insertSession, putHandedTo, type StoredCashSession } from './cash-store.ts';
import { type OwnSessionCode, ownSession } from './cash-service.ts';
import {
  type DrawerDeps,
  expectedIn,
  totalOf,
  viewOfClosed,
  viewOfSession,
  writeClose,
  writeCount,
} from './close-session.ts';
import { type CountAsked, type CountRefusal, questionOf } from './count-questions.ts';

type HandOverCode = OwnSessionCode | 'CASH_SESSION_COUNTED' | 'HAND_OVER_REFUSED' | CountRefusal['code'];

/** The officer to whom the drawer goes; his PIN was right for this one hand-over. */
export type ArrivingOfficer = Pick<SignIn, 'officerId' | 'name' | 'role'>;

/** A drawer that has changed hands. */
export type HandedOver = {
  readonly closed: ClosedSessionView;
  readonly session: CashSessionView;
  readonly entry: Appended;
  readonly body: EntryBody<'cash-session.handed-over'>;
  readonly counts: CountAsked['counts'];
};

export type HandOverService = {
  /**
   * Count, close, opening and hand-over in one commit: a crash leaves the drawer with the one officer or with the other,
   * and its cash in one account. The variance is of the officer who leaves.
   */
  readonly handOver: (
    leaving: SignIn,
    asked: CountAsked & { readonly cashSessionId: string; readonly to: ArrivingOfficer },
  ) => Promise<Result<HandedOver, Refusal<HandOverCode> | StorageRefusal>>;
};

type Deps = DrawerDeps & {
  readonly events: EventsPort;
  readonly newId: () => string;
  readonly numberAt: (position: Position) => string;
};

export function createHandOverService(deps: Deps): HandOverService {
  const { journal, events, newId, numberAt } = deps;

  /** The next session, which begins with all that was counted. */
  const openNext = async (
    tx: WriteTx,
    append: Append,
    next: { readonly cashSessionId: string; readonly to: ArrivingOfficer; readonly counts: CountAsked['counts'] },
    decision: Extract<ReturnType<typeof handOverDrawer>, { ok: true }>['value'],
  ): Promise<void> => {
    const { cashSessionId, to, counts } = next;
    const { float, openLines, carried } = decision;
    const entry = append({
      type: 'cash-session.opened',
      stream: cashSessionId,
      officerId: to.officerId,
      cashSessionId,
      body: { float: [...counts], total: float, ledgerLines: [...openLines] },
    });
    await insertSession(tx, {
      cashSessionId,
      state: 'open',
      openedAt: entry.wallMs,
      officerId: to.officerId,
      officerName: to.name,
      float: [...counts],
      floatTotal: float,
      carried,
    });
  };

  const write = async (
    tx: WriteTx,
    append: Append,
    { leaving, to, session }: { leaving: SignIn; to: ArrivingOfficer; session: StoredCashSession },
    counts: CountAsked['counts'],
  ): Promise<Result<HandedOver, Refusal<HandOverCode>>> => {
    const counted = totalOf(counts);
    if (counted === undefined) return err({ code: 'CASH_COUNT_INVALID', path: ['counts'] });
    const decided = handOverDrawer({
      leaving: { personId: leaving.officerId, role: 'officer' },
      // Whoever is no officer opens no session, whatever else he is.
      arriving: { personId: to.officerId, role: to.role === 'officer' ? 'officer' : 'supervisor' },
      float: rupiah(session.floatTotal + session.floatMoved),
      counted,
      expected: await expectedIn(journal, tx, session.cashSessionId),
    });
    if (!decided.ok) return err({ code: 'HAND_OVER_REFUSED', path: ['to'], details: { reason: decided.error } });
    const hand = { officerId: leaving.officerId, session };
    const after = await writeCount(tx, append, hand, counts, counted);
    const closing = await writeClose(deps, tx, append, { ...hand, session: after });
    if (!closing.ok) throw new Error('a session that was just counted is closed');
    const [handOverId, toSessionId] = [newId(), newId()];
    await openNext(tx, append, { cashSessionId: toSessionId, to, counts }, decided.value);
    const { carried, carriedLines, float } = decided.value;
    const { variance } = decided.value.close;
    const entry = append({
      type: 'cash-session.handed-over',
      stream: handOverId,
      refs: [session.cashSessionId],
      officerId: to.officerId,
      cashSessionId: toSessionId,
      body: (position) => ({
        handOverId,
        handOverNumber: numberAt(position),
        fromSessionId: session.cashSessionId,
        toSessionId,
        fromOfficerId: leaving.officerId,
        toOfficerId: to.officerId,
        counted,
        float,
        carried,
        variance,
        ledgerLines: [...carriedLines],
      }),
    });
    await putHandedTo(tx, session.cashSessionId, { to: toSessionId, inSafe: session.inSafe });
    const [closed, next] = [await viewOfClosed(deps, tx, session.cashSessionId), await findSession(tx, toSessionId)];
    if (closed === undefined || next === undefined) throw new Error('both sessions of a hand-over are found');
    const body = bodyOf('cash-session.handed-over', entry);
    return ok({ closed, session: await viewOfSession(deps, tx, next), entry, body, counts });
  };

  return {
    handOver: async (leaving, { cashSessionId, to, ...asked }) => {
      const handed = await journal.record(async (tx, append) => {
        const found = await findOpenSession(tx);
        const own = ownSession(found?.cashSessionId === cashSessionId ? found : undefined, leaving);
        if (!own.ok) return own;
        // Counted by one alone: his own close follows, and the next officer opens his own session.
        if (own.value.state !== 'open') return err({ code: 'CASH_SESSION_COUNTED' as const });
        if (totalOf(asked.counts) === undefined) return err({ code: 'CASH_COUNT_INVALID' as const, path: ['counts'] });
        const question = await questionOf(tx, asked);
        if (question !== null) return err(question);
        return await write(tx, append, { leaving, to, session: own.value }, asked.counts);
      });
      if (handed.ok) for (const topic of ['cash-session', 'exceptions'] as const) events.publish(topic);
      return handed;
    },
  };
}
