import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOnStick } from '../../../src/main/core/region/stick-files.ts';
import { mediumPlaces, removableMounts, shownName } from '../../../src/main/core/sync/media.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MOUNTS = [
  '/dev/nvme0n1p2 / ext4 rw 0 0',
  '/dev/sdb1 /media/loket/KOPERASI\\040BARU vfat rw 0 0',
  '/dev/sdc1 /run/media/loket/GERAI\\0111 fuseblk rw 0 0',
  '/dev/mapper/luks-1 /media/loket/terkunci ext4 rw 0 0',
  '/dev/sdd1 /mnt/flashdisk vfat rw 0 0',
  '/dev/nvme0n1p3 /mnt/data ext4 rw 0 0',
  '/dev/mapper/arsip /mnt/arsip ext4 rw 0 0',
  'server:/ekspor /mnt/bersama nfs4 rw 0 0',
  'tmpfs /mnt/sementara tmpfs rw 0 0',
  'tmpfs /media/loket/bukan-disk tmpfs rw 0 0',
  '/dev/sdd1 /srv/lain vfat rw 0 0',
  '',
].join('\n');

describe('media that can be carried away', () => {
  it('are flashdisks where desktops put them, and below /mnt only what the kernel calls removable', () => {
    expect(removableMounts(MOUNTS, (device) => device === 'sdd1')).toEqual([
      '/media/loket/KOPERASI BARU',
      '/run/media/loket/GERAI\t1',
      '/media/loket/terkunci',
      '/mnt/flashdisk',
    ]);
    expect(removableMounts(MOUNTS, () => false)).not.toContain('/mnt/flashdisk');
  });

  it('are named in one line with nothing hidden in it, whatever the medium or a file on it is called', async () => {
    expect(shownName('Gerai Ponpes Al-Hikmah')).toBe('Gerai Ponpes Al-Hikmah');
    expect(shownName('GERAI\u202Egnp.opop\n<b>')).toBe('GERAI\uFFFDgnp.opop\uFFFD<b>');
    expect(shownName('x'.repeat(255))).toHaveLength(60);
    const stick = join(temporaryFolder(), 'STIK\u202E\nRP9.000.000');
    mkdirSync(stick);
    const hostile = '3506-017\u202E-01-1-2.opop';
    writeFileSync(join(stick, hostile), 'x');
    const [place] = await mediumPlaces([stick]);
    expect(place).toMatchObject({ folder: stick, name: 'STIK\uFFFD\uFFFDRP9.000.000' });
    expect(place?.files).toMatchObject([{ file: join(stick, hostile), name: '3506-017\uFFFD-01-1-2.opop' }]);
    // What is shown is told apart from what is opened: the file is still found under its own name.
    const found = await filesOnStick(stick);
    expect(found).toMatchObject({
      ok: true,
      value: [{ file: join(stick, hostile), name: '3506-017\uFFFD-01-1-2.opop', named: null }],
    });
  });
});
