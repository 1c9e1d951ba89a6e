import type { CasePage } from '../../contract/views-cases.ts';
import type { JournalPaperKind } from '../../contract/paper-kinds.ts';
import { assertNever, err, type Result } from '../../domain/result.ts';
import type { ApprovalProof } from '../../contract/approval-proof.ts';
import { localDateAt } from '../../domain/local-date.ts';
import type { Refusal } from '../../contract/errors.ts';
import type { SignIn } from './auth/sign-in.ts';
import { type CasePaper, jobsBefore, nextCasePaper, readCasePapers } from './cases/case-papers.ts';
import type { CashRefunded } from './cases/cash-refund-service.ts';
import { findFile } from './cases/case-file-store.ts';
import type { RequestedRefund } from './cases/refund-service.ts';
import type { CollectedShortfall } from './cases/shortfall-service.ts';
import type { Counter } from './counter.ts';
import { type Appended, bodyOf, parseEnvelope } from './journal/entry-text.ts';
import { caseLetterPaper, cashRefundPaper, refundFormPaper, topUpPaper } from './printing/case-documents.ts';
import { reprint } from './handlers-reprint.ts';
import type { PaperDocument } from './printing/paper-document.ts';
import type { JournalPaper } from './printing/print-service.ts';
import type { PrintJob } from './printing/print-store.ts';
import { slipFacts } from './transactions/slip-papers.ts';
import type { Sale, SaleVehicle } from './transactions/sale-store.ts';

type PrintRefusal = Refusal<'PRINTER_UNKNOWN' | 'DISK_FULL' | 'STORAGE_FAILED'>;

type Asked = {
  readonly kind: Extract<JournalPaperKind, 'case-letter' | 'top-up' | 'refund'>;
  readonly stream: string;
  readonly cashSessionId: string | null;
  readonly printerId: string | null;
  readonly document: (copyNo: number) => PaperDocument;
};

/** What of an entry a paper says: its place, its time, and who wrote it. */
type OfEntry = Pick<Appended, 'epoch' | 'seq' | 'hash' | 'wallMs' | 'timeTrust' | 'stream' | 'cashSessionId'>;

type Made = Omit<Asked, 'printerId'>;

/** What was written of a case, now or long ago. */
type Written<W> = Omit<W, 'entry'> & { readonly entry: OfEntry };

/** A paper of a case: the original once, then SALINAN n. */
function paperOf(signIn: SignIn, before: ReadonlySet<string>, asked: Asked, reason: string | null): JournalPaper {
  const { kind } = asked;
  return {
    ...asked,
    officerId: signIn.officerId,
    reason,
    copyNo: (earlier) => nextCasePaper(earlier, kind, before),
  };
}

const vehicleOf = ({ nrkb, make, model, yearMade }: SaleVehicle) => ({ nrkb, make, model, yearMade });

async function topUpMade(
  counter: Counter,
  officerName: string,
  { sale, entry, body }: Written<CollectedShortfall>,
): Promise<Made> {
  const context = await counter.paperContext();
  const slip = slipFacts(context, officerName, entry, {
    kind: 'top-up',
    subjectId: body.collectionId,
    number: body.collectionNumber,
    subject: `${sale.vehicle.nrkb} Rp${String(body.payable)}`,
    on: body.collectedOn,
    promisedOn: null,
  });
  const { receiptNumber, parts, total, rounding, payable, tendered, change } = body;
  const sums = { receiptNumber, parts, total, rounding, payable, tendered, change };
  const facts = { ...slip, ...vehicleOf(sale.vehicle), ...sums };
  const { cashSessionId } = entry;
  const document = (copyNo: number): PaperDocument => topUpPaper(facts, copyNo);
  return { kind: 'top-up', stream: sale.transactionId, cashSessionId, document };
}

/** What a paper about a refund proves: its number, the plate, the sum and the day. */
async function refundProof(
  counter: Counter,
  officerName: string,
  { sale, entry, body }: Written<CashRefunded | RequestedRefund>,
) {
  const slip = slipFacts(await counter.paperContext(), officerName, entry, {
    kind: 'refund',
    subjectId: body.refundId,
    number: body.refundNumber,
    subject: `${sale.vehicle.nrkb} Rp${String(body.amount)}`,
    on: localDateAt(entry.wallMs),
    promisedOn: null,
  });
  return { ...slip, ...vehicleOf(sale.vehicle), receiptNumber: sale.receiptNumber, amount: body.amount };
}

async function slipMade(counter: Counter, officerName: string, paid: Written<CashRefunded>): Promise<Made> {
  const { sale, body } = paid;
  const officers = await counter.auth.officers();
  const approvedBy = officers.find(({ officerId }) => officerId === body.approvedBy)?.name ?? body.approvedBy;
  const facts = { ...(await refundProof(counter, officerName, paid)), reason: body.reason, approvedBy };
  const { transactionId: stream, cashSessionId } = sale;
  const document = (copyNo: number): PaperDocument => cashRefundPaper(facts, copyNo);
  return { kind: 'refund', stream, cashSessionId, document };
}

