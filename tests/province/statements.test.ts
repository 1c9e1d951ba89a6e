import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import { assess } from '../../src/domain/assessment.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

/** How often PostgreSQL may be asked, `begin` and `commit` counted: most of what a contact costs the province (docs/simulator.md). */
const MOST = { hello: 3, news: 2, newsWithPages: 3, push: 9, bookingRound: 1, bookedSale: 14 } as const;
const MANY = 20;
const MANY_ENTRIES = 50;

let world: TestProvince;
let device: TestDevice;
let vehicles: VehicleRecord[];

/** What PostgreSQL is asked while this is done. */
async function statementsOf(work: () => Promise<unknown>): Promise<readonly unknown[]> {
  const asked = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return asked.mock.calls.map(([query]: readonly unknown[]) => query);
  } finally {
    asked.mockRestore();
  }
}

const sent = { count: 0 };

/** Sells to citizens with a telephone, and pushes it. */
async function sold(count: number): Promise<readonly unknown[]> {
  const sales = vehicles.splice(0, count);
  for (const record of sales) {
    makeSale(device, record, { paidOn: TEST_TODAY, rules: world.rules, phone: '081298765432' });
  }
  expect(sales).toHaveLength(count);
  const entries = device.chain.slice(sent.count);
  sent.count = device.chain.length;
  return statementsOf(async () => {
    expect(await device.verdicts(entries)).toEqual(entries.map(() => ({ verdict: 'ACCEPTED' })));
  });
}

beforeAll(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
  const { db } = world.province.context;
  // The register says what the counters have: what is sold is booked as it was taken.
  const rows = await db
    .selectFrom('core_vehicle')
    .select('nrkb')
    .where('hold_reason', 'is', null)
    .where('published', 'is', null)
    .orderBy('nrkb')
    .execute();
  const known = await Promise.all(rows.map(({ nrkb }) => world.vehicle(nrkb)));
  vehicles = known.filter(({ facts }) => assess(facts, {}, world.rules, TEST_TODAY).ok);
  // What a node reads once, it has read.
  await sold(1);
  await world.book();
});
afterAll(() => world.close());

describe('what a counter costs PostgreSQL', () => {
  it('is few statements for a hello', async () => {
    expect((await statementsOf(() => device.sayHello())).length).toBeLessThanOrEqual(MOST.hello);
  });

  it('is few statements for news, and one more for the pages that come along', async () => {
    const ask = (after: number) =>
      statementsOf(async () => {
        const feeds = [{ feed: 'decisions', scope: device.deviceId, after }];
        const { json } = await device.request('POST', '/v1/news', { feeds, withPages: true });
        expect(json).toEqual(after === 0 ? { moved: [0], brought: [expect.anything()] } : { moved: [] });
      });
    const newest = (await device.sayHello()).decisionsHead?.version ?? 0;
    expect((await ask(0)).length).toBeLessThanOrEqual(MOST.newsWithPages);
    expect((await ask(newest)).length).toBeLessThanOrEqual(MOST.news);
  });

  it('is few statements for a push, and no more for one of many entries', async () => {
    for (const [sales, entries] of [
      [1, 1],
      [3, MANY_ENTRIES],
    ] as const) {
      for (let count = sales; count < entries; count += 1) {
        device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
      }
      const push = await sold(sales);
      expect(push.length).toBeLessThanOrEqual(MOST.push);
    }
    await world.book();
  });

  it('is few statements for a round of bookings, and the same for each of many sales', async () => {
    for (const count of [1, MANY]) {
      await sold(count);
      const round = await statementsOf(async () => expect(await world.book()).toBe(count));
      expect(round.length).toBeLessThanOrEqual(MOST.bookingRound + count * MOST.bookedSale);
    }
    expect((await statementsOf(() => world.book())).length).toBeLessThanOrEqual(MOST.bookingRound);
  });
});
