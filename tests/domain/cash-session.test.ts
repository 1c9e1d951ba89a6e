import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CASH_SESSION_STATES,
  type CashSessionEvent,
  DENOMINATIONS,
  moveCashSession,
  openCashSession,
  sumDenominations,
} from '../../src/domain/cash-session.ts';
import { rupiah } from '../../src/domain/rupiah.ts';
import { on } from '../support/dates.ts';

const officer = { personId: 'o1', role: 'officer' } as const;
const request = { cashSessionId: 's1', officer, float: rupiah(200_000), today: on('2026-03-16'), unclosed: null };
const EVENTS: readonly CashSessionEvent[] = ['count', 'close', 'deposit-all', 'reconcile', 'dispute'];

describe('a count of cash', () => {
  it('sums the notes and coins in use', () => {
    expect(sumDenominations({ 100_000: 3, 75_000: 1, 500: 7, 100: 2 })).toBe(378_700);
    expect(sumDenominations({})).toBe(0);
    expect(DENOMINATIONS).toEqual([100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100]);
  });

  it('adds up like the same notes counted one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...DENOMINATIONS)), (notes) => {
        const counts = Object.fromEntries(
          DENOMINATIONS.map((value) => [value, notes.filter((note) => note === value).length]),
        );
        expect(sumDenominations(counts)).toBe(notes.reduce((sum, note) => sum + note, 0));
      }),
    );
  });

  it('has no half or negative notes', () => {
    for (const pieces of [-1, 0.5, Number.NaN]) expect(() => sumDenominations({ 1_000: pieces })).toThrow(RangeError);
  });
});

describe('a cash session', () => {
  it('opens with a counted float that the ledger knows', () => {
    const opened = openCashSession(request);
    expect(opened).toMatchObject({ ok: true, value: { session: { state: 'open', officerId: 'o1', float: 200_000 } } });
    expect(opened.ok && opened.value.ledgerLines).toHaveLength(2);
  });

  it('is one at a time, of an officer, with a float that is not negative', () => {
    const first = openCashSession(request);
    if (!first.ok) throw new Error(first.error);
    const { session } = first.value;
    expect(openCashSession({ ...request, unclosed: session })).toEqual({ ok: false, error: 'CASH_SESSION_OPEN' });
    expect(openCashSession({ ...request, unclosed: { ...session, state: 'counted' } }).ok).toBe(false);
    expect(openCashSession({ ...request, unclosed: { ...session, state: 'closed' } }).ok).toBe(true);
    expect(openCashSession({ ...request, float: rupiah(0) })).toMatchObject({ ok: true, value: { ledgerLines: [] } });
    expect(openCashSession({ ...request, float: rupiah(-1) })).toEqual({ ok: false, error: 'NEGATIVE_FLOAT' });
    const supervisor = { personId: 'p1', role: 'supervisor' } as const;
    expect(openCashSession({ ...request, officer: supervisor })).toEqual({ ok: false, error: 'NOT_PERMITTED' });
  });

  it('goes "open -> counted (blind) -> closed -> deposited -> reconciled | disputed"', () => {
    const walk = EVENTS.slice(0, 4).reduce<string[]>((states, event) => {
      const moved = moveCashSession((states.at(-1) ?? 'open') as 'open', event);
      return [...states, moved.ok ? moved.value : 'stuck'];
    }, []);
    expect(walk).toEqual(['counted', 'closed', 'deposited', 'reconciled']);
    expect(moveCashSession('deposited', 'dispute')).toEqual({ ok: true, value: 'disputed' });
  });

  it('is never counted twice, never opened again and never closed uncounted', () => {
    const order = CASH_SESSION_STATES;
    for (const state of order) {
      for (const event of EVENTS) {
        const moved = moveCashSession(state, event);
        if (moved.ok) expect(['open', state]).not.toContain(moved.value);
      }
    }
    expect(moveCashSession('counted', 'count')).toEqual({ ok: false, error: 'NOT_NOW' });
    expect(moveCashSession('open', 'close')).toEqual({ ok: false, error: 'NOT_NOW' });
    expect(moveCashSession('reconciled', 'dispute')).toEqual({ ok: false, error: 'NOT_NOW' });
  });
});
