import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createPacer, type Pacer } from './pacer.ts';
import { createSeededRandom } from './seeded-random.ts';
import { selfSigned } from './self-signed.ts';

/** What goes wrong, and how often: each probability is per request, 0 to 1; nothing goes wrong unless it is named. */
export type ChaosFaults = {
  /** Added to each round trip, half before the request goes on and half before the answer, with `jitterMs` on top. */
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** The line goes at a random moment: before the request left, within it, before the answer, within it. */
  readonly cut?: number;
  /** The province does the work; the other side says goodbye (FIN) instead of answering. */
  readonly halfClose?: number;
  /** RST after `resetAfterBytes` bytes of the answer (64 unless given). */
  readonly reset?: number;
  readonly resetAfterBytes?: number;
  /** The answer's head promises more than comes. */
  readonly truncate?: number;
  /** The request arrives twice; the caller gets the answer of the second. */
  readonly duplicate?: number;
  /** A page that wants a login, with 200; the request goes nowhere. */
  readonly captivePortal?: number;
  /** Bytes per second in each direction, heads included. */
  readonly bytesPerSecond?: number;
};

type Fault = 'cut' | 'halfClose' | 'reset' | 'truncate' | 'duplicate' | 'captivePortal';
const FAULTS: readonly Fault[] = ['captivePortal', 'cut', 'halfClose', 'reset', 'truncate', 'duplicate'];

/** A bad line in front of a province. */
export type ChaosProxy = {
  /** To be used in place of the province's address. */
  readonly url: string;
  /** What goes wrong from the next request on. */
  readonly set: (faults: ChaosFaults) => void;
  /** Requests that came, those that reached the province whole, and each fault that happened. */
  readonly counts: Readonly<Record<'requests' | 'arrived' | Fault, number>>;
  /** Bytes of bodies that came through, per direction, as they were on the line. */
  readonly bytes: { readonly up: number; readonly down: number };
  readonly close: () => Promise<void>;
};

export type ChaosOptions = {
  /** `http://host:port` of the province. */
  readonly target: string;
  /** The same seed and the same order of requests give the same faults. */
  readonly seed: number;
  readonly faults?: ChaosFaults;
  /** TLS with a certificate that nobody vouches for. */
  readonly wrongCertificate?: boolean;
};

type Answer = { readonly status: number; readonly headers: readonly string[]; readonly body: Buffer };

const PORTAL = '<!doctype html><title>Selamat datang di WiFi.id</title><form action="/login"></form>';
const SLICE = 4096;
/** Headers of one hop only; the proxy writes its own. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'date']);

const kept = (raw: readonly string[]): string[] =>
  raw.flatMap((name, index) => (index % 2 === 0 && !HOP.has(name.toLowerCase()) ? [name, raw[index + 1] ?? ''] : []));

/** One proxy's state, so that each function below does one step of a request. */
type World = {
  readonly options: ChaosOptions;
  readonly faults: { now: ChaosFaults };
  readonly random: () => number;
  readonly counts: Record<'requests' | 'arrived' | Fault, number>;
  readonly bytes: { up: number; down: number };
  readonly pacers: { readonly up: Pacer; readonly down: Pacer };
  readonly closing: AbortSignal;
};

/** Sends a request to the province; `upTo` bytes of its body, then silence, where the line is cut within it. */
function forward(world: World, request: IncomingMessage, body: Buffer, upTo?: number): Promise<Answer | undefined> {
  const { hostname, port } = new URL(world.options.target);
  const isWhole = upTo === undefined;
  if (isWhole) world.counts.arrived += 1;
  return new Promise((resolve) => {
    const onward = openRequest({
      hostname,
      port,
      method: request.method,
      path: request.url,
      headers: [...kept(request.rawHeaders), 'Host', `${hostname}:${port}`, 'Content-Length', String(body.length)],
      agent: false,
    });
    onward.on('error', () => resolve(undefined)); // the province is away, or we cut the line ourselves
    onward.on('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', () => resolve(undefined));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 502, headers: kept(answer.rawHeaders), body: Buffer.concat(parts) }),
      );
    });
    if (isWhole) {
      onward.end(body);
      return;
    }
    onward.write(body.subarray(0, upTo), () => {
      onward.destroy();
      resolve(undefined);
    });
    if (upTo === 0) onward.flushHeaders();
  });
}

