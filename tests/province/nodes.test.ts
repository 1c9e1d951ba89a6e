import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { appendPadded } from '../support/test-bundle.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/province.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'loket-nodes-'));
const DEVICES = 4;
const ROUNDS = 20;
/** Nodes that are killed at least, however fast the province is. */
const KILLS = 2;
const PLATES = ['AG 2345 KD', 'AG 3456 EF'] as const;

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
  // The nodes go by the clock on the wall.
  world.clock.now = Date.now();
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

type Node = { readonly child: ChildProcess; readonly url: string };

/** One `province serve` on the database that all nodes share; it keeps nothing of its own but a port. */
async function startNode(name: string): Promise<Node> {
  const place = ['--data', join(folder, name), '--database-url', world.databaseUrl, '--keys', world.keysFolder];
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--booking-delay', '0', ...place], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, url: (JSON.parse(line) as { url: string }).url };
  }
  throw new Error(`node ${name} ended before it was ready`);
}

const endOf = (node: Node): Promise<void> =>
  new Promise((done) => {
    if (node.child.exitCode !== null || node.child.signalCode !== null) done();
    else node.child.once('close', () => done());
  });

/** Two nodes behind a line that goes to each in turn, and to the other one when it finds nobody. */
class TwoNodes {
  readonly #nodes: Node[];
  #turn = 0;
  kills = 0;

  constructor(nodes: readonly Node[]) {
    this.#nodes = [...nodes];
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    for (let tries = 0; tries < 400; tries += 1) {
      this.#turn += 1;
      const node = this.#nodes[this.#turn % this.#nodes.length];
      const answer = await fetch(`${node?.url ?? ''}${url}`, init).catch(() => undefined);
      if (answer !== undefined && answer.status < 500) return answer;
      await setTimeout(25);
    }
    throw new Error('no node answered');
  }

  /** The part of a server that a test device talks to. */
  get line(): FastifyInstance {
    const inject = async (request: {
      method: string;
      url: string;
      payload?: string;
      headers: Record<string, string>;
    }) => {
      const { method, url, payload, headers } = request;
      const answer = await this.#send(url, { method, headers, ...(payload === undefined ? {} : { body: payload }) });
      const text = await answer.text();
      return { statusCode: answer.status, json: () => JSON.parse(text) as unknown };
    };
    return { inject } as unknown as FastifyInstance; // a device asks for nothing else of a server
  }

  /** Kills one of the nodes without a word, and starts it again on the same data folder. */
  async killOne(which: number): Promise<void> {
    const node = this.#nodes[which];
    if (node === undefined) return;
    node.child.kill('SIGKILL');
    await endOf(node);
    this.kills += 1;
    this.#nodes[which] = await startNode(`node-${which}`);
  }

  async end(): Promise<void> {
    for (const node of this.#nodes) node.child.kill('SIGTERM');
    await Promise.all(this.#nodes.map(endOf));
  }
}

/** A counter's day: it sells, pushes what was not acknowledged, and says hello again when its token is gone; answers how often it sold. */
async function serve(device: TestDevice, vehicles: readonly VehicleRecord[], nodes: TwoNodes): Promise<number> {
  let acked = 0;
  let round = 0;
  for (; round < ROUNDS || nodes.kills < KILLS; round += 1) {
    appendPadded(device, 3, 200);
    const vehicle = vehicles[round % vehicles.length];
    if (vehicle === undefined) throw new Error('no vehicle to sell for');
    makeSale(device, vehicle, { paidOn: TEST_TODAY, rules: world.rules });
    const receipt = device.receiptOf(await device.push(device.chain.slice(acked)));
    expect(receipt.verdicts.map(({ hash }) => hash)).toEqual(device.chain.slice(acked).map(({ hash }) => hash));
    acked = device.chain.length;
  }
  return round;
}

async function untilBooked(): Promise<void> {
  const { db } = world.province.context;
  for (let tries = 0; tries < 600; tries += 1) {
    const waiting = await db.selectFrom('booking_work').select('transaction_id').where('done_at', 'is', null).execute();
    if (waiting.length === 0) return;
    await setTimeout(50);
  }
  throw new Error('the workers did not come to an end');
}

describe('two nodes beside each other on one database', () => {
  it('lose nothing and double nothing, whichever of them is killed in the middle of its work', async () => {
    // As the counters have them: the register moves on with every booking.
    const vehicles = await Promise.all(PLATES.map((nrkb) => world.vehicle(nrkb)));
    const nodes = new TwoNodes(await Promise.all([startNode('node-0'), startNode('node-1')]));
    onTestFinished(() => nodes.end());
    const seed = Date.now() % 1_000_000;
    const order = fc.sample(fc.record({ which: fc.nat({ max: 1 }), after: fc.integer({ min: 30, max: 200 }) }), {
      numRuns: 50,
      seed,
    });
    const devices: TestDevice[] = [];
    for (let count = 0; count < DEVICES; count += 1)
      devices.push(await TestDevice.enrol(nodes.line, await world.code()));
    const day = { isOver: false };
    const killing = (async () => {
      for (const { which, after } of order) {
        await setTimeout(after);
        if (day.isOver) return;
        await nodes.killOne(which);
      }
    })();
    const sold = await Promise.all(devices.map((device) => serve(device, vehicles, nodes)));
    const sales = sold.reduce((sum, count) => sum + count, 0);
    day.isOver = true;
    await killing;
    await untilBooked();
    await nodes.end();
    expect(nodes.kills, `seed ${seed}`).toBeGreaterThanOrEqual(KILLS);

    const { context } = world.province;
    for (const device of devices) {
      const entries = await context.db
        .selectFrom('entry')
        .select(['hash', 'verdict'])
        .where('device_id', '=', device.deviceId)
        .orderBy('seq')
        .execute();
      expect(entries, `seed ${seed}`).toEqual(device.chain.map(({ hash }) => ({ hash, verdict: 'ACCEPTED' })));
    }
    const decisions = await context.db.selectFrom('decision').select(['device_id', 'transaction_id']).execute();
    expect(decisions.length, `seed ${seed}`).toBe(sales);
    expect(new Set(decisions.map((one) => `${one.device_id}/${one.transaction_id}`)).size).toBe(sales);
    const messages = await context.db.selectFrom('notification').select('transaction_id').execute();
    expect(new Set(messages.map((one) => one.transaction_id)).size).toBe(messages.length);
    expect((await verifyProvince(context)).problems, `seed ${seed}`).toEqual([]);
  }, 120_000);
});
