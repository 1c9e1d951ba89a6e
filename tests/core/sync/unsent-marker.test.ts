import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UNSENT_FILE } from '../../../src/main/core/sync/unsent-marker.ts';
import { openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';

const province = useProvince();

it('the file that keeps an uninstaller away is there while money waits, and only then', async () => {
  const counter = await enrolledCounter(province());
  const isThere = (): boolean => existsSync(join(counter.config.dataDir, UNSENT_FILE));
  await sync(counter);
  await expect.poll(isThere).toBe(false);
  await openForBusiness(counter);
  await sellOffline(counter, 'AG 2345 KD');
  await expect.poll(isThere).toBe(true);
  await sync(counter);
  await expect.poll(isThere).toBe(false);
});
