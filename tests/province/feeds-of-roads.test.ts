import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  blockItemSchema,
  registryItemSchema,
  releaseItemSchema,
  vehicleRecordSchema,
  voidedReceiptItemSchema,
} from '../../src/contract/feeds.ts';
import { writeAnswer } from '../../src/province/bundles/write-answer.ts';
import { findDevice } from '../../src/province/enrolment/device-store.ts';
import { publishRelease, releaseOf } from '../../src/province/feeds/releases.ts';
import { setVehicleBlock } from '../../src/province/feeds/vehicle-blocks.ts';
import { voidReceipt } from '../../src/province/feeds/voided-receipts.ts';
import { declareRestore } from '../../src/province/restore/declare-restore.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { stateQuestion } from '../../src/province/receipt-page/page/receipt-words.ts';
import { openAnswer } from '../support/test-bundle.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
let device: TestDevice;
beforeEach(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
});
afterEach(() => world.close());

const itemsOf = async (feed: string, scope: string): Promise<readonly unknown[]> =>
  (await device.pull(feed, scope)).flatMap(({ items }) => items);

describe('feed releases', () => {
  const end = { appVersion: '0.1.0', sellsUntil: 1_800_000_000_000, upgradeTo: '0.2.0', notes: 'Cetak lebih cepat.' };

  it('says until when a version may begin sales; the newest word about a version counts, and saying it again signs nothing', async () => {
    const { context } = world.province;
    expect(await releaseOf(context.db, '0.1.0')).toBeUndefined();
    expect(await publishRelease(context, { ...end, sellsUntil: null })).toBe(true);
    expect(await publishRelease(context, { ...end, appVersion: '0.0.9' })).toBe(true);
    expect(await publishRelease(context, end)).toBe(true);
    expect(await publishRelease(context, end)).toBe(false);
    expect(await releaseOf(context.db, '0.1.0')).toEqual(end);
    const items = (await itemsOf('releases', 'all')).map((item) => releaseItemSchema.parse(item));
    expect(items.map(({ appVersion }) => appVersion)).toEqual(['0.1.0', '0.0.9', '0.1.0']);
  });
});

describe('feed receipts-void', () => {
  const sold = async () => {
    const sale = makeSale(device, await world.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: world.rules });
    await device.push();
    return sale;
  };
  const stateOf = async (reference: string): Promise<unknown> =>
    (await world.server.inject({ url: `/v1/receipts/${reference}/state` })).json();

  it('names a sale once, whose paper is genuine and no longer counts, by transaction and entry', async () => {
    const { context } = world.province;
    const sale = await sold();
    await world.book();
    const voided = await voidReceipt(context, device.deviceId, sale.transactionId, 'salah kendaraan');
    world.clock.now += 60_000;
    expect(await voidReceipt(context, device.deviceId, sale.transactionId, 'sekali lagi')).toEqual(voided);
    const items = (await itemsOf('receipts-void', 'all')).map((item) => voidedReceiptItemSchema.parse(item));
    expect(items).toEqual([
      { entryHash: sale.entry.hash, transactionId: sale.transactionId, voidedAt: world.clock.now - 60_000 },
    ]);
    expect(await stateOf(sale.transactionId)).toEqual({ state: 'voided', central: null });
    expect(await stateOf(sale.entry.hash)).toEqual({ state: 'voided', central: null });
  });

  it('is told of the very paper that asks, where two computers drew one id, and of none where nobody says which', async () => {
    const { context } = world.province;
    const sale = await sold();
    const { transactionId } = sale;
    const other = await TestDevice.enrol(world.server, await world.code());
    const record = await world.vehicle('AG 1111 HI');
    const twin = makeSale(other, record, { paidOn: TEST_TODAY, rules: world.rules, transactionId });
    await other.push();
    await world.book();
    await voidReceipt(context, device.deviceId, transactionId, 'salah kendaraan');
    const stateOfPaper = async ({ statement }: typeof sale): Promise<unknown> =>
      (await world.server.inject({ url: `/v1/receipts/${stateQuestion(statement)}` })).json();
    expect(await stateOfPaper(sale)).toEqual({ state: 'voided', central: null });
    expect(await stateOfPaper(twin)).toEqual({ state: 'decided', central: 'booked' });
    // A page that was saved before asks by the id alone.
    expect(await stateOf(transactionId)).toEqual({ state: 'unknown', central: null });
    expect(await stateOf(sale.entry.hash)).toEqual({ state: 'voided', central: null });
    expect(await stateOf(twin.entry.hash)).toEqual({ state: 'decided', central: 'booked' });
  });

  it('keeps a sale that is not decided yet from being booked by itself', async () => {
    const { context } = world.province;
    const sale = await sold();
    await voidReceipt(context, device.deviceId, sale.transactionId, 'salah kendaraan');
    await world.book();
    expect(await itemsOf('decisions', device.deviceId)).toMatchObject([
      { central: 'on-hold', finalReceipt: null, reason: expect.stringContaining('dibatalkan') },
    ]);
    expect(
      await context.db.selectFrom('core_booking').selectAll().where('channel', 'like', '%OPOP%').execute(),
    ).toEqual([]);
    expect((await verifyProvince(context)).problems).toEqual([]);
  });

  it('refuses a sale that is not in custody, of whichever device', async () => {
    const { context } = world.province;
    const sale = await sold();
    const other = await TestDevice.enrol(world.server, await world.code());
    expect(await voidReceipt(context, other.deviceId, sale.transactionId, 'x')).toEqual({
      ok: false,
      error: 'SALE_UNKNOWN',
    });
    expect(await itemsOf('receipts-void', 'all')).toEqual([]);
  });
});

