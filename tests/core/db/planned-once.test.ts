import { describe, expect, it } from 'vitest';
import { openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { plansMadeIn } from '../../support/plans-made.ts';

describe('the statements of a sale', () => {
  const folder = useEnrolledFolder();

  it('are planned with the first one: another sale plans next to nothing anew', async () => {
    const counter = await openForBusiness(await copiedCounter(folder()));
    expect(await plansMadeIn(() => sellOffline(counter, 'AG 2345 KD'))).toBeGreaterThan(10);
    expect(await plansMadeIn(() => sellOffline(counter, 'AG 3456 EF'))).toBe(0);
  });
});
