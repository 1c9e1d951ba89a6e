import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { verifyData } from '../../../src/main/core/inspect.ts';
import { salvageData } from '../../../src/main/core/inspect/salvage.ts';
import { decideApplication } from '../../../src/province/applications/decide-application.ts';
import { receivedRenewal, RENEWAL_PAPERS } from '../../support/applications.ts';
import { enterAs, openForBusiness, sellOffline, sync } from '../../support/at-the-counter.ts';
import { enrolledCounter, restarted, useProvince } from '../../support/enrolled-counter.ts';
import { errorOf, valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestCounter, type TestCounter, testConfig } from '../../support/test-counter.ts';

const province = useProvince();
const PLATES = ['AG 2345 KD', 'AG 3456 EF', 'AG 1111 HI'] as const;
const PAGE = 4096;

/** A counter that sold without a line, closed, its log folded into its file. */
async function soldCounter(): Promise<TestCounter> {
  const counter = await enrolledCounter(province());
  counter.line.set('down');
  await openForBusiness(counter);
  for (const plate of PLATES) await sellOffline(counter, plate);
  await counter.stop();
  return counter;
}

const databaseOf = (counter: TestCounter): string => join(counter.config.dataDir, DATABASE_FILE);
const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Writes zeros over the page that holds a text. */
function ruinPageOf(file: string, text: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text);
  if (at < 0) throw new Error('the text is in the file');
  bytes.fill(0, Math.floor(at / PAGE) * PAGE, (Math.floor(at / PAGE) + 1) * PAGE);
  writeFileSync(file, bytes);
}

describe('a damaged database', () => {
  it('is salvaged into a new folder: what is proved goes on, the rest is declared, and nothing is sold twice or lost', async () => {
    const counter = await soldCounter();
    const made = counter.rows("SELECT hash FROM entry WHERE type = 'transaction.paid' ORDER BY seq");
    const [, second] = counter.rows("SELECT seq, hash, text FROM entry WHERE type = 'transaction.paid' ORDER BY seq");
    const file = databaseOf(counter);
    ruinPageOf(file, String(second?.['text']).slice(0, 60));
    const before = digest(file);
    expect(await counter.start()).toMatchObject({ ok: false, error: { code: 'DATABASE_DAMAGED' } });
    const folder = temporaryFolder();
    const target = testConfig(folder);
    const report = valueOf(await salvageData(counter.config, target, undefined));
    expect(report.entries).toBeLessThan(Number(second?.['seq']));
    expect(report.declaredGap?.fromSeq).toBe(report.entries + 1);
    expect(report.carried).toBeGreaterThan(0);
    expect(digest(file)).toBe(before);

    const next = await startTestCounter({ folder, clock: counter.clock, line: counter.line });
    expect(valueOf(await verifyData(target, undefined))).toMatchObject({ ok: true, problems: [] });
    expect(next.bodies('epoch.opened').at(-1)).toMatchObject({
      reason: 'salvage',
      declaredGap: report.declaredGap,
    });
    // The province gets the whole of the proved part, and what proves itself behind the rotten place.
    next.line.set('pass');
    await sync(next);
    await next.get('mirror.recover', { folder: target.dataDir });
    await sync(next);
    const rows = await province()
      .province.context.db.selectFrom('entry')
      .select(['hash', 'verdict'])
      .where('device_id', '=', report.deviceId)
      .where('type', '=', 'transaction.paid')
      .orderBy('seq')
      .execute();
    expect(rows.map(({ verdict }) => verdict)).toEqual(rows.map(() => 'ACCEPTED'));
    // One sale was on the ruined page; the other two are there, and none comes twice.
    const lost = made.filter(({ hash }) => !rows.some((row) => row.hash === hash));
    expect(rows.length + lost.length).toBe(PLATES.length);
    expect(rows.length).toBeGreaterThanOrEqual(PLATES.length - 1);
    // It goes on as the same device.
    expect((await next.get('counter.status')).enrolled).toBe(true);
  });

  it('that is whole after all loses nothing and declares nothing', async () => {
    const counter = await soldCounter();
    const made = counter.rows('SELECT count(*) AS count FROM entry')[0]?.['count'];
    const target = testConfig(temporaryFolder());
    const report = valueOf(await salvageData(counter.config, target, undefined));
    expect(report).toMatchObject({ entries: made, carried: 0, declaredGap: null, incomplete: [] });
    expect(valueOf(await verifyData(target, undefined))).toMatchObject({ ok: true, entries: Number(made) + 1 });
  });

  it('keeps papers that go on to an agency, and a word that moved them once moves them no more when it comes again', async () => {
    const counter = await openForBusiness(await enrolledCounter(province()));
    const { applicationId } = await receivedRenewal(counter);
    await sync(counter);
    const asked = { state: 'incomplete', reason: 'BPKB bukan asli.', missing: ['bpkb'] } as const;
    const word = { ...asked, agencyNumber: 'SI-7', saidBy: 'Rini' };
    expect((await decideApplication(province().province.context, applicationId, word)).ok).toBe(true);
    await sync(counter);
    const documents = RENEWAL_PAPERS.map((kind) => ({ kind, present: true, held: false }));
    const completed = await counter.get('applications.complete', { applicationId, documents });
    await sync(counter);
    await counter.stop();
    const folder = temporaryFolder();
    valueOf(await salvageData(counter.config, testConfig(folder), undefined));
    const next = await startTestCounter({ folder, clock: counter.clock, line: counter.line });
    // Who may sign in comes with the feeds, and the word of the agency with them.
    await sync(next);
    await enterAs(next, 'petugas-1');
    expect(next.rows("SELECT feed FROM feed_cursor WHERE feed = 'decisions'")).toHaveLength(1);
    expect(await next.get('applications.get', { applicationId })).toEqual(completed);
  });

  it('that is no database any more, runs, or would be written over is refused by name, and stays as it is', async () => {
    const counter = await soldCounter();
    const taken = temporaryFolder();
    const over = await salvageData(counter.config, { ...testConfig(taken), dataDir: taken }, undefined);
    expect(errorOf(over)).toMatchObject({ code: 'EXPORT_FAILED', details: { reason: 'EXISTS' } });
    const running = await restarted(counter);
    const busy = await salvageData(counter.config, testConfig(temporaryFolder()), undefined);
    expect(errorOf(busy).code).toBe('DATA_IN_USE');
    await running.stop();
    writeFileSync(databaseOf(counter), Buffer.alloc(50_000, 7));
    const before = digest(databaseOf(counter));
    const ruined = await salvageData(counter.config, testConfig(temporaryFolder()), undefined);
    expect(errorOf(ruined)).toMatchObject({ code: 'DATABASE_DAMAGED', details: { reason: 'UNREADABLE' } });
    expect(digest(databaseOf(counter))).toBe(before);
  });
});
