import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSystemLog } from '../../../src/main/core/device/system-log.ts';
import { canMountSmallDisk, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// A device that is always full, wherever it exists; a disk that becomes free again needs root to be mounted.
describe.each(process.platform === 'linux' ? ['a disk that is always full'] : [])('the log on %s', () => {
  it('never ends the counter', () => {
    const folder = temporaryFolder();
    symlinkSync('/dev/full', join(folder, 'counter.log'));
    const log = createSystemLog(folder);
    for (let line = 0; line < 50; line += 1) log.write('error', 'sync.storage', { line });
    log.close();
  });
});

describe.each(canMountSmallDisk ? ['a small disk'] : [])('the log on %s', () => {
  it('goes on when there is space again, and says that it could not be written', () => {
    const folder = smallDisk(64);
    const log = createSystemLog(folder);
    log.write('info', 'counter.started');
    const ballast = join(folder, 'ballast');
    expect(() => {
      for (;;) writeFileSync(ballast, Buffer.alloc(1024), { flag: 'a' });
    }).toThrow(/ENOSPC/);
    for (let line = 0; line < 100; line += 1) log.write('error', 'mark.failed', { line });
    rmSync(ballast);
    log.write('info', 'counter.stopped');
    log.close();
    const events = readFileSync(join(folder, 'counter.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event); // every line is an object
    expect(events.at(0)).toBe('counter.started');
    expect(events).toContain('log.failed');
    expect(events.at(-1)).toBe('counter.stopped');
  });
});
