import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/** Bytes that crossed a line, both ways, TCP payload only. */
export type Crossed = { readonly up: number; readonly down: number };

/** A line that counts; it changes nothing. */
export type CountingProxy = {
  readonly url: string;
  /** Where connections go from now on. */
  readonly lead: (url: string) => void;
  /** Ends every connection that is open. */
  readonly cut: () => void;
  readonly crossed: () => Crossed;
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

/** Starts a line on a free port of this machine. */
export async function startCountingProxy(): Promise<CountingProxy> {
  const held = { target: new URL('http://127.0.0.1:9'), up: 0, down: 0 };
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(held.target.port), held.target.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      // One end that goes takes the other with it, as a cable would.
      socket.on('error', () => socket.destroy());
    }
    near.on('data', (piece) => (held.up += piece.length));
    far.on('data', (piece) => (held.down += piece.length));
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has the address of one.
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    cut,
    url: `http://127.0.0.1:${port}`,
    lead: (url) => {
      held.target = new URL(url);
    },
    crossed: () => ({ up: held.up, down: held.down }),
    reset: () => {
      held.up = 0;
      held.down = 0;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
