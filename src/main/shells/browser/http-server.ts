import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { ResponseFrame } from '../../../contract/frames.ts';
import { PAGE_HEADERS, pageFileOf } from '../../../contract/page-policy.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { CounterApp } from '../../core/app-interface.ts';
import { callFault, fileFault, hostFault, type Turned } from './door-keeper.ts';
import { streamEvents } from './event-stream.ts';
import { createPace, type Pace, type PaceLimit } from './pace.ts';
import { readBody } from './request-body.ts';
import { createTickets, type Tickets } from './tickets.ts';

/** The counter behind a port of this computer. */
export type BrowserHost = {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Secret of this start; the page gets it in the fragment, which no request carries. */
  readonly secret: string;
  /** Address that opens the page: origin, `/#`, secret. */
  readonly url: string;
  /** Address that opens the page once within a minute; safe in a list of running programs. */
  readonly ticketUrl: () => string;
  readonly close: () => Promise<void>;
};

type Hosted = Pick<CounterApp, 'dispatch' | 'subscribe'>;
type Room = {
  readonly app: Hosted;
  readonly pageFolder: string;
  readonly host: string;
  readonly secret: string;
  readonly tickets: Tickets;
  readonly calls: Pace;
  readonly refusals: Pace;
};

const LOOPBACK = '127.0.0.1';
/**
 * A browser's own doors, closed for the page: no other window, no dialog of the browser (printing too), no download, no
 * pointer lock. The window of Electron closes them by itself.
 */
const SANDBOX = 'sandbox allow-same-origin allow-scripts allow-forms';
const FILE_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'content-security-policy': `${PAGE_HEADERS['content-security-policy'] ?? "default-src 'none'"}; ${SANDBOX}`,
};

/** What one caller may cost. */
export type HostLimits = {
  /** Calls of the page: far more than a hand can make, less than a bent page would. */
  readonly calls: PaceLimit;
  /** Answers to those who are turned away; over it they are hung up on. It never touches a lawful call. */
  readonly refusals: PaceLimit;
  /** A caller who does not finish his headers in this time (ms) is hung up on. */
  readonly headersMs: number;
  /** The same for his whole request (ms). */
  readonly requestMs: number;
  /** Connections at once. */
  readonly connections: number;
};

const HOST_LIMITS: HostLimits = {
  calls: { burst: 600, perSecond: 200 },
  refusals: { burst: 200, perSecond: 20 },
  headersMs: 5_000,
  requestMs: 15_000,
  connections: 200,
};
/** Our page's headers are 1 KB; cookies of other programs on 127.0.0.1, which a browser sends too, are no more than 4. */
const HEADERS_LIMIT_BYTES = 8_192;

function answerFrame(response: ServerResponse, status: number, frame: ResponseFrame): void {
  const body = JSON.stringify(frame);
  response.writeHead(status, { ...PAGE_HEADERS, 'content-type': 'application/json; charset=utf-8' }).end(body);
}

const refusal = (code: ErrorCode): ResponseFrame => ({ id: '', ok: false, error: { code } });

function turnAway(request: IncomingMessage, response: ServerResponse, status: Turned, refusals: Pace): void {
  if (!refusals.take()) {
    request.socket.destroy();
    return;
  }
  // What the caller still sends is not read: the connection ends with the answer.
  response.setHeader('connection', 'close');
  request.resume();
  answerFrame(response, status, refusal('FORBIDDEN'));
}

/** "Too many requests": the page waits and asks again; nothing was done. */
function askLater(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close');
  request.resume();
  answerFrame(response, 429, refusal('FORBIDDEN'));
}

function parsed(body: string): { readonly frame: unknown } | undefined {
  try {
    return { frame: JSON.parse(body) };
  } catch {
    // A torn frame; its answer says BAD_FRAME.
    return undefined;
  }
}