describe('feed blocks', () => {
  it('tells the counters of an area at once that a vehicle is blocked, or not any more', async () => {
    const { context } = world.province;
    const { vehicleId, facts } = await world.vehicle('AG 2345 KD');
    const dueOn = String(facts['dueOn']);
    expect(await setVehicleBlock(context, 'AG 2345 KD', 'theft')).toMatchObject({
      ok: true,
      value: { published: true },
    });
    expect(await setVehicleBlock(context, 'AG 2345 KD', 'theft')).toMatchObject({ value: { published: false } });
    const bill = await device.inquire(await world.vehicle('AG 2345 KD'), [dueOn]);
    expect(bill).toMatchObject({ state: 'refused', refusals: [{ code: 'BLOCKED' }] });
    expect(await setVehicleBlock(context, 'AG 2345 KD', null)).toMatchObject({ value: { published: true } });
    expect((await itemsOf('blocks', 'AG')).map((item) => blockItemSchema.parse(item))).toEqual([
      { vehicleId, blocked: true, reason: 'theft' },
      { vehicleId, blocked: false, reason: null },
    ]);
    expect((await device.inquire(await world.vehicle('AG 2345 KD'), [dueOn])).state).toBe('payable');
    expect(await setVehicleBlock(context, 'AG 1 XX', 'theft')).toEqual({ ok: false, error: 'VEHICLE_UNKNOWN' });
  });

  it('comes for the areas of the outlet only, and names no plate and no person', async () => {
    const { context } = world.province;
    await setVehicleBlock(context, 'AG 2345 KD', 'creditor');
    const text = JSON.stringify(await device.pull('blocks', 'AG'));
    const { ownerName, nrkb } = await world.vehicle('AG 2345 KD');
    expect(text).not.toContain(nrkb);
    expect(text).not.toContain(ownerName);
    for (const scope of ['all', 'XX', device.deviceId, `${device.deviceId}:AG`]) {
      expect(await device.request('GET', `/v1/feeds/blocks/${scope}?after=0`), scope).toMatchObject({ status: 404 });
    }
  });

  it('agrees with the registry: the next pack carries the block too', async () => {
    const { context } = world.province;
    await setVehicleBlock(context, 'AG 2345 KD', 'hit-and-run');
    const other = await TestDevice.enrol(world.server, await world.code());
    const pages = await other.pull('registry', `${other.deviceId}:AG`);
    const records = [];
    for (const item of pages.flatMap(({ items }) => items)) {
      const opened = await other.openSealed(registryItemSchema.parse(item).jwe);
      records.push(...vehicleRecordSchema.array().parse(opened));
    }
    expect(records.find(({ nrkb }) => nrkb === 'AG 2345 KD')?.facts['blocked']).toBe('hit-and-run');
  });
});

describe('every feed', () => {
  it('waits while an older backup is at work that nobody has declared, in answer files too', async () => {
    const { context } = world.province;
    await context.db.insertInto('meta').values({ key: 'frozen-since', value: '1' }).execute();
    for (const path of ['keys/all', 'policy/all', `decisions/${device.deviceId}`, `registry/${device.deviceId}:AG`]) {
      const { status, json } = await device.request('GET', `/v1/feeds/${path}?after=0`);
      expect([status, json], path).toMatchObject([409, { error: { code: 'FEEDS_FROZEN' } }]);
    }
    const known = await findDevice(context.db, device.deviceId);
    if (known === undefined) throw new Error('the device was enrolled');
    const order = { device: known, manifest: { bundleId: uuidV7() }, custodyReceipts: [], withRegistry: true };
    const { parts, complete } = await openAnswer(device, await writeAnswer(context, order));
    expect(complete).toBe(true);
    expect(parts.map(({ part }) => part)).toEqual(['manifest', 'key-statements']);
    await declareRestore(context);
    await device.sayHello();
    expect((await device.pull('policy', 'all')).length).toBeGreaterThan(0);
  });
});
