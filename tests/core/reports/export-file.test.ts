import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discard, exportReason, giveName, writeUnfinished } from '../../../src/main/core/reports/export-file.ts';
import { canMountSmallDisk, smallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { valueOf } from '../../support/opened-database.ts';

const NAME = 'laporan.csv';
const fault = (code: string): Error => Object.assign(new Error(code), { code });

describe('the file of a report', () => {
  it('has its name only when all of it is on the disk, and an older one stands until then', async () => {
    const folder = temporaryFolder();
    const old = join(folder, NAME);
    writeFileSync(old, 'yang lama');
    const unfinished = valueOf(await writeUnfinished(folder, NAME, Buffer.from('yang baru')));
    expect(readFileSync(old, 'utf8')).toBe('yang lama');
    expect(unfinished).toMatchObject({ file: old, bytes: 9 });
    valueOf(await giveName(unfinished));
    expect(readFileSync(old, 'utf8')).toBe('yang baru');
    expect(readdirSync(folder)).toEqual([NAME]);
  });

  it('leaves nothing half-written where it is given up, or cannot be named', async () => {
    const folder = temporaryFolder();
    valueOf(await writeUnfinished(folder, NAME, Buffer.from('a')));
    await discard(join(folder, NAME));
    expect(readdirSync(folder)).toEqual([]);
    mkdirSync(join(folder, NAME, 'isi'), { recursive: true });
    const unfinished = valueOf(await writeUnfinished(folder, NAME, Buffer.from('a')));
    expect(await giveName(unfinished)).toMatchObject({ ok: false, error: 'NAME_TAKEN' });
    expect(readdirSync(folder)).toEqual([NAME]);
    expect(await writeUnfinished(join(folder, 'tidak-ada'), NAME, Buffer.from('a'))).toMatchObject({
      error: 'NOT_THERE',
    });
  });

  it('says what a person can mend: a file that is open elsewhere, a full place, one that takes no writing', () => {
    for (const code of ['EBUSY', 'EPERM', 'EACCES', 'ETXTBSY']) {
      expect(exportReason(fault(code), 'naming'), code).toBe('OPEN_ELSEWHERE');
    }
    for (const code of ['EPERM', 'EACCES', 'EROFS']) {
      expect(exportReason(fault(code), 'writing'), code).toBe('NOT_WRITABLE');
    }
    expect(exportReason(fault('ENOSPC'), 'writing')).toBe('FULL');
    expect(exportReason(fault('EXOTIC'), 'writing')).toBe('EXOTIC');
    expect(exportReason('no error at all', 'naming')).toBe('UNKNOWN');
  });
});

if (!canMountSmallDisk)
  process.stdout.write(
    'NOT RUN: a report onto a full flashdisk - mounting one needs root. Nothing of it is counted.\n',
  );

describe.each(canMountSmallDisk ? ['the file of a report on a full flashdisk'] : [])('%s', () => {
  it('is not there, and the older one on it still is', async () => {
    const stick = smallDisk(64);
    writeFileSync(join(stick, NAME), 'yang lama');
    const tooMuch = Buffer.alloc(200_000, 'x');
    expect(await writeUnfinished(stick, NAME, tooMuch)).toMatchObject({ ok: false, error: 'FULL' });
    expect(readFileSync(join(stick, NAME), 'utf8')).toBe('yang lama');
    expect(existsSync(join(stick, `${NAME}.unfinished`))).toBe(false);
  });
});
