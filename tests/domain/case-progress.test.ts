import { describe, expect, it } from 'vitest';
import { byWorry, type CaseFacts, ownerOfCase, promisedDay, stepsOfCase } from '../../src/domain/case-progress.ts';
import { EXCEPTION_GUIDES, EXCEPTION_KINDS } from '../../src/domain/exception-case.ts';
import { REFUND_STATES } from '../../src/domain/refund-state.ts';
import { likelyAnswer, mayAskBack, type SameDayFacts, sameDayUntil } from '../../src/domain/same-day.ts';
import { on } from '../support/dates.ts';

const NEW: CaseFacts = {
  isOpened: false,
  isShortfallAnswered: false,
  isMatched: false,
  isCashReturned: false,
  refund: null,
};
const stateOf = (facts: CaseFacts, kind: (typeof EXCEPTION_KINDS)[number], step: string) =>
  stepsOfCase(kind, facts).find((one) => one.step === step)?.state;

describe('the steps of a case', () => {
  it('have at most one that is next, whatever was done, and an owner for every kind', () => {
    for (const kind of EXCEPTION_KINDS) {
      for (const isOpened of [true, false]) {
        for (const isShortfallAnswered of [true, false]) {
          for (const isCashReturned of [true, false]) {
            for (const refund of [null, ...REFUND_STATES]) {
              const facts = { ...NEW, isOpened, isShortfallAnswered, isCashReturned, refund };
              const steps = stepsOfCase(kind, facts);
              // Whoever did not come for his money is looked for before it is transferred.
              const guide = EXCEPTION_GUIDES[kind].steps.map(({ step }) => step);
              const expected =
                refund === 'unclaimed'
                  ? guide.flatMap((step) => (step === 'transfer-refund' ? ['find-claimant', step] : [step]))
                  : guide;
              expect(steps.map(({ step }) => step)).toEqual(expected);
              expect(steps.filter(({ state }) => state === 'next').length).toBeLessThanOrEqual(1);
              expect(['officer', 'supervisor', 'province']).toContain(ownerOfCase(kind, facts));
            }
          }
        }
      }
    }
  });

  it('go from looking to one road, and leave the other roads', () => {
    expect(stateOf(NEW, 'short', 'compare-figures')).toBe('next');
    const opened = { ...NEW, isOpened: true };
    expect(stateOf(opened, 'short', 'collect-shortfall')).toBe('next');
    expect(stateOf(opened, 'short', 'fill-refund-application')).toBe('later');
    const collected = { ...opened, isShortfallAnswered: true };
    expect(stateOf(collected, 'short', 'fill-refund-application')).toBe('not-needed');
    expect(ownerOfCase('short', collected)).toBe('province');
    const applied = { ...opened, refund: 'requested' as const };
    expect(stateOf(applied, 'short', 'collect-shortfall')).toBe('not-needed');
    expect(stateOf(applied, 'short', 'approve-refund')).toBe('next');
    expect(ownerOfCase('short', applied)).toBe('supervisor');
    expect(stateOf({ ...opened, refund: 'rejected' }, 'over', 'fill-refund-application')).toBe('next');
    expect(stateOf({ ...opened, refund: 'approved' }, 'over', 'transfer-refund')).toBe('next');
  });
});

describe('the list of cases', () => {
  it('begins with what worries most, then with what waits longest, and knows every kind', () => {
    const all = EXCEPTION_KINDS.map((kind) => ({ kind, openedAt: 5 }));
    expect(all.toSorted(byWorry)[0]?.kind).toBe('cash-lost');
    for (const kind of EXCEPTION_KINDS) {
      // A kind that the order does not know would stand before all others.
      if (kind !== 'cash-lost')
        expect(byWorry({ kind, openedAt: 1 }, { kind: 'cash-lost', openedAt: 9 }), kind).toBeGreaterThan(0);
    }
    expect(byWorry({ kind: 'short', openedAt: 1 }, { kind: 'short', openedAt: 2 })).toBeLessThan(0);
  });

  it('promises a day', () => {
    expect(promisedDay(on('2026-02-26'), 5)).toBe('2026-03-03');
  });
});

describe('a same-day request', () => {
  const facts: SameDayFacts = {
    delivery: 'acknowledged',
    central: 'not-booked',
    isReturned: false,
    isAsked: false,
    paidOn: on('2026-03-10'),
    today: on('2026-03-10'),
    now: Date.UTC(2026, 2, 10, 7, 59),
    untilHour: 15,
  };
  it('is taken until the hour of the policy in Jakarta, and not in its first minute after', () => {
    expect(sameDayUntil(on('2026-03-10'), 15)).toBe(Date.UTC(2026, 2, 10, 8));
    expect(mayAskBack(facts)).toBe('yes');
    expect(mayAskBack({ ...facts, now: Date.UTC(2026, 2, 10, 8) })).toBe('too-late');
    expect(mayAskBack({ ...facts, today: on('2026-03-11') })).toBe('other-day');
  });

  it('has no place while the counter can void, twice, and after the cash went back', () => {
    expect(mayAskBack({ ...facts, delivery: 'queued' })).toBe('void-instead');
    for (const delivery of ['sending', 'exported', 'quarantined'] as const) {
      expect(mayAskBack({ ...facts, delivery })).toBe('yes');
    }
    expect(mayAskBack({ ...facts, isAsked: true })).toBe('asked');
    expect(mayAskBack({ ...facts, isReturned: true })).toBe('returned');
    expect(mayAskBack({ ...facts, central: 'refunded' })).toBe('returned');
  });

  it('says before asking what is left after a booking', () => {
    expect(likelyAnswer('booked')).toBe('settled');
    expect(likelyAnswer('over')).toBe('settled');
    expect(likelyAnswer('short')).toBe('open');
  });
});
