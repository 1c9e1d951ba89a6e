import type { CasePage } from '../../contract/views-cases.ts';
import type { JournalPaperKind } from './db/schema-counter.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { Refusal } from '../../contract/errors.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { CashRefunded } from './cases/cash-refund-service.ts';
import { findFile } from './cases/case-file-store.ts';
import type { RequestedRefund } from './cases/refund-service.ts';
import type { CollectedShortfall } from './cases/shortfall-service.ts';
import type { Counter } from './counter.ts';
import { parseEnvelope } from './journal/entry-text.ts';
import { caseLetterPaper, cashRefundPaper, refundFormPaper, topUpPaper } from './printing/case-documents.ts';
import type { PaperDocument } from './printing/paper-document.ts';
import type { PrintJob } from './printing/print-store.ts';
import { slipFacts } from './transactions/slip-papers.ts';
import type { SaleVehicle } from './transactions/sale-store.ts';

type PrintRefusal = Refusal<'PRINTER_UNKNOWN' | 'DISK_FULL' | 'STORAGE_FAILED'>;

type Asked = {
  readonly kind: Extract<JournalPaperKind, 'case-letter' | 'top-up' | 'refund'>;
  readonly stream: string;
  readonly cashSessionId: string | null;
  readonly printerId: string | null;
  readonly document: (copyNo: number) => PaperDocument;
};

/** A paper of a case: the original once, then SALINAN n. */
async function printCasePaper(
  counter: Counter,
  signIn: SignIn,
  { kind, document, ...asked }: Asked,
): Promise<Result<PrintJob, PrintRefusal>> {
  return await counter.printing.printPaper({
    ...asked,
    kind,
    officerId: signIn.officerId,
    reason: null,
    copyNo: (earlier) => earlier.filter((job) => job.kind === kind && job.state !== 'failed').length,
    document,
  });
}

const vehicleOf = ({ nrkb, make, model, yearMade }: SaleVehicle) => ({ nrkb, make, model, yearMade });

/** Tanda terima tambahan; null when no printer could be asked: the money is in the journal all the same. */
export async function printTopUp(
  counter: Counter,
  signIn: SignIn,
  { sale, entry, body }: CollectedShortfall,
  printerId: string | null,
): Promise<string | null> {
  const context = await counter.paperContext();
  const slip = slipFacts(context, signIn.name, entry, {
    kind: 'top-up',
    subjectId: body.collectionId,
    number: body.collectionNumber,
    subject: `${sale.vehicle.nrkb} Rp${String(body.payable)}`,
    on: body.collectedOn,
    promisedOn: null,
  });
  const { receiptNumber, parts, total, rounding, payable, tendered, change } = body;
  const facts = {
    ...slip,
    ...vehicleOf(sale.vehicle),
    receiptNumber,
    parts,
    total,
    rounding,
    payable,
    tendered,
    change,
  };
  const { transactionId: stream } = sale;
  const { cashSessionId } = entry;
  const document = (copyNo: number): PaperDocument => topUpPaper(facts, copyNo);
  const printed = await printCasePaper(counter, signIn, { kind: 'top-up', stream, cashSessionId, printerId, document });
  return printed.ok ? printed.value.jobId : null;
}

/** The slip of cash that went back; null when no printer could be asked. */
export async function printCashRefund(
  counter: Counter,
  signIn: SignIn,
  { sale, entry, body }: CashRefunded,
  printerId: string | null,
): Promise<string | null> {
  const context = await counter.paperContext();
  const officers = await counter.auth.officers();
  const approvedBy = officers.find(({ officerId }) => officerId === body.approvedBy)?.name ?? body.approvedBy;
  const slip = slipFacts(context, signIn.name, entry, {
    kind: 'refund',
    subjectId: body.refundId,
    number: body.refundNumber,
    subject: `${sale.vehicle.nrkb} Rp${String(body.amount)}`,
    on: counter.timekeeper.today(),
    promisedOn: null,
  });
  const { receiptNumber, amount, reason } = body;
  const facts = { ...slip, ...vehicleOf(sale.vehicle), receiptNumber, amount, reason, approvedBy };
  const { transactionId: stream, cashSessionId } = sale;
  const document = (copyNo: number): PaperDocument => cashRefundPaper(facts, copyNo);
  const printed = await printCasePaper(counter, signIn, { kind: 'refund', stream, cashSessionId, printerId, document });
  return printed.ok ? printed.value.jobId : null;
}

/** The form of an application, to be signed; null when no printer could be asked. */
export async function printRefundForm(
  counter: Counter,
  signIn: SignIn,
  { sale, entry, body }: RequestedRefund,
  printerId: string | null,
): Promise<string | null> {
  const context = await counter.paperContext();
  const slip = slipFacts(context, signIn.name, entry, {
    kind: 'refund',
    subjectId: body.refundId,
    number: body.refundNumber,
    subject: `${sale.vehicle.nrkb} Rp${String(body.amount)}`,
    on: counter.timekeeper.today(),
    promisedOn: null,
  });
  const { amount } = body;
  const facts = { ...slip, ...vehicleOf(sale.vehicle), receiptNumber: sale.receiptNumber, amount };
  const { transactionId: stream } = sale;
  const document = (copyNo: number): PaperDocument => refundFormPaper(facts, copyNo);
  const printed = await printCasePaper(counter, signIn, {
    kind: 'refund',
    stream,
    cashSessionId: null,
    printerId,
    document,
  });
  return printed.ok ? printed.value.jobId : null;
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
  const printed = await printCasePaper(counter, signIn, {
    kind: 'case-letter',
    stream,
    cashSessionId: null,
    printerId,
    document,
  });
  return printed.ok ? ok(printed.value) : printed;
}
