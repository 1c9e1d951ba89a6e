import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openForBusiness, sellOffline } from '../support/at-the-counter.ts';
import { type ChaosFaults, type ChaosOptions, startChaosProxy } from '../support/chaos-proxy.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';
import { createNetworkLine } from '../support/network-line.ts';
import type { TestCounter } from '../support/test-counter.ts';

const province = useProvince();
const place: { origin: string } = { origin: '' };
beforeAll(async () => {
  place.origin = await province().server.listen({ host: '127.0.0.1', port: 0 });
});

/** More than any of these lines needs; a counter that never gets through fails the test instead of hanging it. */
const MOST_ROUNDS = 60;

async function counterBehind(faults: ChaosFaults, over: Partial<ChaosOptions> = {}) {
  const line = createNetworkLine(place.origin);
  const counter = await openForBusiness(await enrolledCounter(province(), { line }));
  const proxy = await startChaosProxy({ target: place.origin, seed: 42, faults, ...over });
  onTestFinished(proxy.close);
  await sellOffline(counter, 'AG 2345 KD');
  await sellOffline(counter, 'AG 1111 HI');
  line.connectTo(proxy.url);
  return { counter, proxy, line };
}

const unsent = async (counter: TestCounter) => (await counter.get('outbox.figures', {})).unsent;

/** Sends until nothing waits; answers how many rounds it took. */
async function emptied(counter: TestCounter): Promise<number> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const sent = await counter.ask('outbox.send-now', {});
    if (!sent.ok)
      expect(['NO_LINE', 'PROVINCE_ANSWER_INVALID', 'PROVINCE_BUSY', 'PROVINCE_REFUSED']).toContain(sent.error.code);
    if ((await unsent(counter)) === 0) return round;
  }
  throw new Error(`still ${String(await unsent(counter))} unsent after ${String(MOST_ROUNDS)} rounds`);
}

/** Every entry here is there, once, byte for byte; and every sale is a sale there. */
async function expectSameAtBothSides(counter: TestCounter): Promise<void> {
  const here = counter.rows('SELECT seq, hash, text FROM entry ORDER BY seq');
  const deviceId = String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
  const { db } = province().province.context;
  const there = await db.selectFrom('entry').selectAll().where('device_id', '=', deviceId).orderBy('seq').execute();
  expect(there.map(({ seq, hash }) => ({ seq: Number(seq), hash }))).toEqual(
    here.map(({ seq, hash }) => ({ seq, hash })),
  );
  const sales = await db.selectFrom('sale').selectAll().where('device_id', '=', deviceId).execute();
  expect(sales).toHaveLength(2);
}

describe('a counter behind a bad line empties its outbox and ends equal at both sides', () => {
  it.each<readonly [string, ChaosFaults]>([
    ['late and slow', { latencyMs: 20, jitterMs: 20, bytesPerSecond: 200_000 }],
    ['requests cut at any moment', { cut: 0.7 }],
    ['goodbyes in place of answers', { halfClose: 0.7 }],
    ['resets within answers', { reset: 0.7, resetAfterBytes: 200 }],
    ['answers that end too early', { truncate: 0.7 }],
    ['requests that arrive twice', { duplicate: 1 }],
    ['a captive portal now and then', { captivePortal: 0.5 }],
    [
      'all of it',
      { latencyMs: 5, cut: 0.1, halfClose: 0.1, reset: 0.1, truncate: 0.1, duplicate: 0.2, captivePortal: 0.1 },
    ],
  ])('%s', async (_name, faults) => {
    const { counter, proxy } = await counterBehind(faults);
    await emptied(counter);
    const { requests, arrived, ...happened } = proxy.counts;
    const named = Object.keys(faults).filter((fault) => fault in happened);
    // A fault that did not happen would prove nothing.
    if (named.length > 0) expect(Object.values(happened).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(requests).toBeGreaterThan(0);
    expect(arrived).toBeGreaterThan(0);
    await expectSameAtBothSides(counter);
  });

  it('a certificate that nobody vouches for is no line: nothing leaves, nothing is lost', async () => {
    const { counter, proxy, line } = await counterBehind({}, { wrongCertificate: true });
    const before = await unsent(counter);
    expect((await counter.refusal('outbox.send-now', {})).code).toBe('NO_LINE');
    expect(await unsent(counter)).toBeGreaterThanOrEqual(before);
    expect(proxy.counts.requests).toBe(0);
    line.connectTo(place.origin);
    await emptied(counter);
    await expectSameAtBothSides(counter);
  });
});
