import { join } from 'node:path';
import type { z } from 'zod';
import type { deviceViewSchema, PrinterView, StatusView } from '../../contract/views-counter.ts';
import type { PrintJobView } from '../../contract/views-transaction.ts';
import { type AuthService, createAuthService } from './auth/auth-service.ts';
import { type CashService, createCashService } from './cash/cash-service.ts';
import type { Foundation } from './foundation.ts';
import { createExceptionsService, type ExceptionsService } from './exceptions/exceptions-service.ts';
import { createReceiptSigner } from './journal/receipt-signer.ts';
import { deviceOverview } from './overview.ts';
import { createPrintService, type PrintService, printJobView } from './printing/print-service.ts';
import { type PrintJob, readJobsOf, readNewestJobs } from './printing/print-store.ts';
import { createRegistryService, type RegistryService } from './registry/registry-service.ts';
import { createReportsService, type ReportsService } from './reports/reports-service.ts';
import type { ClockPort } from './ports.ts';
import { readPolicy } from './rules/rules-in-force.ts';
import { gatherStatus } from './status.ts';
import { createInquirer } from './sync/inquiry.ts';
import { createLink } from './sync/link.ts';
import { createOutboxService, type OutboxService } from './sync/outbox-service.ts';
import { followedFeeds } from './sync/pull.ts';
import { syncRound } from './sync/round.ts';
import { createSyncLoop, type SyncLoop } from './sync/sync-loop.ts';
import { type ArrivalService, createArrivalService } from './transactions/arrival-service.ts';
import { type BillDesk, createBillDesk } from './transactions/bill-desk.ts';
import { createHistoryService, type HistoryService } from './transactions/history-service.ts';
import type { PaperContext } from './transactions/papers.ts';
import { createPayService, type PayService } from './transactions/pay-service.ts';
import { createPickUpService, type PickUpService } from './transactions/pick-up-service.ts';
import { findSalesOf } from './transactions/sale-store.ts';
import { createTransactionsService, type TransactionsService } from './transactions/transactions-service.ts';
import { type CounterReport, verifyCounter } from './verify-counter.ts';

type DeviceView = z.infer<typeof deviceViewSchema>;

/** An enrolled counter with everything that its handlers use. */
export type Counter = Foundation & {
  readonly auth: AuthService;
  readonly cash: CashService;
  readonly registry: RegistryService;
  readonly transactions: TransactionsService;
  readonly bills: BillDesk;
  readonly pay: PayService;
  readonly arrivals: ArrivalService;
  readonly history: HistoryService;
  readonly pickUp: PickUpService;
  readonly outbox: OutboxService;
  readonly exceptions: ExceptionsService;
  readonly reports: ReportsService;
  readonly printing: PrintService;
  readonly loop: SyncLoop;
  readonly status: () => Promise<StatusView>;
  readonly overview: () => Promise<DeviceView>;
  readonly verify: () => Promise<CounterReport>;
  readonly paperContext: () => Promise<PaperContext>;
  readonly jobsOf: (stream: string) => Promise<readonly PrintJob[]>;
  readonly newestJobs: (limit: number) => Promise<PrintJobView[]>;
  /** View of a paper that has no entry. */
  readonly looseJob: (kind: 'quote' | 'test', printer: string) => PrintJobView;
  /** Lets work go on without anyone waiting; a failure is a bug and is logged. */
  readonly inBackground: (work: Promise<void>) => void;
};

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

