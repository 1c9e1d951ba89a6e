import {
  closeLedgerLines,
  depositLedgerLines,
  floatLedgerLines,
  type LedgerLine,
  openFloatLedgerLines,
} from './ledger-lines.ts';
import type { LocalDate } from './local-date.ts';
import { type Actor, mayDo } from './permission.ts';
import { err, ok, type Result } from './result.ts';
import { type Rupiah, rupiah, subtractRupiah } from './rupiah.ts';

/** Notes and coins in use, whole rupiah, largest first. */
export const DENOMINATIONS = [100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100] as const;

/** Face value of a note or coin. */
export type Denomination = (typeof DENOMINATIONS)[number];

/** How many of each note or coin; an absent one is none. */
export type DenominationCount = { readonly [value in Denomination]?: number | undefined };

/** The sum of a count; throws RangeError for a number of pieces that is not whole or is negative. */
export function sumDenominations(counts: DenominationCount): Rupiah {
  const sum = DENOMINATIONS.reduce((total, value) => {
    const pieces = counts[value] ?? 0;
    if (!Number.isSafeInteger(pieces) || pieces < 0) throw new RangeError(`not a number of pieces: ${pieces}`);
    return total + pieces * value;
  }, 0);
  return rupiah(sum);
}

/** Open, counted blind, closed, deposited, and what the supervisor found (OPOP-Sync/1, section 13). */
export const CASH_SESSION_STATES = ['open', 'counted', 'closed', 'deposited', 'reconciled', 'disputed'] as const;

/** One of them. */
export type CashSessionState = (typeof CASH_SESSION_STATES)[number];

/** What moves a cash session on; a deposit in the middle of a day leaves it open. */
export type CashSessionEvent = 'count' | 'close' | 'deposit-all' | 'reconcile' | 'dispute';

const NEXT: Readonly<Record<CashSessionState, { readonly [event in CashSessionEvent]?: CashSessionState }>> = {
  open: { count: 'counted' },
  counted: { close: 'closed' },
  closed: { 'deposit-all': 'deposited', reconcile: 'reconciled', dispute: 'disputed' },
  deposited: { reconcile: 'reconciled', dispute: 'disputed' },
  disputed: { reconcile: 'reconciled' },
  reconciled: {},
};

/** The state after an event; NOT_NOW when the event has no place in this state. A count is never taken back. */
export function moveCashSession(state: CashSessionState, event: CashSessionEvent): Result<CashSessionState, 'NOT_NOW'> {
  const next = NEXT[state][event];
  return next === undefined ? err('NOT_NOW') : ok(next);
}

/** A cash session as a sale sees it. */
export interface CashSession {
  readonly cashSessionId: string;
  readonly officerId: string;
  readonly openedOn: LocalDate;
  readonly state: CashSessionState;
  readonly float: Rupiah;
}

/** Why a cash session may not be opened. */
export type OpenSessionRefusal = 'NOT_PERMITTED' | 'CASH_SESSION_OPEN' | 'NEGATIVE_FLOAT';

/** A session to be opened, with the lines of its entry. */
export interface OpenSessionDecision {
  readonly session: CashSession;
  readonly ledgerLines: readonly LedgerLine[];
}

/** Decides whether a counted float may open a session; one session at a time stands open at a counter. */
export function openCashSession(request: {
  readonly cashSessionId: string;
  readonly officer: Actor;
  readonly float: Rupiah;
  readonly today: LocalDate;
  readonly unclosed: CashSession | null;
}): Result<OpenSessionDecision, OpenSessionRefusal> {
  const { cashSessionId, officer, float, today, unclosed } = request;
  if (!mayDo(officer.role, 'open-cash-session')) return err('NOT_PERMITTED');
  if (unclosed !== null && (unclosed.state === 'open' || unclosed.state === 'counted')) return err('CASH_SESSION_OPEN');
  if (float < 0) return err('NEGATIVE_FLOAT');
  const session: CashSession = { cashSessionId, officerId: officer.personId, openedOn: today, state: 'open', float };
  return ok({ session, ledgerLines: openFloatLedgerLines(float) });
}

/** Step of what is shown of a drawer that is not counted yet: enough to see a cap come, too rough to count by. */
export const ROUGH_STEP = 100_000;

/** An amount of the drawer as it may be shown before the count, rounded down to the step; nothing below zero. */
export function roughCash(amount: Rupiah): Rupiah {
  return rupiah(Math.max(0, Math.floor(amount / ROUGH_STEP) * ROUGH_STEP));
}

/** Why change does not move. */
export type FloatRefusal =
  | { readonly code: 'NOTHING' }
  | { readonly code: 'NO_OPEN_SESSION' }
  | { readonly code: 'FLOAT_TOO_SMALL'; readonly atMost: Rupiah };

