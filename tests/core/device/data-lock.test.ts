import { spawn } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findDoor, lockData } from '../../../src/main/core/device/data-lock.ts';
import { errorOf, valueOf } from '../../support/opened-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const holder = fileURLToPath(new URL('./lock-holder.ts', import.meta.url));

/** Another process that takes the folder, opens a door and waits to be killed. */
function startHolder(folder: string): Promise<{ pid: number; kill: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [holder, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = new Promise<void>((done) => child.once('close', () => done()));
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await gone;
    };
    onTestFinished(kill);
    child.on('error', reject);
    child.stdout.once('data', () => resolve({ pid: child.pid ?? 0, kill }));
  });
}

describe('a data folder', () => {
  it('is worked on by one counter at a time, and says which process has it', async () => {
    const folder = temporaryFolder();
    const other = await startHolder(folder);
    expect(errorOf(lockData(folder))).toEqual({ code: 'DATA_IN_USE', details: { pid: other.pid } });
    expect(findDoor(folder)).toEqual({ pid: other.pid, url: 'http://127.0.0.1:1/rpc', secret: 'geheim' });
    expect(statSync(join(folder, 'door.json')).mode & 0o777).toBe(0o600);
  });

  it('is free again when the counter that had it was killed, and its old door is not believed', async () => {
    const folder = temporaryFolder();
    const other = await startHolder(folder);
    await other.kill();
    expect(existsSync(join(folder, 'door.json'))).toBe(true);
    expect(findDoor(folder)).toBeUndefined();
    const lock = valueOf(lockData(folder));
    expect(existsSync(join(folder, 'door.json'))).toBe(false);
    lock.release();
  });

  it('is refused to a second counter of the same process too, and free after it was given back', async () => {
    const folder = temporaryFolder();
    const first = valueOf(lockData(folder));
    expect(errorOf(lockData(folder))).toEqual({ code: 'DATA_IN_USE', details: { pid: null } });
    await first.openDoor({ pid: process.pid, url: 'http://127.0.0.1:1/rpc', secret: 's' });
    expect(findDoor(folder)?.pid).toBe(process.pid);
    first.release();
    expect(findDoor(folder)).toBeUndefined();
    valueOf(lockData(folder)).release();
  });

  it('has no door that can be read when it was torn or belongs to something else', () => {
    const folder = temporaryFolder();
    const lock = valueOf(lockData(folder));
    for (const text of ['', '{"pid":', '{"pid":"x"}']) {
      writeFileSync(join(folder, 'door.json'), text);
      expect(findDoor(folder)).toBeUndefined();
    }
    lock.release();
  });
});
