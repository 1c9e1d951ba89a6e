import { describe, expect, it } from 'vitest';
import { signedTextSchema } from '../../../src/contract/primitives.ts';
import { custodyReceiptSchema, SIGNATURE_CONTEXT } from '../../../src/contract/sync-protocol.ts';
import { signedBy } from '../../../src/province/keys/key-ring.ts';
import { openForBusiness, sellOffline, sellOnline, sync } from '../../support/at-the-counter.ts';
import { afterPowerCut, enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { CAPTIVE_PORTAL, provinceError } from '../../support/test-line.ts';

const PLATES = ['AG 2345 KD', 'AG 3456 EF', 'AG 1111 HI'] as const;
const PUSH = '/v1/push';
const deliveries = (counter: TestCounter) =>
  counter.rows(`SELECT state, tries, verdict, last_reason FROM delivery WHERE lane = 'money' ORDER BY seq`);

describe('sales on their way to the province', () => {
  const province = useProvince();
  const open = async (): Promise<TestCounter> => openForBusiness(await enrolledCounter(province()));
  const entriesAtProvince = async (counter: TestCounter): Promise<number> => {
    const [device] = counter.rows('SELECT device_id FROM device');
    const { db } = province().province.context;
    const found = await db
      .selectFrom('entry')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('device_id', '=', String(device?.['device_id']))
      .where('type', '=', 'transaction.paid')
      .executeTakeFirstOrThrow();
    return Number(found.count);
  };

  it('wait while there is no line, and go by themselves when it comes back', async () => {
    const counter = await openForBusiness(await enrolledCounter(province(), { config: { syncLoop: true } }));
    counter.line.set('down');
    for (const plate of PLATES) await sellOffline(counter, plate);
    expect(await counter.get('counter.status', {})).toMatchObject({ outbox: { unsent: 4 } });
    expect(await counter.get('outbox.view', {})).toMatchObject({ unsentMoney: 4, ackSeq: expect.any(Number) });
    counter.line.set('pass');
    // Nobody asks: the loop comes back after its own time, one to two seconds after the first fault.
    await expect
      .poll(async () => (await counter.get('counter.status', {})).outbox.unsent, { timeout: 20_000, interval: 50 })
      .toBe(0);
    expect(await entriesAtProvince(counter)).toBe(3);
    expect(deliveries(counter).map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'acknowledged'));
    await expect.poll(async () => (await counter.get('counter.status', {})).line.online).toBe(true);
  });

  it('go on over the same link when a line that carried something breaks off for a moment', async () => {
    const counter = await openForBusiness(await enrolledCounter(province(), { config: { syncLoop: true } }));
    counter.line.set('down');
    for (const plate of PLATES) await sellOffline(counter, plate);
    // The link of before is given up, so that nothing is asked between here and the line's return.
    while (counter.line.requests.at(-1) !== 'POST /v1/challenge') await counter.ask('outbox.send-now', {});
    counter.line.next('/v1/hello', {
      bend: (answer) => ({ ...answer, body: answer.body.replace('"pushMaxEntries":200', '"pushMaxEntries":3') }),
    });
    for (const fate of ['pass', 'lose-request', 'lose-answer'] as const) counter.line.next(PUSH, fate);
    const before = counter.line.requests.length;
    counter.line.set('pass');
    await expect
      .poll(async () => (await counter.get('counter.status', {})).outbox.unsent, { timeout: 20_000, interval: 50 })
      .toBe(0);
    const asked = counter.line.requests.slice(before);
    const [hello, ...others] = asked.flatMap((request, at) => (request.endsWith('/v1/hello') ? [at] : []));
    expect(others).toEqual([]);
    expect(asked.slice(hello).filter((request) => request.endsWith(PUSH)).length).toBeGreaterThan(4);
    expect(deliveries(counter).every(({ state }) => state === 'acknowledged')).toBe(true);
    expect(await entriesAtProvince(counter)).toBe(3);
  });

  it('whose answer was lost are sent again, recognised, and never doubled', async () => {
    const counter = await open();
    const { transactionId } = await sellOnline(counter, 'W 1818 QT');
    counter.line.next(PUSH, 'lose-answer');
    expect(await counter.refusal('outbox.send-now', {})).toMatchObject({
      code: 'NO_LINE',
      details: { reason: 'TIMEOUT' },
    });
    expect(deliveries(counter)).toMatchObject([{ state: 'sending' }, { state: 'sending', last_reason: 'TIMEOUT' }]);
    const { items } = await sync(counter);
    expect(items.map(({ verdict }) => verdict)).toContain('DUPLICATE:ACCEPTED');
    expect(items.every(({ verdict }) => /^(DUPLICATE:)?ACCEPTED$/.test(verdict))).toBe(true);
    expect(deliveries(counter).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
    expect(await entriesAtProvince(counter)).toBe(1);
    await province().book();
    await sync(counter);
    const view = await counter.get('transactions.get', { transactionId });
    expect(view.row.axes).toMatchObject({ delivery: 'acknowledged', central: 'booked' });
  });

  it('are still there after a power cut between the answer of the province and its being written down', async () => {
    const counter = await open();
    await sellOnline(counter, 'W 9234 TC');
    counter.line.next(PUSH, 'lose-answer');
    await counter.refusal('outbox.send-now', {});
    const after = await afterPowerCut(counter);
    await counter.stop();
    expect(deliveries(after).map(({ state }) => state)).toEqual(['sending', 'sending']);
    await sync(after);
    expect(deliveries(after).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
    expect(await entriesAtProvince(after)).toBe(1);
  });

  it('stay with a request that was lost, and with a province that is busy', async () => {
    const counter = await open();
    counter.line.set('down');
    await sellOffline(counter, 'L 1001 EV');
    for (const fate of ['lose-request', { answer: provinceError(503, 'BUSY', { 'retry-after': '7' }) }] as const) {
      counter.line.set('pass');
      counter.line.next(PUSH, fate);
      expect(await counter.refusal('outbox.send-now', {})).toMatchObject({ code: 'NO_LINE' });
      expect(await entriesAtProvince(counter)).toBe(0);
    }
    await sync(counter);
    expect(await entriesAtProvince(counter)).toBe(1);
    expect(deliveries(counter).at(-1)).toMatchObject({ state: 'acknowledged', tries: 3 });
  });

  it('are not given to a captive portal for received', async () => {
    const counter = await open();
    await sellOnline(counter, 'S 1717 MJ');
    for (const answer of [
      CAPTIVE_PORTAL,
      { ...CAPTIVE_PORTAL, status: 302, headers: { location: 'http://wifi.id' } },
    ]) {
      counter.line.set({ answer });
      expect(await counter.refusal('outbox.send-now', {})).toMatchObject({ code: 'NO_LINE' });
      expect(await counter.get('counter.status', {})).toMatchObject({ line: { online: false }, outbox: { unsent: 2 } });
    }
  });

  it('count as received only by the province’s signed word about exactly these entries', async () => {
    const counter = await open();
    await sellOnline(counter, 'M 2828 BK');
    const { signing } = province().province.context.keys;
    const lies: readonly ((text: string) => unknown)[] = [
      // A receipt that nobody signed.
      (text) => ({ text: text.replace('"ACCEPTED"', '"CONFLICT"') }),
      // A genuine receipt for another device.
      (text) => {
        const receipt = {
          ...custodyReceiptSchema.parse(JSON.parse(text)),
          deviceId: '019cd5af-0000-7000-8000-000000000000',
        };
        return signedBy(signing, SIGNATURE_CONTEXT.custodyReceipt, receipt);
      },
      // A genuine receipt that leaves the sale out.
      (text) => {
        const receipt = custodyReceiptSchema.parse(JSON.parse(text));
        return signedBy(signing, SIGNATURE_CONTEXT.custodyReceipt, { ...receipt, verdicts: receipt.verdicts.slice(1) });
      },
      // A genuine receipt that names the same places with other entries: of another branch, or of a device put back.
      (text) => {
        const receipt = custodyReceiptSchema.parse(JSON.parse(text));
        const verdicts = receipt.verdicts.map((one) => ({ ...one, hash: 'A'.repeat(43) }));
        return signedBy(signing, SIGNATURE_CONTEXT.custodyReceipt, { ...receipt, verdicts });
      },
      // A signature of the right key in another context.
      (text) => signedBy(signing, SIGNATURE_CONTEXT.feedPage, custodyReceiptSchema.parse(JSON.parse(text))),
    ];
    for (const [index, lie] of lies.entries()) {
      counter.line.next(PUSH, {
        bend: (answer) => {
          const said = JSON.parse(answer.body) as { custodyReceipt: unknown };
          const signed = signedTextSchema.parse(said.custodyReceipt);
          const custodyReceipt = { ...signed, ...(lie(signed.text) as object) };
          return { ...answer, body: JSON.stringify({ ...said, custodyReceipt }) };
        },
      });
      const refused = await counter.refusal('outbox.send-now', {});
      expect(refused.code, `lie ${index}`).toBe('PROVINCE_ANSWER_INVALID');
      expect(refused.details?.['reason'], `lie ${index}`).toMatch(/^CUSTODY_/);
      expect(
        deliveries(counter).map(({ state }) => state),
        `lie ${index}`,
      ).toEqual(['sending', 'sending']);
    }
    expect(counter.rows('SELECT count(*) AS kept FROM custody_receipt')).toEqual([{ kept: 1 }]);
    await sync(counter);
    expect(deliveries(counter).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
  });

  it('are not settled by a key that had ended when it signed, however often it says so', async () => {
    const counter = await open();
    await sellOnline(counter, 'AG 10 AP');
    const { signing } = province().province.context.keys;
    // Each greeting of a round gives it one more try.
    for (let time = 0; time < 3; time += 1) {
      counter.line.next(PUSH, {
        bend: (answer) => {
          const said = JSON.parse(answer.body) as { custodyReceipt: unknown };
          const receipt = custodyReceiptSchema.parse(JSON.parse(signedTextSchema.parse(said.custodyReceipt).text));
          const late = { ...receipt, serverTime: receipt.serverTime + 20 * 365 * 86_400_000 };
          const custodyReceipt = signedBy(signing, SIGNATURE_CONTEXT.custodyReceipt, late);
          return { ...answer, body: JSON.stringify({ ...said, custodyReceipt }) };
        },
      });
    }
    expect(await counter.refusal('outbox.send-now', {})).toMatchObject({ details: { reason: 'CUSTODY_KEY' } });
    expect(deliveries(counter).map(({ state }) => state)).toEqual(['sending', 'sending']);
    await sync(counter);
    expect(deliveries(counter).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
  });

  it('are not settled by PENDING: they stay on their way, with that reason', async () => {
    const counter = await open();
    await sellOnline(counter, 'S 1717 MJ');
    const { signing } = province().province.context.keys;
    counter.line.next(PUSH, {
      bend: (answer) => {
        const said = JSON.parse(answer.body) as { custodyReceipt: unknown };
        const receipt = custodyReceiptSchema.parse(JSON.parse(signedTextSchema.parse(said.custodyReceipt).text));
        const verdicts = receipt.verdicts.map((one) => ({ ...one, verdict: { verdict: 'PENDING' } }));
        const custodyReceipt = signedBy(signing, SIGNATURE_CONTEXT.custodyReceipt, { ...receipt, verdicts });
        return { ...answer, body: JSON.stringify({ ...said, custodyReceipt }) };
      },
    });
    expect(await counter.refusal('outbox.send-now', {})).toMatchObject({ details: { reason: 'PENDING' } });
    expect(deliveries(counter)).toMatchObject([
      { state: 'sending', last_reason: 'PENDING', verdict: null },
      { state: 'sending', last_reason: 'PENDING', verdict: null },
    ]);
    await sync(counter);
    expect(deliveries(counter).map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged']);
  });

  it('go on after the link token has ended, without anybody noticing', async () => {
    const counter = await open();
    await sellOnline(counter, 'AE 1234 UB');
    province().clock.now += 3_700_000;
    counter.clock.pass(3_700_000);
    expect((await sync(counter)).unsent).toBe(0);
    expect(counter.line.requests.filter((one) => one === 'POST /v1/hello')).toHaveLength(2);
  });

  it('travel in batches of at most two hundred entries', async () => {
    const counter = await open();
    counter.line.set('down');
    const arrival = { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null };
    for (let citizen = 0; citizen < 70; citizen += 1) await counter.get('arrivals.record', arrival);
    await expect.poll(() => counter.bodies('print.settled')).toHaveLength(70);
    counter.line.set('pass');
    const sent = await sync(counter);
    expect(sent).toMatchObject({ unsent: 0, quarantined: 0 });
    expect(sent.pushed).toBeGreaterThan(210);
    expect(counter.rows('SELECT ack_seq FROM custody_receipt')).toHaveLength(3);
    const chain = sent.items.map(({ seq }) => seq);
    expect(chain).toEqual(chain.toSorted((left, right) => left - right));
  });
});
