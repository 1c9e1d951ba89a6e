import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { openDatabase } from '../../../src/main/core/db/open.ts';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { verifyReceived } from '../../../src/main/core/sync/verify-received.ts';
import { openForBusiness, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { valueOf } from '../../support/opened-database.ts';
import { changePolicy } from '../../support/province-policy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('what the province sent, as a counter keeps it', () => {
  const province = useProvince();
  const held: { folder: string; deviceId: string } = { folder: '', deviceId: '' };

  /** Problems of a copy of the counter's database after somebody changed it past every trigger. */
  const problemsAfter = async (harm: string): Promise<readonly string[]> => {
    const folder = temporaryFolder();
    cpSync(held.folder, folder, { recursive: true });
    const file = join(folder, DATABASE_FILE);
    const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 5000 });
    for (const table of ['custody_receipt', 'feed_page', 'entry']) {
      for (const verb of ['update', 'delete']) handle.exec(`DROP TRIGGER IF EXISTS ${table}_refuses_${verb}`);
    }
    handle.exec(harm);
    handle.close();
    const db = valueOf(await openDatabase({ file, migrations: counterMigrations, readOnly: true }));
    const problems = await verifyReceived(db, held.deviceId);
    await db.close();
    return [...new Set(problems.map(({ problem }) => problem))];
  };

  it('verifies, and every change of it is found', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    await changePolicy(province(), 'complaintPhone=(031) 1');
    await sync(counter);
    await changePolicy(province(), 'complaintPhone=(031) 2');
    await sync(counter);
    held.deviceId = String(counter.rows('SELECT device_id FROM device')[0]?.['device_id']);
    await counter.stop();
    held.folder = counter.config.dataDir;
    expect(await problemsAfter('SELECT 1')).toEqual([]);
    for (const [harm, problem] of [
      [`UPDATE custody_receipt SET text = replace(text, 'ACCEPTED', 'CONFLICT')`, 'CUSTODY_RECEIPT_FORGED'],
      ['DELETE FROM custody_receipt WHERE id = 1', 'SETTLED_WITHOUT_RECEIPT'],
      [`UPDATE feed_page SET text = replace(text, '(031) 1', '(031) 3') WHERE feed = 'policy'`, 'FEED_PAGE_FORGED'],
      [`UPDATE feed_page SET sig = 'A' || substr(sig, 2) WHERE feed = 'policy'`, 'FEED_PAGE_FORGED'],
      [`UPDATE feed_page SET scope = 'AG' WHERE feed = 'policy'`, 'FEED_PAGE_FORGED'],
      [`DELETE FROM feed_page WHERE feed = 'policy' AND to_version = 1`, 'FEED_PAGE_UNPLACED'],
      [`UPDATE feed_cursor SET page_hash = '${'A'.repeat(43)}' WHERE feed = 'rules'`, 'FEED_CURSOR_LOST'],
    ] as const) {
      expect(await problemsAfter(harm), harm).toContain(problem);
    }
    // A row that counts as settled and never was.
    const harmed = await problemsAfter(
      `INSERT INTO delivery (epoch_n, epoch_nonce, seq, lane, state, recorded_at)
         SELECT epoch_n, epoch_nonce, 9999, 'money', 'acknowledged', 1 FROM delivery LIMIT 1`,
    );
    expect(harmed).toEqual(['SETTLED_WITHOUT_RECEIPT']);
  });
});
