import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CASH_SESSION_STATES,
  type CashSessionEvent,
  closeCashSession,
  DENOMINATIONS,
  depositCash,
  isForgotten,
  moveCashSession,
  moveFloat,
  needsExplanation,
  openCashSession,
  ROUGH_STEP,
  roughCash,
  sumDenominations,
} from '../../src/domain/cash-session.ts';
import { ledgerBalance, type LedgerLine } from '../../src/domain/ledger-lines.ts';
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
    for (const pieces of [-1, 0.5, Number.NaN])
      expect(() => sumDenominations({ 1_000: pieces })).toThrow(`not a number of pieces: ${pieces}`);
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

const amounts = fc.integer({ min: 0, max: 40_000_000 }).map(rupiah);
const of = (lines: readonly LedgerLine[], account: LedgerLine['account']): number =>
  lines.find((line) => line.account === account)?.amount ?? 0;

describe('the close of a cash session', () => {
  it('empties the drawer, gives the float back, saves the rest, and calls what is missing or too much by its name', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (float, counted, expected) => {
        const closed = closeCashSession({ state: 'counted', float, counted, expected });
        if (!closed.ok) throw new Error(closed.error);
        const { variance, floatReturned, toSafe, ledgerLines } = closed.value;
        expect(ledgerBalance(ledgerLines)).toBe(0);
        expect(variance).toBe(counted - expected);
        expect(of(ledgerLines, 'cash-drawer')).toBe(expected === 0 ? 0 : -expected);
        expect(of(ledgerLines, 'variance')).toBe(variance === 0 ? 0 : -variance);
        expect(floatReturned + toSafe).toBe(counted);
        expect(floatReturned).toBe(Math.min(float, counted));
        expect([of(ledgerLines, 'float'), of(ledgerLines, 'safe-or-courier')]).toEqual([floatReturned, toSafe]);
      }),
    );
  });

  it('needs a count before it', () => {
    const amount = rupiah(1);
    for (const state of CASH_SESSION_STATES.filter((one) => one !== 'counted')) {
      expect(closeCashSession({ state, float: amount, counted: amount, expected: amount }).ok, state).toBe(false);
    }
  });
});

describe('what is shown of a drawer that is not counted', () => {
  it('is rounded down to Rp100.000, and never below nothing', () => {
    expect([roughCash(rupiah(99_999)), roughCash(rupiah(344_788)), roughCash(rupiah(-5))]).toEqual([0, 300_000, 0]);
  });
});

describe('a deposit', () => {
  const request = { amount: rupiah(50_000), from: 'drawer', sessionState: 'open' } as const;
  const standing = { drawerTakings: rupiah(344_788), safe: rupiah(120_000) };

  it('moves cash from the drawer or the safe to the bank, and nothing else', () => {
    expect(depositCash({ ...request, ...standing })).toEqual({
      ok: true,
      value: [
        { account: 'bank-in-transit', amount: 50_000 },
        { account: 'cash-drawer', amount: -50_000 },
      ],
    });
    expect(depositCash({ ...request, ...standing, from: 'safe', amount: rupiah(120_000), sessionState: null })).toEqual(
      {
        ok: true,
        value: [
          { account: 'bank-in-transit', amount: 120_000 },
          { account: 'safe-or-courier', amount: -120_000 },
        ],
      },
    );
  });

  it('takes no more than there is: from a drawer that is not counted by its rough figure, from the safe to the rupiah', () => {
    const tooMuch = { ok: false, error: { code: 'TOO_MUCH', atMost: 400_000 } };
    expect(depositCash({ ...request, ...standing, amount: rupiah(400_001) })).toEqual(tooMuch);
    expect(depositCash({ ...request, ...standing, amount: rupiah(344_789) }).ok).toBe(true);
    expect(depositCash({ ...request, ...standing, from: 'safe', amount: rupiah(120_001) })).toEqual({
      ok: false,
      error: { code: 'TOO_MUCH', atMost: 120_000 },
    });
    expect(depositCash({ ...request, ...standing, drawerTakings: rupiah(-1), amount: rupiah(1) }).ok).toBe(false);
    expect(depositCash({ ...request, ...standing, amount: rupiah(0) })).toEqual({
      ok: false,
      error: { code: 'NOTHING' },
    });
    for (const sessionState of ['counted', null] as const) {
      expect(depositCash({ ...request, ...standing, sessionState }).ok, String(sessionState)).toBe(false);
    }
  });
});

