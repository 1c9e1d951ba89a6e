import type { DayList, RegionQuestion } from '../../src/contract/views-region.ts';
import type { Api } from '../../src/contract/api.ts';
import type { OutputOf } from '../../src/contract/procedure.ts';
import type { LocalDate } from '../../src/domain/local-date.ts';
import { putOutletUnder } from '../../src/province/approvals/supervisors.ts';
import { openForBusiness, pinOf, sellOnline, sync } from './at-the-counter.ts';
import { balance, closeExactly, currentId, notes } from './drawer.ts';
import { enrolledCounter } from './enrolled-counter.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TestCounter } from './test-counter.ts';
import { TEST_TODAY, type TestProvince } from './test-province.ts';

type Days = OutputOf<Api['region.days']>['rows'];

export const OUTLET = '3506-017';
/** The supervisor of the outlet. */
export const HIS = 'pengawas';
/** A supervisor of another outlet, under whom this one is put by name. */
export const OTHER = 'pengawas-3518-004';

export const ofDay = (businessOn: LocalDate = TEST_TODAY) => ({ outletId: OUTLET, businessOn });
/** The days of today: those that wait for a close are listed from tomorrow on. */
const TODAY: DayList = { on: TEST_TODAY, waiting: 'all' };
const part = { offset: 0, limit: 100 } as const;

/** A counter's day with one sale, closed and sent; `short` whole rupiah fewer than the ledger says are counted. */
export async function closedDay(province: TestProvince, nrkb: string, short = 0): Promise<TestCounter> {
  const counter = await openForBusiness(await enrolledCounter(province));
  await sellOnline(counter, nrkb);
  if (short === 0) await closeExactly(counter);
  else {
    const cashSessionId = await currentId(counter);
    const counts = notes(balance(counter, 'cash-drawer') - short);
    await counter.get('cash-session.count', { cashSessionId, counts, sure: true });
    await counter.get('cash-session.close', { cashSessionId });
  }
  await sync(counter);
  return counter;
}

/** Puts the outlet under the other supervisor as well. */
export async function underBoth(province: TestProvince): Promise<void> {
  const put = await putOutletUnder(province.province.context, OTHER, OUTLET);
  if (!put.ok) throw new Error(put.error);
}

export const load = (device: TestCounter, question: RegionQuestion) =>
  device.get('region.load', { question, more: false });

/** The region and its days of today, fresh from the province. */
export async function seen(device: TestCounter, list: DayList = TODAY): Promise<Days> {
  await load(device, { of: 'outlets' });
  await load(device, { of: 'days', ...list });
  return (await device.get('region.days', { ...list, ...part })).rows;
}

export async function dayOf(device: TestCounter, on: LocalDate = TEST_TODAY) {
  await load(device, { of: 'day', ...ofDay(on) });
  const { day } = await device.get('region.day', ofDay(on));
  if (day === null) throw new Error('a day that was just loaded is kept');
  return day;
}

/** What signing a shown day asks for. */
export async function signing(device: TestCounter, supervisorId = HIS) {
  const rows = await seen(device);
  const days = rows.flatMap(({ outletId, businessOn, close }) =>
    close === null ? [] : [{ outletId, businessOn, part: close.part, itemsHash: close.itemsHash }],
  );
  return { signature: 'close' as const, days, note: null, pin: pinOf(supervisorId) };
}

/** Its own words as a bundle on a stick, brought by itself. */
async function ownStick(device: TestCounter): Promise<void> {
  const stick = temporaryFolder();
  const { file } = await device.get('bundle.export', { to: stick });
  await device.get('region.look-stick', { folder: stick });
  await device.get('region.take-bundle', { file, withRegistry: false, answerFolder: null });
  await device.get('region.carrying', {});
  await device.get('region.overdue', { limit: 5 });
}

/** A supervisor's whole evening on his own device, after a counter that closed with a variance on that day. */
export async function regionOfADay(device: TestCounter, on: LocalDate): Promise<void> {
  const list: DayList = { on, waiting: 'all' };
  await seen(device, list);
  await device.get('region.outlets', { search: 'hikmah', ...part });
  const before = await dayOf(device, on);
  await load(device, { of: 'transactions', ...ofDay(on) });
  await device.get('region.transactions', { ...ofDay(on), ...part });
  await load(device, { of: 'entries', ...ofDay(on), type: null });
  const { rows: entries } = await device.get('region.entries', { ...ofDay(on), type: null, ...part });
  await load(device, { of: 'queue', kind: 'variance' });
  const { rows: queue } = await device.get('region.queue', { kind: 'variance', ...part });
  const pin = pinOf(HIS);
  const item = queue.find(({ mayNot, businessOn }) => mayNot === null && businessOn === on);
  if (item === undefined) throw new Error(`nothing waits for a word: ${JSON.stringify(queue)}`);
  const { kind, subject, outletId, evidence } = item;
  const note = 'uang kembalian kurang satu lembar';
  await device.get('region.decide', { kind, subject, outletId, evidence, decision: 'approved', note, pin });
  const [entry] = entries;
  const reason = 'saya lihat sendiri';
  await device.get('region.set-apart', { ...ofDay(on), item: entry?.entryHash ?? '', act: 'hold', reason, pin });
  await sync(device);
  const { close } = await dayOf(device, on);
  if (close === null) throw new Error(`a day waits for its close: ${before.state}`);
  const days = [{ ...ofDay(on), part: close.part, itemsHash: close.itemsHash }];
  await device.get('region.sign', { signature: 'close', days, note: 'selisih sudah dijelaskan', pin });
  await ownStick(device);
  await sync(device);
  await device.get('region.words', {});
  await device.get('region.understood', { hashes: ['A'.repeat(43)] });
  await insightOfADay(device, on);
}

/** What a supervisor reads of weeks and months, and a file of it. */
async function insightOfADay(device: TestCounter, on: LocalDate): Promise<void> {
  const month = on.slice(0, 7);
  await load(device, { of: 'paper', ...ofDay(on), part: 0 });
  await device.get('insight.paper', { ...ofDay(on), part: 0 });
  await load(device, { of: 'month', month });
  await device.get('insight.month', { month, ...part });
  await load(device, { of: 'signals' });
  await device.get('insight.signals', part);
  await load(device, { of: 'quality' });
  await device.get('insight.quality', part);
  const [own] = await device.get('reports.places', {});
  await device.get('insight.export', { what: { of: 'month', month, format: 'csv' }, folder: own?.folder ?? '' });
}
