import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import type { SignedText } from '../../src/contract/primitives.ts';
import { returnedPagesAnswerSchema } from '../../src/contract/carried.ts';
import { SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { bookNext } from '../../src/province/booking/booking-worker.ts';
import { revokeDevice, setSelling } from '../../src/province/enrolment/device-administration.ts';
import { publishRelease } from '../../src/province/feeds/releases.ts';
import { receiveCarried } from '../../src/province/ingest/carried.ts';
import { signedBy } from '../../src/province/keys/key-ring.ts';
import { declareRestore } from '../../src/province/restore/declare-restore.ts';
import { currentIncarnation } from '../../src/province/restore/incarnation.ts';
import { isFrozen } from '../../src/province/restore/server-rollback.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { copyOf as copiedDevice } from '../support/copied-device.ts';
import { custodyRows, epochOpened, forgetCustody, incidentsOf, openEpoch, SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
const incidents = (device: TestDevice) => incidentsOf(world.province.context.db, device.deviceId);

const copyOf = (device: TestDevice, entries: number): TestDevice => copiedDevice(world.server, device, entries);

async function deviceWith(entries: number): Promise<TestDevice> {
  const device = await enrolled();
  device.append(epochOpened('enrolment'));
  while (device.chain.length < entries) device.append(SIGNED_IN);
  await device.push();
  return device;
}

describe('a counter that came back from an older state', () => {
  it('is asked to rotate, told how far custody reaches, and reported once', async () => {
    const device = await deviceWith(6);
    const old = copyOf(device, 4);
    const ahead = { epoch: device.epoch, seq: 6, hash: device.head?.hash };
    for (let hellos = 0; hellos < 3; hellos += 1) {
      expect(await old.sayHello()).toMatchObject({ action: 'ROTATE', ahead, common: { seq: 4 } });
    }
    expect(await incidents(device)).toMatchObject([{ kind: 'DEVICE_ROLLBACK', facts: { seq: 4, aheadSeq: 6 } }]);
    openEpoch(old, 'rotate', { epoch: device.epoch, fromSeq: 5, toSeq: 6 });
    expect((await old.sayHello()).action).toBe('OK');
    expect(await old.verdicts(old.chain.slice(4))).toEqual([{ verdict: 'ACCEPTED' }]);
    expect((await old.sayHello()).action).toBe('OK');
    expect(await incidents(device)).toHaveLength(1);
  });

  it('is not seen in an answer that was lost on its way: the head is never behind what was pushed', async () => {
    const device = await deviceWith(3);
    device.append(SIGNED_IN);
    await device.push();
    // The counter never saw the receipt: it says the same head again, and has sold in the meantime.
    expect(await device.sayHello()).toMatchObject({ action: 'OK', ahead: null, common: { seq: 4 } });
    device.append(SIGNED_IN);
    expect(await device.sayHello()).toMatchObject({ action: 'OK', ahead: null, common: { seq: 4 } });
    expect(await incidents(device)).toEqual([]);
  });

  it('is seen in what somebody else carried for it, too', async () => {
    const device = await deviceWith(2);
    device.append(SIGNED_IN);
    device.append(SIGNED_IN);
    const request = { entries: device.chain.slice(3), subjectKeys: [], damaged: [] };
    await receiveCarried(world.province.context, { certificate: device.enrolment.certificate, request });
    expect((await device.sayHello()).action).toBe('OK');
    expect(await copyOf(device, 2).sayHello()).toMatchObject({ action: 'ROTATE', ahead: { seq: 4 } });
  });

  it('is asked to rotate beyond the newest epoch when it names one that it had left', async () => {
    const device = await deviceWith(3);
    const old = copyOf(device, 3);
    openEpoch(device, 'mark-mismatch');
    await device.push();
    const ahead = { epoch: device.epoch, seq: 4, hash: device.head?.hash };
    expect(await old.sayHello()).toMatchObject({ action: 'ROTATE', ahead });
    expect((await device.sayHello()).action).toBe('OK');
    expect(await incidents(device)).toMatchObject([{ kind: 'DEVICE_ROLLBACK' }]);
  });

  it('with an empty journal is told what custody holds of its epoch', async () => {
    const device = await deviceWith(3);
    expect(await copyOf(device, 0).sayHello()).toMatchObject({ action: 'ROTATE', ahead: { seq: 3 } });
  });
});

describe('a device that exists twice', () => {
  it('is a CLONE as soon as its head contradicts custody, in every later hello of either copy', async () => {
    const device = await deviceWith(4);
    const clone = copyOf(device, 3);
    clone.append({ type: 'officer.signed-out', body: { reason: 'asked' } });
    expect((await clone.sayHello()).action).toBe('CLONE');
    expect((await device.sayHello()).action).toBe('CLONE');
    expect((await clone.sayHello()).action).toBe('CLONE');
    expect(await incidents(device)).toMatchObject([{ kind: 'CLONE', facts: { seq: 4 } }]);
    // It stops no upload: the entry is kept as a fork.
    expect((await clone.verdicts(clone.chain.slice(3)))[0]).toEqual({ verdict: 'FORK' });
  });

  it('is a CLONE by a place in its locator, also where its head is beyond custody', async () => {
    const device = await deviceWith(4);
    const clone = copyOf(device, 3);
    clone.append({ type: 'officer.signed-out', body: { reason: 'asked' } });
    clone.append(SIGNED_IN);
    clone.append(SIGNED_IN);
    expect((await clone.sayHello()).action).toBe('CLONE');
  });

  it('is marked by a FORK, whoever brought it; both entries are kept and both are in suspense', async () => {
    const device = await deviceWith(3);
    const clone = copyOf(device, 2);
    const other = clone.append({ type: 'officer.signed-out', body: { reason: 'asked' } });
    expect(await clone.verdicts([other])).toEqual([{ verdict: 'FORK' }]);
    expect((await device.sayHello()).action).toBe('CLONE');
    const kept = await custodyRows(world.province.context.db, device.deviceId);
    expect([kept['entry']?.length, kept['suspended_entry']?.length, kept['suspense']?.length]).toEqual([3, 1, 1]);
    expect(await incidents(device)).toMatchObject([{ kind: 'FORK', facts: { seq: 3, came: other.hash } }]);
  });

  it('is reported when two copies opened an epoch of the same number', async () => {
    const device = await deviceWith(3);
    const clone = copyOf(device, 3);
    openEpoch(device, 'mark-mismatch');
    await device.push();
    clone.epoch = { n: 2, nonce: 'CCCCCCCCCCC' };
    clone.append(epochOpened('mark-mismatch'));
    expect(await clone.verdicts(clone.chain.slice(3))).toEqual([{ verdict: 'ACCEPTED' }]);
    expect(await incidents(device)).toMatchObject([{ kind: 'DEVICE_ROLLBACK' }]);
  });

  it('enrols again and is a device like every other', async () => {
    const device = await deviceWith(2);
    const clone = copyOf(device, 1);
    clone.append({ type: 'officer.signed-out', body: { reason: 'asked' } });
    await clone.sayHello();
    expect((await enrolled()).hello?.action).toBe('OK');
  });
});

describe('what a hello asks for', () => {
  it('puts what the chain proves before what people ordered, and orders before advice', async () => {
    const { context } = world.province;
    const device = await deviceWith(3);
    const old = copyOf(device, 2);
    await publishRelease(context, { appVersion: 'test-old', sellsUntil: null, upgradeTo: '0.2.0', notes: 'baru' });
    const action = async (one: TestDevice) => (await one.sayHello({ appVersion: 'test-old' })).action;
    expect(await action(device)).toBe('UPGRADE_SOON');
    expect((await device.sayHello()).action).toBe('OK');
    await setSelling(context, 'stop');
    expect(await action(device)).toBe('STOP_SELLING');
    await revokeDevice(context, device.deviceId);
    expect(await action(device)).toBe('REENROL');
    expect(await action(old)).toBe('ROTATE');
    await setSelling(context, 'resume');
  });

  it('says what a push may carry today and where the decisions of this device end', async () => {
    const narrow = await openTestProvince({ settings: { pushMaxEntries: 50 } });
    const device = await TestDevice.enrol(narrow.server, await narrow.code());
    expect(device.hello).toMatchObject({ limits: { pushMaxEntries: 50 }, decisionsHead: null, feedsFrozen: false });
    makeSale(device, await narrow.vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules: narrow.rules });
    await device.push();
    await narrow.book();
    expect((await device.sayHello()).decisionsHead?.version).toBe(1);
    await narrow.close();
  });

  const ranges = [
    [1, 1, 200],
    [1, 9, 200],
    [2, 9, 426],
  ] as const;
  it.each(ranges)('agrees on a version within %d to %d (%d)', async (min, max, status) => {
    const device = await enrolled();
    const text = await device.helloText({ protocol: { min, max }, somethingNew: { of: 'version 2' } });
    const answer = await TestDevice.post(world.server, '/v1/hello', text);
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.json).toMatchObject({ protocol: 1 });
    else expect(answer.json).toMatchObject({ error: { code: 'PROTOCOL_UNSUPPORTED' } });
  });
});