/** Reads the request as slowly as the line is. */
async function readBody(world: World, request: IncomingMessage): Promise<Buffer> {
  await world.pacers.up(request.rawHeaders.join('').length);
  const parts: Buffer[] = [];
  for await (const part of request) {
    const bytes = Buffer.from(part as Uint8Array); // no encoding is set, so parts are bytes
    world.bytes.up += bytes.length;
    await world.pacers.up(bytes.length);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

const headOf = ({ status, headers, body }: Answer): Buffer => {
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1] ?? ''}`] : []));
  return Buffer.from(
    `HTTP/1.1 ${String(status)} OK\r\n${[...lines, `Content-Length: ${String(body.length)}`].join('\r\n')}\r\n\r\n`,
  );
};

/** Writes bytes of an answer past the HTTP server, as slowly as the line is. */
async function writeRaw(world: World, socket: Socket, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += SLICE) {
    const slice = bytes.subarray(at, at + SLICE);
    await world.pacers.down(slice.length);
    if (socket.destroyed) return;
    await new Promise((done) => socket.write(slice, done));
  }
  world.bytes.down += bytes.length;
}

async function answerWell(world: World, response: ServerResponse, answer: Answer): Promise<void> {
  response.writeHead(answer.status, [...answer.headers, 'Content-Length', String(answer.body.length)]);
  await world.pacers.down(answer.headers.join('').length);
  for (let at = 0; at < answer.body.length; at += SLICE) {
    const slice = answer.body.subarray(at, at + SLICE);
    await world.pacers.down(slice.length);
    response.write(slice);
  }
  response.end();
  world.bytes.down += answer.body.length;
}

async function cutLine(world: World, request: IncomingMessage, socket: Socket): Promise<void> {
  const [where, share] = [Math.floor(world.random() * 4), world.random()];
  const body = where === 0 ? Buffer.alloc(0) : await readBody(world, request);
  if (where === 1) await forward(world, request, body, Math.floor(body.length * share));
  if (where >= 2) {
    const answer = await forward(world, request, body);
    if (where === 3 && answer !== undefined) {
      const whole = Buffer.concat([headOf(answer), answer.body]);
      await writeRaw(world, socket, whole.subarray(0, Math.floor(whole.length * share)));
    }
  }
  socket.destroy();
}

async function latency(world: World): Promise<void> {
  const { latencyMs = 0, jitterMs = 0 } = world.faults.now;
  const ms = latencyMs / 2 + (jitterMs === 0 ? 0 : (world.random() * jitterMs) / 2);
  if (ms > 0) await wait(ms, undefined, { signal: world.closing });
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { socket } = request;
  const { counts, faults } = world;
  counts.requests += 1;
  // Each fault is drawn for each request, so that one more fault does not change the others.
  const drawn = FAULTS.filter((fault) => world.random() < (faults.now[fault] ?? 0))[0];
  if (drawn !== undefined) counts[drawn] += 1;
  await latency(world);
  if (drawn === 'cut') return await cutLine(world, request, socket);
  const body = await readBody(world, request);
  if (drawn === 'captivePortal') {
    const portal: Answer = { status: 200, headers: ['Content-Type', 'text/html'], body: Buffer.from(PORTAL) };
    return await answerWell(world, response, portal);
  }
  if (drawn === 'duplicate') await forward(world, request, body);
  const answer = await forward(world, request, body);
  await latency(world);
  if (answer === undefined) {
    socket.destroy();
    return;
  }
  const whole = Buffer.concat([headOf(answer), answer.body]);
  if (drawn === 'halfClose') socket.end();
  else if (drawn === 'reset') {
    await writeRaw(world, socket, whole.subarray(0, faults.now.resetAfterBytes ?? 64));
    socket.resetAndDestroy();
  } else if (drawn === 'truncate') {
    await writeRaw(world, socket, whole.subarray(0, headOf(answer).length + Math.floor(answer.body.length / 2)));
    socket.end();
  } else await answerWell(world, response, answer);
}

/**
 * Starts a bad line on a port of its own: every request passes whole, late, cut, twice or not at all, as the seed decides.
 * For tests and benches; never in front of a real province.
 */
export async function startChaosProxy(options: ChaosOptions): Promise<ChaosProxy> {
  const random = createSeededRandom(`chaos/${String(options.seed)}`);
  const closing = new AbortController();
  const faults = { now: options.faults ?? {} };
  const rate = (): number | undefined => faults.now.bytesPerSecond;
  const counts = {
    requests: 0,
    arrived: 0,
    cut: 0,
    halfClose: 0,
    reset: 0,
    truncate: 0,
    duplicate: 0,
    captivePortal: 0,
  };
  const world: World = {
    options,
    faults,
    random: random.fraction,
    counts,
    bytes: { up: 0, down: 0 },
    pacers: { up: createPacer(rate, closing.signal), down: createPacer(rate, closing.signal) },
    closing: closing.signal,
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    // A caller that hangs up, or the proxy's own end, is part of the trade; anything else is a bug and is shown.
    serve(world, request, response).catch((error: unknown) => {
      request.socket.destroy();
      const isLine = error instanceof Error && ('code' in error || error.name === 'AbortError');
      if (!isLine) throw error;
    });
  };
  const isTls = options.wrongCertificate === true;
  const server = isTls ? createTlsServer(selfSigned('province'), onRequest) : createServer(onRequest);
  // A client that does not believe the certificate ends the handshake; that is the point.
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return {
    url: `${isTls ? 'https' : 'http'}://127.0.0.1:${String(port)}`,
    set: (now) => {
      faults.now = now;
    },
    counts,
    bytes: world.bytes,
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
