import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sentPushSchema } from '../../../src/contract/sync-protocol.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { openForBusiness, pinOf, sellOffline } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { createGate } from '../../support/test-line.ts';
import type { TestProvince } from '../../support/test-province.ts';

const PUSH = '/v1/push';
const deliveries = (counter: TestCounter, afterSeq = 0) =>
  counter.rows('SELECT seq, state, tries FROM delivery WHERE seq > ? ORDER BY seq', afterSeq);
/** The link of before is given up: whatever leaves next begins with a new greeting. */
async function giveUpLink(counter: TestCounter): Promise<void> {
  while (counter.line.requests.at(-1) !== 'POST /v1/challenge') await counter.ask('outbox.send-now');
}
/** The line is back, and somebody asks for a round at once. */
function comeBack(counter: TestCounter): void {
  counter.line.set('pass');
  void counter.ask('outbox.send-now', {});
}
const unsent = async (counter: TestCounter): Promise<number> => (await counter.get('outbox.figures', {})).unsent;

/** A counter whose pushes carry three entries, with two sales that wait for the line. */
async function behind(province: TestProvince): Promise<TestCounter> {
  const counter = await openForBusiness(await enrolledCounter(province, { config: { syncLoop: true } }));
  await expect.poll(() => unsent(counter), { timeout: 10_000 }).toBe(0);
  counter.line.set('down');
  for (const plate of ['AG 2345 KD', 'AG 3456 EF']) await sellOffline(counter, plate);
  await expect.poll(() => counter.bodies('print.settled')).toHaveLength(2);
  await giveUpLink(counter);
  counter.line.next('/v1/hello', {
    bend: (answer) => ({ ...answer, body: answer.body.replace('"pushMaxEntries":200', '"pushMaxEntries":3') }),
  });
  return counter;
}
const firstWaiting = (counter: TestCounter): number => {
  const [row] = counter.rows(`SELECT min(seq) AS seq FROM delivery WHERE state IN ('queued', 'sending')`);
  return Number(row?.['seq']);
};

describe('the batch behind the one that is on its way', () => {
  const province = useProvince();
  it('is made anew when its entries came into custody by another road meanwhile', async () => {
    const counter = await behind(province());
    const first = firstWaiting(counter);
    const gate = createGate();
    const atSecondPush: unknown[] = [];
    counter.line.next(PUSH, { late: gate.opened });
    counter.line.next(PUSH, { before: () => void atSecondPush.push(...deliveries(counter, first + 2).slice(0, 4)) });
    comeBack(counter);
    await expect.poll(() => counter.line.requests.at(-1), { timeout: 10_000 }).toBe(`POST ${PUSH}`);
    await wait(300); // the second batch is made while the first is held up
    const before = deliveries(counter, first + 2).slice(0, 4);
    const handle = openHandle(join(counter.config.dataDir, DATABASE_FILE), {
      readOnly: false,
      create: false,
      busyTimeoutMs: 5000,
    });
    // As the answer file of a stick would leave it.
    handle
      .prepare(`UPDATE delivery SET state = 'acknowledged', verdict = 'ACCEPTED' WHERE seq BETWEEN ? AND ?`)
      .run([first + 3, first + 5]);
    handle.close();
    gate.open();
    await expect.poll(() => atSecondPush.length, { timeout: 10_000 }).toBe(4);
    expect(atSecondPush.slice(0, 3)).toMatchObject(before.slice(0, 3).map(({ tries }) => ({ tries })));
    expect(atSecondPush[3]).toMatchObject({ state: 'sending', tries: Number(before[3]?.['tries']) + 1 });
    // The province never had them: it says so, and they are sent after all.
    await expect.poll(() => unsent(counter), { timeout: 20_000 }).toBe(0);
  });

  it('leaves in the order of the chain, each entry once, when nothing breaks off', async () => {
    const counter = await behind(province());
    const first = firstWaiting(counter);
    const before = deliveries(counter, first - 1);
    comeBack(counter);
    await expect.poll(() => unsent(counter), { timeout: 20_000 }).toBe(0);
    const sent = deliveries(counter, first - 1);
    expect(sent.length).toBeGreaterThan(6);
    expect(sent.every(({ state }) => state === 'acknowledged')).toBe(true);
    expect(sent.map(({ tries }) => tries)).toEqual(before.map(({ tries }) => Number(tries) + 1));
    const acks = counter
      .rows('SELECT ack_seq FROM custody_receipt ORDER BY rowid')
      .map((row) => Number(row['ack_seq']));
    expect(acks).toEqual(acks.toSorted((left, right) => left - right));
  });

  it('does not grow while a push that broke off waits for its next try: what is sold then stays queued', async () => {
    const counter = await openForBusiness(await enrolledCounter(province(), { config: { syncLoop: true } }));
    await expect.poll(() => unsent(counter), { timeout: 10_000 }).toBe(0);
    counter.line.set('down');
    await sellOffline(counter, 'AG 2345 KD');
    await expect.poll(() => counter.bodies('print.settled')).toHaveLength(1);
    await giveUpLink(counter);
    const before = deliveries(counter).length;
    const seen: unknown[] = [];
    counter.line.next(PUSH, 'lose-request');
    counter.line.next(PUSH, { before: () => void seen.push(...deliveries(counter, before)) });
    comeBack(counter);
    await expect.poll(() => counter.line.requests.at(-1), { timeout: 10_000 }).toBe(`POST ${PUSH}`);
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(seen).toMatchObject(seen.map(() => ({ state: 'queued' })));
    await expect.poll(() => unsent(counter), { timeout: 10_000 }).toBe(0);
  });
});

