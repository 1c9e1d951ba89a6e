import { request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECOVER_TIMEOUT_MS } from '../../src/main/core/bundle/recover-mirror.ts';
import { PUSH_TIMEOUT_MS } from '../../src/main/core/sync/push.ts';
import { runProvince } from '../../src/province/cli/run.ts';
import { REQUEST_HEADERS, requestSigningText, SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { buildServer, type ServerOptions } from '../../src/province/http/server.ts';
import { SIGNED_IN } from '../support/custody-rows.ts';
import { sha, TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const NARROW = { enrol: 1, challenge: 1, receipts: 1 };
const [PROXY, OUTSIDE] = ['10.1.2.3', '203.0.113.9'];

/** Statuses of questions that come over a connection from `remoteAddress`, each with what its sender says of the caller. */
async function statuses(options: ServerOptions, remoteAddress: string, forwarded: readonly string[]) {
  const server = await buildServer(world.province, NARROW, options);
  const found: number[] = [];
  for (const address of forwarded) {
    const headers = { 'x-forwarded-for': address };
    found.push((await server.inject({ method: 'POST', url: '/v1/challenge', remoteAddress, headers })).statusCode);
  }
  await server.close();
  return found;
}

describe('the address that a limit counts', () => {
  const two = ['198.51.100.1', '198.51.100.2', '198.51.100.1'] as const;

  it.each([
    ['an address', [PROXY]],
    ['a network', ['192.0.2.7', '10.1.0.0/16']],
  ])('is the caller’s, as a proxy says that was named by %s', async (_name, trustProxy) => {
    expect(await statuses({ trustProxy }, PROXY, two)).toEqual([200, 200, 429]);
    // What a caller writes before the proxy writes its own word is the caller's, and counts for nothing.
    const made = ['192.0.2.50, 198.51.100.1', '192.0.2.51, 198.51.100.1'];
    expect(await statuses({ trustProxy }, PROXY, made)).toEqual([200, 429]);
  });

  it('is that of the connection without a proxy, and from an address that nobody named', async () => {
    expect(await statuses({}, PROXY, two)).toEqual([200, 429, 429]);
    expect(await statuses({ trustProxy: [PROXY] }, OUTSIDE, two)).toEqual([200, 429, 429]);
  });

  it('may be one for a thousand counters whose operator gives them the same: all of them come back in one minute', async () => {
    const server = await buildServer(world.province);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => server.inject({ method: 'POST', url: '/v1/challenge' })),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    await server.close();
  });

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/', '', 'true'])('refuses to trust "%s"', async (named) => {
    const lines: unknown[] = [];
    const code = await runProvince(
      ['serve', '--trust-proxy', '10.0.0.1', '--trust-proxy', named, '--data', world.documentsFolder],
      (line) => void lines.push(line),
      () => undefined,
    );
    expect([code, lines]).toMatchObject([2, [{ error: { code: 'BAD_ARGUMENTS', path: 'trust-proxy' } }]]);
  });
});

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('the time that a request may take', () => {
  it('is longer than a counter itself would wait, and its headers have little of it', async () => {
    const server = await buildServer(world.province);
    const { requestTimeout, headersTimeout } = server.server;
    expect(requestTimeout).toBeGreaterThan(Math.max(PUSH_TIMEOUT_MS, RECOVER_TIMEOUT_MS));
    expect(headersTimeout).toBeLessThanOrEqual(30_000);
    await server.close();
  });

  it('lets a body come slowly and be stored, and cuts whoever is slow with headers', async () => {
    const server = await buildServer(world.province, undefined, { requestMs: 60_000, headersMs: 400 });
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.address() as AddressInfo; // it listens on a port
    const device = await TestDevice.enrol(server, await world.code());
    device.append(SIGNED_IN);
    const body = JSON.stringify({ entries: device.chain, subjectKeys: [] });
    const token = device.hello?.linkToken ?? '';
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      [REQUEST_HEADERS.token]: token,
      [REQUEST_HEADERS.signature]: device.sign(
        SIGNATURE_CONTEXT.request,
        requestSigningText('POST', '/v1/push', sha(body), token),
      ),
    };
    const stored = new Promise<number | undefined>((done, failed) => {
      const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/push', headers }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      });
      sent.on('error', failed);
      const send = async (): Promise<void> => {
        for (let at = 0; at < body.length; at += Math.ceil(body.length / 10)) {
          sent.write(body.slice(at, at + Math.ceil(body.length / 10)));
          await wait(100);
        }
        sent.end();
      };
      void send();
    });
    const slow = connect(port, '127.0.0.1');
    const cut = new Promise<string>((done) => {
      let said = '';
      slow.on('data', (bytes) => (said += bytes.toString()));
      slow.on('close', () => done(said));
    });
    slow.write('POST /v1/challenge HTTP/1.1\r\nHost: opop\r\n');
    const more = setInterval(() => slow.write('x-more: 1\r\n'), 100);
    slow.on('error', () => undefined); // the end of it is what counts
    expect(await cut).toMatch(/^HTTP\/1.1 408 /);
    clearInterval(more);
    expect(await stored).toBe(200);
    await server.close();
  });
});
