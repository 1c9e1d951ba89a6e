import { join } from 'node:path';
import type { Refusal } from '../../contract/errors.ts';
import type { PrinterView } from '../../contract/views-counter.ts';
import { localDateAt } from '../../domain/local-date.ts';
import { err, type Result } from '../../domain/result.ts';
import { formatRupiah } from '../../domain/rupiah.ts';
import type { SignIn } from './auth/sign-in.ts';
import type { Dispatched } from './cash/courier-service.ts';
import type { HandedOver } from './cash/hand-over-service.ts';
import type { ClosedDrawer } from './cash/slip-service.ts';
import type { Counter } from './counter.ts';
import type { StorageRefusal } from './db/open.ts';
import { type CloseFacts, closePaper, courierPaper, drawerHandOverPaper } from './printing/drawer-documents.ts';
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
  return await counter.printing.printPaper({
    kind: 'cash-close',
    stream: cashSessionId,
    cashSessionId,
    officerId: signIn.officerId,
    reason: reason === '' ? null : reason,
    printerId,
    ...(sheet === 'a4' ? { onto: a4Folder(counter.config.dataDir) } : {}),
    copyNo: copiesOf('cash-close'),
    document: (n) => {
      const copy = { n, reason, copiedAt: counter.clock.wallMs(), copiedBy: signIn.name };
      return closePaper({ ...facts, copy: n === 0 ? null : copy });
    },
  });
}

/** The slip with both names; null when no printer could be asked. The hand-over stands without it. */
export async function printDrawerHandOver(
  counter: Counter,
  { signIn, printerId }: Asked,
  handed: HandedOver,
): Promise<string | null> {
  const { entry, body, session } = handed;
  const closed = await counter.drawerSlips.closedDrawer(body.fromSessionId);
  if (closed === undefined) throw new Error('a drawer that was handed over has a closed session');
  const context = await counter.paperContext();
  const slip = slipFacts(context, signIn.name, entry, {
    kind: 'drawer-hand-over',
    subjectId: body.handOverId,
    number: body.handOverNumber,
    subject: '',
    on: localDateAt(entry.wallMs),
    promisedOn: null,
    drawer: closed.figures,
  });
  const facts = {
    ...slip,
    ...endedOf(closed),
    leaving: closed.session.officerName,
    arriving: session.officerName,
    nextFloat: body.float,
    nextCarried: body.carried,
  };
  const printed = await counter.printing.printPaper({
    kind: 'drawer-hand-over',
    stream: body.handOverId,
    cashSessionId: body.toSessionId,
    officerId: body.toOfficerId,
    reason: null,
    printerId,
    copyNo: () => 0,
    document: () => drawerHandOverPaper(facts),
  });
  return printed.ok ? printed.value.jobId : null;
}

/** The slip that the courier signs; of a repeated call the paper that it belongs to. */
export async function printCourier(
  counter: Counter,
  { signIn, printerId }: Asked,
  { leg, entry, counts }: Dispatched,
): Promise<string | null> {
  if (entry === null) return (await counter.jobsOf(leg.dispatchId)).at(-1)?.jobId ?? null;
  const context = await counter.paperContext();
  const slip = slipFacts(context, signIn.name, entry, {
    kind: 'courier',
    subjectId: leg.dispatchId,
    number: leg.dispatchNumber,
    subject: formatRupiah(leg.amount),
    on: localDateAt(leg.dispatchedAt),
    promisedOn: null,
  });
  const printed = await counter.printing.printPaper({
    kind: 'courier',
    stream: leg.dispatchId,
    cashSessionId: entry.cashSessionId,
    officerId: signIn.officerId,
    reason: null,
    printerId,
    copyNo: copiesOf('courier'),
    document: (n) => courierPaper({ ...slip, amount: leg.amount, from: leg.from, counts }, n),
  });
  return printed.ok ? printed.value.jobId : null;
}
