import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createUnsentMarker, UNSENT_FILE } from '../../../src/main/core/sync/unsent-marker.ts';
import { openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

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

it('many events of one step are one look, the last of them is seen, and a file that is as it should be stays untouched', async () => {
  const [dataDir, log] = [temporaryFolder(), createRecordingLog()];
  const file = join(dataDir, UNSENT_FILE);
  const journal = { unsent: 1, looks: 0 };
  const unsentMoney = async (): Promise<number> => {
    journal.looks += 1;
    const { unsent } = journal;
    await Promise.resolve();
    return unsent;
  };
  const marker = createUnsentMarker({ dataDir, unsentMoney, log });
  for (const topic of ['outbox', 'transactions', 'cash-session', 'documents', 'status'] as const) marker.heard(topic);
  await marker.look();
  expect([journal.looks, existsSync(file)]).toEqual([1, true]);
  rmSync(file);
  await marker.look();
  expect(existsSync(file)).toBe(false);
  // What is told while a look is under way may be too late for it.
  const first = marker.look();
  await Promise.resolve();
  journal.unsent = 0;
  marker.heard('outbox');
  await first;
  await marker.look();
  journal.unsent = 1;
  await marker.look();
  expect(existsSync(file)).toBe(true);
});

it('a disk that refuses is written down, and what it holds is not believed any more', async () => {
  const [dataDir, log] = [temporaryFolder(), createRecordingLog()];
  const file = join(dataDir, UNSENT_FILE);
  const journal = { unsent: 1 };
  const marker = createUnsentMarker({ dataDir, unsentMoney: async () => journal.unsent, log });
  await marker.look();
  rmSync(file);
  mkdirSync(file);
  journal.unsent = 0;
  await marker.look();
  expect(log.lines).toMatchObject([{ level: 'warn', event: 'unsent.marker' }]);
  rmSync(file, { recursive: true });
  journal.unsent = 1;
  await marker.look();
  expect(existsSync(file)).toBe(true);
});
