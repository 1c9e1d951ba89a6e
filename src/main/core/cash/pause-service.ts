import type { Refusal } from '../../../contract/errors.ts';
import type { PauseView } from '../../../contract/views-drawer.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Db, StorageRefusal, WriteTx } from '../db/open.ts';
import type { Timekeeper } from '../device/timekeeper.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession, putPause, type StoredCashSession } from './cash-store.ts';
import { type OwnSessionCode, ownSession } from './cash-service.ts';

const MS_PER_MINUTE = 60_000;

/** Jeda: the officer goes away for a while, and his session waits for him. */
export type PauseService = {
  /** What stands on the door; null while nobody is away. */
  readonly doorNote: () => Promise<PauseView | null>;
  /** Records that he is away; whoever calls it locks the screen. Away already answers what stands. */
  readonly pause: (
    signIn: SignIn,
    note: string | null,
  ) => Promise<Result<PauseView, Refusal<OwnSessionCode> | StorageRefusal>>;
  /** The officer is back: his PIN was right. Nothing where he was not away, or where it is another's drawer. */
  readonly resume: (officerId: string) => Promise<Result<void, StorageRefusal>>;
};

function viewOf({ pausedAt, pauseNote, officerName }: StoredCashSession): PauseView | null {
  return pausedAt === null ? null : { pausedAt, officerName, note: pauseNote };
}

/** Ends a pause in the caller's commit; `officerId` is the officer's own, or a supervisor's who takes the drawer over. */
export async function writeResumed(
  tx: WriteTx,
  append: Append,
  nowMs: number,
  { session, officerId }: { readonly session: StoredCashSession; readonly officerId: string },
): Promise<void> {
  const { cashSessionId, pausedAt } = session;
  if (pausedAt === null) return;
  const minutes = Math.max(0, Math.floor((nowMs - pausedAt) / MS_PER_MINUTE));
  append({
    type: 'cash-session.resumed',
    stream: cashSessionId,
    officerId,
    cashSessionId,
    body: { cashSessionId, minutes, takenOver: officerId !== session.officerId },
  });
  await putPause(tx, cashSessionId, { pausedAt: null, note: null });
}

export function createPauseService(deps: {
  readonly db: Db;
  readonly journal: Journal;
  readonly timekeeper: Timekeeper;
  readonly events: EventsPort;
}): PauseService {
  const { db, journal, timekeeper, events } = deps;
  return {
    doorNote: () =>
      db.read(async (tx) => {
        const session = await findOpenSession(tx);
        return session === undefined ? null : viewOf(session);
      }),

    pause: async (signIn, note) => {
      const paused = await journal.record(async (tx, append) => {
        const own = ownSession(await findOpenSession(tx), signIn);
        if (!own.ok) return own;
        const standing = viewOf(own.value);
        if (standing !== null) return ok(standing);
        const { cashSessionId, officerName } = own.value;
        const entry = append({
          type: 'cash-session.paused',
          stream: cashSessionId,
          officerId: signIn.officerId,
          cashSessionId,
          body: { cashSessionId, noted: note !== null },
        });
        await putPause(tx, cashSessionId, { pausedAt: entry.wallMs, note });
        return ok({ pausedAt: entry.wallMs, officerName, note });
      });
      if (paused.ok) events.publish('cash-session');
      return paused;
    },

    resume: async (officerId) => {
      const isAway = ({ pausedAt, officerId: own }: StoredCashSession): boolean =>
        pausedAt !== null && own === officerId;
      const before = await db.read((tx) => findOpenSession(tx));
      if (before === undefined || !isAway(before)) return ok(undefined);
      const resumed = await journal.record(async (tx, append) => {
        const session = await findOpenSession(tx);
        if (session !== undefined && isAway(session)) {
          await writeResumed(tx, append, timekeeper.now(), { session, officerId });
        }
        return ok(undefined);
      });
      events.publish('cash-session');
      return resumed;
    },
  };
}
