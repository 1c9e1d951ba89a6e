import type { Refusal } from '../../../contract/errors.ts';
import type { CashSessionView } from '../../../contract/views-cash.ts';
import { type FloatRefusal, moveFloat } from '../../../domain/cash-session.ts';
import { assertNever, err, ok, type Result } from '../../../domain/result.ts';
import { type Rupiah, rupiah } from '../../../domain/rupiah.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { EventsPort } from '../ports.ts';
import { findOpenSession, putFloatMoved, type StoredCashSession } from './cash-store.ts';
import { type OwnSessionCode, ownSession } from './cash-service.ts';
import { type DrawerDeps, viewOfSession } from './close-session.ts';

/** Change that is brought to the drawer, or given back to the cooperative. */
export type FloatMovement = {
  readonly movementId: string;
  readonly direction: 'in' | 'out';
  readonly amount: Rupiah;
  readonly reason: string;
};

type MoveCode = OwnSessionCode | 'CASH_SESSION_COUNTED' | 'CASH_FLOAT_TOO_SMALL';

export type FloatService = {
  /** Idempotent by `movementId`; only in the officer's own open session. */
  readonly move: (
    signIn: SignIn,
    movement: FloatMovement,
  ) => Promise<Result<CashSessionView, Refusal<MoveCode> | StorageRefusal>>;
};

function refusalOf(refusal: FloatRefusal): Refusal<MoveCode> {
  switch (refusal.code) {
    case 'NOTHING':
      throw new Error('the contract moves no change of nothing');
    case 'NO_OPEN_SESSION':
      return { code: 'CASH_SESSION_COUNTED' };
    case 'FLOAT_TOO_SMALL':
      return { code: 'CASH_FLOAT_TOO_SMALL', path: ['amount'], details: { atMost: refusal.atMost } };
    default:
      return assertNever(refusal);
  }
}

export function createFloatService(deps: DrawerDeps & { readonly events: EventsPort }): FloatService {
  const { journal, events } = deps;
  return {
    move: async (signIn, { movementId, direction, amount, reason }) => {
      const moved = await journal.record(async (tx, append) => {
        const own = ownSession(await findOpenSession(tx), signIn);
        if (!own.ok) return own;
        const session = own.value;
        const [before] = await journal.readStream(tx, movementId);
        if (before !== undefined) return ok(await viewOfSession(deps, tx, session));
        const float = rupiah(session.floatTotal + session.floatMoved);
        const decision = moveFloat({ direction, amount, sessionState: session.state, float });
        if (!decision.ok) return err(refusalOf(decision.error));
        const { cashSessionId } = session;
        append({
          type: 'cash.moved',
          stream: movementId,
          officerId: signIn.officerId,
          cashSessionId,
          body: { movementId, direction, amount, reason, ledgerLines: [...decision.value] },
        });
        const floatMoved = rupiah(session.floatMoved + (direction === 'in' ? amount : -amount));
        await putFloatMoved(tx, cashSessionId, floatMoved);
        const after: StoredCashSession = { ...session, floatMoved };
        return ok(await viewOfSession(deps, tx, after));
      });
      if (moved.ok) events.publish('cash-session');
      return moved;
    },
  };
}
