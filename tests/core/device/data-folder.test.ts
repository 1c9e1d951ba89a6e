import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Refusal } from '../../../src/contract/errors.ts';
import type { CounterConfig } from '../../../src/main/core/config.ts';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { serveFaultError } from '../../../src/main/start-faults.ts';
import { errorSentences } from '../../../src/renderer/text/error-text.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { runLoket } from '../../support/loket-process.ts';
import { canMountSmallDisk, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { createTestCounter } from '../../support/test-counter.ts';

const enrolled = useEnrolledFolder();

/** Starts a counter with its own log on a folder of data, and answers why it does not start. */
async function refusalOn(dataDir: string, config: Partial<CounterConfig> = {}): Promise<Refusal> {
  const counter = createTestCounter(temporaryFolder(), { config: { dataDir, ...config }, ownLog: true });
  const started = await counter.start();
  await counter.stop();
  if (started.ok) throw new Error('the counter starts');
  return started.error;
}

/** What a person reads at the terminal and in the window. */
function expectWords(refusal: Refusal, dataDir: string, what: string): void {
  const { error } = serveFaultError({ kind: 'app', refusal });
  for (const words of [dataDir, what, 'tidak ada data yang dibuat, diubah, atau dihapus', refusal.code])
    expect(error.message).toContain(words);
  const screen = errorSentences(refusal.code, refusal.details);
  expect(screen.what).toContain(what);
  expect(screen.what).toContain(dataDir);
  expect(error.message.length).toBeGreaterThan(error.message.indexOf('dihapus.') + 40);
  expect(screen.next.length).toBeGreaterThan(40);
}

/** Nothing can be made in the folder, by root neither, until the test is over. */
function lockFolder(folder: string): void {
  execFileSync('chattr', ['+i', folder]);
  onTestFinished(() => void execFileSync('chattr', ['-i', folder]));
}

const canLock = ((): boolean => {
  if (!canMountSmallDisk) return false;
  const folder = mkdtempSync(join(tmpdir(), 'loket-lock-'));
  const isLocked = spawnSync('chattr', ['+i', folder]).status === 0;
  spawnSync('chattr', ['-i', folder]);
  rmdirSync(folder);
  return isLocked;
})();

describe('a data folder that takes no data', () => {
  it('because a file lies in its place is refused in words, and the file stays', async () => {
    const place = join(temporaryFolder(), 'data');
    writeFileSync(place, 'catatan pemasang');
    for (const dataDir of [place, join(place, 'below')]) {
      const refusal = await refusalOn(dataDir);
      expect(refusal).toEqual({ code: 'DATA_FOLDER_UNUSABLE', details: { reason: 'NOT_A_FOLDER', folder: dataDir } });
      expectWords(refusal, dataDir, 'ada berkas, bukan folder');
    }
    expect(readFileSync(place, 'utf8')).toBe('catatan pemasang');
    const said = await runLoket(['sync', '--data', place]);
    expect(said).toMatchObject({ code: 2, stderr: '', lines: [{ error: { code: 'DATA_FOLDER_UNUSABLE' } }] });
  });

  it('because the counter that left its marks beside it is gone is not taken for a new computer', async () => {
    const counter = await copiedCounter(enrolled());
    await counter.stop();
    const { config } = counter;
    renameSync(config.dataDir, `${config.dataDir}-elsewhere`);
    const normal = { secondMarkDir: config.secondMarkDir, mode: 'normal' } as const;
    for (const make of [() => undefined, () => mkdirSync(config.dataDir, { recursive: true })]) {
      make();
      const refusal = await refusalOn(config.dataDir, normal);
      expect(refusal.details).toMatchObject({ reason: 'GONE' });
      expectWords(refusal, config.dataDir, 'pernah dipakai sebagai loket');
      expect(existsSync(join(config.dataDir, DATABASE_FILE))).toBe(false);
    }
    // The disk is connected again, or another folder is taken.
    rmSync(config.dataDir, { recursive: true });
    renameSync(`${config.dataDir}-elsewhere`, config.dataDir);
    const [dataDir, secondMarkDir] = [`${config.dataDir}-new`, `${config.dataDir}-new.tanda`];
    for (const one of [config, { ...config, mode: 'normal', dataDir, secondMarkDir } as const]) {
      const again = createTestCounter(temporaryFolder(), { config: one });
      expect(await again.start()).toMatchObject({ ok: true });
      await again.stop();
    }
  });
});

describe.each(process.platform === 'linux' ? ['a place that is not there'] : [])('%s', () => {
  it('is refused in words', async () => {
    // The kernel makes no folder in /proc.
    const refusal = await refusalOn('/proc/loket/data');
    expect(refusal.details).toMatchObject({ reason: 'NOT_THERE' });
    expectWords(refusal, '/proc/loket/data', 'tempatnya tidak ada');
  });
});

if (!canMountSmallDisk)
  process.stdout.write(
    'NOT RUN: a locked and a full disk at start - mounting one needs root. Nothing of it is counted.\n',
  );
if (!canLock)
  process.stdout.write('NOT RUN: a folder without rights - chattr does not lock one here. Nothing of it is counted.\n');

describe.each(canLock ? ['a folder in which nobody may write'] : [])('%s', () => {
  it('carries no new counter, and lets no old one start', async () => {
    const outer = temporaryFolder();
    lockFolder(outer);
    const fresh = await refusalOn(join(outer, 'data'));
    expect(fresh.details).toMatchObject({ reason: 'NO_RIGHTS' });
    expectWords(fresh, join(outer, 'data'), 'tidak berhak menulis');
    const { config, stop } = await copiedCounter(enrolled());
    await stop();
    lockFolder(config.dataDir);
    expect((await refusalOn(config.dataDir)).details).toMatchObject({ reason: 'NO_RIGHTS' });
  });
});

describe.each(canMountSmallDisk ? ['the disk of the data'] : [])('%s', () => {
  /** An enrolled counter that was stopped, alone on a disk of its own. */
  async function onDisk() {
    const disk = smallDisk(8 * 1024);
    const counter = await copiedCounter(enrolled(), { folder: join(disk, 'loket') });
    await counter.stop();
    const { config } = counter;
    return { disk, config, bytes: () => readFileSync(join(config.dataDir, DATABASE_FILE)) };
  }
  const startsAgain = async (config: CounterConfig): Promise<void> => {
    const again = createTestCounter(temporaryFolder(), { config });
    expect(await again.start()).toMatchObject({ ok: true });
    await again.stop();
  };

  it('that became read-only is refused in words, and the counter is as it was', async () => {
    const { disk, config, bytes } = await onDisk();
    const [before, names] = [bytes(), readdirSync(config.dataDir)];
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const refusal = await refusalOn(config.dataDir);
    expect(refusal.details).toMatchObject({ reason: 'READ_ONLY' });
    expectWords(refusal, config.dataDir, 'hanya dapat dibaca');
    // A folder that is still to be made on it: Node's own answer to that is a file that is missing.
    expect((await refusalOn(join(disk, 'new', 'data'))).details).toMatchObject({ reason: 'READ_ONLY' });
    expect(bytes().equals(before)).toBe(true);
    expect(readdirSync(config.dataDir)).toEqual(names);
    execFileSync('mount', ['-o', 'remount,rw', disk]);
    await startsAgain(config);
  });

  it('that is full says so, and the counter is as it was', async () => {
    const { disk, config, bytes } = await onDisk();
    const before = bytes();
    const ballast = join(disk, 'ballast');
    expect(() => {
      for (;;) writeFileSync(ballast, Buffer.alloc(64 * 1024), { flag: 'a' });
    }).toThrow(/ENOSPC/);
    const refusal = await refusalOn(config.dataDir);
    expect(refusal.code).toBe('DISK_FULL');
    expect(serveFaultError({ kind: 'app', refusal }).error.message).toContain('Kosongkan ruang');
    expect(bytes().equals(before)).toBe(true);
    rmSync(ballast);
    await startsAgain(config);
  });
});
