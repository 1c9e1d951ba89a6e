import { join } from 'node:path';
import type { PrinterView } from '../../contract/views-counter.ts';
import { createAuthService } from './auth/auth-service.ts';
import { type BackupService, createBackupService } from './backup/backup-service.ts';
import { wireAudit } from './counter-audit.ts';
import { wireApprovals } from './counter-approvals.ts';
import { wireCases } from './counter-cases.ts';
import { wireCash } from './counter-cash.ts';
import { wireEmergency } from './counter-emergency.ts';
import { wireFlashdisk } from './counter-flashdisk.ts';
import { wireLine } from './counter-line.ts';
import { wireApplications } from './counter-applications.ts';
import { wireDocuments } from './counter-documents.ts';
import { heldOriginals, wireOriginals } from './counter-originals.ts';
import { wirePeople } from './counter-people.ts';
import { wireRegion } from './counter-region.ts';
import { wireReports } from './counter-reports.ts';
import { wireUpdates } from './counter-updates.ts';
import { wireSelfTest } from './counter-self-test.ts';
import { askCounter, type CounterQuestions } from './counter-questions.ts';
import { pagesByKind } from './documents/document-store.ts';
import type { WriteTx } from './db/open.ts';
import { closeView } from './documents/view-key-store.ts';
import type { Features } from './features.ts';
import type { Timekeeper } from './device/timekeeper.ts';
import type { Foundation } from './foundation.ts';
import { createMirror, type Mirror } from './journal/mirror.ts';
import { createReceiptSigner } from './journal/receipt-signer.ts';
import { createPaymentsService } from './payments/payments-service.ts';
import { createPrintService, type PrintService } from './printing/print-service.ts';
import { markingPapers } from './printing/training-papers.ts';
import { createRegistryService } from './registry/registry-service.ts';
import { createReportsService } from './reports/reports-service.ts';
import type { SelfTestService } from './self-test/self-test-service.ts';
import type { UpdatesService } from './updates/updates-service.ts';
import type { ClockPort } from './ports.ts';
import { isTrainingDevice } from './training/training.ts';
import { createArrivalService } from './transactions/arrival-service.ts';
import { createBasketService } from './transactions/basket-service.ts';
import { createBillDesk } from './transactions/bill-desk.ts';
import { createErasureService } from './transactions/erasure-service.ts';
import { createHistoryService } from './transactions/history-service.ts';
import { createPayService } from './transactions/pay-service.ts';
import { createPickUpService } from './transactions/pick-up-service.ts';
import type { MachineFacts } from './transactions/quote.ts';
import { createSaleWriter } from './transactions/sale-writer.ts';
import { createVoidService } from './transactions/void-service.ts';
import { createTransactionsService } from './transactions/transactions-service.ts';

/** An enrolled counter with everything that its handlers use. */
export type Counter = Features &
  CounterQuestions & { readonly selfTest: SelfTestService; readonly updates: UpdatesService };

/** Papers go into a folder until an installer has set a printer: nothing is ever lost for want of one. */
function defaultPrinters(dataDir: string): readonly PrinterView[] {
  return [
    {
      printerId: 'pdf',
      kind: 'pdf',
      name: 'PDF (folder struk)',
      target: join(dataDir, 'struk'),
      widthMm: 148,
      role: 'first',
    },
    {
      printerId: 'roll',
      kind: 'escpos-file',
      name: 'Berkas ESC/POS 80 mm',
      target: join(dataDir, 'struk-80mm.bin'),
      widthMm: 80,
      role: 'second',
    },
  ];
}

/** The second copy of this device's unsent entries. */
function mirrorOf(foundation: Foundation): Mirror {
  const { config, device, timekeeper } = foundation;
  return createMirror({
    ...foundation,
    deviceId: device.deviceId,
    certificate: device.certificate,
    appVersion: config.appVersion,
    dataDir: config.dataDir,
    now: timekeeper.now,
  });
}

/** Whole copies of the data on the medium of the second copy. */
function backupsOf(foundation: Foundation): BackupService {
  const { config, device, timekeeper } = foundation;
  return createBackupService({
    ...foundation,
    deviceId: device.deviceId,
    dataDir: config.dataDir,
    now: timekeeper.now,
  });
}

/** What this computer puts in the way of a new sale. */
function machineFacts(timekeeper: Timekeeper, mirror: Mirror): MachineFacts {
  const { needsAcknowledgement, jumpMs } = timekeeper.state();
  return { isMirrorMissing: mirror.isMissing(), clockJumpMs: needsAcknowledgement ? (jumpMs ?? 0) : null };
}

