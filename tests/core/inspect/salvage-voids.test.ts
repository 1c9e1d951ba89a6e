import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { salvageData } from '../../../src/main/core/inspect/salvage.ts';
import { listSegments, segmentFile, segmentFolder } from '../../../src/main/core/journal/mirror-folder.ts';
import { openForBusiness, pinOf, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, useProvince } from '../../support/enrolled-counter.ts';
import { carried } from '../../support/flashdisk.ts';
import { valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestCounter, testConfig } from '../../support/test-counter.ts';

const PAGE = 4096;
/** Arrivals whose entries are more than one file of a salvage carries, and fewer than two. */
const MANY = 40;
const province = useProvince();

describe('a sale and its void behind the rotten place of a salvaged database', () => {
  it('come in two files, and the first one says that the second has a void: nothing is booked in between', async () => {
    const counter = await enrolledCounter(province());
    counter.line.set('down');
    await openForBusiness(counter);
    await sellOffline(counter, 'AG 2345 KD');
    const arrive = async (): Promise<unknown> =>
      await counter.get('arrivals.record', { nrkb: 'AG 9 ZZZ', name: 'Umi', phone: null, blankReason: null });
    for (let made = 0; made < 10; made += 1) await arrive();
    const { transactionId } = await sellOffline(counter, 'AG 3456 EF');
    for (let made = 0; made < MANY; made += 1) await arrive();
    await counter.get('transactions.void', {
      transactionId,
      reason: 'kendaraan salah, warga membatalkan',
      approval: { by: 'pin', supervisorId: 'pengawas', pin: pinOf('pengawas') },
    });
    await counter.stop();
    const [first] = counter.rows("SELECT text FROM entry WHERE type = 'transaction.paid' ORDER BY seq");
    const file = join(counter.config.dataDir, DATABASE_FILE);
    const bytes = readFileSync(file);
    const at = bytes.indexOf(String(first?.['text']).slice(0, 60));
    bytes.fill(0, Math.floor(at / PAGE) * PAGE, (Math.floor(at / PAGE) + 1) * PAGE);
    writeFileSync(file, bytes);

    const folder = temporaryFolder();
    const target = testConfig(folder);
    const { deviceId } = valueOf(await salvageData(counter.config, target, undefined));
    const { segments } = await listSegments(target.dataDir, deviceId);
    const next = await startTestCounter({ folder, clock: counter.clock, line: counter.line });
    next.line.set('pass');
    await sync(next);
    const { db } = province().province.context;
    const decisions = async (): Promise<number> =>
      (await db.selectFrom('decision').selectAll().where('transaction_id', '=', transactionId).execute()).length;
    expect(segments).toHaveLength(2);
    const held: string[][] = [];
    for (const segment of segments) {
      await carried(province(), join(segmentFolder(target.dataDir, deviceId), segmentFile(segment)));
      await province().book();
      expect.soft(await decisions()).toBe(0);
      const rows = await db.selectFrom('entry').select('type').where('stream', '=', transactionId).execute();
      held.push(rows.map(({ type }) => type).filter((type) => type.startsWith('transaction.')));
    }
    expect(held).toEqual([['transaction.paid'], ['transaction.paid', 'transaction.voided']]);
    const incidents = await db.selectFrom('incident').select('kind').execute();
    expect(incidents.map(({ kind }) => kind)).not.toContain('VOIDED_AFTER_BOOKING');
  });
});
