import { describe, expect, it } from 'vitest';
import { SHOW_PLATES } from '../../../src/province/demo/show-plates.ts';
import { openForBusiness, sellOffline, sync, unlock } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

/** Plates on which the tax office decides otherwise than the counter did without a line. */
const DECIDED = SHOW_PLATES.filter(({ decision }) => decision !== undefined && decision !== 'booked');
const MONEY = {
  short: 'suspense',
  over: 'refund-payable',
  'paid-elsewhere': 'refund-payable',
  'on-hold': 'suspense',
  rejected: 'suspense',
} as const;

describe('what needs a person', () => {
  const province = useProvince();
  const open = async (): Promise<TestCounter> => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    return counter;
  };
  const carried = async (counter: TestCounter): Promise<void> => {
    counter.line.set('pass');
    await sync(counter);
    await province().book();
    await sync(counter);
  };

  it('is every sale that the tax office did not simply book, with the money’s place and what to do next', async () => {
    const counter = await open();
    const sold = new Map<string, string>();
    for (const { nrkb } of DECIDED) sold.set((await sellOffline(counter, nrkb)).transactionId, nrkb);
    const booked = await sellOffline(counter, 'AG 2345 KD');
    await carried(counter);
    const cases = await counter.get('exceptions.list', {});
    const seen = new Map(cases.map((one) => [one.nrkb, one]));
    expect(DECIDED.map(({ decision }) => decision).toSorted()).toEqual(Object.keys(MONEY).toSorted());
    for (const { nrkb, decision } of DECIDED) {
      if (decision === undefined || decision === 'booked') throw new Error('filtered above');
      const found = seen.get(nrkb);
      expect(found, nrkb).toMatchObject({ kind: decision, moneyPlace: MONEY[decision] });
      expect(found?.steps.length, nrkb).toBeGreaterThan(1);
      expect(sold.get(found?.transactionId ?? ''), nrkb).toBe(nrkb);
      const view = await counter.get('transactions.get', { transactionId: found?.transactionId ?? '' });
      expect(view.row.axes.central, nrkb).toBe(decision);
    }
    expect(cases).toHaveLength(DECIDED.length);
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: DECIDED.length });
    expect(await counter.get('counter.today', {})).toMatchObject({ needsPerson: DECIDED.length, booked: 1 });
    const { transactionId } = booked;
    expect(await counter.get('transactions.get', { transactionId })).toMatchObject({
      row: { axes: { central: 'booked' } },
    });
    // Short: the province wants more than the counter took; over: it owes the difference back.
    expect(seen.get('W 1919 SH')?.difference).toBeLessThan(0);
    expect(seen.get('P 2929 OV')?.difference).toBeGreaterThan(0);
  });
});

const HOUR_MS = 3_600_000;

describe('a line that has been away for longer than a person should not know it', () => {
  const province = useProvince();

  it('is one case with how much waits, from the hour that the policy names until the line carries it', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    counter.line.set('down');
    await sellOffline(counter, 'AG 2345 KD');
    counter.clock.pass(23 * HOUR_MS);
    await unlock(counter);
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    counter.clock.pass(2 * HOUR_MS);
    await unlock(counter);
    const [one, ...others] = await counter.get('exceptions.list', {});
    expect(others).toEqual([]);
    expect(one).toMatchObject({ kind: 'line-fault', owner: 'officer', steps: ['check-line', 'export-bundle'] });
    expect(Number(one?.reason)).toBeGreaterThan(0);
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 1 });
    const page = await counter.get('cases.page', { caseId: one?.caseId ?? '' });
    expect(page).toMatchObject({ isOpen: true, ageDays: 0, steps: [{ state: 'next' }, { state: 'later' }] });
    counter.line.set('pass');
    await sync(counter);
    expect(await counter.get('exceptions.list', {})).toEqual([]);
    expect(await counter.get('counter.status', {})).toMatchObject({ needsPerson: 0 });
  });
});
