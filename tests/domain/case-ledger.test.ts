import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjustingLines,
  beneficiaryOf,
  isBooked,
  partKey,
  type PartAmount,
  refundableOf,
  refundSum,
  type SaleStanding,
  shortParts,
  type StandingPart,
  standingLines,
  standingParts,
  topUpLedgerLines,
  waivedShortLedgerLines,
} from '../../src/domain/case-ledger.ts';
import { type LedgerLine, ledgerBalance, saleLedgerLines } from '../../src/domain/ledger-lines.ts';
import { cashRefundAnswer, centralAfterRefund, refundToAsk } from '../../src/domain/refund-road.ts';
import { moveRefund, REFUND_STATES } from '../../src/domain/refund-state.ts';
import type { RegencyCode } from '../../src/domain/regency.ts';
import { rupiah, ZERO_RUPIAH } from '../../src/domain/rupiah.ts';
import { CENTRAL_STATES } from '../../src/domain/transaction-state.ts';
import { on } from '../support/dates.ts';

const REGENCY: RegencyCode = '3506';
const COMPONENTS = ['pkb', 'opsenPkb', 'swdkllj', 'pkbFine', 'subscriptionParking'] as const;
const PERIODS = [on('2025-03-30'), on('2026-03-30')];

const parts = fc
  .uniqueArray(fc.record({ component: fc.constantFrom(...COMPONENTS), periodDueOn: fc.constantFrom(...PERIODS) }), {
    minLength: 1,
    maxLength: 8,
    selector: partKey,
  })
  .chain((keys) =>
    fc.tuple(
      ...keys.map((key) =>
        // Every tariff is above what rounding takes, so something is always paid.
        fc.integer({ min: 100, max: 1_250_000_000 }).map(
          (amount): PartAmount => ({
            ...key,
            amount: rupiah(amount),
            beneficiary: beneficiaryOf(key.component, REGENCY),
          }),
        ),
      ),
    ),
  );

/** A life of a sale: what was taken, decided, topped up, waived and refunded, drawn at random and lawful in itself. */
const life = parts.chain((sold) =>
  fc.record({
    sold: fc.constant(sold),
    agentFee: fc.integer({ min: 0, max: 20_000 }),
    rounding: fc.integer({ min: 0, max: 99 }),
    whole: fc.boolean(),
    said: fc.tuple(
      ...sold.map((part) =>
        fc.record({
          state: fc.constantFrom(...CENTRAL_STATES.filter((state) => state !== 'refunded')),
          more: fc.integer({ min: 1, max: 5_000_000 }),
          answer: fc.constantFrom('nothing', 'collected', 'waived'),
          refund: fc.constantFrom('none', 'due', 'paid'),
          less: fc.integer({ min: 0, max: Math.max(0, part.amount - 1) }),
        }),
      ),
    ),
  }),
);

type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

function standingOf({ sold, said, agentFee, rounding, whole }: Life) {
  const collected: PartAmount[] = [];
  const waived: PartAmount[] = [];
  for (const [index, part] of sold.entries()) {
    const word = said[index];
    if (word?.state !== 'short') continue;
    const rest = { ...part, amount: rupiah(word.more) };
    if (word.answer === 'collected') collected.push(rest);
    if (word.answer === 'waived') waived.push(rest);
  }
  const refunds = new Map(sold.map((part, index) => [partKey(part), said[index]?.refund ?? 'none'] as const));
  const known = standingParts({
    taken: [...sold, ...collected],
    waived,
    central: 'not-booked',
    outcomes: sold.map((part, index) => {
      const word = said[index];
      const state = word?.state ?? 'booked';
      const expected =
        state === 'over' ? (word?.less ?? 0) : state === 'short' ? part.amount + (word?.more ?? 0) : part.amount;
      return { component: part.component, periodDueOn: part.periodDueOn, state, expected: rupiah(expected) };
    }),
    refunds: whole ? new Map() : refunds,
  });
  const standing: SaleStanding = {
    parts: known,
    agentFee: rupiah(agentFee),
    rounding: rupiah(rounding),
    wholeRefund: 'none',
    cashReturned: false,
  };
  const total = sold.reduce((sum, { amount }) => sum + amount, 0);
  const cash = rupiah(total + agentFee - rounding);
  const entries: LedgerLine[] = [
    ...saleLedgerLines({ charges: sold, agentFee: rupiah(agentFee), payable: cash, rounding: rupiah(rounding) }),
    ...collected.flatMap((part) => topUpLedgerLines({ parts: [part], payable: part.amount, rounding: ZERO_RUPIAH })),
    ...waived.flatMap((part) => waivedShortLedgerLines([part])),
  ];
  const held = cash + collected.reduce((sum, { amount }) => sum + amount, 0);
  return { standing, entries, held };
}