/**
 * Decides whether change comes to an open drawer or leaves it. Only the float can leave: what the citizens paid leaves by a
 * deposit with its slip or by a refund, never for a reason that somebody types.
 */
export function moveFloat(request: {
  readonly direction: 'in' | 'out';
  readonly amount: Rupiah;
  readonly sessionState: CashSessionState | null;
  /** The float as it stands now: counted at the opening, with what has moved since. */
  readonly float: Rupiah;
}): Result<readonly LedgerLine[], FloatRefusal> {
  const { direction, amount, sessionState, float } = request;
  if (amount <= 0) return err({ code: 'NOTHING' });
  if (sessionState !== 'open') return err({ code: 'NO_OPEN_SESSION' });
  if (direction === 'out' && amount > float) return err({ code: 'FLOAT_TOO_SMALL', atMost: float });
  return ok(floatLedgerLines(direction, amount));
}

/** Whether a supervisor may close a session that its officer left open: only one of a day that is over. */
export function isForgotten(session: Pick<CashSession, 'state' | 'openedOn'>, today: LocalDate): boolean {
  return (session.state === 'open' || session.state === 'counted') && session.openedOn < today;
}

/** Whether somebody beside the officer must explain a variance; `tolerance` is the policy's, zero asks about every rupiah. */
export function needsExplanation(variance: Rupiah, tolerance: Rupiah): boolean {
  return Math.abs(variance) > tolerance;
}

/** What a count comes to, against what the ledger says. */
export interface CloseSessionDecision {
  /** Counted less expected: negative is missing. Frozen with the entry. */
  readonly variance: Rupiah;
  readonly floatReturned: Rupiah;
  /** What lies in the safe, or with the courier, until it is deposited. */
  readonly toSafe: Rupiah;
  readonly ledgerLines: readonly LedgerLine[];
}

/**
 * Decides what closing a counted session moves. The float is first: what is missing is missing from what must be
 * deposited, and stands in the variance; a drawer with less than the float gives back what it has.
 */
export function closeCashSession(request: {
  readonly state: CashSessionState;
  readonly float: Rupiah;
  readonly counted: Rupiah;
  /** Sum of the session's ledger lines on the drawer. */
  readonly expected: Rupiah;
}): Result<CloseSessionDecision, 'NOT_NOW'> {
  const { state, float, counted, expected } = request;
  const moved = moveCashSession(state, 'close');
  if (!moved.ok) return moved;
  const floatReturned = rupiah(Math.min(float, counted));
  return ok({
    variance: subtractRupiah(counted, expected),
    floatReturned,
    toSafe: subtractRupiah(counted, floatReturned),
    ledgerLines: closeLedgerLines({ counted, expected, floatReturned }),
  });
}

/** Where deposited cash comes from: the drawer of the open session, or the safe. */
export type DepositSource = 'drawer' | 'safe';

/** Why a deposit is not recorded. */
export type DepositRefusal =
  | { readonly code: 'NOTHING' }
  | { readonly code: 'NO_OPEN_SESSION' }
  /** `atMost` is rough while the drawer is not counted, so that a refusal tells no more than the screen does. */
  | { readonly code: 'TOO_MUCH'; readonly atMost: Rupiah };

/**
 * Decides whether a deposit with its slip is recorded; no cap, no line and no stopped selling ever stands in its way.
 * From the drawer only while the session is open: between count and close the expected sum stays what it was.
 */
export function depositCash(request: {
  readonly amount: Rupiah;
  readonly from: DepositSource;
  readonly sessionState: CashSessionState | null;
  /** Cash of the citizens in the drawer, without the float; by the ledger. */
  readonly drawerTakings: Rupiah;
  readonly safe: Rupiah;
}): Result<readonly LedgerLine[], DepositRefusal> {
  const { amount, from, sessionState, drawerTakings, safe } = request;
  if (amount <= 0) return err({ code: 'NOTHING' });
  if (from === 'safe') {
    return amount > safe ? err({ code: 'TOO_MUCH', atMost: safe }) : ok(depositLedgerLines('safe-or-courier', amount));
  }
  if (sessionState !== 'open') return err({ code: 'NO_OPEN_SESSION' });
  // A drawer from which more was deposited than the ledger knew of holds nothing more that can be believed.
  const atMost = rupiah(Math.max(0, (Math.floor(drawerTakings / ROUGH_STEP) + 1) * ROUGH_STEP));
  return amount > atMost ? err({ code: 'TOO_MUCH', atMost }) : ok(depositLedgerLines('cash-drawer', amount));
}
