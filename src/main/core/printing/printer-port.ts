import type { PrinterOutcome } from '../ports.ts';
import type { PaperDocument } from './paper-document.ts';

/**
 * One printer. `printed`: every byte was taken. `failed`: nothing can be on paper. `unknown`: something may be on paper,
 * and only a person can tell; nothing is ever sent a second time. Never rejects, answers within its time-out.
 */
export type Printer = {
  /** `name` becomes the file's name where the printer is a folder; it holds no personal data. */
  readonly print: (document: PaperDocument, name: string) => Promise<PrinterOutcome>;
};

/** Sends bytes to a device; the same outcomes. Gives up when the signal is aborted. */
export type ByteSink = (bytes: Uint8Array, signal: AbortSignal) => Promise<PrinterOutcome>;

/** A wait of the machine; ends early, without an error, when the signal is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Every byte was taken. */
export const PRINTED: PrinterOutcome = { outcome: 'printed' };

/** What went wrong in one word for the log and the screen: the system's code, never a path or a name. */
export function faultCode(fault: unknown): string {
  if (typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'string') {
    return fault.code;
  }
  return fault instanceof Error ? fault.name : 'UNKNOWN';
}

/** Outcome of a fault after `written` bytes were taken: from the first byte on nobody knows what is on paper. */
export function faultOutcome(written: number, detail: string): PrinterOutcome {
  return written === 0 ? { outcome: 'failed', detail } : { outcome: 'unknown', detail };
}
