import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../../src/main/core/config.ts';
import { writeSwitch } from '../../../src/main/installed/switch-file.ts';
import { copiedCounter, useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { createTestCounter } from '../../support/test-counter.ts';

const enrolled = useEnrolledFolder();

describe('a power cut while the data of a failed update is put back', () => {
  /** The files as the cut leaves them: the database has its aside name, and the copy has not taken its place. */
  const cutBetween = async () => {
    const counter = await copiedCounter(enrolled());
    const { dataDir } = counter.config;
    await counter.stop();
    const database = join(dataDir, DATABASE_FILE);
    copyFileSync(database, join(dataDir, 'before-update.sqlite'));
    renameSync(database, join(dataDir, 'after-failed-0.2.0.sqlite'));
    // The log of the failed program still lies where the database was.
    for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`, { force: true });
    writeFileSync(`${database}-wal`, 'of the failed program');
    const versionsFolder = temporaryFolder();
    writeSwitch(versionsFolder, { version: '0.1.0', previous: '0.2.0', state: 'returned', starts: 3 });
    const installation = {
      format: 'portable' as const,
      platform: 'linux-x64' as const,
      programFolder: temporaryFolder(),
      versionsFolder,
      version: '0.1.0',
    };
    return {
      dataDir,
      database,
      started: createTestCounter(counter.folder, { config: { installation, appVersion: '0.1.0' } }),
    };
  };

  it('ends with the next start: the copy takes its place, and the counter works', async () => {
    const { dataDir, database, started } = await cutBetween();
    expect(await started.start()).toMatchObject({ ok: true });
    expect(existsSync(database)).toBe(true);
    expect(existsSync(join(dataDir, 'before-update.sqlite'))).toBe(false);
    for (const end of ['', '-wal']) expect(existsSync(join(dataDir, `after-failed-0.2.0.sqlite${end}`))).toBe(true);
    expect((await started.get('counter.status')).enrolled).toBe(true);
    await started.stop();
  });

  it('is nothing that any other missing database is taken for', async () => {
    const { dataDir, database, started } = await cutBetween();
    // Nothing was put aside: the copy may be older than what was lost.
    rmSync(join(dataDir, 'after-failed-0.2.0.sqlite'));
    expect(await started.start()).toMatchObject({ ok: false, error: { code: 'DATABASE_DAMAGED' } });
    expect(existsSync(database)).toBe(false);
    expect(existsSync(join(dataDir, 'before-update.sqlite'))).toBe(true);
  });
});
