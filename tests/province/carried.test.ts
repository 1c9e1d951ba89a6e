import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VehicleRecord } from '../../src/contract/feeds.ts';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import { type CustodyReceipt, custodyReceiptSchema, SIGNATURE_CONTEXT } from '../../src/contract/sync-protocol.ts';
import { revokeDevice } from '../../src/province/enrolment/device-administration.ts';
import { receiveCarried } from '../../src/province/ingest/carried.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { custodyRows, epochOpened, forgetCustody, incidentsOf, openEpoch, SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
  for (const nrkb of ['AG 2345 KD', 'AG 1111 HI', 'AG 3456 EF']) counterCopy.set(nrkb, await world.vehicle(nrkb));
});
afterAll(() => world.close());

/** As the counter had them before anything was booked here. */
const counterCopy = new Map<string, VehicleRecord>();

const enrolled = async (): Promise<TestDevice> => TestDevice.enrol(world.server, await world.code());
function sell(device: TestDevice, nrkb: string) {
  const record = counterCopy.get(nrkb);
  if (record === undefined) throw new Error(`no copy of ${nrkb}`);
  return makeSale(device, record, { paidOn: TEST_TODAY, rules: world.rules });
}

async function carry(device: TestDevice, entries: readonly SignedEntry[]): Promise<CustodyReceipt> {
  const request = { entries: [...entries], subjectKeys: await device.subjectKeys(), damaged: [] };
  const carried = await receiveCarried(world.province.context, {
    certificate: device.enrolment.certificate,
    request,
  });
  if (!carried.ok) throw new Error(carried.error);
  return device.open(custodyReceiptSchema, SIGNATURE_CONTEXT.custodyReceipt, carried.value.custodyReceipt);
}
const verdictsOf = ({ verdicts }: CustodyReceipt) => verdicts.map(({ verdict }) => verdict.verdict);
const rows = (device: TestDevice) => custodyRows(world.province.context.db, device.deviceId);

function* permutations<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}

/** Two epochs, three sales, an erased person, and two lost entries that only the last batch declares. */
function fiveBatches(device: TestDevice): readonly (readonly SignedEntry[])[] {
  device.append(epochOpened('enrolment'));
  const first = sell(device, 'AG 2345 KD');
  device.append(SIGNED_IN);
  device.append(SIGNED_IN);
  sell(device, 'AG 1111 HI');
  device.append({ type: 'from.the-future', body: { x: 1 } });
  device.append(SIGNED_IN);
  device.append(SIGNED_IN);
  device.append(SIGNED_IN);
  sell(device, 'AG 3456 EF');
  device.append({ type: 'subject-key.erased', body: { subject: first.subject, reason: 'permintaan' } });
  openEpoch(device, 'salvage', { epoch: device.epoch, fromSeq: 7, toSeq: 8 });
  device.append(SIGNED_IN);
  const { chain } = device;
  return [chain.slice(0, 3), chain.slice(3, 6), chain.slice(8, 10), chain.slice(10, 11), chain.slice(11)];
}

