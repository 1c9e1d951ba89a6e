import type * as FilesNow from 'node:fs';
import type * as FilesLater from 'node:fs/promises';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BACKUP_FOLDER, backupFile } from '../../../src/contract/backup-name.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { listDataBackups, verifyBackup } from '../../../src/main/core/inspect/read-backup.ts';
import { exportData, statusOfData } from '../../../src/main/core/inspect.ts';
import { openCounterBackup } from '../../../src/province/backups/counter-backups.ts';
import { runProvince } from '../../../src/province/cli/run.ts';
import { createSealingKey } from '../../../src/province/crypto/sealed-box.ts';
import { enterAs, openForBusiness, sellOffline } from '../../support/at-the-counter.ts';
import { copiedCounter, enrolledCounter, useEnrolledFolder, useProvince } from '../../support/enrolled-counter.ts';
import { valueOf } from '../../support/opened-database.ts';
import { runVerifier } from '../../support/verifier.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type TestCounter, testConfig } from '../../support/test-counter.ts';

/** What the disk does to a file once it has said that it is safe, synced or under its name; by the end of that. */
const disk = vi.hoisted((): { lie: { when: string; then: () => void } | null } => ({ lie: null }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FilesLater>();
  const open: typeof real.open = async (path, ...how) => {
    const handle = await real.open(path, ...how);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      if (disk.lie !== null && String(path).endsWith(disk.lie.when)) disk.lie.then();
    };
    return handle;
  };
  return { ...real, open };
});
vi.mock('node:fs', async (original) => {
  const real = await original<typeof FilesNow>();
  const renameSync: typeof real.renameSync = (from, to) => {
    real.renameSync(from, to);
    if (disk.lie !== null && String(to).endsWith(disk.lie.when)) disk.lie.then();
  };
  return { ...real, renameSync };
});
afterEach(() => {
  disk.lie = null;
});

const enrolled = useEnrolledFolder();
const PAGE = 4096;
const newMedium = (): string => join(temporaryFolder(), 'stick');

/** An open counter with one sale and a medium for its copies. */
async function counterWith(medium: string): Promise<TestCounter> {
  const counter = await copiedCounter(enrolled(), { config: { firstMirrorDir: medium } });
  await openForBusiness(counter);
  await sellOffline(counter, 'AG 2345 KD');
  return counter;
}

const namesOn = (medium: string, { config }: TestCounter): readonly string[] => {
  const [device] = existsSync(join(medium, BACKUP_FOLDER)) ? readdirSync(join(medium, BACKUP_FOLDER)) : [];
  expect(readdirSync(config.dataDir).filter((name) => name.startsWith('.cadangan'))).toEqual([]);
  return device === undefined ? [] : readdirSync(join(medium, BACKUP_FOLDER, device));
};

/** One bit in the middle of a file. */
function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  writeFileSync(file, bytes);
}

/** Changes the data past every layer, beside the running counter, as soon as that writes nothing. */
async function change({ config }: TestCounter, ...statements: readonly string[]): Promise<void> {
  const file = join(config.dataDir, 'counter.sqlite');
  await vi.waitFor(() => {
    const handle = openHandle(file, { readOnly: false, create: false, busyTimeoutMs: 0 });
    try {
      handle.exec(statements.join('; '));
    } finally {
      handle.close();
    }
  }, 20_000);
}

describe('a backup counts only when it was proved', () => {
  it('so one that comes back otherwise than it was written is none, and the one before stays', async () => {
    const medium = newMedium();
    const counter = await counterWith(medium);
    await counter.get('backup.make');
    const before = namesOn(medium, counter);
    expect(before).toHaveLength(1);
    counter.clock.pass(60_000);
    const [folder] = readdirSync(join(medium, BACKUP_FOLDER));
    const unfinished = join(medium, BACKUP_FOLDER, folder ?? '', 'cadangan.unfinished');
    // The medium keeps other bytes; and: what was sealed is not what was copied.
    for (const liar of [unfinished, join(counter.config.dataDir, '.cadangan.sqlite')]) {
      const lies: string[] = [];
      disk.lie = {
        when: 'cadangan.unfinished',
        then: () => {
          lies.push(liar);
          flip(liar);
        },
      };
      const refused = await counter.refusal('backup.make');
      expect(refused).toMatchObject({ code: 'BACKUP_FAILED', details: { reason: 'COPY_UNREADABLE' } });
      expect(lies).toEqual([liar]);
      expect(namesOn(medium, counter)).toEqual(before);
    }
    expect((await counter.get('mirror.status')).backup).toMatchObject({
      state: 'missed',
      reason: 'COPY_UNREADABLE',
      kept: 1,
    });
    disk.lie = null;
    expect((await counter.get('backup.make')).state).toBe('ok');
  });

  it('so a copy that is not whole is none', async () => {
    const medium = newMedium();
    const counter = await counterWith(medium);
    const copy = join(counter.config.dataDir, '.cadangan.sqlite');
    disk.lie = {
      when: '.cadangan.sqlite',
      then: () => {
        const bytes = readFileSync(copy);
        // A page of a table that is not the journal.
        const at = PAGE * Math.floor(bytes.length / PAGE / 2);
        writeFileSync(copy, bytes.fill(0, at, at + PAGE));
      },
    };
    expect((await counter.refusal('backup.make')).details).toMatchObject({ reason: 'DATA_DAMAGED' });
    expect(namesOn(medium, counter)).toEqual([]);
  });

  it('so none is made that only this computer could open', async () => {
    const medium = newMedium();
    const counter = await counterWith(medium);
    await change(counter, "UPDATE province_key SET revoked = 1 WHERE purpose = 'sealing'");
    expect((await counter.refusal('backup.make')).details).toMatchObject({ reason: 'NO_SEALING_KEY' });
    expect(namesOn(medium, counter)).toEqual([]);
  });

  it('and only on the medium that is at hand', async () => {
    const counter = await copiedCounter(enrolled(), { config: { firstMirrorDir: newMedium() } });
    await enterAs(counter, 'pengawas');
    await counter.get('backup.make');
    await counter.get('mirror.set-folder', { folder: temporaryFolder('other') });
    expect((await counter.get('mirror.status')).backup.state).toBe('never');
  });
});

