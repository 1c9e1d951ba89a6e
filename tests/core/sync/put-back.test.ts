import { cpSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { enterAs, openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { incidentsOf } from '../../support/custody-rows.ts';
import { copiedCounter, enrolledCounter } from '../../support/enrolled-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { TestCounter } from '../../support/test-counter.ts';
import { openTestProvince, type TestProvince } from '../../support/test-province.ts';

const HOUR = 3_600_000;

const epochs = (counter: TestCounter) => counter.bodies('epoch.opened');
const deviceIdOf = (counter: TestCounter): string =>
  String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
const hellos = (counter: TestCounter): number =>
  counter.line.requests.filter((one) => one.includes('/v1/hello')).length;

async function ownProvince(): Promise<TestProvince> {
  const province = await openTestProvince();
  onTestFinished(() => province.close());
  return province;
}

const kinds = async (province: TestProvince, counter: TestCounter): Promise<readonly string[]> =>
  (await incidentsOf(province.province.context.db, deviceIdOf(counter))).map(({ kind }) => kind);

/** Time for a new hello. */
function later(province: TestProvince, counter: TestCounter): void {
  province.clock.now += HOUR + 100_000;
  counter.clock.pass(HOUR + 100_000);
}

/** The same computer as its disk was in another moment, marks and all; its clock and its line are today's. */
const putToWork = (image: string, counter: TestCounter): Promise<TestCounter> =>
  copiedCounter(image, { folder: temporaryFolder(), clock: counter.clock, line: counter.line });

/** A morning with a line: contact first, then somebody signs in and works a little, and everything is sent. */
async function worked(province: TestProvince, counter: TestCounter): Promise<TestCounter> {
  later(province, counter);
  await sync(counter);
  await enterAs(counter, 'petugas-1');
  await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
  await counter.get('sign-in.end', {});
  later(province, counter);
  expect(await sync(counter)).toMatchObject({ unsent: 0, quarantined: 0 });
  return counter;
}

describe('a computer that is put back again and again', () => {
  it('opens in one contact an epoch beyond all that the province holds, and is never taken for two', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await sync(counter);
    await counter.stop();
    const ahead = await worked(province, await putToWork(counter.folder, counter));
    await ahead.stop();
    const first = await worked(province, await putToWork(counter.folder, counter));
    await first.stop();
    const second = await worked(province, await putToWork(first.folder, counter));
    await second.stop();
    const third = await worked(province, await putToWork(first.folder, counter));
    const newest = epochs(third).length;
    await third.stop();
    const before = hellos(counter);
    const fourth = await putToWork(counter.folder, counter);
    later(province, fourth);
    await sync(fourth);
    expect(epochs(fourth).map(({ reason }) => reason)).toEqual(['enrolment', 'rotate', 'rotate']);
    expect(hellos(counter) - before).toBe(3);
    const ns = fourth.rows(`SELECT epoch_n FROM entry WHERE type = 'epoch.opened' ORDER BY seq`);
    expect(Number(ns.at(-1)?.['epoch_n'])).toBeGreaterThan(newest);
    await worked(province, fourth);
    later(province, fourth);
    await sync(fourth);
    expect(epochs(fourth)).toHaveLength(3);
    expect(new Set(await kinds(province, fourth))).toEqual(new Set(['DEVICE_ROLLBACK']));
    await enterAs(fourth, 'petugas-1');
    expect(await fourth.get('device.verify', {})).toMatchObject({ ok: true });
  });
});

describe('two computers of one image', () => {
  it('are told so at the third contact, though neither ever writes anything', async () => {
    const province = await ownProvince();
    const counter = await openForBusiness(await enrolledCounter(province));
    await sync(counter);
    await counter.stop();
    const image = temporaryFolder();
    cpSync(counter.folder, image, { recursive: true });
    const original = await worked(province, await putToWork(counter.folder, counter));
    const copy = await putToWork(image, counter);
    for (const one of [copy, original]) {
      later(province, one);
      await sync(one);
      expect(epochs(one)).toHaveLength(2);
    }
    expect(new Set(await kinds(province, counter))).toEqual(new Set(['DEVICE_ROLLBACK']));
    for (const one of [copy, original]) {
      later(province, one);
      await sync(one);
      expect(epochs(one)).toHaveLength(2);
      const stopped = (await one.get('counter.status', {})).sellingStopped;
      expect(stopped).toEqual([{ code: 'SELLING_STOPPED', details: { because: 'CLONE' } }]);
    }
    expect((await kinds(province, counter)).filter((kind) => kind === 'CLONE')).toHaveLength(1);
  });
});

describe('an older image with both of its marks, started without its flashdisk', () => {
  it('opens an epoch before its next sale once the flashdisk is in, and only one', async () => {
    const province = await ownProvince();
    const medium = join(temporaryFolder('medium'), 'stick');
    mkdirSync(medium);
    const counter = await enrolledCounter(province, { config: { firstMirrorDir: medium } });
    await openForBusiness(counter);
    await sync(counter);
    await counter.stop();
    const original = await putToWork(counter.folder, counter);
    original.line.set('down');
    await enterAs(original, 'petugas-1');
    await sellOffline(original, 'AG 2345 KD');
    await original.stop();
    renameSync(medium, `${medium}-away`);
    const back = await putToWork(counter.folder, counter);
    expect(epochs(back)).toHaveLength(1);
    await enterAs(back, 'petugas-1');
    renameSync(`${medium}-away`, medium);
    await sellOffline(back, 'AG 3456 EF');
    await sellOffline(back, 'AG 1111 HI');
    const sales = back.rows("SELECT epoch_n, seq FROM entry WHERE type = 'transaction.paid' ORDER BY seq");
    expect(sales.map((sale) => sale['epoch_n'])).toEqual([2, 2]);
    const [, opened, ...more] = epochs(back);
    expect([opened?.reason, more.length]).toEqual(['mark-mismatch', 0]);
    // His sign-in stands where another stood before: the province hears of both histories, and takes the sales of this one.
    back.line.set('pass');
    later(province, back);
    expect(await sync(back)).toMatchObject({ unsent: 0, quarantined: 0 });
    const { files } = await back.get('mirror.recover', { folder: medium });
    expect(files.map(({ outcome }) => outcome)).toEqual(files.map(() => 'stored'));
    expect(await kinds(province, counter)).toEqual(['DEVICE_ROLLBACK', 'FORK']);
  });
});
