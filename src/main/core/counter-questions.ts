import type { z } from 'zod';
import type { deviceViewSchema, StatusView } from '../../contract/views-counter.ts';
import type { PrintJobView } from '../../contract/views-transaction.ts';
import type { Features } from './features.ts';
import { deviceOverview } from './overview.ts';
import { printJobView } from './printing/print-service.ts';
import { type PrintJob, readJobsOf, readNewestJobs } from './printing/print-store.ts';
import { readPolicy } from './rules/rules-in-force.ts';
import { gatherStatus } from './status.ts';
import type { PaperContext } from './transactions/papers.ts';
import { findSalesOf } from './transactions/sale-store.ts';
import { type CounterReport, verifyCounter } from './verify-counter.ts';

type DeviceView = z.infer<typeof deviceViewSchema>;

/** What handlers ask across features. */
export type CounterQuestions = {
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

/** Answers what no feature can answer alone. */
export function askCounter(features: Features): CounterQuestions {
  const { config, db, journal, cipher, device, timekeeper, clock, log, shell, newId } = features;
  const { exceptions, printing, loop } = features;
  return {
    status: async () =>
      await gatherStatus({
        config,
        db,
        device,
        timekeeper,
        line: loop.state(),
        needsPerson: await exceptions.count(),
      }),
    overview: async () =>
      await deviceOverview({ config, db, journal, device, shell, printers: await printing.printers() }),
    verify: async () =>
      await verifyCounter({ db, device, cipher, marks: features.marks, pageFiles: features.pageFiles }),
    paperContext: async () => ({
      device,
      policy: await db.read((tx) => readPolicy(tx)),
      training: config.mode === 'training',
      slips: features.slips,
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
}
