import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveCarried } from '../../src/province/ingest/carried.ts';
import { copyOf } from '../support/copied-device.ts';
import { epochOpened, incidentsOf, SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

const incidents = (device: TestDevice) => incidentsOf(world.province.context.db, device.deviceId);
const kinds = async (device: TestDevice) => (await incidents(device)).map(({ kind }) => kind);

const newNonce = (): string => randomBytes(8).toString('base64url');

async function deviceWith(entries: number): Promise<TestDevice> {
  const device = await TestDevice.enrol(world.server, await world.code());
  device.append(epochOpened('enrolment'));
  while (device.chain.length < entries) device.append(SIGNED_IN);
  await device.push();
  return device;
}

/** Obeys ROTATE as a counter does: epochs beyond each place that it is told, which declare everything up to there; then it sends. */
async function rotate(device: TestDevice): Promise<void> {
  const before = device.chain.length;
  for (let contact = await device.sayHello(); contact.action !== 'OK'; contact = await device.sayHello()) {
    expect(contact.action).toBe('ROTATE');
    const { ahead } = contact;
    if (ahead === null) throw new Error('a rotation names a place');
    device.epoch = { n: Math.max(device.epoch.n, ahead.epoch.n) + 1, nonce: newNonce() };
    const gap = { epoch: ahead.epoch, fromSeq: Math.min(device.chain.length + 1, ahead.seq), toSeq: ahead.seq };
    device.append(epochOpened('rotate', gap));
  }
  expect(device.chain.length).toBeGreaterThan(before);
  await device.push(device.chain.slice(before));
  world.clock.now += 1;
}

/** Two computers that were started from one image, each in an epoch of its own. */
async function twins(): Promise<readonly [TestDevice, TestDevice]> {
  const device = await deviceWith(6);
  const [one, two] = [copyOf(world.server, device, 4), copyOf(world.server, device, 4)];
  // Both are greeted before either sends what it opened.
  await one.sayHello();
  await rotate(two);
  one.epoch = { n: 2, nonce: newNonce() };
  one.append(epochOpened('rotate', { epoch: device.epoch, fromSeq: 5, toSeq: 6 }));
  await one.push(one.chain.slice(4));
  world.clock.now += 1;
  return [one, two];
}

describe('two computers as one device, each in an epoch of its own', () => {
  it('are a CLONE as soon as the one that was overtaken has written on, in every later hello of both', async () => {
    const [one, two] = await twins();
    expect(await kinds(one)).toEqual(['DEVICE_ROLLBACK', 'DEVICE_ROLLBACK']);
    expect((await one.sayHello()).action).toBe('OK');
    two.append(SIGNED_IN);
    expect((await two.sayHello()).action).toBe('CLONE');
    expect((await one.sayHello()).action).toBe('CLONE');
    expect((await two.sayHello()).action).toBe('CLONE');
    const told = (await incidents(one)).filter(({ kind }) => kind === 'CLONE');
    expect(told).toMatchObject([{ facts: { n: 2, nonce: two.epoch.nonce, otherN: 2, otherNonce: one.epoch.nonce } }]);
    // It stops no upload.
    expect(await two.verdicts(two.chain.slice(5))).toEqual([{ verdict: 'ACCEPTED' }]);
  });

  it('are a CLONE also where what was written on came before the hello', async () => {
    const [, two] = await twins();
    two.append(SIGNED_IN);
    await two.push(two.chain.slice(5));
    expect((await two.sayHello()).action).toBe('CLONE');
  });

  it('are a CLONE though neither writes anything: an epoch that we asked for comes back after another one', async () => {
    const device = await deviceWith(6);
    const clone = copyOf(world.server, device, 5);
    await rotate(clone);
    await rotate(device);
    expect(await kinds(device)).toEqual(['DEVICE_ROLLBACK', 'DEVICE_ROLLBACK']);
    const [was, is] = [clone.epoch, device.epoch];
    expect((await clone.sayHello()).action).toBe('CLONE');
    expect((await device.sayHello()).action).toBe('CLONE');
    const told = (await incidents(device)).filter(({ kind }) => kind === 'CLONE');
    const facts = { n: was.n, nonce: was.nonce, seq: 6, otherN: is.n, otherNonce: is.nonce, otherFrom: 7 };
    expect(told).toMatchObject([{ facts }]);
  });

  it('are not called so by an epoch of whose past custody does not hold everything', async () => {
    const device = await deviceWith(6);
    const clone = copyOf(world.server, device, 5);
    await rotate(clone);
    await rotate(device);
    await world.province.context.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      const opening = tx.updateTable('entry').set({ prev: 'unknown' }).where('device_id', '=', device.deviceId);
      await opening.where('hash', '=', device.head?.hash ?? '').execute();
    });
    expect((await clone.sayHello()).action).toBe('ROTATE');
  });
});

