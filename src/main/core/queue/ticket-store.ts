import { z } from 'zod';
import type { LocalDate } from '../../../domain/local-date.ts';
import type { WaitingTicket } from '../../../domain/queue-order.ts';
import type { ReadTx, WriteTx } from '../db/open.ts';
import type { TicketState } from '../db/schema-documents.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';

const CONTEXT = 'queue_ticket';
/** More do not wait at one counter; the list is read whole at every question. */
const LONGEST_LIST = 2000;

const personSchema = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  nrkb: z.string().nullable(),
});

/** A number of the queue, with who holds it. */
export type Ticket = WaitingTicket & {
  readonly issuedAt: number;
  readonly arrivalId: string | null;
  readonly state: TicketState;
  readonly person: z.infer<typeof personSchema>;
};

type Row = {
  ticket_id: string;
  ticket_number: number;
  issued_on: string;
  issued_at: number;
  reason: 'walk-in' | 'outage';
  arrival_id: string | null;
  since_on: string;
  since_at: number;
  state: TicketState;
  sealed: string;
};

const toTicket = (cipher: ColumnCipher, row: Row): Ticket => ({
  ticketId: row.ticket_id,
  ticketNumber: row.ticket_number,
  issuedOn: row.issued_on as LocalDate, // written by insertTicket only
  issuedAt: row.issued_at,
  reason: row.reason,
  arrivalId: row.arrival_id,
  sinceOn: row.since_on as LocalDate, // written by insertTicket only
  sinceAt: row.since_at,
  state: row.state,
  person: personSchema.parse(JSON.parse(cipher.open(row.sealed, CONTEXT))),
});

/** The number of the next ticket of a day, from 1; certain inside a write transaction only. */
export async function nextTicketNumber(tx: ReadTx, on: LocalDate): Promise<number> {
  const row = await tx
    .selectFrom('queue_ticket')
    .select(({ fn }) => fn.max('ticket_number').as('last'))
    .where('issued_on', '=', on)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

/** Keeps a new ticket. Throws where its number was given on that day: a bug. */
export async function insertTicket(tx: WriteTx, cipher: ColumnCipher, ticket: Ticket): Promise<void> {
  await tx
    .insertInto('queue_ticket')
    .values({
      ticket_id: ticket.ticketId,
      ticket_number: ticket.ticketNumber,
      issued_on: ticket.issuedOn,
      issued_at: ticket.issuedAt,
      reason: ticket.reason,
      arrival_id: ticket.arrivalId,
      since_on: ticket.sinceOn,
      since_at: ticket.sinceAt,
      state: ticket.state,
      settled_on: null,
      transaction_id: null,
      sealed: cipher.seal(JSON.stringify(ticket.person), CONTEXT),
    })
    .execute();
}

export async function findTicket(tx: ReadTx, cipher: ColumnCipher, ticketId: string): Promise<Ticket | undefined> {
  const row = await tx.selectFrom('queue_ticket').selectAll().where('ticket_id', '=', ticketId).executeTakeFirst();
  return row === undefined ? undefined : toTicket(cipher, row);
}

/** Every ticket that nobody has settled, bygone days included; the order is the domain's to give. */
export async function readWaiting(tx: ReadTx, cipher: ColumnCipher): Promise<readonly Ticket[]> {
  const rows = await tx
    .selectFrom('queue_ticket')
    .selectAll()
    .where('state', '=', 'waiting')
    .orderBy('issued_on', 'desc')
    .orderBy('ticket_number')
    .limit(LONGEST_LIST)
    .execute();
  return rows.map((row) => toTicket(cipher, row));
}

/** How many were settled on a day. */
export async function countSettled(tx: ReadTx, on: LocalDate): Promise<number> {
  const row = await tx
    .selectFrom('queue_ticket')
    .select(({ fn }) => fn.countAll<number>().as('settled'))
    .where('settled_on', '=', on)
    .executeTakeFirstOrThrow();
  return row.settled;
}

export async function settleTicket(
  tx: WriteTx,
  ticketId: string,
  settled: {
    readonly state: Exclude<TicketState, 'waiting'>;
    readonly on: LocalDate;
    readonly transactionId: string | null;
  },
): Promise<void> {
  await tx
    .updateTable('queue_ticket')
    .set({ state: settled.state, settled_on: settled.on, transaction_id: settled.transactionId })
    .where('ticket_id', '=', ticketId)
    .execute();
}

/** The ticket of an id, and every ticket of the arrival of that id. */
export async function findTicketIds(tx: ReadTx, subject: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('queue_ticket')
    .select('ticket_id')
    .where((eb) => eb.or([eb('ticket_id', '=', subject), eb('arrival_id', '=', subject)]))
    .execute();
  return rows.map((row) => row.ticket_id);
}

/** Takes the person off tickets: the numbers stay. */
export async function blankTickets(tx: WriteTx, cipher: ColumnCipher, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  const nobody: Ticket['person'] = { name: null, phone: null, nrkb: null };
  await tx
    .updateTable('queue_ticket')
    .set({ sealed: cipher.seal(JSON.stringify(nobody), CONTEXT) })
    .where('ticket_id', 'in', [...ticketIds])
    .execute();
}