async function formMade(counter: Counter, officerName: string, requested: Written<RequestedRefund>): Promise<Made> {
  const facts = await refundProof(counter, officerName, requested);
  const document = (copyNo: number): PaperDocument => refundFormPaper(facts, copyNo);
  return { kind: 'refund', stream: requested.sale.transactionId, cashSessionId: null, document };
}

type PrintOriginal<W> = (
  counter: Counter,
  signIn: SignIn,
  written: W,
  printerId: string | null,
) => Promise<string | null>;

/** Prints the paper of an entry that was just written; null when no printer could be asked: the journal has it all the same. */
function originalOf<W extends { readonly entry: OfEntry }>(
  make: (counter: Counter, officerName: string, written: W) => Promise<Made>,
): PrintOriginal<W> {
  return async (counter, signIn, written, printerId) => {
    const before = await counter.db.read((tx) => jobsBefore(tx, written.entry));
    const made = await make(counter, signIn.name, written);
    const printed = await counter.printing.printPaper(paperOf(signIn, before, { ...made, printerId }, null));
    return printed.ok ? printed.value.jobId : null;
  };
}

/** Tanda terima tambahan. */
export const printTopUp = originalOf<CollectedShortfall>(topUpMade);

/** The slip of cash that went back. */
export const printCashRefund = originalOf<CashRefunded>(slipMade);

/** The form of an application, to be signed. */
export const printRefundForm = originalOf<RequestedRefund>(formMade);

/** The paper of an entry as it was, with the name of who wrote it. */
async function madeAgain(counter: Counter, sale: Sale, { paper, entry: stored }: CasePaper): Promise<Made> {
  const entry = { ...stored, timeTrust: parseEnvelope(stored.text).timeTrust };
  const officers = await counter.auth.officers();
  const name = officers.find(({ officerId }) => officerId === stored.officerId)?.name ?? stored.officerId ?? '';
  switch (paper) {
    case 'top-up':
      return await topUpMade(counter, name, { sale, entry, body: bodyOf('shortfall.collected', stored) });
    case 'refund-slip':
      return await slipMade(counter, name, { sale, entry, body: bodyOf('refund.paid-in-cash', stored) });
    case 'refund-form':
      return await formMade(counter, name, { sale, entry, body: bodyOf('refund.requested', stored) });
    default:
      return assertNever(paper);
  }
}

type ReprintAsked = {
  readonly transactionId: string;
  readonly paper: CasePaper['paper'];
  readonly reason: string;
  readonly printerId: string | null;
  readonly approval: ApprovalProof | null;
};

/** A paper of a case once more: the same number, SALINAN n and the reason; above the policy's number with a second person. */
export async function reprintCasePaper(counter: Counter, signIn: SignIn, asked: ReprintAsked) {
  const { transactionId, reason, printerId, approval } = asked;
  const { db, journal } = counter;
  const sale = (await counter.history.whole(transactionId))?.sale;
  if (sale === undefined) return err({ code: 'TRANSACTION_UNKNOWN' as const });
  const { of, before } = await db.read(async (tx) => {
    const of = (await readCasePapers(tx, journal, transactionId)).find(({ paper }) => paper === asked.paper);
    return { of, before: of === undefined ? new Set<string>() : await jobsBefore(tx, of.entry) };
  });
  if (of === undefined) return err({ code: 'NOTHING_TO_PRINT' as const });
  const paper = paperOf(signIn, before, { ...(await madeAgain(counter, sale, of)), printerId }, reason);
  return await reprint(counter, signIn, { paper, transactionId, reason, approval });
}

/** Surat Keterangan of a case that has its number. */
export async function printCaseLetter(
  counter: Counter,
  signIn: SignIn,
  page: CasePage,
  printerId: string | null,
): Promise<Result<PrintJob, PrintRefusal | Refusal<'CASE_UNKNOWN'>>> {
  const opened = await counter.db.read(async (tx) => {
    const file = await findFile(tx, page.caseId);
    const entry = file === undefined ? undefined : await counter.journal.find(tx, file.openedSeq);
    return file === undefined || entry === undefined ? undefined : { file, entry };
  });
  if (opened === undefined) return err({ code: 'CASE_UNKNOWN' });
  const { file, entry } = opened;
  const context = await counter.paperContext();
  const place = { ...entry, timeTrust: parseEnvelope(entry.text).timeTrust };
  const slip = slipFacts(context, signIn.name, place, {
    kind: 'case-letter',
    subjectId: file.caseId,
    number: file.number,
    subject: page.nrkb ?? page.receiptNumber ?? file.kind,
    on: counter.timekeeper.today(),
    promisedOn: file.promisedOn,
  });
  const facts = {
    ...slip,
    caseKind: page.kind,
    nrkb: page.nrkb ?? '',
    receiptNumber: page.receiptNumber,
    promisedOn: file.promisedOn,
    isEscalated: file.owner === 'province',
  };
  const document = (copyNo: number): PaperDocument => caseLetterPaper(facts, copyNo);
  const stream = file.transactionId ?? file.caseId;
  const asked = { kind: 'case-letter', stream, cashSessionId: null, printerId, document } as const;
  return await counter.printing.printPaper(paperOf(signIn, new Set(), asked, null));
}