describe('carried frames', () => {
  it('wait for the entries before them, settle nothing meanwhile, and are applied when those come by line', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    const { transactionId } = sell(device, 'AG 2345 KD');
    const [first, sale] = device.chain;
    if (first === undefined || sale === undefined) throw new Error('no chain');
    const waiting = await carry(device, [sale]);
    expect(waiting).toMatchObject({ ackSeq: 0, head: null });
    expect(verdictsOf(waiting)).toEqual(['PENDING']);
    expect(verdictsOf(await carry(device, [sale]))).toEqual(['PENDING']);
    expect((await rows(device))['sale']).toEqual([]);
    const cameAt = world.clock.now;
    world.clock.now += 60_000;
    const pushed = device.receiptOf(await device.push([first]));
    expect(pushed.verdicts.map(({ verdict }) => verdict)).toEqual([{ verdict: 'ACCEPTED' }]);
    expect(pushed).toMatchObject({ ackSeq: 2, head: sale.hash });
    expect(await device.verdicts([sale])).toEqual([{ verdict: 'DUPLICATE', original: 'ACCEPTED' }]);
    const after = await rows(device);
    expect(after['sale']).toHaveLength(1);
    // It was in custody from the day on which it came, whenever it found its place.
    expect(JSON.parse(after['sale']?.[0] ?? '{}')).toMatchObject({ received_at: cameAt });
    expect(after['pending_entry']).toEqual([]);
    await world.book();
    const decided = (await device.pull('decisions', device.deviceId)).flatMap(({ items }) => items);
    expect(decided).toMatchObject([{ transactionId, central: 'booked' }]);
  });

  it('give the same end state in all 120 orders of five batches, gap and second epoch included', {
    timeout: 120_000,
  }, async () => {
    const device = await enrolled();
    const { db } = world.province.context;
    const batches = fiveBatches(device);
    for (const batch of batches) await carry(device, batch);
    const inOrder = await rows(device);
    expect(inOrder['entry']).toHaveLength(device.chain.length - 2);
    expect(inOrder['sale']).toHaveLength(3);
    expect(inOrder['pending_entry']).toEqual([]);
    let orders = 0;
    for (const order of permutations(batches)) {
      await forgetCustody(db, device.deviceId);
      for (const batch of order) await carry(device, batch);
      expect(
        await rows(device),
        `order of first hashes ${order.map(([entry]) => entry?.hash.slice(0, 4)).join(' ')}`,
      ).toEqual(inOrder);
      orders += 1;
    }
    expect(orders).toBe(120);
    expect((await verifyProvince(world.province.context)).problems).toEqual([]);
  });

  it('give the same end state repeated, cut anywhere and mixed with pushes over a line', {
    timeout: 120_000,
  }, async () => {
    const device = await enrolled();
    const { db } = world.province.context;
    const sent = fiveBatches(device).flat();
    await carry(device, sent);
    const whole = await rows(device);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(sent.length - 1), fc.integer({ min: 1, max: 6 }), fc.boolean()), { maxLength: 8 }),
        async (pieces) => {
          await forgetCustody(db, device.deviceId);
          for (const [from, length, live] of pieces) {
            const piece = sent.slice(from, from + length);
            // A line answers GAP where a carrier may leave things; either way nothing is applied out of order.
            if (live) await device.push(piece, { keys: false });
            else await carry(device, piece);
          }
          await carry(device, sent);
          expect(await rows(device)).toEqual(whole);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('in one frame turned round are applied in chain order', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    sell(device, 'AG 2345 KD');
    device.append(SIGNED_IN);
    expect(verdictsOf(await carry(device, device.chain.toReversed()))).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    expect((await rows(device))['entry']).toHaveLength(3);
  });

  it('are taken into custody of a device that was revoked and whose certificate has ended', async () => {
    const device = await enrolled();
    await revokeDevice(world.province.context, device.deviceId);
    const before = world.clock.now;
    world.clock.now = device.enrolment.certificate.certificate.notAfter + 1;
    sell(device, 'AG 2345 KD');
    expect(verdictsOf(await carry(device, device.chain))).toEqual(['ACCEPTED']);
    world.clock.now = before;
  });

  it('register a device that this database does not remember, because the root signed its certificate', async () => {
    const other = await openTestProvince();
    const device = await TestDevice.enrol(other.server, await other.code());
    device.append(SIGNED_IN);
    await other.close();
    expect(verdictsOf(await carry(device, device.chain))).toEqual(['ACCEPTED']);
    expect(await incidentsOf(world.province.context.db, device.deviceId)).toMatchObject([
      { kind: 'DEVICE_BY_CERTIFICATE' },
    ]);
    expect(verdictsOf(await carry(device, device.chain))).toEqual(['DUPLICATE']);
  });

  it('are refused under a certificate that the root did not sign, or when they are another device’s', async () => {
    const [device, other] = [await enrolled(), await enrolled()];
    const { context } = world.province;
    device.append(SIGNED_IN);
    other.append(SIGNED_IN);
    const { certificate } = device.enrolment;
    const forged = {
      ...certificate,
      certificate: { ...certificate.certificate, notAfter: certificate.certificate.notAfter + 1 },
    };
    const request = { entries: [...device.chain], subjectKeys: [], damaged: [] };
    expect(await receiveCarried(context, { certificate: forged, request })).toEqual({
      ok: false,
      error: 'BAD_CERTIFICATE',
    });
    const mixed = { ...request, entries: [...device.chain, ...other.chain] };
    expect(await receiveCarried(context, { certificate, request: mixed })).toEqual({
      ok: false,
      error: 'FOREIGN_ENTRY',
    });
    expect((await rows(device))['entry']).toEqual([]);
    expect((await rows(other))['entry']).toEqual([]);
  });

  it('with a forged copy of a waiting entry do not take its place', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    const [first, second] = [device.chain[0], device.append(SIGNED_IN)];
    if (first === undefined) throw new Error('no chain');
    await carry(device, [second]);
    const forged = { ...second, sig: first.sig };
    expect(verdictsOf(await carry(device, [forged]))).toEqual(['QUARANTINED']);
    expect(await device.verdicts([first])).toEqual([{ verdict: 'ACCEPTED' }]);
    expect((await rows(device))['entry']).toHaveLength(2);
  });

  it('open no place with damaged rows of which only the carrier speaks', async () => {
    const device = await enrolled();
    device.append(SIGNED_IN);
    device.append(SIGNED_IN);
    const [, second] = device.chain;
    if (second === undefined) throw new Error('no chain');
    const request = { entries: [second], subjectKeys: [], damaged: [{ epoch: device.epoch, seq: 1, raw: 'AAAA' }] };
    const carried = await receiveCarried(world.province.context, {
      certificate: device.enrolment.certificate,
      request,
    });
    expect(carried).toMatchObject({ ok: true, value: { counts: { entries: 2, pending: 1, quarantined: 1 } } });
    expect((await rows(device))['entry']).toEqual([]);
  });
});
