import { connect, type Socket } from 'node:net';
import type { PrinterOutcome } from '../ports.ts';
import { type ByteSink, faultCode, faultOutcome, PRINTED } from './printer-port.ts';
import type { Conversation, PrinterStatus } from './printer-status.ts';

/** "Port 9100": the raw port of every network printer. */
const RAW_PORT = 9100;

/** Host and port of `host`, `host:9100` or `[::1]:9100`; undefined when the text is no address. */
export function parseTarget(target: string): { readonly host: string; readonly port: number } | undefined {
  const found = /^(?:\[([0-9a-f:]+)\]|([A-Za-z0-9.-]+))(?::(\d{1,5}))?$/.exec(target.trim());
  const host = found?.[1] ?? found?.[2];
  const port = found?.[3] === undefined ? RAW_PORT : Number(found[3]);
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port };
}

/** What the printer says is kept until it is heard; nobody listening, it is read away, or the connection would never end. */
function conversationWith(socket: Socket): Conversation {
  const said: number[] = [];
  socket.on('data', (bytes) => void said.push(...bytes));
  return {
    send: async (bytes) => void socket.write(bytes),
    receive: async () => said.shift(),
  };
}

/** A printer on the local network: one connection per paper; printed once it took all bytes and closed in order. */
export function networkSink(target: string, status?: PrinterStatus): ByteSink {
  return (bytes, signal) =>
    new Promise<PrinterOutcome>((resolve) => {
      const address = parseTarget(target);
      if (address === undefined) {
        resolve({ outcome: 'failed', detail: 'BAD_ADDRESS' });
        return;
      }
      const socket = connect(address);
      const talk = conversationWith(socket);
      // Bytes that left for the socket may be on paper, whatever happens to the connection afterwards.
      let sent = 0;
      let finished = false;
      const end = (outcome: PrinterOutcome): void => {
        signal.removeEventListener('abort', onAbort);
        socket.destroy();
        resolve(outcome);
      };
      const onAbort = (): void => end(faultOutcome(sent, 'TIME_OUT'));
      const send = async (): Promise<void> => {
        const before = await status?.before(talk, signal);
        if (socket.destroyed) return;
        if (typeof before === 'string') return end(faultOutcome(0, before));
        sent = bytes.length;
        socket.write(bytes);
        const after = await status?.after(talk, signal);
        if (typeof after === 'string') return end(faultOutcome(sent, after));
        socket.end();
      };
      signal.addEventListener('abort', onAbort);
      socket.on('connect', () => void send());
      socket.on('finish', () => {
        finished = true;
      });
      socket.on('error', (fault) => end(faultOutcome(sent, faultCode(fault))));
      socket.on('close', (hadError) => {
        if (!hadError) end(finished ? PRINTED : faultOutcome(sent, 'CLOSED'));
      });
      if (signal.aborted) onAbort();
    });
}
