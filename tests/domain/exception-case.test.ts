import { describe, expect, it } from 'vitest';
import {
  EXCEPTION_GUIDES,
  EXCEPTION_KINDS,
  exceptionOfOutcome,
  type CashRefundFacts,
  mayRefundInCash,
} from '../../src/domain/exception-case.ts';
import { CENTRAL_STATES } from '../../src/domain/transaction-state.ts';

describe('exception cases', () => {
  it('each lead somewhere: at least one step, the last of them by a person or the province', () => {
    for (const kind of EXCEPTION_KINDS) expect(EXCEPTION_GUIDES[kind].steps.length).toBeGreaterThan(0);
  });

  it('never let the one who took the money approve its return', () => {
    for (const kind of EXCEPTION_KINDS) {
      for (const { step, by, needs } of EXCEPTION_GUIDES[kind].steps) {
        if (step === 'approve-refund') expect([by, needs]).toEqual(['supervisor', ['second-person']]);
        if (step === 'pay-refund-in-cash') expect(needs).toEqual(['payer', 'original-paper', 'second-person']);
      }
    }
  });

  it('open for every decision of the province that needs a person, and for no other', () => {
    expect(CENTRAL_STATES.filter((state) => exceptionOfOutcome(state) === null)).toEqual([
      'not-booked',
      'booked',
      'refunded',
    ]);
    for (const state of CENTRAL_STATES) {
      const kind = exceptionOfOutcome(state);
      if (kind !== null) expect(EXCEPTION_KINDS).toContain(kind);
    }
  });

  it('"Refund in cash only for a sale neither booked nor deposited, from the same cash session, to the payer, against the original paper"', () => {
    const facts: CashRefundFacts = {
      central: 'rejected',
      isDeposited: false,
      soldInOpenSession: true,
      hasOriginalPaper: true,
      isPayer: true,
    };
    expect(mayRefundInCash(facts)).toBe(true);
    for (const change of [
      { central: 'booked' },
      { central: 'over' },
      { isDeposited: true },
      { soldInOpenSession: false },
      { hasOriginalPaper: false },
      { isPayer: false },
    ] as const) {
      expect(mayRefundInCash({ ...facts, ...change })).toBe(false);
    }
  });
});
