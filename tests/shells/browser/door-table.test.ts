import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserHost, startBrowserHost } from '../../../src/main/shells/browser/http-server.ts';
import { createEchoApp, type EchoApp } from '../contract-suite.ts';

type Place = { readonly port: number; readonly secret: string };
/**
 * A request is nine parts. The first value of each is the one that our page's browser sends; every other one is an
 * attempt. A header's values are whole lines, so that it can be absent, doubled or oddly written.
 */
type Part = { readonly name: string; readonly values: (place: Place) => readonly string[] };

const BODY = '{"id":"1","method":"echo","input":5}';
const CHUNKED = 'Transfer-Encoding: chunked';
const EVIL = 'evil.example';

const METHODS = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'post', 'CONNECT', 'QUERY'];
const targetsOf = (path: string, port: number): readonly string[] => [
  path,
  `${path}?`,
  `${path}?secret=1`,
  `${path}/`,
  `/${path}`,
  `/.${path}`,
  path.toUpperCase(),
  `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`,
  `http://127.0.0.1:${port}${path}`,
  `${path}#x`,
  `${path};x`,
  '*',
];
const HEADERS: readonly Part[] = [
  {
    name: 'host',
    values: ({ port }) => [
      `Host: 127.0.0.1:${port}`,
      '',
      'Host: ',
      'Host: 127.0.0.1',
      `Host: localhost:${port}`,
      `Host: 127.0.0.1:${port + 1}`,
      `Host: 127.0.0.1.:${port}`,
      `Host: 127.1:${port}`,
      `Host: 2130706433:${port}`,
      `Host: 0.0.0.0:${port}`,
      `Host: [::1]:${port}`,
      `Host: [::ffff:127.0.0.1]:${port}`,
      `Host: ${EVIL}`,
      `Host: ${EVIL}:${port}`,
      `Host: 127.0.0.1.nip.${EVIL}:${port}`,
      `Host: 127.0.0.1:${port}@${EVIL}`,
      `Host: 127.0.0.1:${port}\r\nHost: ${EVIL}`,
      `Host: ${EVIL}\r\nHost: 127.0.0.1:${port}`,
      `Host: 127.0.0.1:${port}\r\nHost: 127.0.0.1:${port}`,
    ],
  },
  {
    name: 'origin',
    values: ({ port }) => [
      `Origin: http://127.0.0.1:${port}`,
      '',
      'Origin: ',
      'Origin: null',
      `Origin: https://127.0.0.1:${port}`,
      `Origin: http://localhost:${port}`,
      'Origin: http://127.0.0.1',
      `Origin: http://127.0.0.1:${port + 1}`,
      `Origin: http://127.0.0.1:${port}/`,
      `Origin: HTTP://127.0.0.1:${port}`,
      `Origin: http://${EVIL}`,
      `Origin: http://127.0.0.1:${port}.${EVIL}`,
      'Origin: file://',
      'Origin: loket://app',
      `Origin: http://127.0.0.1:${port}\r\nOrigin: http://${EVIL}`,
      `Referer: http://127.0.0.1:${port}/`,
    ],
  },
  {
    name: 'secret',
    values: ({ secret }) => [
      `X-Loket-Secret: ${secret}`,
      '',
      'X-Loket-Secret: ',
      `X-Loket-Secret: ${secret.slice(0, -1)}`,
      `X-Loket-Secret: ${secret}A`,
      `X-Loket-Secret: ${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      `X-Loket-Secret: ${secret.toLowerCase()}`,
      `X-Loket-Secret: ${'A'.repeat(43)}`,
      `X-Loket-Secret: "${secret}"`,
      `X-Loket-Secret: ${secret}\r\nX-Loket-Secret: ${secret}`,
      `X-Loket-Secret: ${'A'.repeat(43)}\r\nX-Loket-Secret: ${secret}`,
      `Authorization: Bearer ${secret}`,
      `Cookie: x-loket-secret=${secret}`,
      `X_Loket_Secret: ${secret}`,
    ],
  },
  {
    name: 'type',
    values: () => [
      'Content-Type: application/json',
      '',
      'Content-Type: ',
      'Content-Type: text/plain',
      'Content-Type: text/plain;application/json',
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Type: text/json',
      'Content-Type: application/jsonp',
      'Content-Type: application/json; charset=utf-7',
      'Content-Type: application/json\r\nContent-Type: text/plain',
      'Content-Type: text/plain\r\nContent-Type: application/json',
    ],
  },
  {
    name: 'length',
    values: () => [
      `Content-Length: ${BODY.length}`,
      '',
      'Content-Length: ',
      'Content-Length: -1',
      'Content-Length: 0x24',
      `Content-Length: +${BODY.length}`,
      'Content-Length: 99999999999999999999',
      `Content-Length: ${BODY.length}\r\nContent-Length: 3`,
      CHUNKED,
      `Content-Length: ${BODY.length}\r\nTransfer-Encoding: chunked`,
      'Transfer-Encoding: gzip, chunked',
      `Content-Length: ${BODY.length}\r\nContent-Encoding: gzip`,
      `Content-Length: ${BODY.length}\r\nContent-Encoding: identity`,
    ],
  },
  {
    name: 'site',
    values: () => [
      'Sec-Fetch-Site: same-origin',
      'Sec-Fetch-Site: same-site',
      'Sec-Fetch-Site: cross-site',
      'Sec-Fetch-Site: none',
      'Sec-Fetch-Site: ',
      'Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site',
    ],
  },
  {
    name: 'extra',
    values: ({ port }) => [
      'Accept: */*',
      'Expect: 100-continue',
      'Expect: miracle',
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      'Connection: Upgrade\r\nUpgrade: h2c',
      `X-Filler: ${'x'.repeat(9_000)}`,
      'Bad Header: 1',
      `Folded: 1\r\n Host: 127.0.0.1:${port}`,
    ],
  },
];

/** The body in the form that the headers promise: a request that is only torn would prove nothing about the door. */
function bodyFor(headers: readonly string[]): string {
  if (headers.includes(CHUNKED)) return `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
  return headers.some((line) => line.includes('Content-Length')) ? BODY : '';
}

/** One request as it goes over the wire, and the parts in which it is not what our page sends. */
type Attempt = { readonly text: string; readonly odd: readonly string[] };

function attemptsAt(path: string, place: Place): readonly Attempt[] {
  const parts: readonly { readonly name: string; readonly values: readonly string[] }[] = [
    { name: 'method', values: METHODS },
    { name: 'target', values: targetsOf(path, place.port) },
    ...HEADERS.map((part) => ({ name: part.name, values: part.values(place) })),
  ];
  const attempt = (odd: ReadonlyMap<number, string>): Attempt => {
    const [method, target, ...headers] = parts.map((part, index) => odd.get(index) ?? part.values[0] ?? '');
    const lines = [`${method} ${target} HTTP/1.1`, ...headers.filter((line) => line !== '')];
    const text = `${lines.join('\r\n')}\r\n\r\n${bodyFor(headers)}`;
    return { text, odd: [...odd].map(([index, value]) => `${parts[index]?.name}: ${value}`) };
  };
  const oddValues = parts.flatMap(({ values }, index) => values.slice(1).map((value) => ({ index, value })));
  const single = oddValues.map(({ index, value }) => attempt(new Map([[index, value]])));
  const pairs = oddValues.flatMap((one, at) =>
    oddValues
      .slice(at + 1)
      .filter((other) => other.index !== one.index)
      .map((other) =>
        attempt(
          new Map([
            [one.index, one.value],
            [other.index, other.value],
          ]),
        ),
      ),
  );
  return [attempt(new Map()), ...single, ...pairs];
}

/** Everything that comes back within one connection, until the head of the answer is there or the host hangs up. */
function send(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    const end = (): void => {
      resolve(heard);
      socket.destroy();
    };
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
      if (heard.includes('\r\n\r\n')) end();
    });
    socket.on('error', end);
    socket.on('close', end);
  });
}

