import { join } from 'node:path';
import type { Refusal } from '../../contract/errors.ts';
import type { PrinterView } from '../../contract/views-counter.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { err, type Result } from '../../domain/result.ts';
import { formatRupiah, ZERO_RUPIAH } from '../../domain/rupiah.ts';
import { findOfficer } from './auth/auth-store.ts';
import type { SignIn } from './auth/sign-in.ts';
import { findSession } from './cash/cash-store.ts';
import type { Dispatched } from './cash/courier-service.ts';
import type { Inspected } from './cash/inspection-service.ts';
import type { HandedOver } from './cash/hand-over-service.ts';
import { findInspection } from './cash/inspection-store.ts';
import { type ClosedDrawer, piecesOf } from './cash/slip-service.ts';
import type { Counter } from './counter.ts';
import type { StorageRefusal } from './db/open.ts';
import { bodyOf, parseEnvelope, type StoredEntry } from './journal/entry-text.ts';
import {
  type CloseFacts,
  closePaper,
  courierPaper,
  drawerHandOverPaper,
  inspectionPaper,
} from './printing/drawer-documents.ts';
import type { PaperDocument } from './printing/paper-document.ts';
import type { CopyFacts } from './printing/paper-facts.ts';
import type { JournalPaper } from './printing/print-service.ts';
import type { PrintJob } from './printing/print-store.ts';
import { slipFacts } from './transactions/slip-papers.ts';

type Asked = { readonly signIn: SignIn; readonly printerId: string | null };

/** A sheet of A4 in the folder of the papers, whatever printer the installer has set. */
function a4Folder(dataDir: string): PrinterView {
  return { printerId: 'a4', kind: 'pdf', name: 'PDF A4', target: join(dataDir, 'struk'), widthMm: 210, role: 'second' };
}

/** Papers of one kind that may have left a printer: the next one is SALINAN n. */
const copiesOf = (kind: PrintJob['kind']) => (jobs: readonly PrintJob[]) =>
  jobs.filter((job) => job.kind === kind && job.state !== 'failed').length;

const endedOf = ({ session, sums, sales, figures }: ClosedDrawer) => ({
  openedAt: session.openedAt,
  figures,
  sales,
  floatMoved: sums.floatMoved,
  carried: sums.carried,
  left: sums.left,
});

/** The slip's number is that of the outlet's papers, by the place of the entry that it proves. */
async function closeFacts(counter: Counter, closed: ClosedDrawer): Promise<Omit<CloseFacts, 'copy'>> {
  const { session, entry, figures, handedTo } = closed;
  const context = await counter.paperContext();
  const slip = slipFacts(context, session.officerName, entry, {
    kind: 'cash-close',
    subjectId: session.cashSessionId,
    number: counter.numberAt(entry),
    subject: '',
    on: localDateAt(entry.wallMs),
    promisedOn: null,
    drawer: figures,
  });
  const floatReturned = figures.counted - figures.toSafe;
  return { ...slip, ...endedOf(closed), handedTo, floatReturned: floatReturned as CloseFacts['floatReturned'] }; // two rupiah amounts
}

/** Prints the closing slip of a session: the original right after the close, else SALINAN n with its reason. */
export async function printClose(
  counter: Counter,
  { signIn, printerId }: Asked,
  cashSessionId: string,
  { reason, sheet }: { readonly reason: string; readonly sheet: 'printer' | 'a4' },
): Promise<Result<PrintJob, Refusal<'NOT_FOUND' | 'PRINTER_UNKNOWN'> | StorageRefusal>> {
  const closed = await counter.drawerSlips.closedDrawer(cashSessionId);
  if (closed === undefined) return err({ code: 'NOT_FOUND' });
  const facts = await closeFacts(counter, closed);
  const slip: Slip = {
    kind: 'cash-close',
    stream: cashSessionId,
    cashSessionId,
    ...(sheet === 'a4' ? { onto: a4Folder(counter.config.dataDir) } : {}),
    document: (copy) => closePaper({ ...facts, copy }),
  };
  return await printSlip(counter, { signIn, printerId }, slip, reason);
}

/** A slip of the drawer as an entry proves it, and as often as somebody asks for it. */
type Slip = Pick<JournalPaper, 'kind' | 'stream' | 'cashSessionId' | 'onto'> & {
  readonly document: (copy: CopyFacts | null) => PaperDocument;
};

const provedBy = (entry: StoredEntry) => ({ ...entry, timeTrust: parseEnvelope(entry.text).timeTrust });

/** The slip with both names. */
async function handOverSlip(counter: Counter, stored: StoredEntry): Promise<Slip> {
  const body = bodyOf('cash-session.handed-over', stored);
  const closed = await counter.drawerSlips.closedDrawer(body.fromSessionId);
  if (closed === undefined) throw new Error('a drawer that was handed over has a closed session');
  const context = await counter.paperContext();
  const leaving = closed.session.officerName;
  const entry = provedBy(stored);
  const slip = slipFacts(context, leaving, entry, {
    kind: 'drawer-hand-over',
    subjectId: body.handOverId,
    number: body.handOverNumber,
    subject: '',
    on: localDateAt(entry.wallMs),
    promisedOn: null,
    drawer: closed.figures,
  });
  const people = { leaving, arriving: closed.handedTo ?? body.toOfficerId };
  const facts = { ...slip, ...endedOf(closed), ...people, nextFloat: body.float, nextCarried: body.carried };
  return {
    kind: 'drawer-hand-over',
    stream: body.handOverId,
    cashSessionId: body.toSessionId,
    document: (copy) => drawerHandOverPaper({ ...facts, copy }),
  };
}

