import {
  isBooked,
  partKey,
  type PartAmount,
  refundableOf,
  refundSum,
  type SaleStanding,
  type StandingPart,
} from './case-ledger.ts';
import { mayRefundInCash } from './exception-case.ts';
import { type Rupiah, rupiah } from './rupiah.ts';
import { type CentralState, summariseCentral } from './transaction-state.ts';

/** Why cash does not go back over the counter; an application is the road then. */
export type CashRefundAnswer =
  | 'yes'
  | 'returned'
  | 'void-instead'
  | 'not-cash'
  | 'not-decided'
  | 'booked'
  | 'application-open'
  | 'no-session'
  | 'other-session'
  | 'deposited';

/** What a refund in cash is judged by before the paper lies on the table. */
export interface CashRefundFacts {
  readonly isReturned: boolean;
  readonly isQueued: boolean;
  readonly isCash: boolean;
  readonly central: CentralState;
  readonly hasOpenApplication: boolean;
  readonly session: 'none' | 'other' | 'own';
  readonly isDeposited: boolean;
}

/**
 * "Only for a sale neither booked nor deposited, from the same cash session, to the payer, against the original paper."
 * A sale of which the province has said nothing may be booked in this very moment: its officer asks it back first.
 */
export function cashRefundAnswer(facts: CashRefundFacts): CashRefundAnswer {
  const { isReturned, isQueued, isCash, central, hasOpenApplication, session, isDeposited } = facts;
  if (isReturned || central === 'refunded') return 'returned';
  if (!isCash) return 'not-cash';
  if (isQueued) return 'void-instead';
  if (central === 'not-booked') return 'not-decided';
  if (hasOpenApplication) return 'application-open';
  if (session !== 'own') return session === 'none' ? 'no-session' : 'other-session';
  if (isDeposited) return 'deposited';
  const onTable = { hasOriginalPaper: true, isPayer: true, soldInOpenSession: true, isDeposited };
  return mayRefundInCash({ central, ...onTable }) ? 'yes' : 'booked';
}

/** What an application asks for. */
export interface RefundAsked {
  readonly parts: readonly Pick<PartAmount, 'component' | 'periodDueOn' | 'amount'>[];
  readonly whole: boolean;
  readonly amount: Rupiah;
}

const OWED: readonly CentralState[] = ['over', 'paid-elsewhere', 'refund-due'];

/**
 * What can be asked back: what is owed already, part by part, or everything where nothing is owed yet and the citizen
 * does not wait. Null where nothing is left.
 */
export function refundToAsk(standing: SaleStanding): RefundAsked | null {
  if (standing.cashReturned) return null;
  const isFree = (part: StandingPart): boolean => part.refund === 'none' && refundableOf(part) > 0;
  const free = standing.parts.filter(isFree);
  const owed = free.filter(({ state }) => OWED.includes(state));
  const chosen = owed.length > 0 ? owed : free;
  if (chosen.length === 0) return null;
  const paid = standing.parts.filter(({ taken, waived }) => taken > waived);
  const whole = chosen.length === paid.length && !chosen.some(({ state }) => state === 'over');
  const amount = refundSum(chosen, whole ? standing : null);
  const parts = chosen.map((part) => ({
    component: part.component,
    periodDueOn: part.periodDueOn,
    amount: refundableOf(part),
  }));
  return { parts, whole, amount: rupiah(amount) };
}

/** What the tax office's word comes to once a refund of these parts has left the bank. */
export function centralAfterRefund(
  central: CentralState,
  outcomes: readonly Pick<StandingPart, 'component' | 'periodDueOn' | 'state'>[],
  refunded: readonly Pick<PartAmount, 'component' | 'periodDueOn'>[],
): CentralState {
  const gone = new Set(refunded.map(partKey));
  const after = outcomes.map((outcome): CentralState => {
    if (!gone.has(partKey(outcome))) return outcome.state;
    return outcome.state === 'over' ? 'booked' : 'refunded';
  });
  if (after.length > 0) return summariseCentral(after);
  return isBooked({ state: central }) ? central : 'refunded';
}
