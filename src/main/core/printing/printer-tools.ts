import { faultCode, faultOutcome } from './printer-port.ts';
import { type ProgramCall, type ProgramEnd, runProgram } from '../device/run-program.ts';
import type { PrinterOutcome } from '../ports.ts';

/** Programs of the operating system through which printers are reached. */
export type PrinterTools = {
  readonly platform: NodeJS.Platform;
  readonly lp: string;
  readonly lpstat: string;
  readonly cancel: string;
  readonly stty: string;
  readonly mode: string;
  readonly powershell: string;
  /** How often a queue is asked whether a paper has left it (ms). */
  readonly everyMs: number;
};

/** The programs of this machine, by their names; each comes with its operating system. */
export function machineTools(platform: NodeJS.Platform = process.platform): PrinterTools {
  return {
    platform,
    lp: 'lp',
    lpstat: 'lpstat',
    cancel: 'cancel',
    stty: 'stty',
    mode: 'mode.com',
    powershell: 'powershell.exe',
    everyMs: 250,
  };
}

/** No program of a printer is worth waiting for longer; the printer's own time-out comes first. */
const TIMEOUT_MS = 40_000;

/** How a program ended, or the outcome for one that is not there: then no byte can have left. */
export async function callTool(
  call: ProgramCall,
  input: string | Uint8Array,
  signal: AbortSignal,
): Promise<ProgramEnd | PrinterOutcome> {
  try {
    return await runProgram(call, input, { timeoutMs: TIMEOUT_MS, signal });
  } catch (fault) {
    return faultOutcome(0, faultCode(fault) === 'ENOENT' ? 'PROGRAM_MISSING' : faultCode(fault));
  }
}