describe('one computer that may have opened two epochs beside each other', () => {
  const beside = [
    { own: ['mark-mismatch', 2], other: ['rotate', 3], why: 'its own was opened for its mark' },
    { own: ['rotate', 2], other: ['mark-mismatch', 3], why: 'the other was opened for its mark' },
    { own: ['rotate', 2], other: ['rotate', 2], why: 'both have one number' },
  ] as const;
  it.each(beside)('is asked to rotate, and is not taken for two: $why', async ({ own, other }) => {
    const device = await deviceWith(6);
    const [mine, theirs] = [copyOf(world.server, device, 4), copyOf(world.server, device, 4)];
    const opened = [
      [mine, own],
      [theirs, other],
    ] as const;
    for (const [copy, [reason, n]] of opened) {
      await copy.sayHello();
      copy.epoch = { n, nonce: newNonce() };
      copy.append(epochOpened(reason, { epoch: device.epoch, fromSeq: 5, toSeq: 6 }));
      await copy.push(copy.chain.slice(4));
      world.clock.now += 1;
    }
    expect((await mine.sayHello()).action).toBe('ROTATE');
    expect(await kinds(device)).not.toContain('CLONE');
  });
});

describe('one computer that was put back again and again', () => {
  it('to an image of an epoch that we asked for is asked each time, also when a third one stands on the second', async () => {
    const device = await deviceWith(6);
    const first = copyOf(world.server, device, 4);
    await rotate(first);
    const image = first.chain.length;
    first.append(SIGNED_IN);
    await first.push(first.chain.slice(image));
    const second = copyOf(world.server, first, image);
    await rotate(second);
    const third = copyOf(world.server, second, second.chain.length);
    second.append(SIGNED_IN);
    await second.push(second.chain.slice(image + 1));
    await rotate(third);
    await rotate(copyOf(world.server, first, image));
    expect(new Set(await kinds(device))).toEqual(new Set(['DEVICE_ROLLBACK']));
  });

  it('is asked to rotate each time, and is never taken for two', async () => {
    const device = await deviceWith(6);
    const first = copyOf(world.server, device, 4);
    await rotate(first);
    first.append(SIGNED_IN);
    first.append(SIGNED_IN);
    await first.push(first.chain.slice(5));
    const second = copyOf(world.server, device, 4);
    await rotate(second);
    second.append(SIGNED_IN);
    expect((await second.sayHello()).action).toBe('OK');
    await second.push(second.chain.slice(5));
    const third = copyOf(world.server, device, 6);
    await rotate(third);
    third.append(SIGNED_IN);
    expect((await third.sayHello()).action).toBe('OK');
    expect(new Set(await kinds(device))).toEqual(new Set(['DEVICE_ROLLBACK']));
    expect((await kinds(device)).length).toBeGreaterThanOrEqual(3);
  });
});

describe('one computer whose lost past comes after it', () => {
  it('is asked to rotate beyond an epoch that a stick brought, and is not taken for two', async () => {
    const device = await deviceWith(4);
    const past = copyOf(world.server, device, 4);
    past.epoch = { n: 2, nonce: newNonce() };
    past.append(epochOpened('mark-mismatch'));
    const request = { entries: past.chain.slice(4), subjectKeys: [], damaged: [] };
    await receiveCarried(world.province.context, { certificate: device.enrolment.certificate, request });
    world.clock.now += 1;
    device.append(SIGNED_IN);
    await rotate(device);
    expect(await kinds(device)).toEqual(['DEVICE_ROLLBACK']);
  });
});

describe('a device on a branch beside the chain', () => {
  async function forked(): Promise<TestDevice> {
    const device = await deviceWith(6);
    const beside = copyOf(world.server, device, 4);
    for (const reason of ['asked', 'locked', 'asked']) beside.append({ type: 'officer.signed-out', body: { reason } });
    expect((await beside.verdicts(beside.chain.slice(4)))[0]).toEqual({ verdict: 'FORK' });
    expect(await kinds(device)).toEqual(['FORK']);
    return beside;
  }

  async function opens(device: TestDevice, reason: 'mark-mismatch' | 'damaged', gap: [number, number] | null) {
    const seq = device.chain.length;
    const declared = gap === null ? null : { epoch: device.epoch, fromSeq: gap[0], toSeq: gap[1] };
    device.epoch = { n: 2, nonce: newNonce() };
    device.append(epochOpened(reason, declared));
    expect(await device.verdicts(device.chain.slice(seq))).toEqual([{ verdict: 'FORK' }]);
  }

  it('that says it came back from an older state is believed, though its word opens nothing', async () => {
    const device = await forked();
    await opens(device, 'mark-mismatch', [8, 9]);
    expect(await incidents(device)).toMatchObject([
      { kind: 'FORK' },
      { kind: 'DEVICE_ROLLBACK', facts: { fromSeq: 8 } },
    ]);
  });

  it('that says something else, or what cannot be, is not', async () => {
    const rotten = await forked();
    await opens(rotten, 'damaged', [8, 9]);
    expect(await kinds(rotten)).toEqual(['FORK']);
    const backwards = await forked();
    await opens(backwards, 'mark-mismatch', [9, 8]);
    expect(await kinds(backwards)).toEqual(['FORK']);
  });
});
