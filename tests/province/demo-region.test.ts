import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegionSignal } from '../../src/contract/region-insight.ts';
import { addDays, localDateAt } from '../../src/domain/local-date.ts';
import type { SignalKind } from '../../src/domain/signal-policy.ts';
import { makeDemoData } from '../../src/province/demo/demo-data.ts';
import { type DemoRegionReport, makeDemoRegion } from '../../src/province/demo/demo-region.ts';
import { verifyProvince } from '../../src/province/verify/verify-province.ts';
import { load } from '../support/region-of-a-day.ts';
import { supervisorDevice } from '../support/supervisor-device.ts';
import type { TestCounter } from '../support/test-counter.ts';
import { openTestProvince, type TestProvince } from '../support/test-province.ts';

const all = { offset: 0, limit: 100 } as const;
const scene: { world?: TestProvince; report?: DemoRegionReport | undefined } = {};

beforeAll(async () => {
  const world = await openTestProvince();
  scene.world = world;
  const today = localDateAt(world.clock.now);
  await makeDemoData(world.province.context, { vehicles: 1500, seed: 7, today });
  scene.report = await makeDemoRegion(world.province, { seed: 1, today });
}, 120_000);
afterAll(() => scene.world?.close());

function made(): { readonly world: TestProvince; readonly report: DemoRegionReport } {
  const { world, report } = scene;
  if (world === undefined || report === undefined) throw new Error('the region was not made');
  return { world, report };
}

const moveOf = (fact: 'F20' | 'F21' | 'F22') => {
  const move = made().report.moves.find((one) => one.fact === fact);
  if (move === undefined) throw new Error(`${fact} was not planted`);
  return move;
};

/** A planted day as the supervisor's device keeps it. */
async function dayOfMove(device: TestCounter, { outletId, on }: ReturnType<typeof moveOf>) {
  const key = { outletId, businessOn: on };
  await load(device, { of: 'day', ...key });
  await load(device, { of: 'transactions', ...key });
  const { day } = await device.get('region.day', key);
  if (day === null) throw new Error('a day that was loaded is kept');
  const { rows } = await device.get('region.transactions', { ...key, ...all });
  const beneficiaries = day.match.legs.find(({ leg }) => leg === 'beneficiaries');
  return { day, rows, beneficiaries, bank: day.match.legs.find(({ leg }) => leg === 'bank') };
}

/** What Perlu Dilihat says of an outlet, as its supervisor's device keeps it. */
async function signalsOf(device: TestCounter, outletId: string) {
  await load(device, { of: 'signals' });
  const { rows } = await device.get('insight.signals', all);
  return (kind: SignalKind) => rows.filter((one) => one.outletId === outletId && one.kind === kind);
}

const figuresOf = (signal: RegionSignal | undefined) =>
  Object.fromEntries((signal?.figures ?? []).map(({ name, value }) => [name, value]));