describe('every way to write a call to the browser host', () => {
  let folder: string;
  let app: EchoApp;
  let host: BrowserHost;
  let place: Place;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opop-door-'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    app = createEchoApp();
    const limits = { refusals: { burst: 100_000, perSecond: 1 }, headersMs: 1_000, requestMs: 1_000 };
    const started = await startBrowserHost({ app, pageFolder: folder, port: 0, limits });
    if (!started.ok) throw new Error(started.error);
    host = started.value;
    place = { port: Number(new URL(host.origin).port), secret: host.secret };
  });
  afterAll(async () => {
    await host.close();
    await rm(folder, { recursive: true });
  });

  async function tryAll(attempts: readonly Attempt[]): Promise<readonly { attempt: Attempt; head: string }[]> {
    const waiting = [...attempts];
    const done: { attempt: Attempt; head: string }[] = [];
    const worker = async (): Promise<void> => {
      for (let attempt = waiting.pop(); attempt !== undefined; attempt = waiting.pop()) {
        done.push({ attempt, head: await send(place.port, attempt.text) });
      }
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    return done;
  }

  // Each part alone and every pair of parts: a guard that another one covers is seen in the pair without it.
  it.each(['/rpc', '/events'])('%s: of more than 200 combinations exactly the lawful one passes', async (path) => {
    const attempts = attemptsAt(path, place);
    const before = app.seen.length;
    const answers = await tryAll(attempts);
    process.stdout.write(`      door table ${path}: ${attempts.length} combinations over real sockets\n`);
    expect(new Set(attempts.map((attempt) => attempt.text)).size).toBeGreaterThan(200);

    const passed = answers.filter(({ head }) => head.startsWith('HTTP/1.1 2'));
    expect(passed.map(({ attempt }) => attempt.odd)).toEqual([[]]);
    expect(app.seen.slice(before)).toEqual(path === '/rpc' ? [JSON.parse(BODY)] : []);
    // Who was subscribed to events was the lawful one alone, and it has hung up.
    await expect.poll(() => app.listeners()).toBe(0);
    // Nobody gets a cookie, a permission for another page, the secret or a stack.
    const heads = answers.map(({ head }) => head).join('\n');
    expect(heads).not.toMatch(/set-cookie|access-control|upgrade:|100 Continue|location:/iu);
    expect(heads).not.toContain(place.secret);
  });

  it('a cookie of another program on 127.0.0.1 changes nothing, and none is set', async () => {
    const [lawful] = attemptsAt('/rpc', place);
    const head = await send(place.port, (lawful?.text ?? '').replace('Accept: */*', 'Cookie: a=1; b=2'));
    expect(head).toMatch(/^HTTP\/1[.]1 200 /u);
    expect(head.toLowerCase()).not.toContain('set-cookie');
  });

  it.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['same-origin', 200],
    ['none', 200],
  ])('a file asked for from a place that is %s is answered %i', async (site, status) => {
    const head = await send(
      place.port,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${place.port}\r\nSec-Fetch-Site: ${site}\r\n\r\n`,
    );
    expect(head).toContain(`HTTP/1.1 ${status} `);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('a file is not there for %s', async (method) => {
    const head = await send(place.port, `${method} / HTTP/1.1\r\nHost: 127.0.0.1:${place.port}\r\n\r\n`);
    expect(head).toContain('HTTP/1.1 405 ');
  });

  it('a reading with a body is turned away', async () => {
    const bodies = ['Content-Length: 2\r\n\r\n{}', 'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'];
    for (const body of bodies) {
      const head = await send(place.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${place.port}\r\n${body}`);
      expect(head).toContain('HTTP/1.1 400 ');
    }
  });
});