/** Wires the features of an enrolled counter; reads as its table of contents. */
export function createCounter(foundation: Foundation): Counter {
  const { config, db, journal, cipher, subjectKeys, secrets, device, timekeeper, events, log, newId } = foundation;
  const { random, line, shell } = foundation;
  // What a person reads and what a limit is held against is the best estimate; only the line reports the raw clock.
  const clock: ClockPort = { ...foundation.clock, wallMs: timekeeper.now };

  const link = createLink({
    line,
    provinceUrl: device.provinceUrl,
    deviceId: device.deviceId,
    signingPrivate: secrets.signingPrivate,
    signingPublic: secrets.signingPublic,
    rootKey: device.rootKey,
    appVersion: config.appVersion,
    clock: foundation.clock,
    timekeeper,
    nonce64: () => Buffer.from(random.bytes(8)).toString('base64url'),
  });
  const loop: SyncLoop = createSyncLoop({
    clock,
    random,
    events,
    log,
    round: (signal) =>
      syncRound(
        {
          db,
          journal,
          subjectKeys,
          link,
          clock,
          anchor: timekeeper.anchor,
          log,
          cipher,
          deviceId: device.deviceId,
          sealingPrivate: secrets.sealingPrivate,
          rootKey: device.rootKey,
          feeds: followedFeeds(device.deviceId, device.outlet.areas),
          onPhase: (phase) => loop.notePhase(phase),
          onContact: (contact) => loop.noteContact(contact),
          onProgress: () => events.publish('outbox'),
        },
        signal,
      ),
  });

  const bills = createBillDesk(
    createInquirer({
      db,
      link: () => link,
      hasLine: () => loop.state().online && link.isOpen(),
      onSilence: () => loop.noteSilence(),
    }),
  );
  const selling = {
    cipher,
    today: timekeeper.today,
    now: timekeeper.now,
    deviceMaySell: () =>
      loop.state().action !== 'STOP_SELLING' && timekeeper.now() <= device.certificate.certificate.notAfter,
  };
  const parts = { ...selling, db, journal, subjectKeys, device, bills, events, newId };
  const transactions = createTransactionsService(parts);
  const auth = createAuthService({ db, journal, cipher, clock, events, newId });
  const exceptions = createExceptionsService({ db, cipher });
  const printing = createPrintService({
    db,
    journal,
    events,
    log,
    newId,
    defaultPrinters: defaultPrinters(config.dataDir),
    connect: foundation.connectPrinter,
  });

  const counter: Counter = {
    ...foundation,
    clock,
    auth,
    cash: createCashService({ db, journal, timekeeper, events, newId }),
    registry: createRegistryService({ db, cipher }),
    transactions,
    bills,
    pay: createPayService({
      ...parts,
      signer: createReceiptSigner(secrets.signingPrivate),
      inquire: transactions.inquire,
    }),
    arrivals: createArrivalService(parts),
    history: createHistoryService({ db, journal, cipher, subjectKeys }),
    pickUp: createPickUpService({ journal, cipher, subjectKeys, clock, events }),
    outbox: createOutboxService({ db, journal, cipher, loop }),
    exceptions,
    reports: createReportsService({ db, journal, cipher }),
    printing,
    loop,
    status: async () => {
      const needsPerson = await exceptions.count();
      auth.setIdleMinutes((await db.read((tx) => readPolicy(tx))).idleLockMinutes);
      return await gatherStatus({ config, db, device, timekeeper, line: loop.state(), needsPerson });
    },
    overview: async () =>
      await deviceOverview({ config, db, journal, device, shell, printers: await printing.printers() }),
    verify: async () => await verifyCounter({ db, device, cipher, marks: foundation.marks }),
    paperContext: async () => ({
      device,
      policy: await db.read((tx) => readPolicy(tx)),
      training: config.mode === 'training',
    }),
    jobsOf: (stream) => db.read((tx) => readJobsOf(tx, stream)),
    newestJobs: (limit) =>
      db.read(async (tx) => {
        const jobs = await readNewestJobs(tx, limit);
        const sales = await findSalesOf(
          tx,
          cipher,
          jobs.map((job) => job.stream),
        );
        return jobs.map((job) => printJobView(job, sales.get(job.stream)?.receiptNumber ?? null));
      }),
    looseJob: (kind, printer) => ({
      jobId: newId(),
      transactionId: null,
      receiptNumber: null,
      kind,
      copyNo: 0,
      printer,
      state: 'printed',
      detail: null,
      requestedAt: clock.wallMs(),
    }),
    inBackground: (work) => {
      work.catch((error: unknown) => {
        log.write('error', 'background.threw', { name: error instanceof Error ? error.name : 'unknown' });
      });
    },
  };
  return counter;
}