describe('the money of a case', () => {
  it('is at every point in exactly known accounts: with the cash it sums to zero', () => {
    fc.assert(
      fc.property(life, (drawn) => {
        const { standing, held } = standingOf(drawn);
        expect(ledgerBalance(standingLines(standing)) + held).toBe(0);
      }),
    );
  });

  it('is moved by lines that sum to zero, and by none the second time', () => {
    fc.assert(
      fc.property(life, (drawn) => {
        const { standing, entries } = standingOf(drawn);
        const first = adjustingLines(entries, standing);
        if (!first.ok) throw new Error('the cash differs');
        expect(ledgerBalance(first.value)).toBe(0);
        expect(adjustingLines([...entries, ...first.value], standing)).toEqual({ ok: true, value: [] });
      }),
    );
  });

  it('is not moved at all when the cash of the entries is another', () => {
    fc.assert(
      fc.property(life, fc.integer({ min: 1, max: 1000 }), (drawn, more) => {
        const { standing, entries } = standingOf(drawn);
        const wrong: LedgerLine[] = [
          ...entries,
          { account: 'cash-drawer', amount: rupiah(more) },
          { account: 'variance', amount: rupiah(-more) },
        ];
        expect(adjustingLines(wrong, standing)).toEqual({ ok: false, error: 'CASH_DIFFERS' });
      }),
    );
  });

  it('after it went back in cash leaves only what was booked all the same, against a claim', () => {
    fc.assert(
      fc.property(life, (drawn) => {
        const { standing } = standingOf(drawn);
        const lines = standingLines({ ...standing, cashReturned: true });
        expect(ledgerBalance(lines)).toBe(0);
        const claims = lines.filter(({ account }) => account.startsWith('suspense:'));
        const booked = standing.parts.filter(isBooked).reduce((sum, { expected }) => sum + expected, 0);
        expect(claims.reduce((sum, { amount }) => sum + amount, 0)).toBe(booked);
      }),
    );
  });

  it('that is asked back never exceeds what was handed over, and a whole refund is exactly that', () => {
    fc.assert(
      fc.property(life, (drawn) => {
        const { standing, held } = standingOf(drawn);
        const asked = refundToAsk(standing);
        if (asked === null) return;
        expect(asked.amount).toBeGreaterThan(0);
        expect(asked.amount).toBeLessThanOrEqual(held + drawn.rounding);
        if (asked.whole) expect(asked.amount).toBe(held);
        expect(new Set(asked.parts.map(partKey)).size).toBe(asked.parts.length);
      }),
    );
  });

  it('keeps a refund that is due or paid on its own account, by exactly its sum', () => {
    const one: StandingPart = {
      component: 'pkb',
      periodDueOn: on('2026-03-30'),
      beneficiary: { kind: 'province' },
      taken: rupiah(100),
      waived: ZERO_RUPIAH,
      expected: rupiah(60),
      state: 'over',
      refund: 'none',
    };
    const of = (part: StandingPart) =>
      standingLines({
        parts: [part],
        agentFee: ZERO_RUPIAH,
        rounding: ZERO_RUPIAH,
        wholeRefund: 'none',
        cashReturned: false,
      });
    expect(refundableOf(one)).toBe(40);
    expect(refundSum([one], null)).toBe(40);
    expect(of(one)).toEqual([
      { account: 'province', amount: -60 },
      { account: 'refund-payable', amount: -40 },
    ]);
    expect(of({ ...one, refund: 'paid' })).toEqual([
      { account: 'province', amount: -60 },
      { account: 'bank-confirmed', amount: -40 },
    ]);
    expect(of({ ...one, state: 'rejected' })).toEqual([{ account: 'suspense:pkb', amount: -100 }]);
  });

  it('names what is missing part by part, for its own beneficiary', () => {
    const outcome = { component: 'opsenPkb', periodDueOn: on('2026-03-30'), state: 'short' } as const;
    const outcomes = [
      { ...outcome, expected: rupiah(70), taken: rupiah(50) },
      { ...outcome, component: 'pkb' as const, state: 'booked' as const, expected: rupiah(10), taken: rupiah(10) },
    ];
    expect(shortParts(outcomes, REGENCY)).toEqual([
      {
        component: 'opsenPkb',
        periodDueOn: '2026-03-30',
        beneficiary: { kind: 'regency', code: REGENCY },
        amount: 20,
      },
    ]);
  });
});

