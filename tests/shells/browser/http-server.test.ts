import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request as httpRequest, type RequestOptions } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FRAME_LIMIT_BYTES } from '../../../src/contract/page-policy.ts';
import { type BrowserHost, startBrowserHost } from '../../../src/main/shells/browser/http-server.ts';
import { createEchoApp, type EchoApp } from '../contract-suite.ts';

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

let folder: string;
let app: EchoApp;
let host: BrowserHost;
let port: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opop-host-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Loket</title>');
  await writeFile(join(folder, 'page', 'assets', 'app.js'), 'export {};');
  await writeFile(join(folder, 'page', '.hidden.js'), 'secret');
  await writeFile(join(folder, 'outside.json'), '"outside"');
  await symlink(join(folder, 'outside.json'), join(folder, 'page', 'assets', 'note.txt'));
  app = createEchoApp();
  const started = await startBrowserHost({ app, pageFolder: join(folder, 'page'), port: 0 });
  if (!started.ok) throw new Error(started.error);
  host = started.value;
  port = Number(new URL(host.origin).port);
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

function ask(options: RequestOptions, body: string | Buffer = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = httpRequest({ host: '127.0.0.1', port, ...options }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces).toString(),
        }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

const callHeaders = (change: Record<string, string | undefined> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      origin: host.origin,
      'x-loket-secret': host.secret,
      'content-type': 'application/json',
      ...change,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
const call = (body: string | Buffer, change: Record<string, string | undefined> = {}, path = '/rpc'): Promise<Answer> =>
  ask({ method: 'POST', path, headers: callHeaders(change) }, body);
const ECHO = JSON.stringify({ id: '1', method: 'echo', input: 5 });

describe('the door of the browser host', () => {
  it('answers a call that comes from its page with the secret of this start', async () => {
    const answer = await call(ECHO);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { id: '1', ok: true, value: 5 }]);
  });

  it.each([
    ['no secret', { 'x-loket-secret': undefined }, 403],
    ['an empty secret', { 'x-loket-secret': '' }, 403],
    ['another secret', { 'x-loket-secret': 'A'.repeat(43) }, 403],
    ['no origin', { origin: undefined }, 403],
    ['the origin of another page', { origin: 'https://evil.example' }, 403],
    ['the origin null of a sandboxed page', { origin: 'null' }, 403],
    ['our host on another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['localhost, which is another origin', { origin: 'http://localhost' }, 403],
    ['the type of a plain form', { 'content-type': 'text/plain' }, 415],
    ['no type', { 'content-type': undefined }, 415],
    ['a name that resolves to this computer', { host: 'loket.evil.example' }, 421],
    ['the host without the port', { host: '127.0.0.1' }, 421],
  ])('turns away %s, and the app hears nothing', async (_what, change, status) => {
    for (const path of ['/rpc', '/events']) {
      const answer = await call(ECHO, change, path);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        status,
        { id: '', ok: false, error: { code: 'FORBIDDEN' } },
      ]);
    }
    expect(app.seen).toEqual([]);
    expect(app.listeners()).toBe(0);
  });

  it('turns away everything but POST at the door, a preflight too', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await ask({ method, path: '/rpc', headers: callHeaders() });
      expect(answer.status).toBe(405);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('makes a secret of 256 bits at every start', async () => {
    const again = await startBrowserHost({ app, pageFolder: folder, port: 0 });
    if (!again.ok) throw new Error(again.error);
    expect(Buffer.from(host.secret, 'base64url')).toHaveLength(32);
    expect(again.value.secret).not.toBe(host.secret);
    await again.value.close();
  });

  it('listens on this computer only', async () => {
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const outside = others.filter((one) => !one.internal && one.family === 'IPv4').map((one) => one.address);
    // 127.0.0.2 is this computer too, but not the address that we bound: a server on 0.0.0.0 would answer it.
    for (const address of [...outside, ...(process.platform === 'linux' ? ['127.0.0.2'] : [])]) {
      await expect(ask({ host: address, path: '/', headers: { host: `127.0.0.1:${port}` } })).rejects.toThrow(
        'ECONNREFUSED',
      );
    }
  });

  it('says which port is taken', async () => {
    expect(await startBrowserHost({ app, pageFolder: folder, port })).toEqual({ ok: false, error: 'PORT_IN_USE' });
  });
});