/** The slip that the courier signs. */
async function courierSlip(counter: Counter, stored: StoredEntry, officerName: string): Promise<Slip> {
  const { dispatchId, dispatchNumber, amount, from, counts } = bodyOf('cash.dispatched', stored);
  const entry = provedBy(stored);
  const slip = slipFacts(await counter.paperContext(), officerName, entry, {
    kind: 'courier',
    subjectId: dispatchId,
    number: dispatchNumber,
    subject: formatRupiah(amount),
    on: localDateAt(entry.wallMs),
    promisedOn: null,
  });
  return {
    kind: 'courier',
    stream: dispatchId,
    cashSessionId: entry.cashSessionId,
    document: (copy) => courierPaper({ ...slip, amount, from, counts, copy }),
  };
}

/** The minutes of a surprise inspection, as its entry has frozen them. */
async function inspectionSlip(counter: Counter, stored: StoredEntry): Promise<Slip> {
  const { inspectionId, inspectionNumber, cashSessionId, drawer, safe, ...place } = bodyOf('cash.inspected', stored);
  const known = await counter.db.read(async (tx) => ({
    inspection: await findInspection(tx, inspectionId),
    session: await findSession(tx, cashSessionId),
  }));
  const { inspection, session } = known;
  if (inspection === undefined || session === undefined) throw new Error('an inspection has its row and its session');
  const { firstSeq, lastSeq, head } = place;
  const { floatMoved, carried, left, salesCount, ...sums } = drawer.sums;
  const { counted, expected } = drawer;
  const pieces = piecesOf(drawer.counts);
  const figures = { firstSeq, lastSeq, head, pieces, ...sums, expected, counted, toSafe: ZERO_RUPIAH };
  const entry = provedBy(stored);
  const slip = slipFacts(await counter.paperContext(), inspection.inspectorName, entry, {
    kind: 'cash-inspection',
    subjectId: inspectionId,
    number: inspectionNumber,
    subject: '',
    on: localDateAt(entry.wallMs),
    promisedOn: null,
    drawer: figures,
  });
  const people = { inspector: inspection.inspectorName, inspected: inspection.officerName };
  const ended = { openedAt: session.openedAt, figures, sales: salesCount, floatMoved, carried, left };
  return {
    kind: 'cash-inspection',
    stream: inspectionId,
    cashSessionId,
    document: (copy) => inspectionPaper({ ...slip, ...ended, ...people, safe, copy }),
  };
}

/** The original while nothing can have left a printer, else SALINAN n with its reason. */
async function printSlip(
  counter: Counter,
  { signIn, printerId }: Asked,
  slip: Slip,
  reason: string,
): Promise<Result<PrintJob, Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>> {
  return await counter.printing.printPaper({
    ...slip,
    officerId: signIn.officerId,
    reason: reason === '' ? null : reason,
    printerId,
    copyNo: copiesOf(slip.kind),
    document: (n) =>
      slip.document(n === 0 ? null : { n, reason, copiedAt: counter.clock.wallMs(), copiedBy: signIn.name }),
  });
}

/** The slip of a drawer that changed hands; null when no printer could be asked. The hand-over stands without it. */
export async function printDrawerHandOver(
  counter: Counter,
  { signIn, printerId }: Asked,
  { entry, body }: HandedOver,
): Promise<string | null> {
  const arriving = { ...signIn, officerId: body.toOfficerId };
  const printed = await printSlip(counter, { signIn: arriving, printerId }, await handOverSlip(counter, entry), '');
  return printed.ok ? printed.value.jobId : null;
}

/** The courier's slip; of a repeated call the paper that it belongs to. */
export async function printCourier(counter: Counter, asked: Asked, { leg, entry }: Dispatched): Promise<string | null> {
  if (entry === null) return (await counter.jobsOf(leg.dispatchId)).at(-1)?.jobId ?? null;
  const printed = await printSlip(counter, asked, await courierSlip(counter, entry, leg.officerName), '');
  return printed.ok ? printed.value.jobId : null;
}

/** The minutes of an inspection; of a repeated call the paper that it belongs to. */
export async function printInspection(
  counter: Counter,
  asked: Asked,
  { view, entry }: Inspected,
): Promise<string | null> {
  if (entry === null) return (await counter.jobsOf(view.inspectionId)).at(-1)?.jobId ?? null;
  const printed = await printSlip(counter, asked, await inspectionSlip(counter, entry), '');
  return printed.ok ? printed.value.jobId : null;
}

/** One more slip of the hand-over, the inspection or the courier that the entry at this place is about. */
export async function printSlipAgain(
  counter: Counter,
  asked: Asked,
  { seq, reason }: { readonly seq: number; readonly reason: string },
): Promise<Result<PrintJob, Refusal<'NOT_FOUND' | 'PRINTER_UNKNOWN'> | StorageRefusal>> {
  const found = await counter.db.read(async (tx) => {
    const entry = await counter.journal.find(tx, seq);
    if (entry === undefined || entry.officerId === null) return undefined;
    return { entry, officerName: (await findOfficer(tx, entry.officerId))?.name ?? entry.officerId };
  });
  if (found === undefined) return err({ code: 'NOT_FOUND' });
  const { entry, officerName } = found;
  if (entry.type === 'cash-session.handed-over') {
    return await printSlip(counter, asked, await handOverSlip(counter, entry), reason);
  }
  if (entry.type === 'cash.inspected') {
    return await printSlip(counter, asked, await inspectionSlip(counter, entry), reason);
  }
  if (entry.type !== 'cash.dispatched') return err({ code: 'NOT_FOUND' });
  return await printSlip(counter, asked, await courierSlip(counter, entry, officerName), reason);
}
