import type { LocalDate } from './local-date.ts';

/** A ticket of somebody who waits, as far as the order goes. */
export interface WaitingTicket {
  readonly ticketId: string;
  /** From 1 every day. */
  readonly ticketNumber: number;
  readonly reason: 'walk-in' | 'outage';
  readonly issuedOn: LocalDate;
  /** From when on the citizen waits: the day and moment (ms UTC) of a proved arrival, else of the ticket. */
  readonly sinceOn: LocalDate;
  readonly sinceAt: number;
}

/** Where a ticket stands: with those who came on an earlier day and could not be served, with today's, or nowhere any more. */
export type QueueClass = 'carried-over' | 'today' | 'expired';

/**
 * A ticket of a bygone day counts on only where the outage sent the citizen home; who merely left has lost his place,
 * never his proved arrival: with a new ticket it brings him back to the front.
 */
export function queueClassOf(ticket: WaitingTicket, today: LocalDate): QueueClass {
  if (ticket.reason === 'walk-in' && ticket.issuedOn < today) return 'expired';
  return ticket.sinceOn < today ? 'carried-over' : 'today';
}

const order = <T>(left: T, right: T): number => (left < right ? -1 : left > right ? 1 : 0);

function compare(left: WaitingTicket, right: WaitingTicket, today: LocalDate): number {
  return (
    order(queueClassOf(left, today), queueClassOf(right, today)) || // 'carried-over' stands before 'today'
    order(left.sinceOn, right.sinceOn) ||
    order(left.sinceAt, right.sinceAt) ||
    order(left.issuedOn, right.issuedOn) ||
    order(left.ticketNumber, right.ticketNumber) ||
    order(left.ticketId, right.ticketId)
  );
}

/** Who is next: those whom an outage sent home come first, by day and time of their arrival, then today's by theirs. */
export function fairOrder<T extends WaitingTicket>(tickets: readonly T[], today: LocalDate): readonly T[] {
  return tickets
    .filter((ticket) => queueClassOf(ticket, today) !== 'expired')
    .toSorted((left, right) => compare(left, right, today));
}
