import type { ProgramCall } from '../device/run-program.ts';
import type { PrinterOutcome } from '../ports.ts';
import { type ByteSink, faultOutcome, PRINTED, type Wait } from './printer-port.ts';
import { callTool, type PrinterTools } from './printer-tools.ts';
import { SPOOL_RAW, SPOOL_SHEET } from './windows-spooler.ts';

/** What goes through a queue: bytes that the printer itself understands, or a PDF of a sheet. */
export type QueuedForm = 'raw' | 'A5' | 'A4';

const LONGEST_NAME = 120;
/** A name of a queue as both systems allow it; never a word that a program could take for an option. */
const QUEUE_NAME = /^[^-\p{Cc}][^\p{Cc}]*$/u;

/** Says that the paper left the queue of Windows. */
const WINDOWS_PRINTED = 'PRINTED';
/** Words of the Windows script for what it found before it handed over a byte. */
const BEFORE_THE_FIRST_BYTE: ReadonlySet<string> = new Set([
  'PRINTER_NOT_FOUND',
  'PRINTER_OFFLINE',
  'PAPER_OUT',
  'COVER_OPEN',
  'PRINTER_JAMMED',
  'SPOOLER_REFUSED',
]);
/** The script gives up a little before the printer's own time-out, so that it can still take the paper back. */
const WINDOWS_WAIT_MS = 24_000;

/** Programs speak the language of the installation; their answers are read. */
const inEnglish = (program: string, ...args: readonly string[]): ProgramCall => ({
  program: 'env',
  args: ['LC_ALL=C', program, ...args],
});

async function throughCups(
  name: string,
  form: QueuedForm,
  bytes: Uint8Array,
  tools: PrinterTools,
  wait: Wait,
  signal: AbortSignal,
): Promise<PrinterOutcome> {
  const state = await callTool(inEnglish(tools.lpstat, '-p', name), '', signal);
  if ('outcome' in state) return state;
  if (state.code !== 0) return faultOutcome(0, state.code === 127 ? 'PROGRAM_MISSING' : 'PRINTER_NOT_FOUND');
  // A queue that stands still would print later, when nobody expects it any more.
  if (/\bdisabled\b/.test(state.out.toString('utf8'))) return faultOutcome(0, 'PRINTER_OFFLINE');
  const option = form === 'raw' ? 'raw' : `media=${form}`;
  const sent = await callTool(inEnglish(tools.lp, '-d', name, '-o', option, '-t', 'loket'), bytes, signal);
  if ('outcome' in sent) return sent;
  const job = /request id is (\S+)/.exec(sent.out.toString('utf8'))?.[1];
  if (sent.code !== 0 || job === undefined) {
    return signal.aborted ? faultOutcome(bytes.length, 'TIME_OUT') : faultOutcome(0, 'SPOOLER_REFUSED');
  }
  for (;;) {
    const waiting = await callTool(inEnglish(tools.lpstat, '-o', name), '', signal);
    if (signal.aborted) break;
    if ('outcome' in waiting || waiting.code !== 0) return faultOutcome(bytes.length, 'QUEUE_SILENT');
    const jobs = waiting.out.toString('utf8').split('\n');
    if (!jobs.some((line) => line.split(/\s/, 1)[0] === job)) return PRINTED;
    await wait(tools.everyMs, signal);
  }
  // Nobody knows what of it is on paper; what is not must never come out by itself.
  await callTool(inEnglish(tools.cancel, job), '', new AbortController().signal);
  return faultOutcome(bytes.length, 'STILL_QUEUED');
}

async function throughSpooler(
  name: string,
  form: QueuedForm,
  bytes: Uint8Array,
  tools: PrinterTools,
  signal: AbortSignal,
): Promise<PrinterOutcome> {
  const script = form === 'raw' ? SPOOL_RAW : SPOOL_SHEET;
  const base64 = (data: string | Uint8Array): string => Buffer.from(data).toString('base64');
  const input = [base64(name), base64(bytes), String(WINDOWS_WAIT_MS), form].join('\n');
  const call = { program: tools.powershell, args: ['-NoProfile', '-NonInteractive', '-Command', script] };
  const end = await callTool(call, input, signal);
  if ('outcome' in end) return end;
  const word = end.out.toString('utf8').trim().split(/\s+/).at(-1) ?? '';
  if (end.code === 0 && word === WINDOWS_PRINTED) return PRINTED;
  if (BEFORE_THE_FIRST_BYTE.has(word)) return faultOutcome(0, word);
  return faultOutcome(bytes.length, signal.aborted ? 'TIME_OUT' : /^[A-Z_]+$/.test(word) ? word : 'SPOOLER_FAILED');
}

/**
 * A printer of the operating system, by its name there: CUPS, or the spooler of Windows. Printed once the paper has left
 * the queue; one that has not is taken out of it again, for a paper that comes out later by itself would be a second one.
 */
export function queueSink(name: string, form: QueuedForm, wait: Wait, tools: PrinterTools): ByteSink {
  return async (bytes, signal) => {
    if (name.length > LONGEST_NAME || !QUEUE_NAME.test(name)) return faultOutcome(0, 'BAD_ADDRESS');
    return tools.platform === 'win32'
      ? await throughSpooler(name, form, bytes, tools, signal)
      : await throughCups(name, form, bytes, tools, wait, signal);
  };
}
