import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayStartSale } from '../../src/domain/delivery-policy.ts';
import { bankDaysBetween } from '../../src/domain/bank-days.ts';
import { agesOf, type LimitDates, limitStates, stopsOn, unconfirmedDeposits } from '../../src/domain/limits.ts';
import { addDays, type LocalDate, localDateAt, startOfLocalDate } from '../../src/domain/local-date.ts';
import type { SaleCaps } from '../../src/domain/policy.ts';
import { rupiah } from '../../src/domain/rupiah.ts';

const FRIDAY = '2026-03-13' as LocalDate;
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-01-01' as LocalDate, days));
const maybeDay = fc.option(day, { nil: null });
const figure = fc.integer({ min: 0, max: 40 });
const maybeCap = fc.option(figure, { nil: null });

/** Day by day, as a person would count on a calendar. */
function countedBankDays(from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) {
    const weekday = new Date(`${at}T12:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) count += 1;
  }
  return count;
}

describe('working days of the bank', () => {
  it('pass over the weekend: a deposit of Friday is one working day old on Monday', () => {
    const ages = [0, 1, 2, 3, 4, 8].map((days) => bankDaysBetween(FRIDAY, addDays(FRIDAY, days)));
    expect(ages).toEqual([0, 0, 0, 1, 2, 5]);
  });

  it('are what a person counts on a calendar, over any number of weeks', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -10, max: 60 }), (from, days) => {
        const to = addDays(from, days);
        expect(bankDaysBetween(from, to)).toBe(days <= 0 ? 0 : countedBankDays(from, to));
      }),
    );
  });
});

describe('deposits that the bank has not confirmed', () => {
  it('are the oldest ones that the confirmations do not reach', () => {
    const moves = [
      { on: '2026-03-10' as LocalDate, amount: 500 },
      { on: '2026-03-11' as LocalDate, amount: 300 },
      { on: '2026-03-12' as LocalDate, amount: -500 },
    ];
    expect(unconfirmedDeposits(moves)).toEqual({ total: 300, oldestOn: '2026-03-11' });
    expect(unconfirmedDeposits(moves.slice(0, 2))).toEqual({ total: 800, oldestOn: '2026-03-10' });
    expect(unconfirmedDeposits([...moves, { on: FRIDAY, amount: -299 }])).toEqual({ total: 1, oldestOn: '2026-03-11' });
    expect(unconfirmedDeposits([...moves, { on: FRIDAY, amount: -300 }])).toEqual({ total: 0, oldestOn: null });
    expect(unconfirmedDeposits([])).toEqual({ total: 0, oldestOn: null });
    // The oldest is the oldest however the moves come, and the bank's word counts whenever it stands.
    expect(unconfirmedDeposits(moves.toReversed())).toEqual(unconfirmedDeposits(moves));
    expect(unconfirmedDeposits([{ on: FRIDAY, amount: 0 }, ...moves])).toEqual(unconfirmedDeposits(moves));
    const [first, second, word] = moves;
    if (first === undefined || second === undefined || word === undefined) throw new Error('three moves');
    const between = [first, { ...word, on: second.on }, { ...second, on: word.on }];
    expect(unconfirmedDeposits(between)).toEqual({ total: 300, oldestOn: word.on });
  });
});

describe('what is left of the limits', () => {
  const facts = fc.record({
    drawerCash: figure,
    unconfirmedDeposits: figure,
    unsent: figure,
  });
  const dates: fc.Arbitrary<LimitDates> = fc.record({
    lastContactOn: maybeDay,
    rulesOn: maybeDay,
    registryOn: maybeDay,
    oldestDepositOn: maybeDay,
  });
  const caps: fc.Arbitrary<SaleCaps> = fc.record({
    perSale: fc.constant(null),
    drawerCash: maybeCap.map((cap) => (cap === null ? null : rupiah(cap))),
    unconfirmedDeposits: maybeCap.map((cap) => (cap === null ? null : rupiah(cap))),
    unconfirmedDepositBankDays: maybeCap,
    unsent: maybeCap,
    daysSinceContact: maybeCap,
    rulesAgeDays: maybeCap,
    registryAgeDays: maybeCap,
  });

  it('says "reached" exactly where the smallest sale would be refused, and by those caps', () => {
    fc.assert(
      fc.property(caps, facts, dates, day, (policy, amounts, from, today) => {
        const known = { ...amounts, ...agesOf(from, today) };
        const states = limitStates(policy, known, from, startOfLocalDate(today));
        const decided = mayStartSale(policy, { ...known, saleAmount: 1 });
        expect(states.filter(({ reached }) => reached).map(({ cap }) => cap)).toEqual(
          decided.ok ? [] : decided.error.map(({ cap }) => cap),
        );
        for (const { limit, used, remaining } of states) {
          // What is used and what remains fill the cap; nothing remains of one that is passed, and nobody knows of null.
          expect(remaining).toBe(used === null ? null : used > limit ? 0 : limit - used);
        }
      }),
    );
  });

  it('counts down to the very millisecond from which sales are refused: none before it, all after it', () => {
    const ages = ['daysSinceContact', 'rulesAgeDays', 'registryAgeDays', 'unconfirmedDepositBankDays'] as const;
    const none: SaleCaps = {
      perSale: null,
      drawerCash: null,
      unconfirmedDeposits: null,
      unconfirmedDepositBankDays: null,
      unsent: null,
      daysSinceContact: null,
      rulesAgeDays: null,
      registryAgeDays: null,
    };
    fc.assert(
      fc.property(fc.constantFrom(...ages), figure, day, (cap, limit, from) => {
        const since = { lastContactOn: from, rulesOn: from, registryOn: from, oldestDepositOn: from };
        const stop = stopsOn(cap, limit, since);
        if (stop === null) throw new Error('an age has an end');
        const end = startOfLocalDate(stop);
        const isRefused = (at: number): boolean => {
          const known = { drawerCash: 0, unconfirmedDeposits: 0, unsent: 0, ...agesOf(since, localDateAt(at)) };
          const [state] = limitStates({ ...none, [cap]: limit }, known, since, at);
          expect(state?.remainingMs).toBe(Math.max(0, end - at));
          return !mayStartSale({ ...none, [cap]: limit }, { ...known, saleAmount: 1 }).ok;
        };
        expect([isRefused(end - 1), isRefused(end)]).toEqual([false, true]);
      }),
    );
  });

  it('knows no end for what no calendar reaches', () => {
    const from = { lastContactOn: FRIDAY, rulesOn: FRIDAY, registryOn: FRIDAY, oldestDepositOn: FRIDAY };
    for (const cap of ['perSale', 'drawerCash', 'unconfirmedDeposits', 'unsent'] as const) {
      expect(stopsOn(cap, 3, from)).toBeNull();
    }
    expect(stopsOn('daysSinceContact', 3, { ...from, lastContactOn: null })).toBeNull();
  });

  it('begins a day where the calendar of Jakarta does', () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(localDateAt(startOfLocalDate(date))).toBe(date);
        expect(localDateAt(startOfLocalDate(date) - 1)).toBe(addDays(date, -1));
      }),
    );
  });
});
