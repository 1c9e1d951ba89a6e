import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { counterMigrations } from '../../../src/main/core/db/migrations/index.ts';
import { openHandle } from '../../../src/main/core/db/driver.ts';
import { appliedMigrations } from '../../../src/main/core/db/migrate.ts';
import { tryUpdate } from '../../../src/main/core/updates/try-update.ts';
import {
  chooseProgram,
  MOST_TRIALS,
  readSwitch,
  type Switch,
  writeSwitch,
} from '../../../src/main/installed/switch-file.ts';
import {
  INSTALL_FILE,
  type Installation,
  readInstallation,
  runtimeOf,
} from '../../../src/main/installed/installation.ts';
import { makeOlder } from '../../crash/older-database.ts';
import { useEnrolledFolder } from '../../support/enrolled-counter.ts';
import { layProgramOut, type Release, TEST_PLATFORM } from '../../support/program-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const OLD = { version: '0.1.0' } as const;
const trial = (version = '0.2.0'): Switch => ({ version, previous: '0.1.0', state: 'trial', starts: 0 });

/** An installed 0.1.0 with a newer program beside it, both real. */
function installation(newer: Release, old: Release = OLD): Installation {
  const base = temporaryFolder();
  const lay = (folder: string, release: Release, about: object): void => {
    layProgramOut(folder, release);
    writeFileSync(join(folder, INSTALL_FILE), JSON.stringify({ platform: TEST_PLATFORM, ...about }));
  };
  lay(join(base, 'program'), old, { format: 'portable', versions: '../versions' });
  lay(join(base, 'versions', newer.version), newer, { format: 'update', versions: '..' });
  const installed = readInstallation(join(base, 'program'));
  if (installed === undefined) throw new Error('the program is not whole');
  return installed;
}

describe('which program runs', () => {
  const programs = (): Installation => {
    const base = temporaryFolder();
    const versionsFolder = join(base, 'versions');
    const folder = join(versionsFolder, '0.2.0');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"version":"0.2.0"}');
    writeFileSync(
      join(folder, INSTALL_FILE),
      JSON.stringify({ format: 'update', platform: TEST_PLATFORM, versions: '..' }),
    );
    return { format: 'portable', platform: TEST_PLATFORM, programFolder: base, versionsFolder, version: '0.1.0' };
  };

  it('is the installed one until a switch names a newer one that is whole', () => {
    const installed = programs();
    expect(chooseProgram(installed, true).version).toBe('0.1.0');
    writeSwitch(installed.versionsFolder, trial());
    expect(chooseProgram(installed, true).version).toBe('0.2.0');
    rmSync(join(installed.versionsFolder, '0.2.0', INSTALL_FILE));
    expect(chooseProgram(installed, false).version).toBe('0.1.0');
  });

  it('is the installed one when the switch was torn, is a stranger’s, or names something older', () => {
    const installed = programs();
    for (const text of ['', '{"version":', '{}', JSON.stringify(trial('0.0.9')), JSON.stringify(trial('../0.2.0'))]) {
      writeFileSync(join(installed.versionsFolder, 'switch.json'), text);
      expect(chooseProgram(installed, false).version, text).toBe('0.1.0');
    }
  });

  it('is the installed one again when it became newer than its update', () => {
    const installed = { ...programs(), version: '0.3.0' };
    writeSwitch(installed.versionsFolder, { ...trial(), state: 'confirmed' });
    expect(chooseProgram(installed, true).version).toBe('0.3.0');
  });

  it('goes back for good after starts that did not stand; looking counts no start', () => {
    const installed = programs();
    writeSwitch(installed.versionsFolder, trial());
    for (let look = 0; look < 5; look += 1) expect(chooseProgram(installed, false).version).toBe('0.2.0');
    for (let start = 0; start < MOST_TRIALS; start += 1) expect(chooseProgram(installed, true).version).toBe('0.2.0');
    for (let start = 0; start < 3; start += 1) expect(chooseProgram(installed, true).version).toBe('0.1.0');
    expect(readSwitch(installed.versionsFolder)).toMatchObject({
      version: '0.1.0',
      previous: '0.2.0',
      state: 'returned',
    });
  });
});

