import { err, ok, type Result } from './result.ts';

/** The life of an application for a refund: asked for, approved by another person, paid by the province; or not. */
export const REFUND_STATES = ['requested', 'approved', 'paid', 'rejected', 'unclaimed'] as const;

/** One of them. */
export type RefundState = (typeof REFUND_STATES)[number];

const NEXT: Readonly<Record<RefundState, readonly RefundState[]>> = {
  requested: ['approved', 'rejected'],
  approved: ['paid', 'rejected', 'unclaimed'],
  // The account was wrong, the citizen came back: it is paid late.
  unclaimed: ['paid'],
  paid: [],
  rejected: [],
};

/** The state after a word of the province or of a supervisor; NOT_NOW where it has no place. */
export function moveRefund(from: RefundState, to: RefundState): Result<RefundState, 'NOT_NOW'> {
  return NEXT[from].includes(to) ? ok(to) : err('NOT_NOW');
}

/** Whether money is still owed, or may be, under this application. */
export function isOpenRefund(state: RefundState): boolean {
  return state === 'requested' || state === 'approved' || state === 'unclaimed';
}
