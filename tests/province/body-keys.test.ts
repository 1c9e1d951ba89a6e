import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import type { PushRequest } from '../../src/contract/sync-protocol.ts';
import { receiveCarried } from '../../src/province/ingest/carried.ts';
import { SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale, type SaleOptions } from '../support/test-sale.ts';

let world: TestProvince;
let device: TestDevice;
beforeEach(async () => {
  world = await openTestProvince();
  device = await TestDevice.enrol(world.server, await world.code());
  device.append(SIGNED_IN);
});
afterEach(() => world.close());

type Keys = PushRequest['subjectKeys'];

const sell = async (nrkb: string, over: Partial<SaleOptions> = {}) =>
  makeSale(device, await world.vehicle(nrkb), { paidOn: TEST_TODAY, rules: world.rules, ...over });

/** 32 bytes of anybody, sealed as a body key is. */
async function planted(subject: string): Promise<Keys> {
  const real = device.bodyKeys.get(subject);
  device.bodyKeys.set(subject, Buffer.alloc(32, 7));
  const keys = (await device.subjectKeys()).filter((one) => one.subject === subject);
  if (real !== undefined) device.bodyKeys.set(subject, real);
  return keys;
}

/** What a carrier brings of the device; a damaged row, which everybody can write, makes it a request. */
async function carry(subjectKeys: Keys, entries: readonly SignedEntry[] = device.chain): Promise<void> {
  const damaged = [{ epoch: device.epoch, seq: 99, raw: 'AAAA' }];
  const request = { entries: [...entries], subjectKeys: [...subjectKeys], damaged };
  const { certificate } = device.enrolment;
  expect(await receiveCarried(world.province.context, { certificate, request })).toMatchObject({ ok: true });
}

const keysOf = (subject: string) =>
  world.province.context.db.selectFrom('subject_key').selectAll().where('subject', '=', subject).execute();

async function bookedNow(): Promise<readonly unknown[]> {
  await world.book();
  return (await device.pull('decisions', device.deviceId)).flatMap(({ items }) => items);
}

describe('the body key of a sale', () => {
  it('that a carrier planted does not keep out that of the counter, in whichever order they come', async () => {
    const first = await sell('AG 2345 KD');
    await carry(await planted(first.subject));
    expect(await bookedNow()).toEqual([]);
    await device.push();
    expect(await bookedNow()).toMatchObject([{ transactionId: first.transactionId, central: 'booked' }]);
    const second = await sell('AG 1111 HI');
    await device.push(device.chain.slice(-1));
    await carry(await planted(second.subject));
    expect(await bookedNow()).toMatchObject([{}, { transactionId: second.transactionId, central: 'booked' }]);
  });

  it('that a carrier planted does not keep out that of a counter that only ever sends by flashdisk', async () => {
    const { transactionId, subject } = await sell('AG 2345 KD');
    const [foreign, real] = [await planted(subject), await device.subjectKeys()];
    for (const keys of [foreign, foreign, real, real]) await carry(keys);
    expect(await keysOf(subject)).toHaveLength(2);
    expect(await bookedNow()).toMatchObject([{ transactionId, central: 'booked' }]);
  });

  it('is not taken from a carrier who brings no entry of its device that names it', async () => {
    const { transactionId, subject } = await sell('AG 2345 KD');
    const [signedIn, sale] = device.chain;
    if (signedIn === undefined || sale === undefined) throw new Error('no chain');
    const foreign = await planted(subject);
    for (const entries of [[], [signedIn], [{ ...sale, sig: signedIn.sig }]]) await carry(foreign, entries);
    expect(await keysOf(subject)).toEqual([]);
    await device.push();
    expect(await bookedNow()).toMatchObject([{ transactionId, central: 'booked' }]);
  });

  it('decides nothing by what a carrier brought, and everything by what the counter itself sent', async () => {
    const { transactionId, subject } = await sell('AG 2345 KD');
    const [foreign] = await planted(subject);
    const header = Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'nobody' })).toString('base64url');
    const away = { subject, jwe: (foreign?.jwe ?? '').replace(/^[^.]+/u, header) };
    await carry([...(await planted(subject)), away]);
    expect(await bookedNow()).toEqual([]);
    const { db } = world.province.context;
    expect(await db.selectFrom('booking_work').select('last_problem').execute()).toEqual([
      { last_problem: 'KEY_MISSING' },
    ]);
    device.bodyKeys.set(subject, Buffer.alloc(32, 8));
    await device.push();
    expect(await bookedNow()).toMatchObject([{ transactionId, central: 'on-hold' }]);
  });

  it('that is the right one, whoever brought it, shows a person what nobody can read', async () => {
    const bend = (body: Record<string, unknown>) => ({ ...body, sealed: device.sealPersonal({ strange: true }) });
    const { transactionId } = await sell('AG 2345 KD', { bend });
    await carry(await device.subjectKeys());
    expect(await bookedNow()).toMatchObject([{ transactionId, central: 'on-hold' }]);
  });

  it('goes with the person, however many were brought', async () => {
    const { subject } = await sell('AG 2345 KD');
    await carry(await planted(subject));
    await device.push();
    expect(await keysOf(subject)).toHaveLength(2);
    expect(await bookedNow()).toMatchObject([{ central: 'booked' }]);
    device.append({ type: 'subject-key.erased', body: { subject, reason: 'permintaan' } });
    await device.push(device.chain.slice(-1), { keys: false });
    expect(await keysOf(subject)).toEqual([]);
    await carry(await planted(subject));
    expect(await keysOf(subject)).toEqual([]);
  });
});
