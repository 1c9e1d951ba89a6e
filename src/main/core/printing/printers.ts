import type { PrinterView } from '../../../contract/views-counter.ts';
import { assertNever } from '../../../domain/result.ts';
import type { PrinterOutcome } from '../ports.ts';
import { escpBytes } from './escp-bytes.ts';
import { escposBytes } from './escpos-bytes.ts';
import { fileSink } from './file-printer.ts';
import { networkSink } from './network-printer.ts';
import type { PaperDocument } from './paper-document.ts';
import { pdfFolderSink } from './pdf-printer.ts';
import { type ByteSink, faultCode, faultOutcome, type Printer, type Wait } from './printer-port.ts';
import { createPrinterStatus, type PrinterStatus } from './printer-status.ts';
import { machineTools, type PrinterTools } from './printer-tools.ts';
import { queueSink } from './queue-printer.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { serialSink } from './serial-printer.ts';

/** What a printer is made with. */
export type PrinterEdges = {
  readonly wait: Wait;
  /** ms until a printer counts as silent. */
  readonly timeoutMs: number;
  /** Programs of the operating system; those of this machine unless a test says otherwise. */
  readonly tools?: PrinterTools;
};

/** "Printing never blocks the next customer": a printer that is silent for so long is asked about, not waited for. */
export const PRINTER_TIMEOUT_MS = 8_000;

/** Of the whole time-out: a printer says at once how it is, and needs a while for what is in its buffer. */
const ANSWER_SHARE = 0.05;
const WORK_SHARE = 0.3;

type Settings = Pick<PrinterView, 'kind' | 'target' | 'widthMm' | 'language' | 'columns' | 'cuts'>;

/** A queue of the system warms a printer up and feeds it slowly; nobody waits for it meanwhile. */
const QUEUE_PATIENCE = 4;

/** Whether sheets come out of it, and not a roll or endless forms. */
export const isSheets = ({ kind }: Pick<Settings, 'kind'>): boolean => kind === 'pdf' || kind === 'queue-sheet';
const sheetOf = ({ widthMm }: Settings): 'A4' | 'A5' => (widthMm === 210 ? 'A4' : 'A5');

/** The paper in the language of the printer; a width that its kind does not have becomes the nearest. */
async function renderFor(settings: Settings, document: PaperDocument): Promise<Uint8Array> {
  if (isSheets(settings)) return receiptPdf(document, sheetOf(settings));
  if (settings.language === 'escp') return escpBytes(document, settings);
  return escposBytes(document, settings.widthMm === 58 ? 58 : 80, settings);
}

function sinkFor(
  settings: Settings,
  name: string,
  { wait, tools = machineTools() }: PrinterEdges,
  status: PrinterStatus | undefined,
): ByteSink {
  switch (settings.kind) {
    case 'escpos-file':
      return fileSink(settings.target, wait, status);
    case 'escpos-network':
      return networkSink(settings.target, status);
    case 'escpos-serial':
      return serialSink(settings.target, wait, tools, status);
    case 'queue-raw':
      return queueSink(settings.target, 'raw', wait, tools);
    case 'queue-sheet':
      return queueSink(settings.target, sheetOf(settings), wait, tools);
    case 'pdf':
      return pdfFolderSink(settings.target, name);
    default:
      return assertNever(settings.kind);
  }
}

async function sendInTime(sink: ByteSink, bytes: Uint8Array, edges: PrinterEdges): Promise<PrinterOutcome> {
  const giveUp = new AbortController();
  const done = new AbortController();
  const silent = edges.wait(edges.timeoutMs, done.signal).then((): PrinterOutcome => {
    giveUp.abort();
    // A sink that hangs inside the system cannot say how much was taken.
    return { outcome: 'unknown', detail: 'TIME_OUT' };
  });
  const sent = sink(bytes, giveUp.signal);
  // The sink gets one pause to say, after the abort, whether a byte had left at all.
  const answered = silent.then(async (outcome) =>
    Promise.race([sent, edges.wait(250, done.signal).then(() => outcome)]),
  );
  const outcome = await Promise.race([sent, answered]);
  done.abort();
  return outcome;
}

/**
 * A printer with a queue of its own: papers come out one after the other in the order of the calls, and each has its
 * whole time-out. What must survive a restart is the print intent in the journal, not this queue.
 */
export function createPrinter(settings: Settings, edges: PrinterEdges): Printer {
  const isQueue = settings.kind === 'queue-raw' || settings.kind === 'queue-sheet';
  const timeoutMs = edges.timeoutMs * (isQueue ? QUEUE_PATIENCE : 1);
  // ESC/P has no such question, and would print it.
  const status =
    settings.language === 'escp'
      ? undefined
      : createPrinterStatus(edges.wait, { answerMs: timeoutMs * ANSWER_SHARE, workMs: timeoutMs * WORK_SHARE });
  let last: Promise<unknown> = Promise.resolve();
  const printOne = async (document: PaperDocument, name: string): Promise<PrinterOutcome> => {
    try {
      const bytes = await renderFor(settings, document);
      return await sendInTime(sinkFor(settings, name, edges, status), bytes, { ...edges, timeoutMs });
    } catch (fault) {
      // Sinks answer their faults themselves; this one arose before a byte left (a font that is missing).
      return faultOutcome(0, faultCode(fault));
    }
  };
  return {
    print: (document, name) => {
      const turn = last.then(() => printOne(document, name));
      last = turn;
      return turn;
    },
  };
}
