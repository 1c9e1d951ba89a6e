import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServerClient } from '../../../src/main/core/sync/server-client.ts';
import { openForBusiness, sellOnline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { createTestLine } from '../../support/test-line.ts';

type Seen = { readonly method: string; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

/** A server of the test's own on a free port of this computer. */
async function listening(
  answer: (response: ServerResponse, seen: Seen) => void,
): Promise<{ readonly url: string; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const one = { method: request.method ?? '', headers: request.headers, body: Buffer.concat(pieces) };
      seen.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

const ask = (url: string, over: { body?: string; timeoutMs?: number; signal?: AbortSignal } = {}) =>
  createServerClient().exchange({
    method: 'POST',
    url,
    headers: { 'opop-link-token': 'x' },
    body: over.body ?? '{}',
    timeoutMs: over.timeoutMs ?? 5000,
    signal: over.signal ?? new AbortController().signal,
  });

describe('the wire', () => {
  it('brings the answer back with its status and headers, whatever the status is', async () => {
    const { url, seen } = await listening((response) => {
      response.writeHead(503, { 'retry-after': '7' }).end('{"error":1}');
    });
    expect(await ask(url)).toMatchObject({
      ok: true,
      answer: { status: 503, body: '{"error":1}', headers: { 'retry-after': '7' } },
    });
    expect(seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'opop-link-token': 'x' });
  });

  it('packs what is large, and leaves what is small', async () => {
    const { url, seen } = await listening((response) => response.end('{}'));
    const large = JSON.stringify({ text: 'a'.repeat(5000) });
    await ask(url, { body: large });
    await ask(url, { body: '{"small":true}' });
    expect(seen[0]?.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(seen[0]?.body ?? '').toString()).toBe(large);
    expect(seen[1]?.headers['content-encoding']).toBeUndefined();
    expect(seen[1]?.body.toString()).toBe('{"small":true}');
  });

  it('follows no redirect: a captive portal redirects, the province never does', async () => {
    const portal = await listening((response) => response.end('<title>login</title>'));
    const { url } = await listening((response) => response.writeHead(302, { location: portal.url }).end());
    expect(await ask(url)).toEqual({ ok: false, reason: 'NO_CONNECTION' });
    expect(portal.seen).toEqual([]);
  });

  it('says in one word why there was no answer', async () => {
    const { url } = await listening(() => undefined);
    expect(await ask(url, { timeoutMs: 30 })).toEqual({ ok: false, reason: 'TIMEOUT' });
    const closing = new AbortController();
    const closed = ask(url, { signal: closing.signal });
    closing.abort();
    expect(await closed).toEqual({ ok: false, reason: 'ABORTED' });
    expect(await ask('http://127.0.0.1:9/')).toMatchObject({ ok: false });
    const torn = await listening((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      response.socket?.destroy();
    });
    expect(await ask(torn.url)).toMatchObject({ ok: false });
  });

  it('carries a whole sale to a province behind a real port', async () => {
    const world = province();
    const origin = await world.server.listen({ host: '127.0.0.1', port: 0 });
    const client = createServerClient();
    const line = createTestLine(world.server);
    const counter = await openForBusiness(
      await enrolledCounter(world, {
        line: {
          ...line,
          exchange: (request) =>
            client.exchange({ ...request, url: origin + new URL(request.url).pathname + new URL(request.url).search }),
        },
      }),
    );
    const { transactionId } = await sellOnline(counter, 'AG 2345 KD');
    expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
    await world.book();
    await sync(counter);
    expect(await counter.get('transactions.get', { transactionId })).toMatchObject({
      row: { axes: { central: 'booked' } },
    });
  });

  const province = useProvince();
});
