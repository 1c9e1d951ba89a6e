import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CENTRAL_STATES,
  DELIVERY_STATES,
  deliveryStatesBefore,
  moveTransaction,
  NEW_TRANSACTION,
  summariseCentral,
  type TransactionEvent,
  type TransactionState,
  type VoidEvent,
} from '../../src/domain/transaction-state.ts';

const officer = { personId: 'o1', role: 'officer' } as const;
const supervisor = { personId: 's1', role: 'supervisor' } as const;
const voidEvent: VoidEvent = {
  type: 'void',
  officer,
  approver: supervisor,
  cashSessionId: 'c1',
  soldInCashSessionId: 'c1',
};

const events: fc.Arbitrary<TransactionEvent> = fc.oneof(
  fc.constantFrom(
    ...(
      [
        'assess',
        'pay',
        'send',
        'export',
        'acknowledge',
        'quarantine',
        'release',
        'paper-out',
        'paper-not-out',
        'paper-spoiled',
        'upload',
        'document-stored',
        'document-missing',
        'capture',
      ] as const
    ).map((type): TransactionEvent => ({ type })),
  ),
  fc.constantFrom(...CENTRAL_STATES).map((outcome): TransactionEvent => ({ type: 'decide', outcome })),
  fc.constantFrom<TransactionEvent>(
    { type: 'print-intent', paper: 'provisional-receipt' },
    { type: 'print-intent', paper: 'arrival-receipt' },
    voidEvent,
    { ...voidEvent, approver: officer },
    { ...voidEvent, cashSessionId: 'c2' },
  ),
);

function after(...list: readonly TransactionEvent[]): TransactionState {
  return list.reduce<TransactionState>((state, event) => {
    const moved = moveTransaction(state, event);
    if (!moved.ok) throw new Error(`${event.type}: ${moved.error}`);
    return moved.value;
  }, NEW_TRANSACTION);
}

const paid = after({ type: 'assess' }, { type: 'pay' });

