import { describe, expect, it } from 'vitest';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';

const HOUR = 3_600_000;

describe('the figures of a counter', () => {
  const folder = useEnrolledFolder();

  it('sum up a day by hour, by beneficiary and by component, and agree with the ledger', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const morning = await sellOffline(counter, 'AG 2345 KD');
    counter.clock.pass(2 * HOUR);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const [parked, late] = [await sellOffline(counter, 'M 2828 BK'), await sellOffline(counter, 'AG 3456 EF')];
    const taken = morning.payable + parked.payable + late.payable;

    const today = await counter.get('counter.today', {});
    expect(today).toMatchObject({ today: '2026-03-10', served: 3, booked: 0, rough: true });
    expect(today.takenTotal).toBe(Math.floor(taken / 100_000) * 100_000);
    expect(today.byHour).toEqual([
      { hour: 10, count: 1 },
      { hour: 12, count: 2 },
    ]);
    expect(today.lastReceipts.map(({ receiptNumber }) => receiptNumber)).toEqual([
      late.receiptNumber,
      parked.receiptNumber,
      morning.receiptNumber,
    ]);

    const report = await counter.get('reports.period', { from: '2026-03-01', to: '2026-03-31' });
    expect(report).toMatchObject({ transactions: 3, payable: taken });
    expect(report.total).toBe(morning.total + parked.total + late.total);
    expect(report.rounding).toBe(report.total - report.payable);
    const sum = (rows: readonly { readonly amount: number }[]): number =>
      rows.reduce((all, { amount }) => all + amount, 0);
    expect(sum(report.byBeneficiary)).toBe(report.total);
    expect(sum(report.byComponent)).toBe(report.total);
    expect(report.byComponent.find(({ component }) => component === 'subscriptionParking')?.amount).toBe(30_000);
    const ledger = new Map(report.ledger.map(({ account, amount }) => [account, amount]));
    expect(ledger.get('parking:3526')).toBe(-30_000);
    for (const { kind, amount } of report.byBeneficiary.filter(({ kind: of }) => of !== 'regency')) {
      expect(ledger.get(kind), kind).toBe(-amount);
    }
  });

  it('keep to the days that were asked for, and know empty days', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    await sellOffline(counter, 'AG 2345 KD');
    // Sixteen hours later it is two in the morning of the next day in Kediri, while it is still the tenth in UTC.
    counter.clock.pass(16 * HOUR);
    await counter.get('sign-in.end', {});
    await enterAs(counter, 'petugas-1');
    const night = await sellOffline(counter, 'AG 1111 HI');
    const next = await counter.get('reports.period', { from: '2026-03-11', to: '2026-03-11' });
    expect(next).toMatchObject({
      transactions: 1,
      payable: night.payable,
      byDay: [{ day: '2026-03-11', count: 1, total: night.payable }],
    });
    expect(await counter.get('reports.period', { from: '2026-03-12', to: '2026-04-01' })).toMatchObject({
      transactions: 0,
      total: 0,
      byBeneficiary: [],
    });
    expect(await counter.get('counter.today', {})).toMatchObject({ today: '2026-03-11', served: 1 });
  });
});
