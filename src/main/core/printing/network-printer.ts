import { connect } from 'node:net';
import type { PrinterOutcome } from '../ports.ts';
import { type ByteSink, faultCode, faultOutcome, PRINTED } from './printer-port.ts';

/** "Port 9100": the raw port of every network printer. */
const RAW_PORT = 9100;

/** Host and port of `host`, `host:9100` or `[::1]:9100`; undefined when the text is no address. */
export function parseTarget(target: string): { readonly host: string; readonly port: number } | undefined {
  const found = /^(?:\[([0-9a-f:]+)\]|([A-Za-z0-9.-]+))(?::(\d{1,5}))?$/.exec(target.trim());
  const host = found?.[1] ?? found?.[2];
  const port = found?.[3] === undefined ? RAW_PORT : Number(found[3]);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}

/** A printer on the local network: one connection per paper; printed once it took all bytes and closed in order. */
export function networkSink(target: string): ByteSink {
  return (bytes, signal) =>
    new Promise<PrinterOutcome>((resolve) => {
      const address = parseTarget(target);
      if (address === undefined) {
        resolve({ outcome: 'failed', detail: 'BAD_ADDRESS' });
        return;
      }
      const socket = connect(address);
      // Bytes that left for the socket may be on paper, whatever happens to the connection afterwards.
      let connected = false;
      let finished = false;
      const end = (outcome: PrinterOutcome): void => {
        signal.removeEventListener('abort', onAbort);
        socket.destroy();
        resolve(outcome);
      };
      const onAbort = (): void => end(faultOutcome(connected ? bytes.length : 0, 'TIME_OUT'));
      signal.addEventListener('abort', onAbort);
      socket.on('connect', () => {
        connected = true;
        socket.end(bytes);
      });
      socket.on('finish', () => {
        finished = true;
      });
      // What the printer says back (status bytes) is read away, or the connection would never end.
      socket.resume();
      socket.on('error', (fault) => end(faultOutcome(connected ? bytes.length : 0, faultCode(fault))));
      socket.on('close', (hadError) => {
        if (!hadError) end(finished ? PRINTED : faultOutcome(connected ? bytes.length : 0, 'CLOSED'));
      });
      if (signal.aborted) onAbort();
    });
}
