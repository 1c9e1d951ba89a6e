import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SignedEntry } from '../../src/contract/journal-entry.ts';
import { receiveCarried } from '../../src/province/ingest/carried.ts';
import { SIGNED_IN } from '../support/custody-rows.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale, voidOf } from '../support/test-sale.ts';

let world: TestProvince;
beforeAll(async () => {
  world = await openTestProvince();
});
afterAll(() => world.close());

/** A chain of three: a sign-in, a sale, and its void. */
async function voidedSale(nrkb: string) {
  const device = await TestDevice.enrol(world.server, await world.code());
  device.append(SIGNED_IN);
  const sale = makeSale(device, await world.vehicle(nrkb), { paidOn: TEST_TODAY, rules: world.rules });
  device.append(voidOf(sale));
  const [first, paid, taken] = device.chain;
  if (first === undefined || paid === undefined || taken === undefined) throw new Error('no chain');
  return { device, transactionId: sale.transactionId, first, paid, taken };
}

async function carry(device: TestDevice, entry: SignedEntry, voidsFollow: readonly string[] = []): Promise<void> {
  const request = {
    entries: [entry],
    subjectKeys: await device.subjectKeys(),
    damaged: [],
    voidsFollow: [...voidsFollow],
  };
  const { certificate } = device.enrolment;
  const carried = await receiveCarried(world.province.context, { certificate, request });
  if (!carried.ok) throw new Error(carried.error);
}

const decisionsOn = async (transactionId: string) =>
  await world.province.context.db
    .selectFrom('decision')
    .selectAll()
    .where('transaction_id', '=', transactionId)
    .execute();
const tooLate = async (device: TestDevice) =>
  await world.province.context.db
    .selectFrom('incident')
    .select('kind')
    .where('device_id', '=', device.deviceId)
    .where('kind', '=', 'VOIDED_AFTER_BOOKING')
    .execute();

it('a sale that waited with its announcement is not booked by the file that closes the gap', async () => {
  const { device, transactionId, first, paid, taken } = await voidedSale('AG 2345 KD');
  await carry(device, paid, [transactionId]);
  await carry(device, first);
  await world.book();
  expect(await decisionsOn(transactionId)).toEqual([]);
  await carry(device, taken);
  await world.book();
  expect(await decisionsOn(transactionId)).toEqual([]);
  expect(await tooLate(device)).toEqual([]);
});

it('an announcement that comes with a later copy of the waiting sale counts as well, one for another sale does not', async () => {
  const { device, transactionId, first, paid } = await voidedSale('AG 1111 HI');
  const { device: other, transactionId: unannounced, first: before, paid: sold } = await voidedSale('AG 3456 EF');
  await carry(device, paid);
  await carry(device, paid, [transactionId]);
  await carry(other, sold, [transactionId]);
  await carry(device, first);
  await carry(other, before);
  await world.book();
  expect(await decisionsOn(transactionId)).toEqual([]);
  expect(await decisionsOn(unannounced)).toHaveLength(1);
});
