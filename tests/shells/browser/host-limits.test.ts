import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type BrowserHost, type HostLimits, startBrowserHost } from '../../../src/main/shells/browser/http-server.ts';
import { createPace } from '../../../src/main/shells/browser/pace.ts';
import { openHostBridge } from '../../../src/renderer/app/host-bridge.ts';
import { createEchoApp, type EchoApp } from '../contract-suite.ts';

async function openHost(limits: Partial<HostLimits>): Promise<{ readonly host: BrowserHost; readonly app: EchoApp }> {
  const folder = await mkdtemp(join(tmpdir(), 'opop-limits-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  const app = createEchoApp();
  const started = await startBrowserHost({ app, pageFolder: folder, port: 0, limits });
  if (!started.ok) throw new Error(started.error);
  onTestFinished(async () => {
    await started.value.close();
    await rm(folder, { recursive: true });
  });
  return { host: started.value, app };
}

const portOf = (host: BrowserHost): number => Number(new URL(host.origin).port);

function lawfulCall(host: BrowserHost): Promise<Response> {
  const headers = { origin: host.origin, 'x-loket-secret': host.secret, 'content-type': 'application/json' };
  const body = JSON.stringify({ id: '1', method: 'echo', input: 1 });
  return fetch(`${host.origin}/rpc`, { method: 'POST', headers, body });
}

/** A connection that says `text` and no more; answers everything heard until the host hangs up. */
function saysAndWaits(host: BrowserHost, text: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket: Socket = connect(portOf(host), '127.0.0.1', () => socket.write(text));
    socket.on('data', (piece) => (heard += piece.toString('latin1')));
    socket.on('error', () => resolve(heard));
    socket.on('close', () => resolve(heard));
  });
}

describe('what one caller may cost the browser host', () => {
  it.each([
    ['headers', 'POST /rpc HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '],
    ['nothing at all', ''],
  ])('one who sends %s and never ends is hung up on', async (_what, text) => {
    const { host } = await openHost({ headersMs: 150, requestMs: 200 });
    expect(await saysAndWaits(host, text)).toMatch(/^HTTP\/1[.]1 408 /u);
    expect((await lawfulCall(host)).status).toBe(200);
  });

  it('one who announces a body and never sends it is hung up on, and the app hears nothing', async () => {
    const { host, app } = await openHost({ headersMs: 150, requestMs: 200 });
    const head = [
      'POST /rpc HTTP/1.1',
      `Host: 127.0.0.1:${portOf(host)}`,
      `Origin: ${host.origin}`,
      `X-Loket-Secret: ${host.secret}`,
      'Content-Type: application/json',
      'Content-Length: 500000',
    ];
    await saysAndWaits(host, `${head.join('\r\n')}\r\n\r\n{"id":`);
    expect(app.seen).toEqual([]);
    expect((await lawfulCall(host)).status).toBe(200);
  });

  it('headers of more than 8 KB are not read', async () => {
    const { host } = await openHost({});
    const heard = await saysAndWaits(host, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1[.]1 431 /u);
  });

  it('those who are turned away too often are hung up on, while the page is answered as ever', async () => {
    const { host, app } = await openHost({ refusals: { burst: 5, perSecond: 0 } });
    const guess = `POST /rpc HTTP/1.1\r\nHost: 127.0.0.1:${portOf(host)}\r\nContent-Length: 2\r\n\r\n{}`;
    const heard = [];
    for (let time = 0; time < 8; time += 1) heard.push((await saysAndWaits(host, guess)).slice(0, 12));
    expect(heard).toEqual([...Array.from({ length: 5 }, () => 'HTTP/1.1 403'), '', '', '']);
    expect((await lawfulCall(host)).status).toBe(200);
    expect(app.seen).toHaveLength(1);
  });

  it('more calls than a counter can make are told to come later, and nothing of them is done', async () => {
    const { host, app } = await openHost({ calls: { burst: 3, perSecond: 0 } });
    const statuses = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await lawfulCall(host)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(app.seen).toHaveLength(3);
  });

  it('the page that is told to come later comes later, and loses no call', async () => {
    const { host, app } = await openHost({ calls: { burst: 3, perSecond: 20 } });
    const realFetch = globalThis.fetch;
    const gone = new AbortController();
    onTestFinished(() => {
      gone.abort();
      vi.unstubAllGlobals();
    });
    // The stream of events is not under test, and would take a place of its own.
    vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
      path === '/events'
        ? new Promise(() => undefined)
        : realFetch(host.origin + path, { ...init, headers: { ...init.headers, origin: host.origin } }),
    );
    const page: unknown = {
      location: { hash: `#${host.secret}`, pathname: '/' },
      sessionStorage: { getItem: () => null, setItem: () => undefined },
      history: { replaceState: () => undefined },
    };
    const bridge = openHostBridge(page as Window);
    const asked = Array.from({ length: 8 }, (_, at) => bridge.request({ id: `${at}`, method: 'echo', input: at }));
    const answers = await Promise.all(asked);
    expect(answers.map((answer) => (answer.ok ? answer.value : answer.error.code))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(app.seen).toHaveLength(8);
  });

  it('more connections than the host takes are closed, and those that stand are answered', async () => {
    const { host } = await openHost({ connections: 3 });
    const standing = await Promise.all(
      Array.from(
        { length: 2 },
        () =>
          new Promise<Socket>((resolve) => {
            const socket = connect(portOf(host), '127.0.0.1', () => resolve(socket));
            socket.on('error', () => undefined);
          }),
      ),
    );
    expect((await lawfulCall(host)).status).toBe(200);
    // The call above stands too, for the next one: the fourth connection is one too many.
    expect(await saysAndWaits(host, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${portOf(host)}\r\n\r\n`)).toBe('');
    for (const socket of standing) socket.destroy();
  });
});

describe('a pace', () => {
  it('lets the burst pass, then as many as the seconds bring, and never saves up more than the burst', () => {
    let now = 0;
    const pace = createPace({ burst: 2, perSecond: 10 }, () => now);
    const takes = (count: number): readonly boolean[] => Array.from({ length: count }, () => pace.take());
    expect(takes(3)).toEqual([true, true, false]);
    now = 100;
    expect(takes(2)).toEqual([true, false]);
    now = 60_000;
    expect(takes(3)).toEqual([true, true, false]);
  });
});