type Step =
  | { readonly do: 'sell' | 'deposit-drawer' | 'deposit-safe'; readonly amount: number }
  | { readonly do: 'close'; readonly off: number; readonly float: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('sell' as const), amount: fc.integer({ min: 100, max: 3_000_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('deposit-drawer' as const, 'deposit-safe' as const),
      amount: fc.integer({ min: 1, max: 4_000_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      off: fc.integer({ min: -60_000, max: 60_000 }),
      float: fc.nat(500_000),
    }),
  },
);

describe('random days at a drawer', () => {
  it('end with every rupiah in an account: the ledger agrees with a purse, a safe and a bank kept by hand', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ledger = new Map<string, number>();
        const book = (lines: readonly LedgerLine[]): void => {
          expect(ledgerBalance(lines)).toBe(0);
          for (const { account, amount } of lines) ledger.set(account, (ledger.get(account) ?? 0) + amount);
        };
        const begin = (float: number): void => {
          const opened = openCashSession({ ...request, float: rupiah(float) });
          if (!opened.ok) throw new Error(opened.error);
          book(opened.value.ledgerLines);
        };
        // By hand: notes that are really there, and what the citizens gave in all.
        const hand = { float: 200_000, purse: 200_000, safe: 0, bank: 0, given: 0, lost: 0, keptFloat: 0 };
        begin(hand.float);
        for (const one of steps) {
          if (one.do === 'sell') {
            book([
              { account: 'cash-drawer', amount: rupiah(one.amount) },
              { account: 'province', amount: rupiah(-one.amount) },
            ]);
            hand.purse += one.amount;
            hand.given += one.amount;
          } else if (one.do === 'close') {
            const expected = ledger.get('cash-drawer') ?? 0;
            const counted = Math.max(0, hand.purse + one.off);
            const closed = closeCashSession({
              state: 'counted',
              float: rupiah(hand.float),
              counted: rupiah(counted),
              expected: rupiah(expected),
            });
            if (!closed.ok) throw new Error(closed.error);
            book(closed.value.ledgerLines);
            hand.lost += hand.purse - counted;
            hand.keptFloat += hand.float - closed.value.floatReturned;
            hand.safe += counted - closed.value.floatReturned;
            hand.float = one.float;
            hand.purse = one.float;
            begin(one.float);
          } else {
            const from = one.do === 'deposit-safe' ? 'safe' : 'drawer';
            const there = { drawerTakings: rupiah(hand.purse - hand.float), safe: rupiah(hand.safe) };
            const deposited = depositCash({ amount: rupiah(one.amount), from, sessionState: 'open', ...there });
            const rough = (Math.floor(there.drawerTakings / ROUGH_STEP) + 1) * ROUGH_STEP;
            const most = from === 'safe' ? hand.safe : rough;
            expect(deposited.ok).toBe(one.amount <= most);
            if (!deposited.ok) continue;
            book(deposited.value);
            hand.bank += one.amount;
            if (from === 'safe') hand.safe -= one.amount;
            else hand.purse -= one.amount;
          }
        }
        const held = (account: string): number => ledger.get(account) ?? 0;
        expect(held('cash-drawer')).toBe(hand.purse);
        expect(held('safe-or-courier')).toBe(hand.safe);
        expect(held('bank-in-transit')).toBe(hand.bank);
        expect(held('province')).toBe(hand.given === 0 ? 0 : -hand.given);
        expect(held('variance')).toBe(hand.lost);
        expect(held('float')).toBe(-(hand.float + hand.keptFloat) + 0);
        expect([...ledger.values()].reduce((sum, amount) => sum + amount, 0)).toBe(0);
      }),
    );
  });
});