describe('an update as processes', () => {
  const enrolled = useEnrolledFolder();
  const dataOf = (): string => {
    const own = temporaryFolder();
    cpSync(enrolled(), own, { recursive: true });
    return join(own, 'data');
  };
  const schemaOf = (data: string): number => {
    const handle = openHandle(join(data, 'counter.sqlite'), { readOnly: true, create: false, busyTimeoutMs: 1000 });
    try {
      return appliedMigrations(handle).length;
    } finally {
      handle.close();
    }
  };
  /** Starts what was installed, as its starter does. */
  const start = (installed: Installation, data: string): ChildProcess => {
    const { programFolder, platform } = installed;
    const args = [join(programFolder, 'bin', 'loket.mjs'), 'serve', '--data', data, '--no-open'];
    const child = spawn(runtimeOf(programFolder, platform), args, { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const firstLine = async (child: ChildProcess): Promise<{ url?: string; error?: { code: string } }> => {
    if (child.stdout === null) throw new Error('nothing to read');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return JSON.parse(line) as { url?: string };
  };
  const versionAt = async (url: string): Promise<string> => {
    const { origin, hash } = new URL(url);
    const answer = await fetch(`${origin}/rpc`, {
      method: 'POST',
      headers: { origin, 'x-loket-secret': hash.slice(1), 'content-type': 'application/json' },
      body: JSON.stringify({ id: '1', method: 'counter.status', input: {} }),
    });
    return ((await answer.json()) as { value: { appVersion: string } }).value.appVersion;
  };

  it('runs the newer program, which moves the schema, stands, and is kept', async () => {
    const installed = installation({ version: '0.2.0', newerSchema: true });
    writeSwitch(installed.versionsFolder, trial());
    const data = dataOf();
    const child = start(installed, data);
    const { url = '' } = await firstLine(child);
    expect(await versionAt(url)).toBe('0.2.0');
    expect(readSwitch(installed.versionsFolder)?.state).toBe('confirmed');
    expect(schemaOf(data)).toBe(counterMigrations.length + 1);
    // The copy of the trial held keys; it is gone with the trial.
    expect(existsSync(join(data, 'before-update.sqlite'))).toBe(false);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('goes back to the old program and the old data when the newer one has moved the schema and does not stand', async () => {
    const installed = installation({ version: '0.2.0', newerSchema: true, broken: 'start' });
    writeSwitch(installed.versionsFolder, trial());
    const data = dataOf();
    for (let attempt = 0; attempt < MOST_TRIALS; attempt += 1) {
      const [code] = (await once(start(installed, data), 'exit')) as [number];
      expect(code).toBe(1);
    }
    expect(schemaOf(data)).toBe(counterMigrations.length + 1);
    const child = start(installed, data);
    const { url = '' } = await firstLine(child);
    expect(await versionAt(url)).toBe('0.1.0');
    expect(schemaOf(data)).toBe(counterMigrations.length);
    expect(readSwitch(installed.versionsFolder)?.state).toBe('returned');
    // What the newer one made of the data is kept for support.
    expect(readdirSync(data)).toContain('after-failed-0.2.0.sqlite');
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('never gives up an entry: data that was written since is refused by the old program, and left as it is', async () => {
    const installed = installation({ version: '0.2.0', newerSchema: true });
    writeSwitch(installed.versionsFolder, trial());
    const data = dataOf();
    cpSync(join(data, 'counter.sqlite'), join(data, 'before-update.sqlite'));
    const child = start(installed, data);
    await firstLine(child);
    child.kill('SIGTERM');
    await once(child, 'exit');
    // An entry of a newer program, and a copy from before it: as if the trial had gone wrong later.
    cpSync(join(enrolled(), 'data', 'counter.sqlite'), join(data, 'before-update.sqlite'));
    const handle = openHandle(join(data, 'before-update.sqlite'), {
      readOnly: false,
      create: false,
      busyTimeoutMs: 1000,
    });
    handle.exec('DROP TRIGGER IF EXISTS entry_no_delete; DROP TRIGGER IF EXISTS entry_append_only_delete');
    const triggers = handle.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entry'");
    for (const { name } of triggers) handle.exec(`DROP TRIGGER ${String(name)}`);
    handle.exec('PRAGMA foreign_keys = OFF; DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)');
    handle.close();
    writeSwitch(installed.versionsFolder, { version: '0.1.0', previous: '0.2.0', state: 'returned', starts: 0 });
    const { error } = await firstLine(start(installed, data));
    expect(error?.code).toBe('DATABASE_FROM_FUTURE');
    expect(schemaOf(data)).toBe(counterMigrations.length + 1);
  });

  it.each(counterMigrations.slice(2).map(({ number, name }) => [number, name] as const))(
    'opens a copy of data of schema %i (%s), and finds every entry',
    async (number) => {
      const file = join(temporaryFolder(), 'copy.sqlite');
      cpSync(join(enrolled(), 'data', 'counter.sqlite'), file);
      const before = await tryUpdate(file);
      await makeOlder(file, counterMigrations.slice(0, number));
      const tried = await tryUpdate(file);
      expect(before.ok).toBe(true);
      expect(tried).toEqual(before);
    },
  );
});
