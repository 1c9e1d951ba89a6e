import { beforeAll, describe, expect, it } from 'vitest';
import { SHOW_PLATES } from '../../../src/province/demo/show-plates.ts';
import { openForBusiness, prepared, sellOffline, sync, unlock } from '../../support/at-the-counter.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder, useProvince } from '../../support/enrolled-counter.ts';
import { changePolicy } from '../../support/province-policy.ts';
import type { TestCounter } from '../../support/test-counter.ts';

/** What the counter can still do, per refusal of the local reckoning. */
const OFFERS: Readonly<Record<string, 'intake' | 'none'>> = {
  PAYABLE_AT_SAMSAT_INDUK: 'intake',
  RENEWAL_YEAR: 'intake',
  VEHICLE_INCOMPLETE: 'intake',
  CAP_PER_SALE: 'intake',
  NOT_YET_PAYABLE: 'none',
  BLOCKED: 'none',
  DELETED_FROM_REGISTER: 'none',
};

const refusing = SHOW_PLATES.filter(({ refusal, differs }) => refusal !== undefined && differs === undefined);
const payable = SHOW_PLATES.filter(({ refusal }) => refusal === undefined);

describe('a vehicle that cannot be paid here', () => {
  const folder = useEnrolledFolder();

  it('is refused without a line by its reason, with what can still be done, and no money is taken', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    for (const { nrkb, refusal = '' } of refusing) {
      const draft = await prepared(counter, nrkb);
      const codes = draft.refusals.map(({ code }) => code);
      expect(codes[0], nrkb).toBe(refusal);
      expect(draft.offer, nrkb).toBe(OFFERS[refusal]);
      // A vehicle that is refused as such has no amount; a cap leaves the amount to be told.
      expect(draft.amount === null, nrkb).toBe(refusal !== 'CAP_PER_SALE');
      const payment = { transactionId: draft.transactionId, tendered: 900_000_000, expectedPayable: 284_000 };
      expect(await counter.refusal('transactions.pay', payment), nrkb).toMatchObject({ code: refusal });
    }
    expect(counter.bodies('transaction.paid')).toEqual([]);
  });

  it('the local reckoning knows every refusal of the demo', () => {
    expect([...new Set(refusing.map(({ refusal }) => refusal))].sort()).toEqual(Object.keys(OFFERS).sort());
  });

  it('can still get a price slip where there is an amount, and nothing where there is none', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const capped = await prepared(counter, 'L 8 ZZ');
    await counter.get('transactions.print-quote', { transactionId: capped.transactionId });
    expect(counter.printers.papers.at(-1)?.text).toContain('BUKAN BUKTI BAYAR');
    const blocked = await prepared(counter, 'P 3131 KA');
    expect(await counter.refusal('transactions.print-quote', { transactionId: blocked.transactionId })).toMatchObject({
      code: 'NOTHING_TO_PRINT',
    });
  });
});

describe('a vehicle that can be paid here', () => {
  const folder = useEnrolledFolder();

  it('is offered for sale without a line, and its amount is the sum of what each beneficiary gets', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    expect(payable.length).toBeGreaterThan(15);
    for (const { nrkb } of payable) {
      const draft = await prepared(counter, nrkb);
      expect(draft, nrkb).toMatchObject({ refusals: [], offer: 'sell' });
      const shares = (draft.amount?.byBeneficiary ?? []).reduce((sum, one) => sum + one.amount, 0);
      expect(shares, nrkb).toBe(draft.amount?.total);
      expect(draft.quickAmounts[0], nrkb).toBe(draft.amount?.payable);
    }
  });
});

describe('a cap of the province', () => {
  const province = useProvince();
  let counter: TestCounter;
  beforeAll(() => changePolicy(province(), 'caps.perSale=null'));
  const opened = async (...policy: readonly string[]): Promise<TestCounter> => {
    await changePolicy(province(), ...policy);
    counter = await enrolledCounter(province());
    return openForBusiness(counter);
  };

  it('on the cash in the drawer stops the sale that would pass it, not the one that just fits', async () => {
    await opened('caps.drawerCash=484000');
    counter.line.set('down');
    await sellOffline(counter, 'AG 2345 KD');
    const draft = await prepared(counter, 'AG 3456 EF');
    expect(draft).toMatchObject({ offer: 'intake' });
    // And nothing of what is in the drawer, which is still to be counted blind.
    expect(draft.refusals[0]).toEqual({ code: 'CAP_CASH_IN_DRAWER', details: { limit: 484_000 } });
    expect(await counter.get('counter.status', {})).toMatchObject({ cash: { health: 'stop', undeposited: 200_000 } });
    await changePolicy(province(), 'caps.drawerCash=10000000');
  });

  it('on unsent entries counts money and arrivals, not the audit entries that travel along', async () => {
    await opened('caps.unsent=2');
    counter.line.set('down');
    // The opened cash session is one; the sale is the second.
    await sellOffline(counter, 'AG 2345 KD');
    const draft = await prepared(counter, 'AG 3456 EF');
    expect(draft.refusals).toMatchObject([{ code: 'CAP_UNSENT', details: { limit: 2, used: 3 } }]);
    counter.line.set('pass');
    await sync(counter);
    expect((await counter.get('transactions.draft', { transactionId: draft.transactionId })).refusals).toEqual([]);
    await changePolicy(province(), 'caps.unsent=500');
  });

  it('on days without contact counts from the last contact, and ends with the next one', async () => {
    await opened('caps.daysSinceContact=2', 'caps.rulesAgeDays=null', 'caps.registryAgeDays=null');
    counter.line.set('down');
    counter.clock.pass(2 * 86_400_000);
    await unlock(counter);
    expect((await prepared(counter, 'AG 2345 KD')).refusals).toEqual([]);
    counter.clock.pass(86_400_000);
    await unlock(counter);
    const draft = await prepared(counter, 'AG 3456 EF');
    expect(draft.refusals).toMatchObject([{ code: 'CAP_DAYS_WITHOUT_CONTACT', details: { limit: 2, used: 3 } }]);
    expect(draft.offer).toBe('intake');
    province().clock.now += 3 * 86_400_000;
    counter.line.set('pass');
    await sync(counter);
    expect((await counter.get('transactions.draft', { transactionId: draft.transactionId })).refusals).toEqual([]);
  });

  it('on days without contact is not fooled by a computer whose clock was a year ahead at the last contact', async () => {
    await changePolicy(province(), 'caps.daysSinceContact=2');
    counter = await enrolledCounter(province());
    counter.clock.setWall(counter.clock.wallMs() + 365 * 86_400_000);
    await sync(counter);
    counter.line.set('down');
    counter.clock.pass(3 * 86_400_000);
    await openForBusiness(counter);
    expect((await prepared(counter, 'AG 2345 KD')).refusals).toMatchObject([{ code: 'CAP_DAYS_WITHOUT_CONTACT' }]);
  });
});
