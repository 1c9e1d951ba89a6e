import type { Refusal } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Counter } from './counter.ts';
import type { Handlers } from './dispatch.ts';
import { type JournalPaper, printJobView } from './printing/print-service.ts';
import { reprint } from './handlers-reprint.ts';
import { nextCopyNo, type PrintJob } from './printing/print-store.ts';
import { copyPaper, finalReceiptPaper, quotePaper, receiptPaper, testPaper } from './printing/receipt-document.ts';
import { arrivalPaper } from './printing/slip-documents.ts';
import { arrivalRow, type RecordedArrival } from './transactions/arrival-service.ts';
import { finalReceiptFacts, quoteFacts, receiptFacts } from './transactions/papers.ts';
import { arrivalFacts } from './transactions/slip-papers.ts';
import type { WholeSale } from './transactions/history-service.ts';

type PaperMethods =
  | 'transactions.record-arrival'
  | 'arrivals.record'
  | 'transactions.print-quote'
  | 'transactions.reprint'
  | 'transactions.print-final'
  | 'pick-up.list'
  | 'pick-up.hand-over'
  | 'printing.jobs'
  | 'printing.answer'
  | 'printing.test';

/** How many papers the list of jobs shows. */
const SHOWN_JOBS = 50;

/** A sale's receipt: the original while nothing can have left a printer, else SALINAN n. */
async function salePaper(
  counter: Counter,
  signIn: SignIn,
  whole: WholeSale,
  asked: { readonly printerId: string | null; readonly reason: string | null },
): Promise<Result<JournalPaper, Refusal<'PERSON_ERASED'>>> {
  const { sale, entry, body, personal } = whole;
  if (personal === undefined) return err({ code: 'PERSON_ERASED' });
  const context = await counter.paperContext();
  const facts = receiptFacts(context, sale, entry, body, personal);
  const isFirst = nextCopyNo(await counter.jobsOf(sale.transactionId)) === 0;
  return ok({
    kind: isFirst ? 'receipt' : 'copy',
    stream: sale.transactionId,
    cashSessionId: sale.cashSessionId,
    officerId: signIn.officerId,
    reason: asked.reason,
    printerId: asked.printerId,
    copyNo: nextCopyNo,
    document: (n) =>
      n === 0
        ? receiptPaper(facts)
        : copyPaper(facts, {
            n,
            reason: asked.reason ?? '',
            copiedAt: counter.clock.wallMs(),
            copiedBy: signIn.name,
          }),
  });
}

/** The original and nothing else: two callers may find the same new sale without a paper. */
const onlyOriginal = async (_tx: unknown, _append: unknown, copyNo: number) =>
  copyNo === 0 ? ok(undefined) : err({ code: 'NOTHING_TO_PRINT' as const });

/** The receipt of a new sale, or the paper that a repeated call belongs to; null when paper could not be asked for. */
export async function printReceipt(
  counter: Counter,
  signIn: SignIn,
  transactionId: string,
  asked: { readonly printerId: string | null; readonly isNew: boolean },
): Promise<string | null> {
  const newest = async (): Promise<string | null> => (await counter.jobsOf(transactionId)).at(-1)?.jobId ?? null;
  if (!asked.isNew) return await newest();
  const whole = await counter.history.whole(transactionId);
  if (whole === undefined) throw new Error('a sale that was just committed is found');
  const paper = await salePaper(counter, signIn, whole, { printerId: asked.printerId, reason: null });
  const printed = paper.ok ? await counter.printing.printApproved(paper.value, onlyOriginal) : paper;
  if (printed.ok) return printed.value.jobId;
  if (printed.error.code === 'NOTHING_TO_PRINT') return await newest();
  counter.log.write('error', 'print.not-requested', { code: printed.error.code });
  return null;
}

async function printArrival(counter: Counter, signIn: SignIn, recorded: RecordedArrival): Promise<string | null> {
  const context = await counter.paperContext();
  const printed = await counter.printing.printPaper({
    kind: 'arrival',
    stream: recorded.arrival.arrivalId,
    cashSessionId: recorded.entry.cashSessionId,
    officerId: signIn.officerId,
    reason: null,
    printerId: null,
    copyNo: () => 0,
    document: () => arrivalPaper(arrivalFacts(context, { ...recorded, officerName: signIn.name })),
  });
  return printed.ok ? printed.value.jobId : null;
}