describe('a refund', () => {
  it('in cash needs every one of its conditions', () => {
    const facts = {
      isReturned: false,
      isQueued: false,
      isCash: true,
      central: 'refund-due' as const,
      hasOpenApplication: false,
      session: 'own' as const,
      isDeposited: false,
    };
    expect(cashRefundAnswer(facts)).toBe('yes');
    expect(cashRefundAnswer({ ...facts, isReturned: true })).toBe('returned');
    expect(cashRefundAnswer({ ...facts, isQueued: true })).toBe('void-instead');
    expect(cashRefundAnswer({ ...facts, isCash: false })).toBe('not-cash');
    expect(cashRefundAnswer({ ...facts, central: 'not-booked' })).toBe('not-decided');
    expect(cashRefundAnswer({ ...facts, central: 'booked' })).toBe('booked');
    expect(cashRefundAnswer({ ...facts, central: 'over' })).toBe('booked');
    expect(cashRefundAnswer({ ...facts, central: 'refunded' })).toBe('returned');
    expect(cashRefundAnswer({ ...facts, hasOpenApplication: true })).toBe('application-open');
    expect(cashRefundAnswer({ ...facts, session: 'none' })).toBe('no-session');
    expect(cashRefundAnswer({ ...facts, session: 'other' })).toBe('other-session');
    expect(cashRefundAnswer({ ...facts, isDeposited: true })).toBe('deposited');
  });

  it('follows its own table, and a paid or rejected one never moves again', () => {
    const lawful = REFUND_STATES.flatMap((from) =>
      REFUND_STATES.filter((to) => moveRefund(from, to).ok).map((to) => `${from}>${to}`),
    );
    expect(lawful).toEqual([
      'requested>approved',
      'requested>rejected',
      'approved>paid',
      'approved>rejected',
      'approved>unclaimed',
      'unclaimed>paid',
    ]);
  });

  it('that was paid closes the case of its parts and of no other', () => {
    const [pkb, opsen] = (['pkb', 'opsenPkb'] as const).map((component) => ({
      component,
      periodDueOn: on('2026-03-30'),
    }));
    if (pkb === undefined || opsen === undefined) throw new Error('two parts');
    const over = [
      { ...pkb, state: 'over' as const },
      { ...opsen, state: 'booked' as const },
    ];
    expect(centralAfterRefund('over', over, [pkb])).toBe('booked');
    const elsewhere = [
      { ...pkb, state: 'paid-elsewhere' as const },
      { ...opsen, state: 'short' as const },
    ];
    expect(centralAfterRefund('paid-elsewhere', elsewhere, [pkb])).toBe('short');
    expect(centralAfterRefund('rejected', [], [pkb, opsen])).toBe('refunded');
  });
});