describe('a province that came back from an older backup', () => {
  let province: TestProvince;
  let device: TestDevice;
  let records: readonly VehicleRecord[];
  /** Pages and the last receipt that the counter holds. */
  const held: { pages: SignedText[]; receipt: SignedText | null; numbers: string[] } = {
    pages: [],
    receipt: null,
    numbers: [],
  };
  const db = () => province.province.context.db;
  const sell = (one: TestDevice, at: number) => {
    const record = records[at];
    if (record === undefined) throw new Error('no record');
    return makeSale(one, record, { paidOn: TEST_TODAY, rules: province.rules });
  };
  const pagesSchema = z.object({ pages: z.array(z.object({ text: z.string(), keyId: z.string(), sig: z.string() })) });
  const giveBack = async (pages: readonly SignedText[]) =>
    returnedPagesAnswerSchema.parse((await device.request('POST', '/v1/returned-pages', { pages })).json);
  const receipts = () =>
    db().selectFrom('final_receipt').selectAll().where('device_id', '=', device.deviceId).execute();

  /** Everything of the device and its bookings is gone, as after a restore from the night before; numbers begin again. */
  async function loseEverything(): Promise<void> {
    await sql
      .raw(
        `set local session_replication_role = replica;
         delete from decision; delete from final_receipt; delete from official_number; delete from receipt_link;
         delete from core_booking where reference like '%-%'; delete from core_settlement; delete from notification;
         delete from feed_page where feed = 'decisions'; delete from returned_page; delete from recovered_number;
         update core_vehicle now set record = past.record, change_no = past.change_no
           from vehicle_then past where past.vehicle_id = now.vehicle_id;
         select setval('final_receipt_number', 1, false); set local session_replication_role = origin;`,
      )
      .execute(db());
    await forgetCustody(db(), device.deviceId);
  }

  beforeEach(async () => {
    province = await openTestProvince();
    device = await TestDevice.enrol(province.server, await province.code());
    await sql`create table vehicle_then as select * from core_vehicle`.execute(db());
    records = await Promise.all(['AG 2345 KD', 'AG 1111 HI', 'AG 3456 EF'].map((nrkb) => province.vehicle(nrkb)));
    device.append(epochOpened('enrolment'));
    sell(device, 0);
    sell(device, 1);
    const answer = await device.push();
    if (answer.answer !== 'STORED') throw new Error('not stored');
    await province.book();
    held.receipt = answer.custodyReceipt;
    held.pages = pagesSchema.parse(
      (await device.request('GET', `/v1/feeds/decisions/${device.deviceId}?after=0`)).json,
    ).pages;
    held.numbers = (await receipts()).map(({ number, token }) => `${number} ${token}`).sort();
    expect(held.numbers).toHaveLength(2);
    return () => province.close();
  });

  it('freezes by the first receipt that it signed and does not know; uploads go on, bookings wait', async () => {
    await loseEverything();
    expect(await isFrozen(db())).toBe(false);
    for (let hellos = 0; hellos < 3; hellos += 1) {
      const hello = await device.sayHello({ lastCustodyReceipt: held.receipt });
      expect(hello).toMatchObject({ feedsFrozen: true, common: null });
    }
    expect(await incidentsOf(db(), device.deviceId)).toMatchObject([{ kind: 'SERVER_ROLLBACK' }]);
    expect(await device.verdicts()).toEqual([1, 2, 3].map(() => ({ verdict: 'ACCEPTED' })));
    province.clock.now += 3_600_000;
    expect(await province.book()).toBe(0);
    expect(await bookNext(province.province)).toBe('idle');
    expect(await receipts()).toEqual([]);
  });

  it('takes numbers back, declares a new incarnation, and books under the old numbers and links; new ones are beyond', async () => {
    await loseEverything();
    await device.sayHello({ lastCustodyReceipt: held.receipt });
    await device.push();
    expect(await giveBack(held.pages)).toEqual({ adopted: held.pages.length, known: 0, refused: 0 });
    expect(await giveBack(held.pages)).toEqual({ adopted: 0, known: held.pages.length, refused: 0 });
    const before = await currentIncarnation(db());
    const declared = await declareRestore(province.province.context);
    expect(declared.incarnation > before).toBe(true);
    expect((await device.request('GET', '/v1/feeds/keys/all?after=0')).json).toMatchObject({
      error: { code: 'BAD_TOKEN' },
    });
    const hello = await device.sayHello({ lastCustodyReceipt: held.receipt });
    expect(hello).toMatchObject({ feedsFrozen: false, incarnation: declared.incarnation });
    sell(device, 2);
    await device.push();
    await province.book();
    const numbers = (await receipts()).map(({ number, token }) => `${number} ${token}`).sort();
    expect(numbers).toHaveLength(3);
    expect(numbers.slice(0, 2)).toEqual(held.numbers);
    expect(Number(numbers[2]?.slice(11, 19))).toBeGreaterThan(1_000_000);
    expect((await verifyProvince(province.province.context)).problems).toEqual([]);
    const pages = await device.pull('decisions', device.deviceId);
    expect(new Set(pages.map(({ incarnation }) => incarnation))).toEqual(new Set([declared.incarnation]));
  });

  it('waits for the pages of a counter that comes back only after the declaration', async () => {
    await loseEverything();
    await declareRestore(province.province.context);
    // A receipt of the incarnation before tells nothing new: it neither freezes nor alarms.
    expect((await device.sayHello({ lastCustodyReceipt: held.receipt })).feedsFrozen).toBe(false);
    expect(await incidentsOf(db(), device.deviceId)).toEqual([]);
    await device.push();
    await province.book();
    expect(await receipts()).toEqual([]);
    await giveBack(held.pages);
    await province.book();
    expect((await receipts()).map(({ number, token }) => `${number} ${token}`).sort()).toEqual(held.numbers);
  });

  it('is not frozen again by a hello that was on its way while a person declared the restore', async () => {
    await loseEverything();
    // The hello has read which life of the province this is, and waits before it says what it found.
    const hello = await db()
      .transaction()
      .execute(async (tx) => {
        await sql`select 1 from device where device_id = ${device.deviceId} for update`.execute(tx);
        const answer = device.sayHello({ lastCustodyReceipt: held.receipt });
        await vi.waitFor(
          async () => {
            const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock'`.execute(db());
            expect(rows[0]?.n).toBe(1);
          },
          { timeout: 20_000, interval: 10 },
        );
        await declareRestore(province.province.context);
        return { answer };
      });
    await hello.answer;
    expect(await isFrozen(db())).toBe(false);
    expect(await incidentsOf(db(), device.deviceId)).toEqual([]);
    expect(await device.sayHello({ lastCustodyReceipt: held.receipt })).toMatchObject({ feedsFrozen: false });
  });

  it('restored a second time to before its declaration freezes again', async () => {
    const before = await currentIncarnation(db());
    await declareRestore(province.province.context);
    await device.sayHello();
    device.append(SIGNED_IN);
    const answer = await device.push();
    if (answer.answer !== 'STORED') throw new Error('not stored');
    await loseEverything();
    await db().updateTable('meta').set({ value: before }).where('key', '=', 'incarnation').execute();
    expect((await device.sayHello({ lastCustodyReceipt: answer.custodyReceipt })).feedsFrozen).toBe(true);
  });

  it('takes back only what it signed itself, of feed decisions, for this very device', async () => {
    const other = await TestDevice.enrol(province.server, await province.code());
    await loseEverything();
    const [page] = held.pages;
    if (page === undefined) throw new Error('no page');
    const { signing } = province.province.context.keys;
    const forged = { ...page, text: page.text.replace(/TBPKP-2026-0000000\d/, 'TBPKP-2026-00000099') };
    const rules = pagesSchema.parse((await device.request('GET', '/v1/feeds/rules/all?after=0')).json).pages;
    const receipt = signedBy(signing, SIGNATURE_CONTEXT.custodyReceipt, JSON.parse(page.text) as unknown);
    expect(await giveBack([forged, receipt, ...rules])).toEqual({ adopted: 0, known: 0, refused: 2 + rules.length });
    const stolen = await other.request('POST', '/v1/returned-pages', { pages: [page] });
    expect(stolen.json).toEqual({ adopted: 0, known: 0, refused: 1 });
    expect(await db().selectFrom('recovered_number').selectAll().execute()).toEqual([]);
  });

  it('reports a number that was issued twice and leaves both with their sales', async () => {
    await loseEverything();
    // Nobody noticed in time: another device's sale took the first number.
    const other = await TestDevice.enrol(province.server, await province.code());
    sell(other, 2);
    await other.push();
    await province.book();
    await device.sayHello({ lastCustodyReceipt: held.receipt });
    await device.push();
    await giveBack(held.pages);
    expect((await incidentsOf(db(), device.deviceId)).map(({ kind }) => kind).sort()).toEqual([
      'NUMBER_TWICE',
      'SERVER_ROLLBACK',
    ]);
    await declareRestore(province.province.context);
    await province.book();
    const all = await db().selectFrom('final_receipt').select('number').execute();
    expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
    expect(all).toHaveLength(3);
  });
});
