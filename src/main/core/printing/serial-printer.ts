import { fileSink } from './file-printer.ts';
import { type ByteSink, faultOutcome, type Wait } from './printer-port.ts';
import type { PrinterStatus } from './printer-status.ts';
import { callTool, type PrinterTools } from './printer-tools.ts';
import type { ProgramCall } from '../device/run-program.ts';

/** What most receipt printers are delivered with. */
const USUAL_SPEED = 9600;
const SPEEDS: readonly number[] = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];

type SerialPort = { readonly port: string; readonly speed: number };

/** Port and speed of `COM3`, `COM3:19200` or `/dev/ttyUSB0:9600`; undefined when the text is neither. */
export function parseSerialTarget(target: string): SerialPort | undefined {
  const found = /^(COM\d{1,3}|\/[^:]+)(?::(\d+))?$/i.exec(target.trim());
  const port = found?.[1];
  const speed = found?.[2] === undefined ? USUAL_SPEED : Number(found[2]);
  return port === undefined || !SPEEDS.includes(speed) ? undefined : { port, speed };
}

/** Eight bits, no parity, one stop bit, and nothing that changes a byte on its way. */
function setUp({ port, speed }: SerialPort, tools: PrinterTools): ProgramCall {
  return tools.platform === 'win32'
    ? { program: tools.mode, args: [`${port}:`, `BAUD=${String(speed)}`, 'PARITY=N', 'DATA=8', 'STOP=1'] }
    : { program: tools.stty, args: ['-F', port, String(speed), 'cs8', '-cstopb', '-parenb', 'raw', '-echo'] };
}

/** A printer on a serial cable, or on an adapter that looks like one. */
export function serialSink(target: string, wait: Wait, tools: PrinterTools, status?: PrinterStatus): ByteSink {
  return async (bytes, signal) => {
    const serial = parseSerialTarget(target);
    if (serial === undefined) return faultOutcome(0, 'BAD_ADDRESS');
    const end = await callTool(setUp(serial, tools), '', signal);
    if ('outcome' in end) return end;
    if (end.code !== 0) return faultOutcome(0, signal.aborted ? 'TIME_OUT' : 'SERIAL_PORT');
    // COM10 and above are only found under their long name.
    const path = tools.platform === 'win32' ? `\\\\.\\${serial.port}` : serial.port;
    return await fileSink(path, wait, status)(bytes, signal);
  };
}
