import type { Refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { type Application, blankApplication, findApplication } from '../applications/application-store.ts';
import { readFilesOf } from '../cases/case-file-store.ts';
import type { Db, ReadTx, StorageRefusal } from '../db/open.ts';
import type { ColumnCipher } from '../device/column-cipher.ts';
import { closeView } from '../documents/view-key-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { SubjectKeys } from '../journal/subject-keys.ts';
import type { ClockPort, EventsPort } from '../ports.ts';
import { blankTickets, findTicketIds } from '../queue/ticket-store.ts';
import { blankArrival, findArrival } from './arrival-store.ts';
import { blankSale, findSale } from './sale-store.ts';

export type ErasureService = {
  /**
   * Erases the person of a sale, an arrival, an application or a queue ticket: the body key is destroyed here, the entry tells the province
   * to do the same, and the lists show no plate any more. Money, numbers and the chain stay. The same call again changes
   * nothing.
   */
  readonly erase: (
    signIn: SignIn,
    subject: string,
    reason: string,
  ) => Promise<Result<Record<string, never>, Refusal<'TRANSACTION_UNKNOWN'> | StorageRefusal>>;
};

export function createErasureService(deps: {
  readonly db: Db;
  readonly journal: Journal;
  readonly cipher: ColumnCipher;
  readonly subjectKeys: SubjectKeys;
  readonly events: EventsPort;
  readonly clock: ClockPort;
}): ErasureService {
  const { db, journal, cipher, subjectKeys, events, clock } = deps;

  /** A draft is given up instead: nothing of it was ever said to anybody. */
  const findReceivedApplication = async (tx: ReadTx, subject: string): Promise<Application | undefined> => {
    const application = await findApplication(tx, cipher, subject);
    return application === undefined || application.received === null ? undefined : application;
  };

  return {
    erase: async (signIn, subject, reason) => {
      const erased = await journal.record(async (tx, append) => {
        const sale = await findSale(tx, cipher, subject);
        const arrival = sale === undefined ? await findArrival(tx, cipher, subject) : undefined;
        const application = await findReceivedApplication(tx, subject);
        const tickets = await findTicketIds(tx, subject);
        if (sale === undefined && arrival === undefined && application === undefined && tickets.length === 0) {
          return err({ code: 'TRANSACTION_UNKNOWN' as const });
        }
        // Whoever waited for an arrival is the same person, under the key of each ticket.
        const said = { type: 'subject-key.erased', officerId: signIn.officerId, cashSessionId: null } as const;
        for (const ticketId of tickets) {
          if (ticketId === subject || !(await subjectKeys.eraseSubject(tx, ticketId))) continue;
          append({ ...said, stream: ticketId, body: { subject: ticketId, reason } });
        }
        await blankTickets(tx, cipher, tickets);
        if (!(await subjectKeys.eraseSubject(tx, subject))) return ok({});
        append({ ...said, stream: subject, body: { subject, reason } });
        if (sale !== undefined) await blankSale(tx, cipher, sale);
        // Identity and papers of an application for a refund lie with the case.
        for (const { caseId } of sale === undefined ? [] : await readFilesOf(tx, subject)) {
          await closeView(tx, caseId, clock.wallMs());
          append({ ...said, stream: caseId, body: { subject: caseId, reason } });
        }
        if (arrival !== undefined) await blankArrival(tx, cipher, arrival);
        if (application !== undefined) await blankApplication(tx, cipher, application);
        return ok({});
      });
      if (!erased.ok) return erased;
      // What was deleted must leave the file too, not only the table.
      await db.checkpoint();
      events.publish('transactions');
      events.publish('applications');
      return erased;
    },
  };
}
