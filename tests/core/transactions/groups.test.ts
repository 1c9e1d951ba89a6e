import { describe, expect, it } from 'vitest';
import { openForBusiness, payShown, prepared } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';

describe('a group that the citizen claims', () => {
  const folder = useEnrolledFolder();

  it('stands in the sale, so that the province books with the same claim that the counter reckoned with', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    const { transactionId } = await prepared(counter, 'AG 2345 KD');
    const claimed = await counter.get('transactions.set-groups', { transactionId, groups: ['dtsen'] });
    expect(claimed.groups).toEqual(['dtsen']);
    await payShown(counter, claimed);
    expect(counter.bodies('transaction.paid').map((body) => body.groups)).toEqual([['dtsen']]);
  });
});
