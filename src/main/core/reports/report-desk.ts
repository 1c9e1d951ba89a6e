import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReportRow, ReportSheet } from '../../../contract/views-reports.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { StorageRefusal } from '../db/open.ts';
import type { Unfinished } from './export-file.ts';
import type { ReportAnswer, ReportJob, ReportThreadData } from './report-jobs.ts';
import type { ReportDescription, ReportShelf } from './report-shelf.ts';

/** Built beside the entry of the window (`electron.vite.config.ts`); Node runs the source as it is. */
const PROGRAM = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'report-worker.ts' : 'report-worker.js',
);
/** A month on paper needs some hundred megabytes; a report that eats more ends alone. */
const MEMORY_MB = 1024;

/** What a job is answered with; undefined where the report has to be made again. */
type Answers = {
  readonly make: ReportSheet;
  readonly rows: readonly ReportRow[] | undefined;
  readonly entries: Awaited<ReturnType<ReportShelf['entries']>>;
  readonly describe: ReportDescription | undefined;
  readonly write: Result<Unfinished, string> | undefined;
};

/** The way to the thread of the reports: started with the first question, gone with `stop`. */
export type ReportDesk = {
  /** Throws on a bug of a report, or when its thread ended. */
  readonly ask: <D extends ReportJob['do']>(
    job: Extract<ReportJob, { readonly do: D }>,
  ) => Promise<Result<Answers[D], StorageRefusal>>;
  readonly stop: () => Promise<void>;
};

type Waiting = { readonly done: (answer: ReportAnswer) => void; readonly failed: (fault: Error) => void };

/** The thread ran out of memory: a file of this size is not written here. */
export function isTooLarge(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

export function createReportDesk(data: ReportThreadData): ReportDesk {
  const waiting = new Map<number, Waiting>();
  const held: { worker: Worker | null; next: number } = { worker: null, next: 1 };

  /** A counter that ends waits for no thread, except for what it asked itself. */
  const settle = (worker: Worker): void => {
    if (waiting.size === 0) worker.unref();
  };

  const failAll = (worker: Worker, fault: Error): void => {
    if (held.worker === worker) held.worker = null;
    for (const one of waiting.values()) one.failed(fault);
    waiting.clear();
  };

  const started = (): Worker => {
    if (held.worker !== null) return held.worker;
    const worker = new Worker(PROGRAM, {
      workerData: data,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    held.worker = worker;
    worker.on('message', (answer: ReportAnswer) => {
      waiting.get(answer.id)?.done(answer);
      waiting.delete(answer.id);
      settle(worker);
    });
    worker.on('error', (fault) => {
      failAll(worker, fault instanceof Error ? fault : new Error('the thread of the reports broke'));
    });
    worker.on('exit', () => {
      failAll(worker, new Error('the thread of the reports ended'));
    });
    return worker;
  };

  return {
    ask: async (job) => {
      const id = held.next;
      held.next += 1;
      const answer = await new Promise<ReportAnswer>((done, failed) => {
        const worker = started();
        waiting.set(id, { done, failed });
        worker.ref();
        worker.postMessage({ id, job });
      });
      if (answer.kind === 'storage') return err(answer.refusal);
      if (answer.kind === 'bug') {
        throw Object.assign(new Error(answer.message), { name: answer.name, stack: answer.stack });
      }
      // Our own thread answers each job with what `Answers` says.
      return ok(answer.value as Answers[(typeof job)['do']]);
    },
    stop: async () => {
      await held.worker?.terminate();
      held.worker = null;
    },
  };
}