describe('change for the drawer', () => {
  const base = { amount: rupiah(50_000), sessionState: 'open', float: rupiah(200_000) } as const;

  it('comes and goes as the float of the cooperative, and only the float can leave', () => {
    expect(moveFloat({ ...base, direction: 'in' })).toEqual({
      ok: true,
      value: [
        { account: 'cash-drawer', amount: 50_000 },
        { account: 'float', amount: -50_000 },
      ],
    });
    expect(moveFloat({ ...base, direction: 'out', amount: rupiah(200_000) })).toEqual({
      ok: true,
      value: [
        { account: 'cash-drawer', amount: -200_000 },
        { account: 'float', amount: 200_000 },
      ],
    });
    const tooMuch = { ...base, amount: rupiah(200_001) };
    expect(moveFloat({ ...tooMuch, direction: 'out' })).toEqual({
      ok: false,
      error: { code: 'FLOAT_TOO_SMALL', atMost: 200_000 },
    });
    expect(moveFloat({ ...tooMuch, direction: 'in' }).ok).toBe(true);
  });

  it('is something, and moves in an open session only', () => {
    for (const amount of [0, -1]) {
      const moved = moveFloat({ ...base, direction: 'in', amount: rupiah(amount) });
      expect(moved).toEqual({ ok: false, error: { code: 'NOTHING' } });
    }
    for (const sessionState of [null, 'counted', 'closed'] as const) {
      const moved = moveFloat({ ...base, direction: 'in', sessionState });
      expect(moved).toEqual({ ok: false, error: { code: 'NO_OPEN_SESSION' } });
    }
  });
});

describe('a session of a day that is over', () => {
  it('is forgotten while it is not closed, from the next day on', () => {
    const openedOn = on('2026-03-16');
    for (const state of CASH_SESSION_STATES) {
      expect(isForgotten({ state, openedOn }, on('2026-03-17')), state).toBe(state === 'open' || state === 'counted');
      expect(isForgotten({ state, openedOn }, openedOn), state).toBe(false);
      expect(isForgotten({ state, openedOn }, on('2026-03-15')), state).toBe(false);
    }
  });
});

describe('a variance', () => {
  it('is explained beyond the tolerance, too much as well as too little', () => {
    const asked = [-1_001, -1_000, 0, 1_000, 1_001].map((variance) =>
      needsExplanation(rupiah(variance), rupiah(1_000)),
    );
    expect(asked).toEqual([true, false, false, false, true]);
    expect(needsExplanation(rupiah(1), rupiah(0))).toBe(true);
    expect(needsExplanation(rupiah(0), rupiah(0))).toBe(false);
  });
});

describe('what became of a closed session', () => {
  it('is deposited, reconciled or disputed, and a dispute ends reconciled', () => {
    const after = (state: (typeof CASH_SESSION_STATES)[number], event: CashSessionEvent) => {
      const moved = moveCashSession(state, event);
      return moved.ok ? moved.value : moved.error;
    };
    expect(EVENTS.map((event) => after('closed', event))).toEqual([
      'NOT_NOW',
      'NOT_NOW',
      'deposited',
      'reconciled',
      'disputed',
    ]);
    expect(EVENTS.map((event) => after('deposited', event))).toEqual([
      'NOT_NOW',
      'NOT_NOW',
      'NOT_NOW',
      'reconciled',
      'disputed',
    ]);
    expect(after('disputed', 'reconcile')).toBe('reconciled');
    expect(after('disputed', 'dispute')).toBe('NOT_NOW');
    expect(EVENTS.map((event) => after('reconciled', event))).toEqual(EVENTS.map(() => 'NOT_NOW'));
  });
});

describe('a deposit out of the drawer', () => {
  const base = { from: 'drawer', drawerTakings: rupiah(250_000), safe: rupiah(0) } as const;

  it('needs an open session, and takes the rough figure to the last rupiah', () => {
    const of = (amount: number, sessionState: 'open' | 'counted' | null = 'open') =>
      depositCash({ ...base, amount: rupiah(amount), sessionState });
    expect(of(300_000).ok).toBe(true);
    expect(of(300_001)).toEqual({ ok: false, error: { code: 'TOO_MUCH', atMost: 300_000 } });
    for (const state of [null, 'counted'] as const) {
      expect(of(1_000, state)).toEqual({ ok: false, error: { code: 'NO_OPEN_SESSION' } });
    }
  });
});