/** Handlers that end in paper. */
export function paperHandlers(counter: Counter): Pick<Handlers, PaperMethods> {
  const { printing, arrivals, transactions, history } = counter;
  const viewOf = (job: PrintJob, receiptNumber: string | null) => printJobView(job, receiptNumber);

  return {
    'transactions.record-arrival': async ({ transactionId }, { signIn }) => {
      const recorded = await arrivals.recordDraft(signIn, transactionId);
      if (!recorded.ok) return recorded;
      const printJobId = await printArrival(counter, signIn, recorded.value);
      counter.loop.wake();
      return ok({ arrival: arrivalRow(recorded.value.arrival), printJobId });
    },

    'arrivals.record': async ({ nrkb, name, phone, blankReason }, { signIn }) => {
      const recorded = await arrivals.recordUnknown(signIn, nrkb, {
        name: name === '' ? null : name,
        phone,
        blankReason,
      });
      if (!recorded.ok) return recorded;
      const printJobId = await printArrival(counter, signIn, recorded.value);
      counter.loop.wake();
      return ok({ arrival: arrivalRow(recorded.value.arrival), printJobId });
    },

    'transactions.print-quote': async ({ transactionId }, { signIn }) => {
      const draft = await transactions.draft(transactionId);
      if (!draft.ok) return draft;
      const { vehicle, identity, amount } = draft.value;
      if (identity === null) return { ok: false, error: { code: 'TRANSACTION_NOT_CONFIRMED' } };
      if (amount === null) return { ok: false, error: { code: 'NOTHING_TO_PRINT' } };
      const context = await counter.paperContext();
      const facts = quoteFacts(context, {
        officerName: signIn.name,
        vehicle,
        amount,
        quotedAt: counter.clock.wallMs(),
        paidOn: counter.timekeeper.today(),
      });
      const noted = await counter.journal.record(async (_tx, append) => {
        append({
          type: 'price.quoted',
          stream: transactionId,
          officerId: signIn.officerId,
          cashSessionId: null,
          body: { transactionId, payable: amount.payable },
        });
        return ok(undefined);
      });
      if (!noted.ok) return noted;
      const printed = await printing.printLoose(quotePaper(facts), null);
      if (!printed.ok) {
        const { details } = printed.error;
        return { ok: false, error: { code: 'PRINTER_SILENT', ...(details === undefined ? {} : { details }) } };
      }
      return ok(counter.looseJob('quote', printed.value.printer));
    },

    'transactions.reprint': async ({ transactionId, reason, printerId, approval }, { signIn }) => {
      const whole = await history.whole(transactionId);
      if (whole === undefined) return { ok: false, error: { code: 'TRANSACTION_UNKNOWN' } };
      // A copy would look like a payment that stands.
      if (whole.sale.voided !== null) return { ok: false, error: { code: 'ALREADY_VOIDED' } };
      const paper = await salePaper(counter, signIn, whole, { printerId, reason });
      if (!paper.ok) return paper;
      const printed = await reprint(counter, signIn, { paper: paper.value, transactionId, reason, approval });
      return printed.ok ? ok(viewOf(printed.value, whole.sale.receiptNumber)) : printed;
    },

    'transactions.print-final': async ({ transactionId, printerId }, { signIn }) => {
      const whole = await history.whole(transactionId);
      if (whole === undefined) return { ok: false, error: { code: 'TRANSACTION_UNKNOWN' } };
      if (whole.personal === undefined) return { ok: false, error: { code: 'PERSON_ERASED' } };
      const finalReceipt = whole.decisions.at(-1)?.finalReceipt ?? null;
      if (finalReceipt === null) return { ok: false, error: { code: 'NOTHING_TO_PRINT' } };
      const context = await counter.paperContext();
      const facts = finalReceiptFacts(context, {
        sale: whole.sale,
        body: whole.body,
        finalReceipt,
        printedAt: counter.clock.wallMs(),
      });
      const printed = await printing.printPaper({
        kind: 'final-receipt',
        stream: transactionId,
        cashSessionId: whole.sale.cashSessionId,
        officerId: signIn.officerId,
        reason: null,
        printerId,
        copyNo: (earlier) => earlier.filter((job) => job.kind === 'final-receipt' && job.state !== 'failed').length,
        document: () => finalReceiptPaper(facts),
      });
      return printed.ok ? ok(viewOf(printed.value, whole.sale.receiptNumber)) : printed;
    },

    'pick-up.list': async (_input, { signIn }) => await counter.pickUp.list(signIn),
    'pick-up.hand-over': async ({ transactionId, by }, { signIn }) =>
      await counter.pickUp.handOver(signIn, transactionId, by),

    'printing.jobs': async () => ok(await counter.newestJobs(SHOWN_JOBS)),
    'printing.answer': async ({ jobId, cameOut }, { signIn }) =>
      await printing.answer(signIn.officerId, jobId, cameOut),
    'printing.test': async ({ printerId }) => {
      const printed = await printing.printLoose(testPaper(), printerId);
      return printed.ok ? ok(counter.looseJob('test', printed.value.printer)) : printed;
    },
  };
}
