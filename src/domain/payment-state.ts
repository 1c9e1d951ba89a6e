import { err, ok, type Result } from './result.ts';

/**
 * Where a payment by QRIS or transfer stands at the counter. `unknown`: the last question brought no answer that can be
 * believed, also before the first. `confirmed`: the money is there, and its sale is not written yet.
 */
export const PAYMENT_STATES = ['unknown', 'pending', 'confirmed', 'sold', 'failed', 'released', 'paid-twice'] as const;

/** One of them. */
export type PaymentState = (typeof PAYMENT_STATES)[number];

/** What can happen to it; the first four are what a question to the provider brought. */
export type PaymentEvent = 'offered' | 'confirmed' | 'failed' | 'silent' | 'sell' | 'release' | 'find-paid';

/**
 * `released` is a supervisor's decision that the citizen may pay otherwise: it is no proof that no money came, so the
 * provider is still believed afterwards, and what then comes is paid twice.
 */
const MOVES: Readonly<Record<PaymentState, Readonly<Partial<Record<PaymentEvent, PaymentState>>>>> = {
  unknown: { offered: 'pending', confirmed: 'confirmed', failed: 'failed', silent: 'unknown', release: 'released' },
  pending: { offered: 'pending', confirmed: 'confirmed', failed: 'failed', silent: 'unknown' },
  confirmed: {
    offered: 'confirmed',
    confirmed: 'confirmed',
    silent: 'confirmed',
    sell: 'sold',
    'find-paid': 'paid-twice',
  },
  sold: { offered: 'sold', confirmed: 'sold', silent: 'sold' },
  failed: { failed: 'failed', silent: 'failed', confirmed: 'confirmed' },
  released: { offered: 'released', confirmed: 'confirmed', failed: 'failed', silent: 'released' },
  'paid-twice': { offered: 'paid-twice', confirmed: 'paid-twice', silent: 'paid-twice' },
};

/** The one table by which a payment moves. */
export function movePayment(state: PaymentState, event: PaymentEvent): Result<PaymentState, 'NOT_NOW'> {
  const next = MOVES[state][event];
  return next === undefined ? err('NOT_NOW') : ok(next);
}

/** Whether money for this sale may be on its way: no second collection by any means may begin. */
export function blocksCollection(state: PaymentState): boolean {
  return state === 'unknown' || state === 'pending' || state === 'confirmed';
}

/** Whether the provider is still to be asked. */
export function isWorthAsking(state: PaymentState): boolean {
  return blocksCollection(state) || state === 'released';
}
