import { type LocalDate, startOfLocalDate } from './local-date.ts';
import type { CentralState, DeliveryState } from './transaction-state.ts';

/** What a same-day request is judged by, and what its officer is told before asking. */
export interface SameDayFacts {
  readonly delivery: DeliveryState;
  readonly central: CentralState;
  readonly isReturned: boolean;
  readonly isAsked: boolean;
  readonly paidOn: LocalDate;
  readonly today: LocalDate;
  /** ms UTC. */
  readonly now: number;
  /** Hour of the day in Jakarta until which a request is taken. */
  readonly untilHour: number;
}

/** Whether a sent sale may be asked back; `void-instead` while nothing of it has left. */
export type SameDayAnswer = 'yes' | 'void-instead' | 'returned' | 'asked' | 'other-day' | 'too-late';

/** The moment until which a request about a sale of this day is taken, ms UTC. */
export function sameDayUntil(paidOn: LocalDate, untilHour: number): number {
  return startOfLocalDate(paidOn) + untilHour * 3_600_000;
}

/** "Afterwards there is a same-day *permintaan pembatalan*": of its own day, until the hour of the policy, once. */
export function mayAskBack(facts: SameDayFacts): SameDayAnswer {
  if (facts.isReturned || facts.central === 'refunded') return 'returned';
  if (facts.isAsked) return 'asked';
  if (facts.delivery === 'queued') return 'void-instead';
  if (facts.paidOn !== facts.today) return 'other-day';
  return facts.now < sameDayUntil(facts.paidOn, facts.untilHour) ? 'yes' : 'too-late';
}

/** What will come of it, as far as anybody can know here: a booked sale is settled, of any other the province decides. */
export function likelyAnswer(central: CentralState): 'settled' | 'open' {
  return central === 'booked' || central === 'over' ? 'settled' : 'open';
}