describe('a transaction', () => {
  it('walks from draft to booked with its paper and its documents', () => {
    const done = after(
      { type: 'assess' },
      { type: 'assess' },
      { type: 'pay' },
      { type: 'print-intent', paper: 'provisional-receipt' },
      { type: 'paper-out' },
      { type: 'send' },
      { type: 'acknowledge' },
      { type: 'decide', outcome: 'booked' },
      { type: 'capture' },
      { type: 'upload' },
      { type: 'document-stored' },
    );
    expect(done).toEqual({
      business: 'paid',
      delivery: 'acknowledged',
      central: 'booked',
      print: 'printed',
      papers: 1,
      documents: 'stored',
    });
  });

  it('is paid once, only after an assessment, and never unpaid but by a void', () => {
    expect(moveTransaction(NEW_TRANSACTION, { type: 'pay' })).toEqual({ ok: false, error: 'NOT_NOW' });
    expect(moveTransaction(paid, { type: 'pay' })).toEqual({ ok: false, error: 'NOT_NOW' });
    expect(moveTransaction(paid, { type: 'assess' })).toEqual({ ok: false, error: 'NOT_NOW' });
  });

  it('"A void requires queued, the same cash session and two people"', () => {
    expect(moveTransaction(paid, voidEvent)).toMatchObject({ value: { business: 'voided' } });
    expect(moveTransaction(paid, { ...voidEvent, cashSessionId: 'c2' })).toEqual({
      ok: false,
      error: 'OTHER_CASH_SESSION',
    });
    expect(moveTransaction(paid, { ...voidEvent, approver: officer })).toEqual({
      ok: false,
      error: 'TAKES_TWO_PEOPLE',
    });
    const colleague = { personId: 'o2', role: 'officer' } as const;
    expect(moveTransaction(paid, { ...voidEvent, approver: colleague })).toEqual({
      ok: false,
      error: 'TAKES_TWO_PEOPLE',
    });
    const alone = { personId: 's1', role: 'supervisor' } as const;
    expect(moveTransaction(paid, { ...voidEvent, officer: alone })).toEqual({ ok: false, error: 'TAKES_TWO_PEOPLE' });
    expect(moveTransaction(after({ type: 'assess' }), voidEvent)).toEqual({ ok: false, error: 'NOT_NOW' });
  });

  it('cannot be voided once the first byte may have left, by socket or by stick', () => {
    for (const type of ['send', 'export', 'acknowledge', 'quarantine'] as const) {
      const left = moveTransaction(paid, { type });
      if (!left.ok) throw new Error(left.error);
      expect(moveTransaction(left.value, voidEvent)).toEqual({ ok: false, error: 'ALREADY_SENT' });
    }
  });

  it('never returns to the outbox, and what the province has acknowledged stays so', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (list) => {
        let state = NEW_TRANSACTION;
        for (const event of list) {
          const moved = moveTransaction(state, event);
          if (!moved.ok) continue;
          if (state.delivery !== 'queued') expect(moved.value.delivery).not.toBe('queued');
          if (state.delivery === 'acknowledged') expect(moved.value.delivery).toBe('acknowledged');
          if (state.delivery === 'quarantined' && event.type !== 'release') {
            expect(moved.value.delivery).toBe('quarantined');
          }
          if (state.business === 'paid') expect(['paid', 'voided']).toContain(moved.value.business);
          if (state.business === 'voided') expect(moved.value.business).toBe('voided');
          if (state.central === 'refunded') expect(moved.value.central).toBe('refunded');
          expect(moved.value.papers).toBeGreaterThanOrEqual(state.papers);
          state = moved.value;
        }
      }),
    );
  });

  it('names to a store the states that an event moves, which are those of the table', () => {
    for (const type of ['send', 'export', 'acknowledge', 'quarantine', 'release'] as const) {
      for (const delivery of DELIVERY_STATES) {
        const moved = moveTransaction({ ...paid, delivery }, { type });
        const isMoved = moved.ok && moved.value.delivery !== delivery;
        expect(deliveryStatesBefore(type).includes(delivery), `${type} ${delivery}`).toBe(isMoved);
      }
    }
    expect(deliveryStatesBefore('release')).toEqual(['quarantined']);
    // Nothing else leads out of it, whatever comes.
    for (const type of ['send', 'export', 'acknowledge', 'quarantine'] as const) {
      expect(deliveryStatesBefore(type)).not.toContain('quarantined');
    }
  });

  it('moves on one axis at a time', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (list) => {
        let state = NEW_TRANSACTION;
        for (const event of list) {
          const moved = moveTransaction(state, event);
          if (!moved.ok) continue;
          const changed = (['business', 'delivery', 'central', 'print', 'documents'] as const).filter(
            (axis) => moved.value[axis] !== state[axis],
          );
          expect(changed.length).toBeLessThanOrEqual(1);
          state = moved.value;
        }
      }),
    );
  });

  it('prints no receipt before there is a sale; the proof of arrival needs none', () => {
    const receipt = { type: 'print-intent', paper: 'provisional-receipt' } as const;
    expect(moveTransaction(NEW_TRANSACTION, receipt)).toEqual({ ok: false, error: 'NO_SALE_NO_RECEIPT' });
    expect(moveTransaction(NEW_TRANSACTION, { ...receipt, paper: 'arrival-receipt' }).ok).toBe(true);
  });

  it('"an intent without result is print-unknown and never prints by itself": the officer answers first', () => {
    const receipt = { type: 'print-intent', paper: 'provisional-receipt' } as const;
    const unknown = after({ type: 'assess' }, { type: 'pay' }, receipt);
    expect(unknown.print).toBe('print-unknown');
    expect(moveTransaction(unknown, receipt)).toEqual({ ok: false, error: 'NOT_NOW' });
    const again = after({ type: 'assess' }, { type: 'pay' }, receipt, { type: 'paper-not-out' }, receipt, {
      type: 'paper-out',
    });
    expect([again.print, again.papers]).toEqual(['printed', 2]);
  });

  // Settled again after a top-up, a match or a refund: the register may have moved meanwhile.
  it('follows every way of section 13 after custody, and no other', () => {
    const ways = CENTRAL_STATES.flatMap((from) =>
      CENTRAL_STATES.filter(
        (to) => moveTransaction({ ...paid, central: from }, { type: 'decide', outcome: to }).ok,
      ).map((to) => `${from} -> ${to}`),
    );
    expect(ways).toEqual([
      'not-booked -> booked',
      'not-booked -> short',
      'not-booked -> over',
      'not-booked -> paid-elsewhere',
      'not-booked -> on-hold',
      'not-booked -> rejected',
      'not-booked -> refund-due',
      'booked -> over',
      'booked -> refund-due',
      'booked -> refunded',
      'short -> booked',
      'short -> over',
      'short -> paid-elsewhere',
      'short -> on-hold',
      'short -> rejected',
      'short -> refund-due',
      'short -> refunded',
      'over -> booked',
      'over -> refund-due',
      'over -> refunded',
      'paid-elsewhere -> refund-due',
      'paid-elsewhere -> refunded',
      'on-hold -> booked',
      'on-hold -> short',
      'on-hold -> over',
      'on-hold -> paid-elsewhere',
      'on-hold -> rejected',
      'on-hold -> refund-due',
      'on-hold -> refunded',
      'rejected -> not-booked',
      'rejected -> booked',
      'rejected -> short',
      'rejected -> over',
      'rejected -> paid-elsewhere',
      'rejected -> on-hold',
      'rejected -> refund-due',
      'rejected -> refunded',
      'refund-due -> refunded',
    ]);
  });

  it('shows, of the outcomes of its parts, the one that most needs a person', () => {
    expect(summariseCentral(['booked', 'booked'])).toBe('booked');
    expect(summariseCentral(['booked', 'not-booked'])).toBe('not-booked');
    expect(summariseCentral(['booked', 'paid-elsewhere', 'short'])).toBe('short');
    expect(summariseCentral(['over', 'refund-due', 'on-hold'])).toBe('refund-due');
    expect(summariseCentral([])).toBe('not-booked');
    for (const state of CENTRAL_STATES) expect(summariseCentral([state])).toBe(state);
  });
});