describe('a hostile frame at the browser host', () => {
  it.each([
    ['torn JSON', '{"id":"1","method":"ec'],
    ['nothing', ''],
    ['a frame with bytes that are no text', Buffer.from('{"id":"1","method":"echo","input":"\xff"}', 'latin1')],
  ])('%s is answered BAD_FRAME', async (_what, body) => {
    const answer = await call(body);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      400,
      { id: '', ok: false, error: { code: 'BAD_FRAME' } },
    ]);
    expect((await call(ECHO)).status).toBe(200);
  });

  it('a frame over the limit is not read to its end, announced or not', async () => {
    const large = JSON.stringify({ id: '1', method: 'echo', input: 'x'.repeat(FRAME_LIMIT_BYTES) });
    for (const announced of [true, false]) {
      const outcome = await new Promise<number | string>((resolve) => {
        const request = httpRequest(
          {
            host: '127.0.0.1',
            port,
            method: 'POST',
            path: '/rpc',
            headers: callHeaders(announced ? { 'content-length': String(large.length) } : {}),
          },
          (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          },
        );
        // The host may hang up while we still send: that is an answer too.
        request.on('error', (fault: NodeJS.ErrnoException) => resolve(fault.code ?? ''));
        if (!announced) request.write(large.slice(0, 10));
        request.end(announced ? large : large.slice(10));
      });
      // Without a length before it a call is turned away as it stands.
      expect([announced ? 400 : 411, 'EPIPE', 'ECONNRESET']).toContain(outcome);
    }
    expect(app.seen).toEqual([]);
    expect((await call(ECHO)).status).toBe(200);
  });

  it('a frame of exactly the limit is taken', async () => {
    const frame = (length: number): string => JSON.stringify({ id: '1', method: 'echo', input: 'x'.repeat(length) });
    const room = FRAME_LIMIT_BYTES - frame(0).length;
    expect((await call(frame(room))).status).toBe(200);
    expect((await call(frame(room + 1))).status).toBe(400);
  });

  it('a caller that hangs up in the middle, or speaks no HTTP, leaves the host alive', async () => {
    for (const bytes of [
      `POST /rpc HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-length: 50\r\n\r\n{"id"`,
      '\x00\xff junk\r\n\r\n',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(bytes);
          setTimeout(() => socket.destroy(), 30);
        });
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
      });
    }
    expect((await call(ECHO)).status).toBe(200);
  });
});

describe('the files of the page', () => {
  it('are served with their type and the headers that fence the page in', async () => {
    const page = await ask({ path: '/' });
    expect([page.status, page.headers['content-type'], page.body]).toEqual([
      200,
      'text/html; charset=utf-8',
      '<!doctype html><title>Loket</title>',
    ]);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(page.headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    expect([
      page.headers['x-content-type-options'],
      page.headers['x-frame-options'],
      page.headers['referrer-policy'],
    ]).toEqual(['nosniff', 'DENY', 'no-referrer']);
    const script = await ask({ path: '/assets/app.js' });
    expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
  });

  it('need no secret, but the exact host', async () => {
    expect((await ask({ path: '/', headers: { host: 'evil.example' } })).status).toBe(421);
  });

  it.each([
    '/../outside.json',
    '/..%2foutside.json',
    '/%2e%2e/outside.json',
    '/assets/../../outside.json',
    '/assets/..%5c..%5coutside.json',
    '/assets/%2e%2e%2f%2e%2e%2foutside.json',
    '//outside.json',
    '/.hidden.js',
    '/assets',
    '/assets/',
    '/assets/note.txt',
    '/%00index.html',
    '/index.html%00.js',
    '/%',
    '/c:/outside.json',
    '/no-such.js',
    'http://127.0.0.1/outside.json',
  ])('%s is not there', async (path) => {
    const answer = await ask({ path });
    expect([answer.status, answer.body]).toEqual([404, 'Tidak ada.\n']);
  });
});

describe('a ticket', () => {
  it('opens the page with the secret once, and never again', async () => {
    const { pathname, search } = new URL(host.ticketUrl());
    expect(search).not.toContain(host.secret);
    const first = await ask({ path: pathname + search });
    expect([first.status, first.headers.location]).toEqual([303, `/#${host.secret}`]);
    const second = await ask({ path: pathname + search });
    expect([second.status, second.headers.location]).toEqual([303, '/']);
    expect((await ask({ path: '/open?' })).headers.location).toBe('/');
  });
});

describe('the event stream', () => {
  it('starts with a line, brings events as lines of JSON, and unsubscribes when the page leaves', async () => {
    const lines: string[] = [];
    const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', path: '/events', headers: callHeaders() });
    const response = await new Promise<NodeJS.ReadableStream>((resolve) => {
      request.on('response', resolve).end('{}');
    });
    request.on('error', () => undefined);
    response.on('data', (piece: Buffer) => lines.push(...piece.toString().split('\n').filter(Boolean)));
    await expect.poll(() => app.listeners()).toBe(1);
    app.publish({ topic: 'outbox' });
    await expect.poll(() => lines).toEqual(['{"topic":"outbox"}']);
    request.destroy();
    await expect.poll(() => app.listeners()).toBe(0);
  });

  it('ends when the host is closed, so that the program can stop', async () => {
    const request = httpRequest({ host: '127.0.0.1', port, method: 'POST', path: '/events', headers: callHeaders() });
    const ended = new Promise((resolve) => request.on('close', resolve).on('error', resolve));
    request.end('{}');
    await expect.poll(() => app.listeners()).toBe(1);
    await host.close();
    await ended;
    await expect.poll(() => app.listeners()).toBe(0);
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(port, '127.0.0.1', resolve));
    free.close();
  });
});
