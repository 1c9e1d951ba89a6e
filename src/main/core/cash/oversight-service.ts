import type { Refusal } from '../../../contract/errors.ts';
import type { ClosedSessionView } from '../../../contract/views-cash.ts';
import { isForgotten, moveCashSession } from '../../../domain/cash-session.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession, findSession, type StoredCashSession } from './cash-store.ts';
import { type Counts, type DrawerDeps, totalOf, viewOfClosed, writeClose, writeCount } from './close-session.ts';
import { writeResumed } from './pause-service.ts';
import { putExplained } from './variance-store.ts';

type ForgottenCode =
  | 'CASH_SESSION_CLOSED'
  | 'CASH_SESSION_NOT_FORGOTTEN'
  | 'CASH_SESSION_COUNTED'
  | 'CASH_SESSION_NOT_COUNTED'
  | 'CASH_COUNT_INVALID';
type ExplainCode = 'NOT_FOUND' | 'CASH_VARIANCE_SETTLED' | 'CASH_VARIANCE_OWN';

/** What a supervisor does at a drawer that is not his. */
export type OversightService = {
  /**
   * "A forgotten session of yesterday is closed by a supervisor with an audit entry", and so is one whose officer went away
   * and does not come back: who, whose, why, then his count and
   * the close, in one commit. `counts` is null where the officer counted and left before the close.
   */
  readonly closeForgotten: (
    signIn: SignIn,
    asked: { readonly cashSessionId: string; readonly counts: Counts | null; readonly reason: string },
  ) => Promise<Result<ClosedSessionView, Refusal<ForgottenCode> | StorageRefusal>>;
  /** Explains a variance above the tolerance; the variance itself never changes. */
  readonly explainVariance: (
    signIn: SignIn,
    asked: { readonly cashSessionId: string; readonly explanation: string },
  ) => Promise<Result<ClosedSessionView, Refusal<ExplainCode> | StorageRefusal>>;
};

export function createOversightService(deps: DrawerDeps & { readonly events: EventsPort }): OversightService {
  const { journal, timekeeper, events } = deps;
  const told = <R extends Result<unknown, unknown>>(result: R): R => {
    if (result.ok) {
      events.publish('cash-session');
      events.publish('exceptions');
    }
    return result;
  };

  return {
    closeForgotten: async (signIn, { cashSessionId, counts, reason }) => {
      const total = counts === null ? null : totalOf(counts);
      if (total === undefined) return err({ code: 'CASH_COUNT_INVALID', path: ['counts'] });
      const closed = await journal.record(async (tx, append) => {
        const standing = await viewOfClosed(deps, tx, cashSessionId);
        if (standing !== undefined) return ok(standing);
        const session = await findOpenSession(tx);
        if (session?.cashSessionId !== cashSessionId) return err({ code: 'CASH_SESSION_CLOSED' as const });
        const openedOn = localDateAt(session.openedAt);
        // Whoever is away and does not come back is taken over on the same day: his screen is locked, his drawer is not.
        const isAway = session.pausedAt !== null;
        if (!isAway && !isForgotten({ state: session.state, openedOn }, timekeeper.today())) {
          return err({ code: 'CASH_SESSION_NOT_FORGOTTEN' as const, details: { officer: session.officerName } });
        }
        const isCounted = !moveCashSession(session.state, 'count').ok;
        if (isCounted && counts !== null) return err({ code: 'CASH_SESSION_COUNTED' as const });
        append({
          type: 'cash-session.taken-over',
          stream: cashSessionId,
          officerId: signIn.officerId,
          cashSessionId,
          body: { cashSessionId, ofOfficerId: session.officerId, openedOn, reason },
        });
        if (isAway) await writeResumed(tx, append, timekeeper.now(), { session, officerId: signIn.officerId });
        const hand = { officerId: signIn.officerId, session };
        const counted: StoredCashSession =
          counts === null || total === null ? session : await writeCount(tx, append, hand, counts, total);
        return await writeClose(deps, tx, append, { ...hand, session: counted });
      });
      return told(closed);
    },

    explainVariance: async (signIn, { cashSessionId, explanation }) => {
      const explained = await journal.record(async (tx, append) => {
        const [session, closed] = [await findSession(tx, cashSessionId), await viewOfClosed(deps, tx, cashSessionId)];
        if (session === undefined || closed === undefined) return err({ code: 'NOT_FOUND' as const });
        if (session.varianceState !== 'open') return err({ code: 'CASH_VARIANCE_SETTLED' as const });
        // Whoever counted the drawer, its officer or a supervisor in his place, does not explain his own count.
        const own = session.officerId === signIn.officerId || (await counterOf(tx, cashSessionId)) === signIn.officerId;
        if (own) return err({ code: 'CASH_VARIANCE_OWN' as const });
        append({
          type: 'cash-variance.explained',
          stream: cashSessionId,
          officerId: signIn.officerId,
          cashSessionId,
          body: { cashSessionId, variance: closed.variance, explanation },
        });
        await putExplained(tx, cashSessionId);
        return ok({ ...closed, varianceState: 'explained' as const });
      });
      return told(explained);
    },
  };

  /** Who counted a session, by its entry. */
  async function counterOf(tx: Parameters<typeof findSession>[0], cashSessionId: string): Promise<string | null> {
    const entries = await journal.readStream(tx, cashSessionId);
    return entries.find(({ type }) => type === 'cash-session.counted')?.officerId ?? null;
  }
}
