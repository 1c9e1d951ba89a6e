import { err, ok } from '../../domain/result.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import type { HandOver } from './originals/originals-service.ts';
import { handOverPaper, ticketPaper } from './printing/slip-documents.ts';
import type { IssuedTicket } from './queue/queue-service.ts';
import { slipFacts } from './transactions/slip-papers.ts';

type OriginalsMethods = Extract<keyof Handlers, `originals.${string}` | `queue.${string}` | `forms.${string}`>;

/** The paper that both sign; null when no printer could be asked. The hand-over stands without it. */
async function printHandOver(
  counter: Counter,
  signIn: SignIn,
  handed: HandOver,
  printerId: string | null,
): Promise<string | null> {
  const context = await counter.paperContext();
  const { card, entry, handOverId, handOverNumber, labels, to, evidence, on } = handed;
  const slip = slipFacts(context, signIn.name, entry, {
    kind: 'hand-over',
    subjectId: handOverId,
    number: handOverNumber,
    subject: card.subject,
    on,
    promisedOn: null,
  });
  const printed = await counter.printing.printPaper({
    kind: 'hand-over',
    stream: handOverId,
    cashSessionId: entry.cashSessionId,
    officerId: signIn.officerId,
    reason: null,
    printerId,
    copyNo: () => 0,
    document: () => handOverPaper({ ...slip, subject: card.subject, ofNumber: card.number, labels, to, evidence }),
  });
  return printed.ok ? printed.value.jobId : null;
}

/** The paper of a new number, or the one that was asked for before. */
async function printTicket(
  counter: Counter,
  signIn: SignIn,
  { ticket, entry }: IssuedTicket,
  printerId: string | null,
): Promise<string | null> {
  const { ticketId, ticketNumber, person, reason, issuedOn, sinceOn, arrivalId } = ticket;
  if (entry === null) return (await counter.jobsOf(ticketId)).at(-1)?.jobId ?? null;
  const context = await counter.paperContext();
  const slip = slipFacts(context, signIn.name, entry, {
    kind: 'ticket',
    subjectId: ticketId,
    number: String(ticketNumber),
    subject: person.nrkb ?? '',
    on: issuedOn,
    promisedOn: null,
  });
  const printed = await counter.printing.printPaper({
    kind: 'ticket',
    stream: ticketId,
    cashSessionId: entry.cashSessionId,
    officerId: signIn.officerId,
    reason: null,
    printerId,
    copyNo: () => 0,
    document: () =>
      ticketPaper({
        ...slip,
        ticketNumber,
        nrkb: person.nrkb,
        reason,
        arrivedOn: arrivalId === null ? null : sinceOn,
      }),
  });
  return printed.ok ? printed.value.jobId : null;
}

/** Originals in the drawer, who waits, and pre-printed forms. */
export function originalsHandlers(counter: Counter): Pick<Handlers, OriginalsMethods> {
  const { originals, queue, forms } = counter;
  return {
    'originals.receive': async ({ stream, kinds }, { signIn }) => {
      const received = await originals.receive(signIn, stream, kinds);
      if (!received.ok) return received;
      const [holdingId] = received.value;
      if (holdingId === undefined) throw new Error('at least one kind was asked, so at least one holding is there');
      return ok({ holdingId, holdingIds: [...received.value] });
    },
    'originals.in-drawer': async (_input, { signIn }) => await originals.inDrawer(signIn),
    'originals.hand-over': async ({ printerId, ...asked }, { signIn }) => {
      const handed = await originals.handOver(signIn, asked);
      if (!handed.ok) return handed;
      const printJobId = await printHandOver(counter, signIn, handed.value, printerId);
      counter.loop.wake();
      const { handOverId, handOverNumber, to, labels, entry } = handed.value;
      return ok({ handOverId, handOverNumber, at: entry.wallMs, to, labels: [...labels], printJobId });
    },
    'queue.issue': async ({ printerId, ...asked }, { signIn }) => {
      const issued = await queue.issue(signIn, { ...asked, name: asked.name === '' ? null : asked.name });
      if (!issued.ok) return issued;
      return ok({ ticket: issued.value.row, printJobId: await printTicket(counter, signIn, issued.value, printerId) });
    },
    'queue.list': async (_input, { signIn }) => await queue.list(signIn),
    'queue.settle': async (settled, { signIn }) => {
      const { transactionId } = settled;
      const isKnown = transactionId === null || (await counter.history.whole(transactionId)) !== undefined;
      return isKnown ? await queue.settle(signIn, settled) : err({ code: 'TRANSACTION_UNKNOWN' });
    },
    'forms.stock': async () => ok(await forms.stock()),
    'forms.receive': async (delivery, { signIn }) => await forms.receive(signIn, delivery),
    'forms.use': async (used, { signIn }) => await forms.use(signIn, used),
    'forms.spoil': async (spoiled, { signIn }) => await forms.spoil(signIn, spoiled),
    'forms.declare-missing': async (missing, { signIn }) => await forms.declareMissing(signIn, missing),
  };
}
