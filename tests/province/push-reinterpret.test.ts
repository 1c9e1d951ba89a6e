import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import { reinterpretQuarantined } from '../../src/province/ingest/reinterpret.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { custodyRows, SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
const rows = (device: TestDevice) => custodyRows(world.province.context.db, device.deviceId);

/** Stores an entry as a province of the version before did: it did not know the type and kept the bytes. */
async function storeAsUnknown(device: TestDevice, entry: SignedEntry): Promise<void> {
  const envelope = JSON.parse(entry.text) as Record<string, string> & { seq: number }; // this test's own entry
  await world.province.context.db
    .insertInto('entry')
    .values({
      device_id: device.deviceId,
      epoch_n: device.epoch.n,
      epoch_nonce: device.epoch.nonce,
      seq: envelope.seq,
      hash: entry.hash,
      prev: envelope['prev'] ?? null,
      type: envelope['type'] ?? '',
      stream: envelope['stream'] ?? '',
      text: entry.text,
      sig: entry.sig,
      verdict: 'QUARANTINED',
      reason: 'UNKNOWN_TYPE',
      received_at: world.clock.now,
    })
    .execute();
}

describe('after an upgrade of the province', () => {
  it('entries of types that it now knows are judged once more, exactly once, in the order of the chain', async () => {
    const device = await enrolled();
    const sale = makeSale(device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    makeSale(device, await world.vehicle('AG 1111 HI'), {
      paidOn: TEST_TODAY,
      rules: world.rules,
      transactionId: sale.transactionId,
    });
    device.append({ type: 'officer.signed-in', body: { role: 7 } });
    device.append({ type: 'from.the-future', body: { x: 1 } });
    for (const entry of device.chain) await storeAsUnknown(device, entry);
    const before = await rows(device);
    expect([before['sale'], before['ledger_line']]).toEqual([[], []]);
    const { context } = world.province;
    expect(await reinterpretQuarantined(context)).toEqual({
      accepted: 1,
      conflict: 1,
      quarantined: 1,
      stillUnknown: 1,
    });
    const after = await rows(device);
    expect(after['entry']).toEqual(before['entry']);
    expect(after['sale']).toHaveLength(1);
    expect(after['reverdict']).toHaveLength(3);
    expect(await reinterpretQuarantined(context)).toEqual({
      accepted: 0,
      conflict: 0,
      quarantined: 0,
      stillUnknown: 1,
    });
    expect(await rows(device)).toEqual(after);
    expect((await verifyProvince(context)).problems).toEqual([]);
    device.append(SIGNED_IN);
    expect(await device.verdicts()).toEqual([
      { verdict: 'DUPLICATE', original: 'ACCEPTED' },
      { verdict: 'DUPLICATE', original: 'CONFLICT' },
      { verdict: 'DUPLICATE', original: 'QUARANTINED' },
      { verdict: 'DUPLICATE', original: 'QUARANTINED' },
      { verdict: 'ACCEPTED' },
    ]);
    await world.book();
    const decided = (await device.pull('decisions', device.deviceId)).flatMap(({ items }) => items);
    expect(decided).toMatchObject([{ transactionId: sale.transactionId, central: 'booked' }]);
  });

  it('a second verdict cannot be changed or taken away', async () => {
    const { db } = world.province.context;
    await expect(sql`update reverdict set verdict = 'CONFLICT'`.execute(db)).rejects.toThrow('only grows');
    await expect(sql`delete from reverdict`.execute(db)).rejects.toThrow('only grows');
  });
});

describe('fields of a newer version', () => {
  it('are ignored, also when they must be understood and are ones that this version reads', async () => {
    const device = await enrolled();
    device.append({ ...SIGNED_IN, body: { role: 'officer', mood: 'cheerful' } });
    device.append({ ...SIGNED_IN, mustUnderstand: ['role', 'timeTrust'] });
    device.append({ ...SIGNED_IN, body: { role: 'officer', mood: 'cheerful' }, mustUnderstand: ['mood'] });
    expect(await device.verdicts()).toEqual([
      { verdict: 'ACCEPTED' },
      { verdict: 'ACCEPTED' },
      { verdict: 'QUARANTINED', reason: 'UNKNOWN_TYPE' },
    ]);
    const kept = await rows(device);
    expect(kept['entry']).toHaveLength(3);
  });
});
