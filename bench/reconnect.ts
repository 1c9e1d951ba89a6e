// After an outage everybody comes back at once: 1,000 counters with 200 unsent entries each reconnect within 60 s to one
// province on PostgreSQL. No error but 503 with Retry-After is allowed; printed are entries per second, the time of a push,
// and the time from the first knock to the custody receipt. The counters are the protocol in its smallest form, with their
// own cryptography; their entries are made before the clock starts. Run: `npm run bench -- reconnect`.
// `node bench/reconnect.ts [--counters 1000] [--entries 200] [--within 60] [--seed 1]`
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { v7 as uuidV7 } from 'uuid';
import { pushAnswerSchema } from '../src/contract/push-answer.ts';
import { createSeededRandom } from '../tests/support/seeded-random.ts';
import { TestDevice } from '../tests/support/test-device.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { serve } from './scene/programs.ts';

const { values } = parseArgs({
  options: {
    counters: { type: 'string', default: '1000' },
    entries: { type: 'string', default: '200' },
    within: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const [counters, entries, withinMs] = [Number(values.counters), Number(values.entries), Number(values.within) * 1000];
const print = printer('reconnect');

type Asked = { method: string; url: string; payload?: string | Buffer; headers?: Record<string, string> };
type Busy = { readonly retryAfterMs: number };

/** What a device needs of a server, over a real line. A 503 is thrown as `Busy`. */
function overHttp(base: string): FastifyInstance {
  const inject = async ({ method, url, payload, headers }: Asked) => {
    const response = await fetch(base + url, {
      method,
      ...(headers === undefined ? {} : { headers }),
      ...(payload === undefined ? {} : { body: payload }),
    });
    const text = await response.text();
    if (response.status === 503) {
      const busy: Busy = { retryAfterMs: Number(response.headers.get('retry-after') ?? '0') * 1000 };
      throw Object.assign(new Error('busy'), busy);
    }
    return { statusCode: response.status, json: (): unknown => JSON.parse(text) };
  };
  return { inject } as unknown as FastifyInstance; // a device uses nothing of a server but this
}

const retryAfterOf = (error: unknown): number | undefined =>
  error instanceof Error && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number'
    ? error.retryAfterMs
    : undefined;

/** Entries as the journal has most of them. */
function fill(device: TestDevice): void {
  for (let entry = 0; entry < entries; entry += 1) {
    device.append({ type: 'officer.signed-in', stream: uuidV7(), body: { role: 'officer' } });
  }
}

type Met = { busy: number; readonly pushes: number[]; readonly custody: number[]; readonly errors: string[] };

/** Does what was asked until the province is not busy; every other failure is an error. */
async function patiently<T>(met: Met, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const retryAfterMs = retryAfterOf(error);
      if (retryAfterMs === undefined) throw error;
      if (retryAfterMs === 0) throw new Error('a 503 without Retry-After', { cause: error });
      met.busy += 1;
      await wait(retryAfterMs);
    }
  }
}

async function comeBack(device: TestDevice, met: Met): Promise<void> {
  const began = performance.now();
  await patiently(met, () => device.sayHello());
  const request = { entries: device.chain, subjectKeys: [], damaged: [] };
  const { value: answer, ms } = await patiently(met, () =>
    timed(() => device.request('POST', '/v1/push', request, { gzip: true })),
  );
  const receipt = device.receiptOf(pushAnswerSchema.parse(answer.json));
  if (receipt.ackSeq !== entries) throw new Error(`in custody up to ${String(receipt.ackSeq)} only`);
  met.pushes.push(ms);
  met.custody.push(performance.now() - began);
}

async function enrolAll(url: string, folder: string): Promise<readonly TestDevice[]> {
  const codes = JSON.parse(readFileSync(join(folder, 'codes.json'), 'utf8')) as string[]; // written by the host
  const devices: TestDevice[] = [];
  for (const code of codes) {
    const device = await TestDevice.enrol(overHttp(url), code);
    fill(device);
    devices.push(device);
  }
  return devices;
}

async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-reconnect-'));
  try {
    print({ what: 'machine', ...machine() });
    const host = join(import.meta.dirname, 'scene', 'province-host.ts');
    const province = await serve({ program: process.execPath, args: [host, folder, String(counters)] });
    const devices = await enrolAll(province.url, folder);
    const random = createSeededRandom(values.seed);
    const met: Met = { busy: 0, pushes: [], custody: [], errors: [] };
    const began = performance.now();
    await Promise.all(
      devices.map(async (device) => {
        await wait(random.fraction() * withinMs);
        await comeBack(device, met).catch((error: unknown) => met.errors.push(String(error)));
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    await province.stop();
    const { count: stored } = JSON.parse(readFileSync(join(folder, 'stored.json'), 'utf8')) as { count: number }; // the host's own
    const isWhole = stored === counters * entries && met.errors.length === 0;
    print({
      counters,
      entriesEach: entries,
      seed: values.seed,
      seconds: Math.round(seconds * 10) / 10,
      stored,
      entriesPerSecond: Math.round(stored / seconds),
      busyAnswers: met.busy,
      errors: [...new Set(met.errors)].slice(0, 5),
      pushMs: met.pushes.length === 0 ? null : figuresOf(met.pushes),
      knockToCustodyMs: met.custody.length === 0 ? null : figuresOf(met.custody),
      kept: isWhole,
    });
    return isWhole;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = (await main()) ? 0 : 2;