describe('a sale of the batch behind that is taken back while the one before it is on its way', () => {
  const province = useProvince();

  it('is named by it, and the province waits for its void', async () => {
    const counter = await behind(province());
    const { province: own, book } = province();
    const first = firstWaiting(counter);
    const [sale] = counter.rows('SELECT transaction_id, seq FROM sale WHERE seq > ? ORDER BY seq', first + 2);
    const transactionId = String(sale?.['transaction_id']);
    expect(Number(sale?.['seq'])).toBeLessThan(first + 6);
    const decisions = async () =>
      (await own.context.db.selectFrom('decision').selectAll().where('transaction_id', '=', transactionId).execute())
        .length;
    const gate = createGate();
    const bodies: unknown[] = [];
    counter.line.next(PUSH, { late: gate.opened });
    counter.line.next(PUSH, {
      before: ({ body }) => {
        bodies.push(JSON.parse(String(body)));
        // The request with the sale is the last one that gets through.
        counter.line.set('down');
      },
    });
    comeBack(counter);
    await expect.poll(() => counter.line.requests.at(-1), { timeout: 10_000 }).toBe(`POST ${PUSH}`);
    await wait(300); // the second batch is made while the first is held up
    await counter.get('transactions.void', {
      transactionId,
      reason: 'kendaraan salah, warga membatalkan',
      approval: { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') },
    });
    gate.open();
    await expect.poll(() => bodies.length, { timeout: 10_000 }).toBe(1);
    expect.soft(sentPushSchema.parse(bodies[0]).voidsFollow).toEqual([transactionId]);
    const custody = () =>
      own.context.db.selectFrom('entry').select('type').where('stream', '=', transactionId).execute();
    await expect.poll(custody).toContainEqual({ type: 'transaction.paid' });
    await book();
    expect(await decisions()).toBe(0);
    comeBack(counter);
    await expect.poll(() => unsent(counter), { timeout: 20_000 }).toBe(0);
    await book();
    expect(await decisions()).toBe(0);
    const incidents = await own.context.db.selectFrom('incident').select('kind').execute();
    expect(incidents.map(({ kind }) => kind)).not.toContain('VOIDED_AFTER_BOOKING');
  });
});