describe('the backup of a dead counter', () => {
  const province = useProvince();

  it('is listed and opened by the province alone, says what never came, and is proved as a copy for reading', async () => {
    const medium = newMedium();
    const counter = await enrolledCounter(province(), { config: { firstMirrorDir: medium } });
    await openForBusiness(counter);
    await sellOffline(counter, 'AG 2345 KD');
    await counter.get('backup.make');
    const [made] = valueOf(await listDataBackups(counter.config, null));
    if (made === undefined) throw new Error('no backup is there');
    const { file, throughSeq } = made;
    const { ackSeq } = await counter.get('outbox.figures', {});
    await counter.stop();

    const work = temporaryFolder();
    const run = async (...args: readonly string[]) => {
      const lines: unknown[] = [];
      const place = ['--data', work, '--database-url', province().databaseUrl, '--keys', province().keysFolder];
      const code = await runProvince([...args, ...place], (line) => lines.push(line), expect.unreachable);
      return { code, lines };
    };
    expect(await run('backup', 'list', '--medium', medium)).toMatchObject({
      code: 0,
      lines: [{ file, throughSeq }],
    });
    const to = join(work, 'dibaca');
    const custody = { outletId: '3506-017', missing: throughSeq - ackSeq };
    expect(custody.missing).toBeGreaterThan(3);
    expect(await run('backup', 'open', file, '--to', to)).toMatchObject({
      code: 0,
      lines: [{ throughSeq, isAsNamed: true, custody }],
    });
    const read = { ...testConfig(work), dataDir: to };
    expect(valueOf(await statusOfData(read))).toMatchObject({ outletId: '3506-017', entries: throughSeq });
    const [journal, held, keyFile] = [join(work, 'journal'), join(work, 'custody'), join(work, 'keys')];
    valueOf(await exportData(read, { journal, custody: held, keys: keyFile }));
    const root = province().province.context.keys.root.publicKey;
    const judged = await runVerifier(['journal', journal, `--root=${root}`, '--custody', held, '--keys', keyFile]);
    // A copy has no mark beside it: that its end was not cut off is for custody to say.
    const [mark, ...rest] = judged.lines;
    expect(mark).toMatchObject({ seq: 0, problem: 'MARK_WRONG' });
    expect(rest).toMatchObject([{ entries: throughSeq, inCustody: ackSeq, gaps: [] }]);

    // Never over another folder; another name is said; a stranger's keys and a cut file open nothing.
    expect(await run('backup', 'open', file, '--to', to)).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'FILE_UNREADABLE' } }],
    });
    const renamed = join(work, backupFile({ madeAt: 0, throughSeq: 1, digest: '0'.repeat(16) }));
    const [other, cut] = [join(work, 'other'), join(work, 'cut')];
    writeFileSync(renamed, readFileSync(file));
    expect(await run('backup', 'open', renamed, '--to', join(work, 'renamed'))).toMatchObject({
      code: 2,
      lines: [{ isAsNamed: false, custody: null }],
    });
    writeFileSync(renamed, readFileSync(file).subarray(0, -20));
    expect(await run('backup', 'open', renamed, '--to', cut)).toMatchObject({
      code: 2,
      lines: [{ error: { code: 'CUT_OR_DAMAGED' } }],
    });
    // Neither province nor counter opens what was sealed to others.
    const stranger = await copiedCounter(enrolled());
    expect(valueOf(await verifyBackup(stranger.config, file)).problems).toEqual(['NOT_SEALED_TO_US']);
    const sealedToOthers = await openCounterBackup([createSealingKey()], file, other);
    expect(sealedToOthers).toEqual({ ok: false, error: 'NOT_SEALED_TO_US' });
    for (const folder of [other, cut]) expect(existsSync(folder)).toBe(false);
  });
});
