import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServerClient } from '../../src/main/core/sync/server-client.ts';
import { type ChaosFaults, type ChaosOptions, startChaosProxy } from '../support/chaos-proxy.ts';

/** A server that answers what it was sent, and remembers it. */
async function startEcho() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined); // a request that was cut
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      seen.push(body);
      response.writeHead(200, { 'content-type': 'application/json', 'x-path': request.url ?? '' });
      response.end(JSON.stringify({ echo: body }));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { seen, target: `http://127.0.0.1:${String(port)}` };
}

async function lineThrough(faults: ChaosFaults, over: Partial<ChaosOptions> = {}) {
  const echo = await startEcho();
  const proxy = await startChaosProxy({ target: echo.target, seed: 1, faults, ...over });
  onTestFinished(proxy.close);
  const client = createServerClient();
  const send = (body: string, timeoutMs = 5000) =>
    client.exchange({
      method: 'POST',
      url: `${proxy.url}/v1/push?x=1`,
      headers: {},
      body,
      timeoutMs,
      signal: new AbortController().signal,
    });
  return { echo, proxy, send };
}

describe('the bad line of the tests', () => {
  it('carries a request and its answer unchanged when nothing is wrong', async () => {
    const { echo, proxy, send } = await lineThrough({});
    const long = 'x'.repeat(100_000);
    // The client packs what is long; the proxy carries the packed bytes.
    expect(await send('{"a":1}')).toMatchObject({
      ok: true,
      answer: { status: 200, body: '{"echo":"{\\"a\\":1}"}', headers: { 'x-path': '/v1/push?x=1' } },
    });
    expect(await send(long)).toMatchObject({ ok: true, answer: { status: 200 } });
    expect(echo.seen).toHaveLength(2);
    expect(proxy.counts).toMatchObject({ requests: 2, arrived: 2, cut: 0 });
  });

  it('loses requests before, within and after the work, and the caller hears of no line', async () => {
    const { echo, proxy, send } = await lineThrough({ cut: 1 });
    for (let turn = 0; turn < 12; turn += 1)
      expect(await send(`{"turn":${String(turn)}}`)).toMatchObject({ ok: false });
    expect(proxy.counts.cut).toBe(12);
    // Some reached the server whole and lost only their answer.
    expect(echo.seen.length).toBeGreaterThan(0);
    expect(echo.seen.length).toBeLessThan(12);
    expect(proxy.counts.arrived).toBe(echo.seen.length);
  });

  it.each([
    ['a goodbye in place of the answer', { halfClose: 1 }],
    ['a reset within the answer', { reset: 1, resetAfterBytes: 40 }],
    ['an answer that ends too early', { truncate: 1 }],
  ] as const)('gives %s after the work was done', async (_name, faults) => {
    const { echo, send } = await lineThrough(faults);
    expect(await send('{"a":1}')).toMatchObject({ ok: false });
    expect(echo.seen).toEqual(['{"a":1}']);
  });

  it('sends a request twice', async () => {
    const { echo, send } = await lineThrough({ duplicate: 1 });
    expect(await send('{"a":1}')).toMatchObject({ ok: true });
    expect(echo.seen).toEqual(['{"a":1}', '{"a":1}']);
  });

  it('shows a page that wants a login, and keeps the request', async () => {
    const { echo, send } = await lineThrough({ captivePortal: 1 });
    expect(await send('{"a":1}')).toMatchObject({
      ok: true,
      answer: { status: 200, body: expect.stringMatching(/^<!doctype/) },
    });
    expect(echo.seen).toEqual([]);
  });

  it('shows a certificate that nobody vouches for, and the caller hears of no line', async () => {
    const { echo, send } = await lineThrough({}, { wrongCertificate: true });
    expect(await send('{"a":1}')).toEqual({ ok: false, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(echo.seen).toEqual([]);
  });

  it('is late, and slow in both directions', async () => {
    const { proxy, send } = await lineThrough({ latencyMs: 60, jitterMs: 10 });
    const began = performance.now();
    expect(await send('{"a":1}')).toMatchObject({ ok: true });
    expect(performance.now() - began).toBeGreaterThan(55);
    expect(await send('{"a":1}', 20)).toEqual({ ok: false, reason: 'TIMEOUT' });
    proxy.set({ bytesPerSecond: 40_000 });
    const slow = performance.now();
    // 16 KB that cannot be packed, there and, packed by nobody, back.
    const noise = Array.from({ length: 8000 }, (_one, index) => ((index * 7919) % 65_521).toString(36)).join('');
    expect(await send(noise)).toMatchObject({ ok: true });
    expect(performance.now() - slow).toBeGreaterThan(400);
    expect(proxy.bytes.up).toBeGreaterThan(1000);
  });

  it('does the same again with the same seed', async () => {
    const run = async (seed: number) => {
      const { proxy, send } = await lineThrough({ cut: 0.3, halfClose: 0.2, captivePortal: 0.1 }, { seed });
      const heard: string[] = [];
      for (let turn = 0; turn < 15; turn += 1) {
        const answer = await send('{}');
        heard.push(answer.ok ? answer.answer.body.slice(0, 5) : 'lost');
      }
      return { heard, counts: { ...proxy.counts } };
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
    expect(new Set(first.heard).size).toBeGreaterThan(1);
  });
});
