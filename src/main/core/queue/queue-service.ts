import type { z } from 'zod';
import type { NamedPerson } from '../../../contract/entry-bodies-documents.ts';
import type { Refusal } from '../../../contract/errors.ts';
import type { ticketRowSchema } from '../../../contract/views-documents.ts';
import type { LocalDate } from '../../../domain/local-date.ts';
import { fairOrder } from '../../../domain/queue-order.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { findOpenSession } from '../cash/cash-store.ts';
import type { StorageRefusal, WriteTx } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import type { Append, Appended, Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { EventsPort } from '../ports.ts';
import { nrkbIndex } from '../registry/registry-store.ts';
import { type Arrival, findOpenArrivalOf } from '../transactions/arrival-store.ts';
import {
  countSettled,
  findTicket,
  insertTicket,
  nextTicketNumber,
  readWaiting,
  settleTicket,
  type Ticket,
} from './ticket-store.ts';

type TicketRow = z.infer<typeof ticketRowSchema>;

/** A ticket with the entry that its paper prints; `entry` is null when it was given before. */
export type IssuedTicket = { readonly ticket: Ticket; readonly row: TicketRow; readonly entry: Appended | null };

export type QueueService = {
  /** A number of today. A plate whose arrival is proved keeps the time of its arrival, and gets one number a day. */
  readonly issue: (
    signIn: SignIn,
    asked: NamedPerson & { readonly reason: 'walk-in' | 'outage' },
  ) => Promise<Result<IssuedTicket, StorageRefusal>>;
  /** Who waits, in the fair order; a look at names is an entry, once for each person and sign-in. */
  readonly list: (
    signIn: SignIn,
  ) => Promise<Result<{ readonly waiting: TicketRow[]; readonly settledToday: number }, StorageRefusal>>;
  readonly settle: (
    signIn: SignIn,
    settled: {
      readonly ticketId: string;
      readonly outcome: 'served' | 'left' | 'absent';
      readonly transactionId: string | null;
    },
  ) => Promise<Result<Record<string, never>, Refusal<'TICKET_UNKNOWN' | 'TICKET_SETTLED'> | StorageRefusal>>;
};

type Deps = {
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly subjectKeys: SubjectKeys;
  readonly events: EventsPort;
  readonly today: () => LocalDate;
  readonly newId: () => string;
};

function rowOf(ticket: Ticket, place: number | null): TicketRow {
  const { ticketId, ticketNumber, issuedAt, issuedOn, reason, person, state } = ticket;
  return { ticketId, ticketNumber, issuedAt, issuedOn, reason, ...person, place, state };
}

const isSomebody = ({ name, phone, nrkb }: NamedPerson): boolean => name !== null || phone !== null || nrkb !== null;

export function createQueueService(deps: Deps): QueueService {
  const { journal, cipher, subjectKeys, events } = deps;
  /** Tickets whose person a sign-in has seen: the list refreshes itself all day, and a look is counted once. */
  const seen = new Map<string, Set<string>>();

  const placeOf = (ticket: Ticket, waiting: readonly Ticket[]): number =>
    fairOrder(waiting, deps.today()).findIndex((one) => one.ticketId === ticket.ticketId) + 1;

  const write = async (
    tx: WriteTx,
    append: Append,
    signIn: SignIn,
    asked: NamedPerson & { readonly reason: 'walk-in' | 'outage' },
    arrival: Arrival | undefined,
  ): Promise<{ readonly ticket: Ticket; readonly entry: Appended }> => {
    const { reason, ...person } = asked;
    const [ticketId, issuedOn] = [deps.newId(), deps.today()];
    const ticketNumber = await nextTicketNumber(tx, issuedOn);
    const sealed = isSomebody(person)
      ? subjectKeys.sealUnder(await subjectKeys.takeBodyKey(tx, ticketId), ticketId, person)
      : null;
    const entry = append({
      type: 'queue.ticket-issued',
      stream: ticketId,
      officerId: signIn.officerId,
      cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
      body: { ticketId, ticketNumber, issuedOn, reason, arrivalId: arrival?.arrivalId ?? null, sealed },
    });
    const ticket: Ticket = {
      ticketId,
      ticketNumber,
      reason,
      issuedOn,
      issuedAt: entry.wallMs,
      arrivalId: arrival?.arrivalId ?? null,
      sinceOn: arrival?.arrivedOn ?? issuedOn,
      sinceAt: arrival?.recordedAt ?? entry.wallMs,
      state: 'waiting',
      person,
    };
    await insertTicket(tx, cipher, ticket);
    return { ticket, entry };
  };

  /** Who is shown now and was not shown to this sign-in before. */
  const newlySeen = (signIn: SignIn, tickets: readonly Ticket[]): readonly Ticket[] =>
    tickets.filter((one) => isSomebody(one.person) && seen.get(signIn.stream)?.has(one.ticketId) !== true);

  const noteSeen = (signIn: SignIn, tickets: readonly Ticket[]): void => {
    const known = seen.get(signIn.stream) ?? new Set<string>();
    seen.clear();
    seen.set(signIn.stream, known);
    for (const { ticketId } of tickets) known.add(ticketId);
  };

  return {
    issue: async (signIn, asked) => {
      const issued = await journal.record(async (tx, append) => {
        const { nrkb } = asked;
        const arrival = nrkb === null ? undefined : await findOpenArrivalOf(tx, cipher, nrkbIndex(cipher, nrkb));
        const waiting = await readWaiting(tx, cipher);
        const today = deps.today();
        const before = waiting.find((one) => one.arrivalId === arrival?.arrivalId && one.issuedOn === today);
        if (arrival !== undefined && before !== undefined) {
          return ok<IssuedTicket>({ ticket: before, row: rowOf(before, placeOf(before, waiting)), entry: null });
        }
        const { ticket, entry } = await write(tx, append, signIn, asked, arrival);
        return ok<IssuedTicket>({ ticket, row: rowOf(ticket, placeOf(ticket, [...waiting, ticket])), entry });
      });
      if (issued.ok && issued.value.entry !== null) events.publish('applications');
      return issued;
    },

    list: async (signIn) => {
      const listed = await journal.record(async (tx, append) => {
        const called = fairOrder(await readWaiting(tx, cipher), deps.today());
        const looked = newlySeen(signIn, called);
        if (looked.length > 0) {
          append({
            type: 'personal-data.viewed',
            stream: signIn.stream,
            officerId: signIn.officerId,
            cashSessionId: null,
            body: { what: 'queue', count: looked.length },
          });
        }
        const settledToday = await countSettled(tx, deps.today());
        return ok({ called, looked, settledToday });
      });
      if (!listed.ok) return listed;
      const { called, looked, settledToday } = listed.value;
      noteSeen(signIn, looked);
      return ok({ waiting: called.map((ticket, index) => rowOf(ticket, index + 1)), settledToday });
    },

    settle: async (signIn, { ticketId, outcome, transactionId }) => {
      const settled = await journal.record(async (tx, append) => {
        const ticket = await findTicket(tx, cipher, ticketId);
        if (ticket === undefined) return err({ code: 'TICKET_UNKNOWN' as const });
        if (ticket.state !== 'waiting') {
          return err({ code: 'TICKET_SETTLED' as const, details: { state: ticket.state } });
        }
        append({
          type: 'queue.ticket-settled',
          stream: ticketId,
          officerId: signIn.officerId,
          cashSessionId: (await findOpenSession(tx))?.cashSessionId ?? null,
          body: { ticketId, outcome, transactionId },
        });
        await settleTicket(tx, ticketId, { state: outcome, on: deps.today(), transactionId });
        return ok({});
      });
      if (settled.ok) events.publish('applications');
      return settled;
    },
  };
}