describe('the region of the demonstration, on its supervisor’s own device', () => {
  it('is made once, and every chain and day of it verifies', async () => {
    const { world, report } = made();
    const { seed, today, outlets, days, sales, takings } = report;
    expect({ outlets, days }).toEqual({ outlets: 5, days: 8 });
    expect(sales).toBeGreaterThan(80);
    expect(takings).toBeGreaterThan(sales * 50_000);
    expect(await makeDemoRegion(world.province, { seed, today })).toBeUndefined();
    const { problems } = await verifyProvince(world.province.context);
    expect(problems).toEqual([]);
  });

  it('shows Wilayah worst first, days that match and days that do not, and what waits in Persetujuan', async () => {
    const { world, report } = made();
    const device = await supervisorDevice(world);
    await load(device, { of: 'outlets' });
    const { rows } = await device.get('region.outlets', { search: '', ...all });
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({ outletId: '3507-012', worries: expect.arrayContaining(['unclosed', 'silent']) });
    const yesterday = addDays(report.today, -1);
    await load(device, { of: 'days', on: yesterday, waiting: 'all' });
    const { rows: days } = await device.get('region.days', { on: yesterday, waiting: 'all', ...all });
    const matching = new Map(
      days.map(({ outletId, legs }) => [
        outletId,
        legs.some(({ difference }) => difference !== null && difference !== 0),
      ]),
    );
    expect(matching.get('3518-004')).toBe(false);
    expect(matching.get('3526-009')).toBe(true);
    await load(device, { of: 'queue', kind: 'variance' });
    const queue = await device.get('region.queue', { kind: 'variance', ...all });
    expect(queue.rows).toMatchObject([
      { outletId: '3509-031', amount: -50_000, askedBy: { officerId: 'petugas-1-3509-031' } },
    ]);
  });

  it('names data that were changed between payment and booking (F20): the beneficiaries have less, sale by sale', async () => {
    const device = await supervisorDevice(made().world);
    const move = moveOf('F20');
    const { day, rows, beneficiaries } = await dayOfMove(device, move);
    expect(day.transactions.axes.central).toMatchObject({ over: 2 });
    const changed = rows.filter(({ receiptNumber }) => move.receipts.includes(receiptNumber));
    expect(changed.map(({ central }) => central)).toEqual(['over', 'over']);
    expect(beneficiaries?.difference).toBeLessThan(0);
    expect(beneficiaries?.explanations.map(({ reason, entryHash }) => [reason, entryHash])).toEqual(
      expect.arrayContaining(changed.map(({ entryHash }) => ['case', entryHash])),
    );
    // By name on the same day: two sales that were booked at less than they took.
    const named = (await signalsOf(device, move.outletId))('booked-otherwise');
    expect(named.map(({ businessOn, level }) => [businessOn, level])).toEqual([
      [move.on, 'look'],
      [move.on, 'look'],
    ]);
    expect(named.flatMap(({ entries }) => entries)).toEqual(
      expect.arrayContaining(changed.map(({ entryHash }) => entryHash)),
    );
  });

  it('names a paid sale that was taken back and sold again lower (F21): both sheets, the void, the shortfall', async () => {
    const device = await supervisorDevice(made().world);
    const move = moveOf('F21');
    const { day, rows, beneficiaries } = await dayOfMove(device, move);
    const [first, again] = move.receipts.map((number) => rows.find(({ receiptNumber }) => receiptNumber === number));
    expect(first).toMatchObject({ business: 'voided' });
    expect(again).toMatchObject({ business: 'paid', central: 'short' });
    expect(again?.total).toBeLessThan(first?.total ?? 0);
    expect(day.transactions.axes.business).toMatchObject({ voided: 1 });
    expect(beneficiaries?.explanations).toMatchObject([{ reason: 'case', entryHash: again?.entryHash }]);
    // By name on the same day: what was paid, what was paid again, and both entries of it.
    const named = (await signalsOf(device, move.outletId))('sold-again-lower');
    expect(named).toMatchObject([
      { businessOn: move.on, level: 'look', by: { officerId: `petugas-1-${move.outletId}` } },
    ]);
    // What citizens pay is rounded down to Rp100.
    const paid = (total = 0): number => total - (total % 100);
    const [before, after] = [paid(first?.total), paid(again?.total)];
    expect(figuresOf(named[0])).toEqual({ before, after, difference: before - after });
    expect(named[0]?.entries).toContain(again?.entryHash);
  });

  it('names cash that did not go to the bank (F22): since when, that it is late, and the day that waits for it', async () => {
    const device = await supervisorDevice(made().world);
    const move = moveOf('F22');
    await load(device, { of: 'outlets' });
    const { rows } = await device.get('region.outlets', { search: move.outletId, ...all });
    expect(rows).toMatchObject([
      { undepositedSince: move.on, undepositedOverdue: true, worries: expect.arrayContaining(['cash-overdue']) },
    ]);
    expect(rows[0]?.undeposited).toBeGreaterThan(0);
    const { day, bank } = await dayOfMove(device, move);
    expect(day.transactions.axes.print).toMatchObject({ printed: move.receipts.length });
    expect(bank?.state).toBe('waiting');
    // By name: the money, and how many citizens hold a paper of it.
    const named = (await signalsOf(device, move.outletId))('cash-age');
    expect(named).toMatchObject([{ businessOn: move.on, level: 'look' }]);
    const { amount, papers } = figuresOf(named[0]);
    expect(amount).toBeGreaterThan(0);
    expect(amount).toBeLessThanOrEqual(rows[0]?.undeposited ?? 0);
    expect(papers).toBeGreaterThanOrEqual(move.receipts.length);
  });
});
