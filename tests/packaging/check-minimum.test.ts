import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preinst } from '../../scripts/package-debian.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CHECK = join(import.meta.dirname, '..', '..', 'packaging', 'linux', 'check-minimum.sh');

/** What a machine says of itself. */
type Machine = {
  readonly release: string | null;
  readonly processor: string;
  readonly memoryKb: number | null;
  readonly freeKb: number | null;
};

const DEBIAN = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';
const GOOD: Machine = { release: DEBIAN, processor: 'x86_64', memoryKb: 3_900_000, freeKb: 40_000_000 };

/** A root folder and programs that answer as the machine would. */
function machineFolder({ release, processor, memoryKb, freeKb }: Machine): { root: string; path: string } {
  const root = temporaryFolder();
  for (const folder of ['etc', 'proc', 'bin']) mkdirSync(join(root, folder));
  if (release !== null) writeFileSync(join(root, 'etc', 'os-release'), release);
  if (memoryKb !== null) writeFileSync(join(root, 'proc', 'meminfo'), `MemTotal:     ${memoryKb} kB\nMemFree: 1 kB\n`);
  const df = freeKb === null ? 'exit 1' : `printf 'head\\n/dev/sda1 9 9 ${freeKb} 1%% /\\n'`;
  for (const [name, body] of [
    ['uname', `echo ${processor}`],
    ['df', df],
  ] as const) {
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(root, 'bin', name), 0o755);
  }
  return { root, path: `${join(root, 'bin')}${delimiter}/usr/bin${delimiter}/bin` };
}

function check(machine: Partial<Machine>): { readonly code: number | null; readonly says: string } {
  const { root, path } = machineFolder({ ...GOOD, ...machine });
  const { status, stderr, stdout } = spawnSync(
    '/bin/sh',
    ['-c', `set -eu; . '${CHECK}'; loket_check_minimum '${root}' /opt`],
    { encoding: 'utf8', env: { PATH: path } },
  );
  return { code: status, says: stdout + stderr };
}

describe.each(process.platform === 'linux' ? ['Linux'] : [])(
  'the minimum, looked at on %s before anything is unpacked',
  () => {
    it.each([
      ['Debian 12', {}],
      [
        'a Debian of tomorrow, which names no version',
        { release: 'ID=debian\nPRETTY_NAME="Debian GNU/Linux trixie/sid"\n' },
      ],
      ['Ubuntu 22.04', { release: 'ID=ubuntu\nVERSION_ID="22.04"\n' }],
      ['Linux Mint', { release: 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21.3"\n' }],
      ['4 GB of which the firmware keeps a part', { memoryKb: 3_500_000 }],
    ])('lets %s pass', (_name, machine) => {
      expect(check(machine).code).toBe(0);
    });

    it.each([
      [
        'Debian 11',
        { release: 'ID=debian\nVERSION_ID="11"\nPRETTY_NAME="Debian 11"\n' },
        'Debian 12 atau lebih baru; terpasang Debian 11',
        'perbarui sistem operasi',
      ],
      [
        'Ubuntu 20.04',
        { release: "ID=ubuntu\nVERSION_ID='20.04'\nPRETTY_NAME='Ubuntu 20.04 LTS'\n" },
        'Ubuntu 22.04 atau lebih baru; terpasang Ubuntu 20.04 LTS',
        'perbarui sistem operasi',
      ],
      ['another family', { release: 'ID=fedora\nPRETTY_NAME="Fedora 41"\n' }, 'terpasang Fedora 41', 'arsip portabel'],
      ['no word about the system', { release: null }, 'sistem yang tidak dikenal', 'arsip portabel'],
      ['32 bits', { processor: 'i686' }, 'Prosesor 64-bit Intel atau AMD; komputer ini i686', 'pakai komputer lain'],
      ['an ARM board', { processor: 'aarch64' }, 'komputer ini aarch64', 'pakai komputer lain'],
      ['2 GB', { memoryKb: 2_000_000 }, 'Memori 4 GB; terpasang 1953 MB', 'pakai komputer lain'],
      ['memory that is not told', { memoryKb: null }, 'Memori 4 GB; terpasang 0 MB', 'pakai komputer lain'],
      ['a full disk', { freeKb: 1_000_000 }, 'Ruang kosong 2 GB pada disk /opt; tersisa 976 MB', 'kosongkan disk'],
      ['a disk that does not answer', { freeKb: null }, 'tersisa 0 MB', 'kosongkan disk'],
    ])('stops at %s, says what is missing and what can be done', (_name, machine, missing, advice) => {
      const { code, says } = check(machine);
      expect(code).toBe(3);
      expect(says).toContain(missing);
      expect(says).toContain(advice);
      expect(says).toContain('Tidak ada yang diubah di komputer ini.');
    });

    it('names everything that is missing at once', () => {
      const { says } = check({ processor: 'armv7l', memoryKb: 900_000, freeKb: 100 });
      expect(says.match(/^ {2}- /gmu)).toHaveLength(3);
    });

    it('is what the Debian package runs before its files are unpacked, and passes a machine like this one', () => {
      const { root, path } = machineFolder({ ...GOOD, memoryKb: 1_000_000 });
      // The same text as in the package, with the machine's facts taken from a folder.
      const script = preinst().replace("loket_check_minimum '' ", `loket_check_minimum '${root}' `);
      const run = (how: string): number | null =>
        spawnSync('/bin/sh', ['-c', script, 'preinst', how], { env: { PATH: path } }).status;
      expect(run('install')).toBe(3);
      expect(run('abort-upgrade')).toBe(0);
    });
  },
);
