import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blocksCollection,
  isWorthAsking,
  movePayment,
  PAYMENT_STATES,
  type PaymentEvent,
  type PaymentState,
} from '../../src/domain/payment-state.ts';

const EVENTS: readonly PaymentEvent[] = ['offered', 'confirmed', 'failed', 'silent', 'sell', 'release', 'find-paid'];
const after = (state: PaymentState, events: readonly PaymentEvent[]): PaymentState =>
  events.reduce((now, event) => {
    const moved = movePayment(now, event);
    return moved.ok ? moved.value : now;
  }, state);

describe('a payment by QRIS or transfer', () => {
  it('blocks a second collection exactly while money may be on its way', () => {
    expect(PAYMENT_STATES.filter(blocksCollection)).toEqual(['unknown', 'pending', 'confirmed']);
    expect(PAYMENT_STATES.filter(isWorthAsking)).toEqual(['unknown', 'pending', 'confirmed', 'released']);
  });

  it('is unknown after a silence, and only then a supervisor may let it go', () => {
    expect(movePayment('pending', 'silent')).toEqual({ ok: true, value: 'unknown' });
    expect(PAYMENT_STATES.filter((state) => movePayment(state, 'release').ok)).toEqual(['unknown']);
  });

  it('becomes a sale out of a confirmation and out of nothing else', () => {
    expect(PAYMENT_STATES.filter((state) => movePayment(state, 'sell').ok)).toEqual(['confirmed']);
    expect(PAYMENT_STATES.filter((state) => movePayment(state, 'find-paid').ok)).toEqual(['confirmed']);
  });

  it('never loses a confirmation, whatever is heard in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...EVENTS)),
        fc.array(fc.constantFrom<PaymentEvent>('offered', 'silent', 'failed', 'release', 'confirmed')),
        (before, later) => {
          const heard = after(after('unknown', before), ['confirmed']);
          expect(['confirmed', 'sold', 'paid-twice']).toContain(heard);
          expect(['confirmed', 'sold', 'paid-twice']).toContain(after(heard, later));
        },
      ),
    );
  });

  it('stays what it became once it was settled', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<PaymentState>('sold', 'paid-twice'),
        fc.array(fc.constantFrom(...EVENTS)),
        (state, events) => after(state, events) === state,
      ),
    );
  });
});
