import type { PrinterView } from '../../../contract/views-counter.ts';
import { assertNever } from '../../../domain/result.ts';
import type { PrinterOutcome } from '../ports.ts';
import { escposBytes } from './escpos-bytes.ts';
import { fileSink } from './file-printer.ts';
import { networkSink } from './network-printer.ts';
import type { PaperDocument } from './paper-document.ts';
import { pdfFolderSink } from './pdf-printer.ts';
import { type ByteSink, faultCode, faultOutcome, type Printer, type Wait } from './printer-port.ts';
import { receiptPdf } from './receipt-pdf.ts';

/** What a printer is made with. */
export type PrinterEdges = {
  readonly wait: Wait;
  /** ms until a printer counts as silent. */
  readonly timeoutMs: number;
};

/** "Printing never blocks the next customer": a printer that is silent for so long is asked about, not waited for. */
export const PRINTER_TIMEOUT_MS = 8_000;

type Settings = Pick<PrinterView, 'kind' | 'target' | 'widthMm'>;

/** The paper in the language of the printer: ESC/POS for rolls, PDF for sheets. */
async function renderFor(widthMm: Settings['widthMm'], document: PaperDocument): Promise<Uint8Array> {
  switch (widthMm) {
    case 58:
    case 80:
      return escposBytes(document, widthMm);
    case 148:
      return receiptPdf(document, 'A5');
    case 210:
      return receiptPdf(document, 'A4');
    default:
      return assertNever(widthMm);
  }
}

function sinkFor(settings: Settings, name: string, wait: Wait): ByteSink {
  switch (settings.kind) {
    case 'escpos-file':
      return fileSink(settings.target, wait);
    case 'escpos-network':
      return networkSink(settings.target);
    case 'pdf':
      return pdfFolderSink(settings.target, name);
    default:
      return assertNever(settings.kind);
  }
}

/** A PDF printer has sheets and a raw printer has rolls; other settings take the nearest of their kind. */
function paperOf({ kind, widthMm }: Settings): Settings['widthMm'] {
  const isRoll = widthMm === 58 || widthMm === 80;
  if (kind === 'pdf') return isRoll ? 148 : widthMm;
  return isRoll ? widthMm : 80;
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
  let last: Promise<unknown> = Promise.resolve();
  const printOne = async (document: PaperDocument, name: string): Promise<PrinterOutcome> => {
    try {
      const bytes = await renderFor(paperOf(settings), document);
      return await sendInTime(sinkFor(settings, name, edges.wait), bytes, edges);
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
