import { describe, expect, it } from 'vitest';
import { openForBusiness, sellOffline, sync, unlock } from '../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../support/enrolled-counter.ts';

const FORM = { form: 'tbpkp', series: 'A' } as const;
const DAY = 86_400_000;
const province = useProvince();

describe('forms at the province', () => {
  it('stand there as every counter tells of them: delivered, used for which sale, spoiled, missing, and on which day', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await counter.get('forms.receive', { ...FORM, from: 1001, to: 1100, deliveryNote: 'SJ 1/2026' });
    const { transactionId } = await sellOffline(counter, 'AG 2345 KD');
    await sync(counter);
    await province().book();
    await sync(counter);
    await counter.get('forms.use', { ...FORM, serial: 1001, transactionId });
    counter.clock.pass(DAY);
    province().clock.now += DAY;
    await unlock(counter);
    await counter.get('forms.spoil', { ...FORM, serial: 1004, reason: 'sobek' });
    await counter.get('forms.declare-missing', { ...FORM, from: 1002, to: 1003, reason: 'tidak ada dalam paket' });
    await sync(counter);
    await sync(counter);
    const { db } = province().province.context;
    const told = await db.selectFrom('form_told').selectAll().orderBy('from_serial').execute();
    expect(told.map((row) => [row.from_serial, row.to_serial, row.state, row.transaction_id, row.told_on])).toEqual([
      [1001, 1001, 'used', transactionId, '2026-03-10'],
      [1002, 1003, 'missing', null, '2026-03-11'],
      [1004, 1004, 'spoiled', null, '2026-03-11'],
    ]);
    const deliveries = await db.selectFrom('form_delivery').selectAll().execute();
    expect(deliveries).toMatchObject([{ ...FORM, from_serial: 1001, to_serial: 1100, delivery_note: 'SJ 1/2026' }]);
    province().clock.now -= DAY;
  });
});
