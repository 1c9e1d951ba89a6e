import type { EntryEnvelope } from '../../contract/journal-entry.ts';
import { addApplication } from './application-writes.ts';
import { addApproval } from './approval-writes.ts';
import { addCase } from './case-writes.ts';
import { type LocalDate, localDateAt } from '../../domain/local-date.ts';
import { dateInBracket } from './business-date.ts';
import type { ChainFacts } from './chain-facts.ts';
import type { ChainWrites } from './chain-writes.ts';
import { addDay } from './day-writes.ts';
import { addDrawer } from './drawer-writes.ts';
import { addEmergency } from './emergency-writes.ts';
import { addPeople } from './people-writes.ts';
import { addPayment } from './payment-writes.ts';
import { addForms } from './form-writes.ts';
import { ledgerLinesOf } from './read-body.ts';
import { addService } from './service-writes.ts';
import type { ReadBody } from './typed-body.ts';

/** What was in custody before a restore may have its official number: the counter returns its pages in the same contact. */
const RETURN_WAIT_MS = 900_000;
/** A void that is announced comes with the rest of the backlog, at the latest on a flashdisk. */
const VOID_WAIT_MS = 30 * 86_400_000;

/** An accepted entry with the moment in which its bytes first came into custody, ms UTC. */
export type Accepted = {
  readonly envelope: EntryEnvelope;
  readonly hash: string;
  readonly read: ReadBody;
  readonly receivedAt: number;
};

/** The columns of an entry's place. */
export const positionOf = (envelope: EntryEnvelope) => ({
  device_id: envelope.deviceId,
  epoch_n: envelope.epoch.n,
  epoch_nonce: envelope.epoch.nonce,
  seq: envelope.seq,
});

function addMoney(writes: ChainWrites, { envelope, read }: Accepted): void {
  const position = positionOf(envelope);
  for (const [index, { account, amount }] of ledgerLinesOf(read).entries()) {
    const cash = { account, amount, cash_session_id: envelope.cashSessionId };
    writes.ledgerLines.push({ ...position, line_no: index + 1, ...cash });
  }
}

/** Which pages are to come, and which are not needed any more: one that was taken again is as good as discarded. */
function addPages(writes: ChainWrites, { envelope, read, receivedAt }: Accepted): void {
  const ofDevice = { device_id: envelope.deviceId, received_at: receivedAt };
  if (read.type === 'document.captured') {
    const { documentId, kind, replaces } = read.body;
    writes.capturedPages.push({ ...ofDevice, document_id: documentId, stream: envelope.stream, kind });
    if (replaces !== null) writes.discardedPages.push({ ...ofDevice, document_id: replaces });
  }
  if (read.type === 'document.discarded') {
    writes.discardedPages.push({ ...ofDevice, document_id: read.body.documentId });
  }
}

/** From custody to booking, ms. */
function bookingDelay(facts: ChainFacts, seq: number, transactionId: string, bookingDelayMs: number): number {
  if (facts.voidsFollow.has(transactionId)) return VOID_WAIT_MS;
  return seq <= facts.lostThrough ? RETURN_WAIT_MS : bookingDelayMs;
}

/** A day that an entry names, as far as the province believes it; `without` is the edge of one that names no anchor of ours. */
function dayInBracket(
  facts: ChainFacts,
  { envelope, receivedAt }: Accepted,
  claimed: LocalDate,
  without: number | null,
): LocalDate {
  const anchorTime = envelope.anchorId === null ? undefined : facts.anchors.get(envelope.anchorId);
  return dateInBracket(claimed, anchorTime ?? without, receivedAt).date;
}

/** What an accepted entry changes at the province beside its own row. `bookingDelayMs`: from custody to booking. */
export function addBody(writes: ChainWrites, facts: ChainFacts, accepted: Accepted, bookingDelayMs: number): void {
  const { envelope, hash, read, receivedAt } = accepted;
  addMoney(writes, accepted);
  addPages(writes, accepted);
  addApplication(writes.applications, accepted);
  addApproval(writes.approvals, accepted);
  addCase(writes.cases, accepted);
  addDrawer(writes.drawer, accepted);
  const day = localDateAt(envelope.wallMs);
  const on = (): LocalDate => dayInBracket(facts, accepted, day, null);
  addForms(writes.forms, { ...accepted, on });
  addPayment(writes.incidents, accepted);
  // The day of a paper is believed from that of its book on, so a book is not older than the device that told of it.
  addEmergency(writes.emergency, { ...accepted, on: () => dayInBracket(facts, accepted, day, facts.enrolledAt) });
  addDay(writes.days, { ...accepted, on });
  addService(writes.services, { ...accepted, on });
  addPeople(writes.people, accepted);
  const device_id = envelope.deviceId;
  if (read.type === 'transaction.paid') {
    const { transactionId, sealed, total, paidOn } = read.body;
    writes.sales.push({
      ...positionOf(envelope),
      transaction_id: transactionId,
      hash,
      content_hash: envelope.bodyHash,
      subject: sealed.subject,
      total,
      paid_on: paidOn,
      received_at: receivedAt,
    });
    writes.work.push({
      device_id,
      transaction_id: transactionId,
      not_before: receivedAt + bookingDelay(facts, envelope.seq, transactionId, bookingDelayMs),
    });
    facts.sales.add(transactionId);
  }
  if (read.type === 'transaction.voided') {
    const { transactionId, paidHash } = read.body;
    writes.voids.push({ transactionId, paidHash, voidHash: hash });
  }
  if (read.type === 'arrival.recorded') {
    // An arrival is believed inside its bracket only: an old date typed today excuses nobody from a fine.
    const date = dayInBracket(facts, accepted, read.body.arrivedOn, facts.enrolledAt);
    writes.arrivals.push({ device_id, arrival_id: read.body.arrivalId, arrived_on: date });
  }
  if (read.type === 'subject-key.erased') {
    writes.erased.push({ device_id, subject: read.body.subject, erased_at: receivedAt });
  }
}
