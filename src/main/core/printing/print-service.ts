import { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import { type PrinterView, printerViewSchema } from '../../../contract/views-counter.ts';
import type { PrintJobView } from '../../../contract/views-transaction.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { Db, StorageRefusal, WriteTx } from '../db/open.ts';
import type { JournalPaperKind } from '../../../contract/paper-kinds.ts';
import { findSetting, putSetting } from '../device/enrolled-device-store.ts';
import { canonicalJson, sha256 } from '../journal/hash-chain.ts';
import type { Append, Journal } from '../journal/journal.ts';
import type { EventsPort, LogPort, PrinterOutcome } from '../ports.ts';
import type { PaperDocument } from './paper-document.ts';
import type { Printer } from './printer-port.ts';
import { findJob, insertJob, type PrintJob, readJobsOf, readUnsettledJobs, setJobState } from './print-store.ts';

const SETTING = 'printers';

/** A paper that belongs to an entry: its intent is committed before the first byte leaves. */
export type JournalPaper = {
  readonly kind: JournalPaperKind;
  readonly stream: string;
  readonly cashSessionId: string | null;
  readonly officerId: string;
  readonly reason: string | null;
  /** Null for the first printer. */
  readonly printerId: string | null;
  /** In place of a printer of the settings: a sheet that goes into a folder. */
  readonly onto?: PrinterView;
  /** Made for the number that the paper will bear: 0 the original, n SALINAN n. */
  readonly document: (copyNo: number) => PaperDocument;
  readonly copyNo: (earlier: readonly PrintJob[]) => number;
};

/** Whether a paper of this number may be printed; writes what it takes. */
type Allow<E> = (tx: WriteTx, append: Append, copyNo: number) => Promise<Result<unknown, E>>;

export type PrintService = {
  /** Commits the intent and hands the paper to the printer's queue; never waits for paper. */
  readonly printPaper: (paper: JournalPaper) => Promise<Result<PrintJob, Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>>;
  /** The same for a paper that takes a second person; what `allow` refuses is not printed. It runs in the commit of the intent. */
  readonly printApproved: <E extends Refusal>(
    paper: JournalPaper,
    allow: Allow<E>,
  ) => Promise<Result<PrintJob, E | Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>>;
  /** A paper that proves nothing (price slip, test page): no intent, no entry; waits for the outcome. */
  readonly printLoose: (
    document: PaperDocument,
    printerId: string | null,
  ) => Promise<Result<{ readonly printer: string }, Refusal<'PRINTER_UNKNOWN' | 'PRINTER_SILENT'>>>;
  /** The officer's answer to "did the paper come out?". */
  readonly answer: (
    officerId: string,
    jobId: string,
    cameOut: boolean,
  ) => Promise<Result<Record<string, never>, Refusal<'PRINT_JOB_UNKNOWN' | 'PRINT_NOT_UNKNOWN'> | StorageRefusal>>;
  readonly printers: () => Promise<readonly PrinterView[]>;
  readonly setPrinters: (
    printers: readonly PrinterView[],
  ) => Promise<Result<readonly PrinterView[], Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>>;
  /** At start: an intent without a result is print-unknown and never prints by itself (OPOP-Sync/1 13.2). */
  readonly recover: () => Promise<Result<number, StorageRefusal>>;
  /** Whether this process waits for a result of this paper. */
  readonly isPrinting: (jobId: string) => boolean;
  /** Resolves when no paper is under way. */
  readonly settled: () => Promise<void>;
};

type Deps = {
  readonly db: Db;
  readonly journal: Journal;
  readonly events: EventsPort;
  readonly log: LogPort;
  readonly newId: () => string;
  readonly defaultPrinters: readonly PrinterView[];
  readonly connect: (printer: PrinterView) => Printer;
  /** Gives what was committed its second copy; at most 2 s, and never fails. */
  readonly secondCopy: () => Promise<unknown>;
};

const RESULTS: Readonly<Record<PrinterOutcome['outcome'], 'printed' | 'failed' | 'unknown'>> = {
  printed: 'printed',
  failed: 'failed',
  unknown: 'unknown',
};

export function createPrintService(deps: Deps): PrintService {
  const { db, journal, events, log } = deps;
  const connected = new Map<string, Printer>();
  const underway = new Set<Promise<void>>();
  const printing = new Set<string>();

  const printers = async (): Promise<readonly PrinterView[]> => {
    const text = await db.read((tx) => findSetting(tx, SETTING));
    return text === undefined ? deps.defaultPrinters : z.array(printerViewSchema).parse(JSON.parse(text));
  };

  const choose = async (printerId: string | null): Promise<Result<PrinterView, Refusal<'PRINTER_UNKNOWN'>>> => {
    const all = await printers();
    const chosen = all.find((one) => (printerId === null ? one.role === 'first' : one.printerId === printerId));
    return chosen === undefined ? err({ code: 'PRINTER_UNKNOWN', path: ['printerId'] }) : ok(chosen);
  };

  const connect = (printer: PrinterView): Printer => {
    const key = JSON.stringify(printer);
    const known = connected.get(key) ?? deps.connect(printer);
    connected.set(key, known);
    return known;
  };

  const settle = async (job: PrintJob, paper: JournalPaper, outcome: PrinterOutcome): Promise<void> => {
    const detail = outcome.outcome === 'printed' ? null : outcome.detail;
    const written = await journal.record(async (tx, append) => {
      append({
        type: 'print.settled',
        stream: job.stream,
        officerId: paper.officerId,
        cashSessionId: paper.cashSessionId,
        body: { jobId: job.jobId, result: RESULTS[outcome.outcome], detail },
      });
      await setJobState(tx, job.jobId, RESULTS[outcome.outcome], detail);
      return ok(undefined);
    });
    // A result that could not be stored leaves the intent: after a restart it is print-unknown, which is the truth.
    if (!written.ok) log.write('error', 'print.result-not-stored', { code: written.error.code, jobId: job.jobId });
    events.publish('printing');
  };

  const send = (job: PrintJob, paper: JournalPaper, printer: PrinterView, document: PaperDocument): void => {
    const sent: Promise<void> = connect(printer)
      .print(document, `${job.kind}-${job.jobId}`)
      .then((outcome) => settle(job, paper, outcome))
      .finally(() => {
        printing.delete(job.jobId);
        underway.delete(sent);
      });
    underway.add(sent);
  };

  const print = async <E extends Refusal>(
    paper: JournalPaper,
    allow: Allow<E>,
  ): Promise<Result<PrintJob, E | Refusal<'PRINTER_UNKNOWN'> | StorageRefusal>> => {
    // "Order at pay: inquiry, commit, mark, mirror (failure or 2 s), print intent (committed), bytes to the printer, result."
    await deps.secondCopy();
    const printer = paper.onto === undefined ? await choose(paper.printerId) : ok(paper.onto);
    if (!printer.ok) return printer;
    const jobId = deps.newId();
    printing.add(jobId);
    const intended = await journal.record(async (tx, append) => {
      const copyNo = paper.copyNo(await readJobsOf(tx, paper.stream));
      const allowed = await allow(tx, append, copyNo);
      if (!allowed.ok) return allowed;
      const document = paper.document(copyNo);
      const entry = append({
        type: 'print.requested',
        stream: paper.stream,
        officerId: paper.officerId,
        cashSessionId: paper.cashSessionId,
        body: {
          jobId,
          kind: paper.kind,
          copyNo,
          reason: paper.reason,
          printer: printer.value.printerId,
          paperHash: sha256(canonicalJson(document)),
        },
      });
      const job: PrintJob = {
        jobId,
        stream: paper.stream,
        kind: paper.kind,
        copyNo,
        printer: printer.value.printerId,
        state: 'requested',
        detail: null,
        requestedAt: entry.wallMs,
      };
      await insertJob(tx, job);
      return ok({ job, document });
    });
    if (!intended.ok) {
      printing.delete(jobId);
      return intended;
    }
    const { job, document } = intended.value;
    send(job, paper, printer.value, document);
    events.publish('printing');
    return ok(job);
  };

  return {
    printPaper: async (paper) => await print(paper, async () => ok(undefined)),

    printApproved: print,

    printLoose: async (document, printerId) => {
      const printer = await choose(printerId);
      if (!printer.ok) return printer;
      const outcome = await connect(printer.value).print(document, `${document.head.kind}-${deps.newId()}`);
      return outcome.outcome === 'printed'
        ? ok({ printer: printer.value.printerId })
        : err({ code: 'PRINTER_SILENT', details: { reason: outcome.detail, printer: printer.value.name } });
    },

    answer: async (officerId, jobId, cameOut) => {
      const answered = await journal.record(async (tx, append) => {
        const job = await findJob(tx, jobId);
        if (job === undefined) return err({ code: 'PRINT_JOB_UNKNOWN' as const });
        if (job.state !== 'unknown') return err({ code: 'PRINT_NOT_UNKNOWN' as const, details: { state: job.state } });
        append({
          type: 'print.answered',
          stream: job.stream,
          officerId,
          cashSessionId: null,
          body: { jobId, cameOut },
        });
        await setJobState(tx, jobId, cameOut ? 'came-out' : 'did-not-come-out', job.detail);
        return ok({});
      });
      if (answered.ok) events.publish('printing');
      return answered;
    },

    printers,

    setPrinters: async (next) => {
      if (next.filter((one) => one.role === 'first').length !== 1) return err({ code: 'PRINTER_UNKNOWN' });
      const written = await db.write(async (tx) => {
        await putSetting(tx, SETTING, JSON.stringify(next));
        return ok(next);
      });
      if (written.ok) events.publish('device');
      return written;
    },

    recover: () =>
      journal.record(async (tx, append) => {
        const lost = (await readUnsettledJobs(tx)).filter((job) => job.state === 'requested');
        for (const job of lost) {
          append({
            type: 'print.settled',
            stream: job.stream,
            officerId: null,
            cashSessionId: null,
            body: { jobId: job.jobId, result: 'unknown', detail: 'RESTARTED' },
          });
          await setJobState(tx, job.jobId, 'unknown', 'RESTARTED');
        }
        return ok(lost.length);
      }),

    isPrinting: (jobId) => printing.has(jobId),

    settled: async () => {
      await Promise.all(underway);
    },
  };
}

/** A paper as screens show it. */
export function printJobView(job: PrintJob, receiptNumber: string | null): PrintJobView {
  const states: Readonly<Record<PrintJob['state'], PrintJobView['state']>> = {
    requested: 'printing',
    printed: 'printed',
    failed: 'failed',
    unknown: 'unknown',
    'came-out': 'printed',
    'did-not-come-out': 'failed',
  };
  return {
    jobId: job.jobId,
    transactionId: receiptNumber === null ? null : job.stream,
    receiptNumber,
    kind: job.kind,
    copyNo: job.copyNo,
    printer: job.printer,
    state: states[job.state],
    detail: job.detail,
    requestedAt: job.requestedAt,
  };
}
