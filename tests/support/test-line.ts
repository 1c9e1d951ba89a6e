import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { newsAnswerSchema } from '../../src/contract/feeds.ts';
import type { LineAnswer, LinePort } from '../../src/main/core/ports.ts';

type Exchange = Parameters<LinePort['exchange']>[0];
type Outcome = Awaited<ReturnType<LinePort['exchange']>>;

/** What becomes of a request. A function decides itself and may let it pass. */
export type Fate =
  | 'pass'
  /** Nobody answers: the cable is out. */
  | 'down'
  /** The request never arrives. */
  | 'lose-request'
  /** The province does the work and its answer never arrives. */
  | 'lose-answer'
  | { readonly answer: LineAnswer }
  | { readonly bend: (answer: LineAnswer) => LineAnswer }
  /** Passes; the test looks in the moment in which the first byte would leave. */
  | { readonly before: (request: Exchange) => void }
  /** Held up on its way until then, or until the caller's own limit. */
  | { readonly late: Promise<void> };

/** The line between a counter and a province in this process, with a switch. */
export type TestLine = LinePort & {
  /** What becomes of every request from now on. */
  readonly set: (fate: Fate) => void;
  /** What becomes of the next request whose path begins so; later ones follow `set` again. */
  readonly next: (path: string, fate: Fate) => void;
  /** Method and path of every request that left the counter. */
  readonly requests: readonly string[];
  readonly plug: (server: FastifyInstance) => void;
};

const TIMED_OUT: Outcome = { ok: false, reason: 'TIMEOUT' };
const REFUSED: Outcome = { ok: false, reason: 'ECONNREFUSED' };

/** A page of a hotel or an operator that wants a login first. */
export const CAPTIVE_PORTAL: LineAnswer = {
  status: 200,
  body: '<!doctype html><title>Selamat datang di WiFi.id</title><form action="/login"></form>',
  headers: { 'content-type': 'text/html' },
};

/** Holds up whatever waits for it until the test opens it. */
export function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const held: { open: () => void } = { open: () => undefined };
  const opened = new Promise<void>((resolve) => {
    held.open = resolve;
  });
  return { opened, open: () => held.open() };
}

/** An answer of the province's own form that refuses. */
export function provinceError(status: number, code: string, headers: LineAnswer['headers'] = {}): LineAnswer {
  return { status, body: JSON.stringify({ error: { code, message: code } }), headers };
}

/** News as a province answers that knows nothing of pages in it: each feed is then asked for by itself. */
export function withoutPages(answer: LineAnswer): LineAnswer {
  const { moved } = newsAnswerSchema.parse(JSON.parse(answer.body));
  return { ...answer, body: JSON.stringify({ moved }) };
}

const FEEDS = '/v1/feeds/';

async function carry(server: FastifyInstance, request: Exchange): Promise<LineAnswer> {
  const { pathname, search } = new URL(request.url);
  const { statusCode, body, headers } = await server.inject({
    method: request.method,
    url: pathname + search,
    headers: {
      ...request.headers,
      ...(typeof request.body === 'string' ? { 'content-type': 'application/json' } : {}),
    },
    ...(request.body === null
      ? {}
      : { payload: typeof request.body === 'string' ? request.body : Buffer.from(request.body) }),
  });
  const texts = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  return { status: statusCode, body, headers: Object.fromEntries(texts) };
}

export function createTestLine(plugged?: FastifyInstance): TestLine {
  const held: { server: FastifyInstance | undefined; fate: Fate } = {
    server: plugged,
    fate: plugged === undefined ? 'down' : 'pass',
  };
  const once: { path: string; fate: Fate }[] = [];
  const requests: string[] = [];

  const fateOf = (path: string): Fate => {
    const index = once.findIndex((one) => path.startsWith(one.path));
    return index === -1 ? held.fate : (once.splice(index, 1)[0]?.fate ?? held.fate);
  };

  const exchange: LinePort['exchange'] = async (request) => {
    const path = new URL(request.url).pathname;
    requests.push(`${request.method} ${path}`);
    const fate = fateOf(path);
    const { server } = held;
    if (request.signal.aborted) return { ok: false, reason: 'ABORTED' };
    if (fate === 'down' || server === undefined) return REFUSED;
    if (fate === 'lose-request') return TIMED_OUT;
    if (fate === 'lose-answer') {
      await carry(server, request);
      return TIMED_OUT;
    }
    if (fate === 'pass') {
      const answer = await carry(server, request);
      // Something is to befall the answer of a feed, so it has to come by itself.
      const isAlone = path === '/v1/news' && answer.status === 200 && once.some((one) => one.path.startsWith(FEEDS));
      return { ok: true, answer: isAlone ? withoutPages(answer) : answer };
    }
    if ('before' in fate) {
      fate.before(request);
      return { ok: true, answer: await carry(server, request) };
    }
    if ('answer' in fate) return { ok: true, answer: fate.answer };
    if ('bend' in fate) return { ok: true, answer: fate.bend(await carry(server, request)) };
    const limit = new AbortController();
    const inTime = await Promise.race([
      fate.late.then(() => true),
      setTimeout(request.timeoutMs, false, { signal: limit.signal }).catch(() => false),
    ]);
    limit.abort();
    return inTime ? { ok: true, answer: await carry(server, request) } : TIMED_OUT;
  };

  return {
    exchange,
    requests,
    set: (fate) => {
      held.fate = fate;
    },
    next: (path, fate) => void once.push({ path, fate }),
    plug: (server) => {
      held.server = server;
      held.fate = 'pass';
    },
  };
}