/** What every sale and every question about one is made with. */
function sellingFacts({ config, cipher, device, timekeeper }: Foundation, mirror: Mirror) {
  return {
    cipher,
    today: timekeeper.today,
    now: timekeeper.now,
    certificateUntil: device.certificate.certificate.notAfter,
    appVersion: config.appVersion,
    machine: () => machineFacts(timekeeper, mirror),
    pagesOf: pagesByKind,
  };
}

/** The printers of this counter; no paper leaves them before the second copy has its entry. */
function printingOf(foundation: Foundation, mirror: Mirror): PrintService {
  return createPrintService({
    ...foundation,
    defaultPrinters: defaultPrinters(foundation.config.dataDir),
    connect: isTrainingDevice(foundation.device) ? markingPapers(foundation.connectPrinter) : foundation.connectPrinter,
    secondCopy: mirror.follow,
  });
}

/** Pages are no longer shown once their service is closed. */
function closingPages({ now }: Pick<Foundation['timekeeper'], 'now'>) {
  return async (tx: WriteTx, stream: string): Promise<void> => {
    await closeView(tx, stream, now());
  };
}

/** What was written before: read, taken back, erased, fetched. */
function wireHistory(foundation: Foundation, clock: ClockPort, printing: PrintService) {
  const { db, journal, cipher, subjectKeys, device, events } = foundation;
  const reading = { db, journal, cipher, subjectKeys, isPrinting: printing.isPrinting };
  return {
    history: createHistoryService(reading),
    voids: createVoidService({ db, journal, cipher, device, events }),
    erasure: createErasureService({ db, journal, cipher, subjectKeys, events, clock }),
    pickUp: createPickUpService({ journal, cipher, subjectKeys, clock, events }),
    reports: createReportsService(reading),
  };
}

/** Wires the features of an enrolled counter; reads as its table of contents. */
export function createCounter(foundation: Foundation): Counter {
  const { db, journal, cipher, subjectKeys, secrets, device, timekeeper, events, newId } = foundation;
  // What a person reads and what a limit is held against is the best estimate; only the line reports the raw clock.
  const clock: ClockPort = { ...foundation.clock, wallMs: timekeeper.now };

  const auth = createAuthService({ db, journal, cipher, clock, events, newId });
  const mirror = mirrorOf(foundation);
  const pages = wireDocuments(foundation);
  const whenMet: { run: () => Promise<void> } = { run: async () => undefined };
  const { inquirer, paymentProvider, regionLine, ...line } = wireLine(
    foundation,
    clock,
    pages.pageFiles,
    auth.recheck,
    () => whenMet.run(),
  );
  const bills = createBillDesk(inquirer, timekeeper.now);
  const selling = sellingFacts(foundation, mirror);
  const heldPapers = heldOriginals(foundation);
  const parts = { ...selling, holdPapers: heldPapers.receive, db, journal, subjectKeys, device, bills, events, newId };
  const transactions = createTransactionsService(parts);
  const writeSale = createSaleWriter({ ...parts, signer: createReceiptSigner(secrets.signingPrivate) });
  const taking = { ...parts, writeSale, inquire: transactions.inquire };
  const payments = createPaymentsService({ ...taking, provider: paymentProvider, log: foundation.log });
  const { askOutcomes, ...region } = wireRegion(foundation, regionLine);
  whenMet.run = async () => {
    await payments.lookAtAll();
    await askOutcomes();
  };
  const printing = printingOf(foundation, mirror);
  const { reportDesk } = wireReports(foundation);
  const features: Features = {
    ...foundation,
    clock,
    auth,
    ...pages,
    ...wireApplications(foundation, selling, { originals: heldPapers, closePages: closingPages(timekeeper) }),
    ...wireOriginals(foundation),
    ...wireApprovals(foundation, auth),
    reportDesk,
    ...wireAudit(foundation, auth, reportDesk),
    ...wireCash(foundation),
    ...wireEmergency(foundation),
    ...wireCases(foundation),
    ...region,
    ...wirePeople(foundation, regionLine),
    registry: createRegistryService({ db, cipher }),
    transactions,
    bills,
    pay: createPayService(taking),
    baskets: createBasketService(taking),
    payments,
    arrivals: createArrivalService(parts),
    ...wireHistory(foundation, clock, printing),
    flashdisk: wireFlashdisk(foundation, clock, pages.pageFiles, auth.recheck),
    printing,
    mirror,
    backups: backupsOf(foundation),
    ...line,
  };
  const questions = askCounter(features);
  const updates = wireUpdates(foundation, line.updateSource, features.backups);
  return { ...features, ...questions, selfTest: wireSelfTest(features, questions), updates };
}
