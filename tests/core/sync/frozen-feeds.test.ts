import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { helloAnswerSchema } from '../../../src/contract/sync-protocol.ts';
import { declareRestore } from '../../../src/province/restore/declare-restore.ts';
import { openForBusiness, sync, unlock } from '../../support/at-the-counter.ts';
import { enrolledCounter } from '../../support/enrolled-counter.ts';
import { carried, feedsOnStick } from '../../support/flashdisk.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { openTestProvince, type TestProvince } from '../../support/test-province.ts';

const HOUR = 3_600_000;

const deviceIdOf = (counter: TestCounter): string =>
  String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
const policyVersion = (counter: TestCounter): number =>
  Number(counter.rows(`SELECT version FROM feed_cursor WHERE feed = 'policy'`)[0]?.['version']);
const isFrozen = async (counter: TestCounter): Promise<boolean> =>
  JSON.stringify(await counter.get('counter.status', {})).includes('FEEDS_FROZEN');

type Frozen = {
  readonly province: TestProvince;
  readonly counter: TestCounter;
  /** A stick with feeds that were written after the counter's last page, before anybody declared anything. */
  readonly stick: string;
};

/** A counter that was told that an older backup is at work, and has no line since. */
async function frozenCounter(): Promise<Frozen> {
  const province = await openTestProvince();
  onTestFinished(() => province.close());
  const counter = await openForBusiness(await enrolledCounter(province));
  await sync(counter);
  await changePolicy(province, 'complaintPhone=(031) 555-0101');
  const stick = await feedsOnStick(province, deviceIdOf(counter), temporaryFolder());
  province.clock.now += HOUR;
  counter.clock.pass(HOUR);
  counter.line.next('/v1/hello', {
    bend: (answer) => ({
      ...answer,
      body: JSON.stringify({ ...helloAnswerSchema.parse(JSON.parse(answer.body)), feedsFrozen: true }),
    }),
  });
  await sync(counter);
  expect(await isFrozen(counter)).toBe(true);
  counter.line.set('down');
  return { province, counter, stick };
}

describe('feeds that stand still', () => {
  it('stand still for a stick as for a line: pages of the life in doubt are not taken, and the answer says why', async () => {
    const { counter, stick } = await frozenCounter();
    const before = policyVersion(counter);
    const taken = await counter.get('answer.import', { file: stick });
    expect(new Set(taken.problems.map(({ reason }) => reason))).toEqual(new Set(['PAGE_FROZEN']));
    expect([policyVersion(counter), await isFrozen(counter)]).toEqual([before, true]);
    // What was applied before is no news and no mistake.
    expect(taken.problems.length).toBeLessThan(10);
  });

  it('move again by a page of the life that was declared, and then the older ones before it are taken too', async () => {
    const { province, counter } = await frozenCounter();
    await declareRestore(province.province.context);
    await changePolicy(province, 'complaintPhone=(031) 555-0202');
    const before = policyVersion(counter);
    const stick = await feedsOnStick(province, deviceIdOf(counter), temporaryFolder());
    await counter.get('answer.import', { file: stick });
    expect(await isFrozen(counter)).toBe(false);
    const again = await counter.get('answer.import', { file: stick });
    expect(again.problems).toEqual([]);
    expect(policyVersion(counter)).toBe(before + 2);
  });

  it('move again by a custody receipt of the life that was declared, at once for the pages behind it', async () => {
    const { province, counter } = await frozenCounter();
    await declareRestore(province.province.context);
    await changePolicy(province, 'complaintPhone=(031) 555-0202');
    const before = policyVersion(counter);
    await unlock(counter);
    await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    const { file } = await counter.get('bundle.export', { to: temporaryFolder() });
    const { answer } = await carried(province, file);
    expect((await counter.get('answer.import', { file: answer })).problems).toEqual([]);
    expect([policyVersion(counter), await isFrozen(counter)]).toEqual([before + 2, false]);
  });

  it('are not moved by a life that this counter has met and that was lost', async () => {
    const { province, counter } = await frozenCounter();
    counter.line.set('pass');
    await declareRestore(province.province.context);
    await changePolicy(province, 'complaintPhone=(031) 555-0303');
    province.clock.now += HOUR;
    counter.clock.pass(HOUR);
    await sync(counter);
    await changePolicy(province, 'complaintPhone=(031) 555-0404');
    const lost = await feedsOnStick(province, deviceIdOf(counter), temporaryFolder());
    const kept = join(temporaryFolder(), 'kept.opop');
    cpSync(lost, kept);
    // Restored again, to before that declaration: the hello names the life before it.
    province.clock.now += HOUR;
    counter.clock.pass(HOUR);
    counter.line.next('/v1/hello', {
      bend: (answer) => ({
        ...answer,
        body: JSON.stringify({
          ...helloAnswerSchema.parse(JSON.parse(answer.body)),
          incarnation: '00000000-0000-7000-8000-000000000000',
          feedsFrozen: true,
        }),
      }),
    });
    await sync(counter);
    const before = policyVersion(counter);
    const taken = await counter.get('answer.import', { file: kept });
    expect(taken.problems.map(({ reason }) => reason)).toContain('PAGE_FROZEN');
    expect([policyVersion(counter), await isFrozen(counter)]).toEqual([before, true]);
  });
});