async function answerCall(request: IncomingMessage, response: ServerResponse, app: Hosted): Promise<void> {
  const body = await readBody(request);
  const call = body === undefined ? undefined : parsed(body);
  if (call === undefined) {
    response.setHeader('connection', 'close');
    answerFrame(response, 400, refusal('BAD_FRAME'));
    return;
  }
  answerFrame(response, 200, await app.dispatch(call.frame));
}

async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  path: string,
): Promise<void> {
  const notFound = (): void => {
    response.writeHead(404, { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end('Tidak ada.\n');
  };
  const file = pageFileOf(path);
  if (file === undefined) {
    notFound();
    return;
  }
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(folder, ...file.segments));
  } catch {
    // Not there, or a folder: no listing, no reason.
    notFound();
    return;
  }
  response.writeHead(200, { ...FILE_HEADERS, 'content-type': file.contentType, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

async function answer(request: IncomingMessage, response: ServerResponse, room: Room): Promise<void> {
  const url = request.url ?? '';
  const isCall = url === '/rpc' || url === '/events';
  const turned = hostFault(request, room) ?? (isCall ? callFault(request, room) : fileFault(request));
  if (turned !== undefined) {
    turnAway(request, response, turned, room.refusals);
    return;
  }
  if (isCall) {
    if (!room.calls.take()) askLater(request, response);
    else if (url === '/rpc') await answerCall(request, response, room.app);
    else streamEvents(response, room.app.subscribe);
    return;
  }
  const [path = '', search = ''] = url.split('?');
  if (path === '/open') {
    // A used or invented ticket opens the page all the same, without the secret: it then says that it is not let in.
    const fragment = room.tickets.take(search) ? `#${room.secret}` : '';
    response.writeHead(303, { ...PAGE_HEADERS, location: `/${fragment}` }).end();
    return;
  }
  await answerFile(request, response, room.pageFolder, path);
}

/** The server, not yet listening; every way into it goes through `answer`. */
function createHostServer(room: Room, limits: HostLimits): Server {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(limits.headersMs, 1_000),
      keepAliveTimeout: 5_000,
      maxHeaderSize: HEADERS_LIMIT_BYTES,
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    (request, response) => {
      answer(request, response, room).catch(() => {
        // Dispatch never throws; what is left is a connection that broke under the answer.
        response.destroy();
      });
    },
  );
  server.maxConnections = limits.connections;
  // "Expect: 100-continue" would be promised a reading before the door has looked.
  const refuse = (request: IncomingMessage, response: ServerResponse): void =>
    turnAway(request, response, 417, room.refusals);
  server.on('checkContinue', refuse).on('checkExpectation', refuse);
  return server;
}

function listening(server: Server, port: number): Promise<Result<number, 'PORT_IN_USE'>> {
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'EADDRINUSE' || fault.code === 'EACCES') resolve(err('PORT_IN_USE'));
      else reject(fault);
    });
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

/** Serves page, calls and events on 127.0.0.1 only; `port` 0 takes a free one. */
export async function startBrowserHost(options: {
  readonly app: Hosted;
  readonly pageFolder: string;
  readonly port: number;
  readonly limits?: Partial<HostLimits>;
}): Promise<Result<BrowserHost, 'PORT_IN_USE'>> {
  const { app, pageFolder } = options;
  const limits = { ...HOST_LIMITS, ...options.limits };
  const secret = randomBytes(32).toString('base64url');
  const tickets = createTickets();
  const paces = { calls: createPace(limits.calls), refusals: createPace(limits.refusals) };
  const room = { app, pageFolder, secret, tickets, host: '', ...paces };
  const server = createHostServer(room, limits);
  const bound = await listening(server, options.port);
  if (!bound.ok) return bound;
  room.host = `${LOOPBACK}:${bound.value}`;
  const origin = `http://${room.host}`;
  return ok({
    origin,
    secret,
    url: `${origin}/#${secret}`,
    ticketUrl: () => `${origin}/open?${tickets.issue()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Event streams never end by themselves.
        server.closeAllConnections();
      }),
  });
}
