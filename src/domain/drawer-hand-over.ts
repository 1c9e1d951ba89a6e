import { closeCashSession, type CloseSessionDecision } from './cash-session.ts';
import { carriedLedgerLines } from './drawer-lines.ts';
import { type LedgerLine, openFloatLedgerLines } from './ledger-lines.ts';
import { type Actor, mayDo } from './permission.ts';
import { err, ok, type Result } from './result.ts';
import type { Rupiah } from './rupiah.ts';

/** Why a drawer does not go from one officer to the next. */
export type HandOverRefusal = 'SAME_PERSON' | 'NOT_AN_OFFICER';

/** A drawer that changes hands: one session ends and the next begins with exactly the cash that was counted. */
export interface HandOverDecision {
  /** Of the officer who leaves: his is the variance. */
  readonly close: CloseSessionDecision;
  /** With how much change the next session opens. */
  readonly float: Rupiah;
  readonly openLines: readonly LedgerLine[];
  /** Cash of the citizens that stays in the drawer and is the next officer's to deposit. */
  readonly carried: Rupiah;
  readonly carriedLines: readonly LedgerLine[];
}

/**
 * Decides a hand-over after the joint count. `float + carried = counted`: what lies in the drawer after it is what lay there
 * before, to the rupiah, and it is in one account at every moment.
 */
export function handOverDrawer(request: {
  readonly leaving: Actor;
  readonly arriving: Actor;
  readonly float: Rupiah;
  readonly counted: Rupiah;
  /** Sum of the leaving session's ledger lines on the drawer. */
  readonly expected: Rupiah;
}): Result<HandOverDecision, HandOverRefusal> {
  const { leaving, arriving, float, counted, expected } = request;
  if (leaving.personId === arriving.personId) return err('SAME_PERSON');
  if (!mayDo(arriving.role, 'open-cash-session')) return err('NOT_AN_OFFICER');
  const close = closeCashSession({ state: 'counted', float, counted, expected });
  if (!close.ok) throw new Error('a counted session can be closed');
  const { floatReturned, toSafe } = close.value;
  return ok({
    close: close.value,
    float: floatReturned,
    openLines: openFloatLedgerLines(floatReturned),
    carried: toSafe,
    carriedLines: carriedLedgerLines(toSafe),
  });
}
