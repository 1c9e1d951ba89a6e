import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { backupFile } from '../../../src/contract/backup-name.ts';
import { listDataBackups, openBackup, verifyBackup } from '../../../src/main/core/inspect/read-backup.ts';
import { salvageData } from '../../../src/main/core/inspect/salvage.ts';
import { verifyData } from '../../../src/main/core/inspect.ts';
import { openForBusiness, sellOffline, unlock } from '../../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { runLoket } from '../../support/loket-process.ts';
import { valueOf } from '../../support/opened-database.ts';
import { expectNowhere, filesBelow } from '../../support/planted.ts';
import { registryRecord } from '../../support/registry-record.ts';
import { canMountSmallDisk, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { createTestCounter, type TestCounter, testConfig } from '../../support/test-counter.ts';

const enrolled = useEnrolledFolder();
const DAY = 86_400_000;

/** An open counter with one sale and a medium for its copies. */
async function counterWith(medium: string): Promise<TestCounter> {
  const counter = await copiedCounter(enrolled(), { config: { firstMirrorDir: medium } });
  await openForBusiness(counter);
  await sellOffline(counter, 'AG 2345 KD');
  return counter;
}

const newMedium = (): string => join(temporaryFolder(), 'stick');

async function newest({ config }: TestCounter): Promise<string> {
  const [backup] = valueOf(await listDataBackups(config, null));
  if (backup === undefined) throw new Error('no backup is there');
  return backup.file;
}

/** The view when no backup is being made any more. */
async function made(counter: TestCounter) {
  await vi.waitFor(async () => expect((await counter.get('mirror.status')).backup.making).toBe(false), 20_000);
  return (await counter.get('mirror.status')).backup;
}

/** Counts what is in the drawer and closes the session; the backup that is made behind it is waited for. */
async function closeDay(counter: TestCounter) {
  const session = await counter.get('cash-session.current');
  if (session === null) throw new Error('a session is open');
  const { cashSessionId } = session;
  await counter.get('cash-session.count', { cashSessionId, counts: [{ denomination: 50_000, count: 4 }] });
  const closed = await counter.get('cash-session.close', { cashSessionId });
  expect(closed.backup.making).toBe(true);
  return { ...closed, backup: await made(counter) };
}

/** Time passes and the officer comes back. */
async function later(counter: TestCounter, ms: number): Promise<void> {
  counter.clock.pass(ms);
  if (ms > DAY / 2) await unlock(counter);
}

/** The file with one byte in its middle changed. */
function rot(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  writeFileSync(file, bytes);
}

describe('the backup of the data', () => {
  it('is made when the cash is closed, sealed, proved, and holds no person in clear, opened or not', async () => {
    const medium = newMedium();
    const counter = await counterWith(medium);
    expect((await counter.get('mirror.status')).backup).toMatchObject({ state: 'never', lastAt: null });
    const closed = await closeDay(counter);
    expect(closed.backup).toMatchObject({ state: 'ok', kept: 1, reason: null });
    expect(closed.secondCopy.completed).toBe(true);
    const file = await newest(counter);
    const report = valueOf(await verifyBackup(counter.config, file));
    expect(report).toMatchObject({ ok: true, problems: [], entries: closed.backup.entries });
    expect(report.entries).toBeGreaterThan(closed.lastSeq);
    const to = join(temporaryFolder(), 'dibaca');
    const opened = valueOf(await openBackup(counter.config, file, to));
    expect(opened).toMatchObject({ entries: report.entries, head: report.head });
    const { nrkb, ownerName, ownerNik, chassisNumber } = await registryRecord(counter, 'AG 2345 KD');
    expectNowhere(filesBelow(medium, to), [nrkb, ownerName, String(ownerNik), chassisNumber], 'backup');
    // Nothing of the work stays in the data.
    expect(readdirSync(counter.config.dataDir).filter((name) => name.startsWith('.cadangan'))).toEqual([]);
    // The medium of the second copy stays one for `loket verify`.
    expect(valueOf(await verifyData(counter.config, undefined)).problems).toEqual([]);
  });

  it('opened is for reading: no counter starts on it, and none is salvaged from it', async () => {
    const counter = await counterWith(newMedium());
    await counter.get('backup.make');
    const folder = temporaryFolder();
    valueOf(await openBackup(counter.config, await newest(counter), join(folder, 'data')));
    copyFileSync(join(counter.config.dataDir, 'keys.json'), join(folder, 'data', 'keys.json'));
    const other = createTestCounter(folder);
    expect(await other.start()).toMatchObject({ ok: false, error: { code: 'DATA_IS_COPY' } });
    const target = testConfig(join(temporaryFolder(), 'new'));
    expect(await salvageData(testConfig(folder), target, undefined)).toMatchObject({ error: { code: 'DATA_IS_COPY' } });
    const words = await runLoket(['serve', '--data', join(folder, 'data'), '--port', '0', '--no-open']);
    expect(words.code).toBe(2);
    expect(words.lines).toMatchObject([{ error: { code: 'DATA_IS_COPY' } }]);
    expect(JSON.stringify(words.lines)).toContain('cadangan untuk dibaca');
  });

  it('keeps the newest of each of seven days, and is old after a week', async () => {
    const counter = await counterWith(newMedium());
    await counter.get('backup.make');
    await counter.get('backup.make');
    expect((await counter.get('mirror.status')).backup).toMatchObject({ state: 'ok', kept: 1 });
    for (let day = 1; day < 9; day += 1) {
      await later(counter, DAY);
      await counter.get('backup.make');
    }
    const kept = valueOf(await listDataBackups(counter.config, null));
    expect(kept).toHaveLength(7);
    const [first, last] = [kept[0]?.madeAt ?? 0, kept.at(-1)?.madeAt ?? 0];
    expect(first - last).toBe(6 * DAY);
    await later(counter, 7 * DAY);
    expect((await counter.get('mirror.status')).backup.state).toBe('ok');
    await later(counter, 1000);
    expect((await counter.get('mirror.status')).backup.state).toBe('old');
  });

  it('that was just made stays beside seven that a wrong clock dated ahead, and those go first', async () => {
    const medium = newMedium();
    const counter = await counterWith(medium);
    await counter.get('backup.make');
    const folder = dirname(await newest(counter));
    const ahead = [30, 31, 32, 33, 34, 35, 36].map((days) =>
      backupFile({ madeAt: counter.clock.wallMs() + days * DAY, throughSeq: 3, digest: '0'.repeat(16) }),
    );
    for (const name of ahead) writeFileSync(join(folder, name), 'made while the clock was ahead');
    await later(counter, DAY);
    expect(await counter.get('backup.make')).toMatchObject({ state: 'ok', kept: 7 });
    const kept = readdirSync(folder).toSorted();
    // The two that tell the truth, and of the others the newest that still have room.
    expect(kept.filter((name) => !ahead.includes(name))).toHaveLength(2);
    expect(kept.filter((name) => ahead.includes(name))).toEqual(ahead.slice(2));
    const [made] = valueOf(await listDataBackups(counter.config, null)).filter(
      ({ madeAt }) => madeAt <= counter.clock.wallMs(),
    );
    expect(made?.madeAt).toBe(counter.clock.wallMs());
    for (let day = 0; day < 6; day += 1) {
      await later(counter, DAY);
      await counter.get('backup.make');
    }
    expect(readdirSync(folder).some((name) => ahead.includes(name))).toBe(false);
  });

  it('says which part of it is wrong: a byte, a cut, another name, another device', async () => {
    const counter = await counterWith(newMedium());
    await counter.get('backup.make');
    const file = await newest(counter);
    const rotten = join(temporaryFolder(), basename(file));
    copyFileSync(file, rotten);
    rot(rotten);
    expect(valueOf(await verifyBackup(counter.config, rotten))).toMatchObject({
      ok: false,
      problems: ['CUT_OR_DAMAGED'],
    });
    writeFileSync(rotten, readFileSync(file).subarray(0, -20));
    expect(valueOf(await verifyBackup(counter.config, rotten)).ok).toBe(false);
    const renamed = join(temporaryFolder(), basename(file).replace(/-[0-9a-f]{16}/, `-${'0'.repeat(16)}`));
    copyFileSync(file, renamed);
    expect(valueOf(await verifyBackup(counter.config, renamed)).problems).toEqual(['DIGEST_DIFFERS']);
    writeFileSync(rotten, 'no backup');
    expect(valueOf(await verifyBackup(counter.config, rotten)).problems).toEqual(['NOT_A_SEALED_FILE']);
    expect(await openBackup(counter.config, file, counter.config.dataDir)).toMatchObject({
      error: { code: 'BACKUP_FAILED', details: { reason: 'EXISTS' } },
    });
    expect(await verifyBackup(counter.config, join(temporaryFolder(), 'nowhere'))).toMatchObject({
      error: { details: { reason: 'ENOENT' } },
    });
  });

  it('on a medium that is pulled out is told, sells on, and is made when it is back', async () => {
    const stick = newMedium();
    const counter = await counterWith(stick);
    await counter.get('backup.make');
    renameSync(stick, `${stick}-away`);
    expect(await counter.refusal('backup.make')).toMatchObject({
      code: 'BACKUP_FAILED',
      details: { reason: 'MEDIUM_GONE' },
    });
    expect((await counter.get('mirror.status')).backup).toMatchObject({ state: 'missed', reason: 'MEDIUM_GONE' });
    mkdirSync(stick);
    expect((await counter.refusal('backup.make')).details).toMatchObject({ reason: 'MEDIUM_GONE' });
    expect(readdirSync(stick)).toEqual([]);
    expect((await closeDay(counter)).backup.state).toBe('missed');
    execFileSync('rmdir', [stick]);
    renameSync(`${stick}-away`, stick);
    expect((await counter.get('backup.make')).state).toBe('ok');
  });

  it('is listed, proved and opened by the command line', async () => {
    const counter = await counterWith(newMedium());
    await counter.get('backup.make');
    await counter.stop();
    const { dataDir } = counter.config;
    const listed = await runLoket(['backup', 'list', '--data', dataDir]);
    expect(listed.code).toBe(0);
    const file = await newest(counter);
    expect(listed.lines).toMatchObject([{ file }]);
    expect(await runLoket(['backup', 'verify', file, '--data', dataDir])).toMatchObject({
      code: 0,
      lines: [{ ok: true }],
    });
    rot(file);
    expect(await runLoket(['backup', 'verify', file, '--data', dataDir])).toMatchObject({
      code: 2,
      lines: [{ ok: false }],
    });
    const to = join(temporaryFolder(), 'to');
    const refused = await runLoket(['backup', 'open', file, '--to', to, '--data', dataDir]);
    expect(refused).toMatchObject({ code: 2, lines: [{ error: { code: 'BACKUP_FAILED' } }] });
    expect(existsSync(to)).toBe(false);
    expect(await runLoket(['backup', 'restore', file, '--data', dataDir])).toMatchObject({ code: 2 });
  });
});

if (!canMountSmallDisk)
  process.stdout.write('NOT RUN: a full and a locked medium - mounting one needs root. Nothing of it is counted.\n');

describe.each(canMountSmallDisk ? ['the medium of the backup'] : [])('%s', () => {
  it('that is full lets the oldest go, never the newest, and is told like one that is locked', async () => {
    const stick = smallDisk(128 * 1024);
    const counter = await counterWith(stick);
    await counter.get('backup.make');
    const { bytes } = (await counter.get('mirror.status')).backup;
    // The room that backups leave to the second copy, and that of three of them.
    const room = 64 * 1024 * 1024 + Math.ceil(3.5 * bytes);
    execFileSync('mount', ['-o', `remount,size=${String(room)}`, stick]);
    for (let day = 0; day < 5; day += 1) {
      await later(counter, DAY);
      await counter.get('backup.make');
    }
    const kept = valueOf(await listDataBackups(counter.config, null));
    expect(kept).toHaveLength(3);
    expect(valueOf(await verifyBackup(counter.config, kept[0]?.file ?? ''))).toMatchObject({ ok: true });
    writeFileSync(join(stick, 'film.mp4'), Buffer.alloc(3 * bytes));
    expect((await counter.refusal('backup.make')).details).toMatchObject({ reason: 'NO_ROOM' });
    expect(valueOf(await listDataBackups(counter.config, null))).toHaveLength(1);
    rmSync(join(stick, 'film.mp4'));
    execFileSync('mount', ['-o', 'remount,ro', stick]);
    expect((await counter.refusal('backup.make')).details).toMatchObject({ reason: 'EROFS' });
    execFileSync('mount', ['-o', 'remount,rw', stick]);
    expect(existsSync(await newest(counter))).toBe(true);
  });
});
