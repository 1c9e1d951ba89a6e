import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDate } from '../../src/domain/local-date.ts';
import { fairOrder, queueClassOf, type WaitingTicket } from '../../src/domain/queue-order.ts';

const TODAY = '2026-03-10' as LocalDate;
const on = (daysAgo: number): LocalDate => addDays(TODAY, -daysAgo);

const ticket = (over: Partial<WaitingTicket> = {}): WaitingTicket => ({
  ticketId: 't',
  ticketNumber: 1,
  reason: 'walk-in',
  issuedOn: TODAY,
  sinceOn: TODAY,
  sinceAt: 1000,
  ...over,
});

const arbitraryTicket = fc
  .record({
    ticketId: fc.uuid(),
    ticketNumber: fc.integer({ min: 1, max: 9999 }),
    reason: fc.constantFrom('walk-in' as const, 'outage' as const),
    issuedAgo: fc.integer({ min: 0, max: 5 }),
    arrivedBefore: fc.integer({ min: 0, max: 5 }),
    sinceAt: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ issuedAgo, arrivedBefore, ...rest }): WaitingTicket => {
    return { ...rest, issuedOn: on(issuedAgo), sinceOn: on(issuedAgo + arrivedBefore) };
  });
const queues = fc.uniqueArray(arbitraryTicket, { selector: ({ ticketId }) => ticketId, maxLength: 30 });

describe('the order of the queue', () => {
  it('calls those whom an outage sent home before today’s, by day and time of their arrival', () => {
    const [early, proved, late] = [
      ticket({ ticketId: 'early', reason: 'outage', issuedOn: on(2), sinceOn: on(2), sinceAt: 50 }),
      ticket({ ticketId: 'proved', ticketNumber: 9, sinceOn: on(1), sinceAt: 700 }),
      ticket({ ticketId: 'late', reason: 'outage', issuedOn: on(1), sinceOn: on(1), sinceAt: 900 }),
    ];
    const [first, second] = [
      ticket({ ticketId: 'first', sinceAt: 1001 }),
      ticket({ ticketId: 'second', ticketNumber: 2, reason: 'outage', sinceAt: 1002 }),
    ];
    const called = fairOrder([second, late, first, proved, early], TODAY);
    expect(called.map(({ ticketId }) => ticketId)).toEqual(['early', 'proved', 'late', 'first', 'second']);
  });

  it('forgets a walk-in of a bygone day, and keeps a ticket of an outage until it is settled', () => {
    expect(queueClassOf(ticket({ issuedOn: on(1), sinceOn: on(1) }), TODAY)).toBe('expired');
    expect(queueClassOf(ticket({ issuedOn: on(1), sinceOn: on(4) }), TODAY)).toBe('expired');
    expect(queueClassOf(ticket({ reason: 'outage', issuedOn: on(40), sinceOn: on(40) }), TODAY)).toBe('carried-over');
    expect(fairOrder([ticket({ issuedOn: on(1), sinceOn: on(1) })], TODAY)).toEqual([]);
  });

  it('is the same whatever the order in which the tickets are read, and loses none that counts', () => {
    fc.assert(
      fc.property(queues, fc.infiniteStream(fc.nat()), (tickets, keys) => {
        const shuffled = tickets
          .map((one) => ({ one, key: keys.next().value }))
          .toSorted((left, right) => left.key - right.key)
          .map(({ one }) => one);
        const called = fairOrder(tickets, TODAY);
        expect(fairOrder(shuffled, TODAY)).toEqual(called);
        const counting = tickets.filter((one) => queueClassOf(one, TODAY) !== 'expired');
        expect(called.toSorted((left, right) => (left.ticketId < right.ticketId ? -1 : 1))).toEqual(
          counting.toSorted((left, right) => (left.ticketId < right.ticketId ? -1 : 1)),
        );
      }),
    );
  });

  it('lets nobody overtake within a class, and nobody of today stand before one of an earlier day', () => {
    fc.assert(
      fc.property(queues, (tickets) => {
        const called = fairOrder(tickets, TODAY);
        for (const [index, next] of called.entries()) {
          const before = called[index - 1];
          if (before === undefined) continue;
          const classes = [queueClassOf(before, TODAY), queueClassOf(next, TODAY)];
          expect(classes).not.toEqual(['today', 'carried-over']);
          if (classes[0] === classes[1]) {
            expect(before.sinceOn <= next.sinceOn).toBe(true);
            if (before.sinceOn === next.sinceOn) expect(before.sinceAt).toBeLessThanOrEqual(next.sinceAt);
          }
        }
      }),
    );
  });

  it('keeps everybody’s place when a new citizen of today comes, and when one is served', () => {
    fc.assert(
      fc.property(queues, fc.nat(), (tickets, pick) => {
        const called = fairOrder(tickets, TODAY);
        const latest = Math.max(0, ...tickets.map(({ sinceAt }) => sinceAt)) + 1;
        const comer = ticket({ ticketId: 'zz', ticketNumber: 10_000, sinceAt: latest });
        expect(fairOrder([comer, ...tickets], TODAY)).toEqual([...called, comer]);
        const gone = called[pick % Math.max(1, called.length)];
        expect(
          fairOrder(
            tickets.filter((one) => one !== gone),
            TODAY,
          ),
        ).toEqual(called.filter((one) => one !== gone));
      }),
    );
  });
});
