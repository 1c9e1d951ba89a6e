import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vehicleRecordSchema, type VehicleRecord } from '../../src/contract/feeds.ts';
import { publishedRules } from '../../src/province/feeds/published-rules.ts';
import type { RulePackSet } from '../../src/domain/rule-pack.ts';
import { TestDevice } from '../support/test-device.ts';
import { openTestProvince, TEST_TODAY, type TestProvince } from '../support/test-province.ts';
import { makeSale } from '../support/test-sale.ts';

describe('the first push of a device', () => {
  let world: TestProvince;
  let rules: RulePackSet;
  beforeAll(async () => {
    world = await openTestProvince();
    rules = await publishedRules(world.province.context.db);
  });
  afterAll(() => world.close());

  const vehicle = async (nrkb: string): Promise<VehicleRecord> => {
    const row = await world.province.context.db
      .selectFrom('core_vehicle')
      .selectAll()
      .where('nrkb', '=', nrkb)
      .executeTakeFirstOrThrow();
    return vehicleRecordSchema.parse(row.published ?? row.record);
  };

  it('is taken into custody, booked and answered in the decision feed', async () => {
    const device = await TestDevice.enrol(world.server, await world.code());
    device.append({ type: 'officer.signed-in', body: { role: 'officer' } });
    const sale = makeSale(device, await vehicle('AG 2345 KD'), { paidOn: TEST_TODAY, rules });
    expect(await device.verdicts()).toEqual([{ verdict: 'ACCEPTED' }, { verdict: 'ACCEPTED' }]);
    expect(await world.book()).toBe(1);
    const [page] = await device.pull('decisions', device.deviceId);
    expect(page?.items).toMatchObject([{ transactionId: sale.transactionId, central: 'booked' }]);
  });
});
