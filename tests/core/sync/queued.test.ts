import { describe, expect, it } from 'vitest';
import { openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import type { TestCounter } from '../../support/test-counter.ts';

const sales = (counter: TestCounter) =>
  counter.rows(`SELECT delivery.state FROM delivery JOIN sale ON sale.seq = delivery.seq ORDER BY delivery.seq`);

describe('a sale made after the line had gone', () => {
  const province = useProvince();

  it('stays queued, because no byte of it left: only the first one is uncertain', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await sync(counter);
    counter.line.set('down');
    await sellOffline(counter, 'AG 2345 KD');
    expect(await counter.refusal('outbox.send-now')).toMatchObject({ code: 'NO_LINE' });
    await sellOffline(counter, 'AG 3456 EF');
    expect(await counter.refusal('outbox.send-now')).toMatchObject({ code: 'NO_LINE' });
    expect(sales(counter)).toEqual([{ state: 'sending' }, { state: 'queued' }]);
    counter.line.set('pass');
    await sync(counter);
    expect(sales(counter)).toEqual([{ state: 'acknowledged' }, { state: 'acknowledged' }]);
  });
});
