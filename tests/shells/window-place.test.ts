import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNSENT_FILE } from '../../src/main/core/sync/unsent-marker.ts';
import {
  BELOW_MINIMUM,
  belowMinimum,
  folderFaultSentence,
  isOpenToOthers,
  judgeRights,
  readFolderRights,
  windowDataDir,
} from '../../src/main/window-place.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (...names: readonly string[]): string => readFileSync(join(ROOT, ...names), 'utf8');

describe('where an installed window keeps its data', () => {
  const installed = { isPackaged: true, userData: '/home/siti/.config/Loket OPOP' };

  it('is the folder of its user, and on Windows the common one, whoever starts it', () => {
    expect(windowDataDir('linux', {}, installed)).toBe(join(installed.userData, 'counter'));
    expect(windowDataDir('win32', { ProgramData: 'D:\\Common' }, installed)).toBe('D:\\Common\\Loket OPOP\\counter');
    expect(windowDataDir('win32', {}, installed)).toBe('C:\\ProgramData\\Loket OPOP\\counter');
    expect(windowDataDir('win32', {}, { ...installed, isPackaged: false })).toBe(join(installed.userData, 'counter'));
  });

  it('is where the installer gives rights, where the uninstaller looks for what is unsent, and what the locked start names', () => {
    const script = read('packaging', 'windows', 'installer.nsh');
    const [, folder = ''] = /^!define LOKET_FOLDER "\$APPDATA\\(.*)"$/mu.exec(script) ?? [];
    const ours = windowDataDir('win32', { ProgramData: 'C:\\ProgramData' }, installed);
    expect(`C:\\ProgramData\\${folder}\\counter`).toBe(ours);
    expect(script).toContain(`\${LOKET_FOLDER}\\counter\\${UNSENT_FILE}"`);
    // `$APPDATA` is the common folder only after this word, in the installer and in the uninstaller.
    for (const name of ['customInstall', 'customUnInit']) {
      const macro = new RegExp(`^!macro ${name}$(.*?)^!macroend$`, 'msu').exec(script)?.[1] ?? '';
      expect(macro.indexOf('SetShellVarContext all')).toBeGreaterThan(-1);
      expect(macro.indexOf('SetShellVarContext all')).toBeLessThan(macro.indexOf('LOKET_FOLDER'));
    }
    expect(read('resources', 'kiosk', 'windows', 'lock-counter.ps1')).toContain(
      ours.replace('C:\\ProgramData', '$env:ProgramData'),
    );
  });
});

describe('the rights of the common folder', () => {
  const OURS = 'O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1301bf;;;S-1-5-21-1-2-3-1005)';

  it('are the system, the administrators and the group of the counter', () => {
    expect(isOpenToOthers(OURS)).toBe(false);
    expect(judgeRights(OURS, false)).toBeUndefined();
  });

  it.each(['BU', 'WD', 'AU', 'IU', 'BG', 'S-1-1-0', 'S-1-5-11', 'S-1-5-32-545'])(
    'that let %s in are open to others',
    (who) => {
      const open = `${OURS}(A;OICI;0x1200a9;;;${who})`;
      expect(isOpenToOthers(open)).toBe(true);
      expect(judgeRights(open, true)).toBe('open');
      // One who is kept out has no right; neither has whoever only owns, or is watched.
      expect(isOpenToOthers(`${OURS}(D;OICI;FA;;;${who})`)).toBe(false);
      expect(isOpenToOthers(`${OURS}S:AI(AU;SA;FA;;;${who})`)).toBe(false);
    },
  );

  it('that are no list at all are open to everybody', () => {
    expect(['O:BAG:SY', 'O:BAG:SYD:NO_ACCESS_CONTROL'].map(isOpenToOthers)).toEqual([true, true]);
  });

  it('that nobody tells stop a first start only', () => {
    expect([judgeRights(undefined, false), judgeRights(undefined, true)]).toEqual(['unknown', undefined]);
  });

  it.each(['not-made', 'open', 'unknown'] as const)('%s is said with the folder and what to do', (fault) => {
    const sentence = folderFaultSentence(fault, 'C:\\ProgramData\\Loket OPOP');
    expect(sentence).toContain('C:\\ProgramData\\Loket OPOP');
    expect(sentence).toContain('Data tidak diubah.');
    expect(sentence).toContain('sebagai administrator');
  });

  it.each(process.platform === 'win32' ? [] : ['a program that answers'])(
    'come from %s, with the folder on its stdin and never among its arguments',
    () => {
      const folder = temporaryFolder();
      const fake = (body: string): string => {
        const file = join(folder, 'powershell');
        writeFileSync(file, `#!/bin/sh\necho "$@" > '${folder}/args'\ncat > '${folder}/stdin'\n${body}\n`);
        chmodSync(file, 0o755);
        return file;
      };
      const name = "C:\\ProgramData\\Loket OPOP'; Remove-Item";
      expect(readFolderRights(name, fake(`echo '${OURS}'`))).toBe(OURS);
      expect(readFileSync(join(folder, 'stdin'), 'utf8')).toBe(name);
      expect(readFileSync(join(folder, 'args'), 'utf8')).not.toContain('Remove-Item');
      expect(readFolderRights(name, fake('echo "Get-Acl : access denied"; exit 1'))).toBeUndefined();
      expect(readFolderRights(name, join(folder, 'none'))).toBeUndefined();
    },
  );
});

describe.each(process.platform === 'linux' ? ['AppImage'] : [])('the first start of an %s', () => {
  const script = join(ROOT, 'packaging', 'linux', 'check-minimum.sh');
  /** A machine as its own files and programs tell of it. */
  const machine = (release: string, memoryKb: number) => {
    const root = temporaryFolder();
    for (const folder of ['etc', 'proc', 'bin']) mkdirSync(join(root, folder));
    writeFileSync(join(root, 'etc', 'os-release'), release);
    writeFileSync(join(root, 'proc', 'meminfo'), `MemTotal: ${String(memoryKb)} kB\n`);
    writeFileSync(join(root, 'bin', 'df'), "#!/bin/sh\nprintf 'head\\n/dev/sda1 9 9 40000000 1%% /\\n'\n");
    writeFileSync(join(root, 'bin', 'uname'), '#!/bin/sh\necho x86_64\n');
    for (const name of ['df', 'uname']) chmodSync(join(root, 'bin', name), 0o755);
    return { script, root, path: `${join(root, 'bin')}:/usr/bin:/bin`, dataDir: join(root, 'home', 'x', 'counter') };
  };

  it('goes on where the minimum is kept, and says what is missing where it is not', () => {
    expect(belowMinimum(machine('ID=ubuntu\nVERSION_ID="24.04"\n', 8_000_000))).toBeUndefined();
    const below = machine('ID=ubuntu\nVERSION_ID="20.04"\nPRETTY_NAME="Ubuntu 20.04 LTS"\n', 2_000_000);
    const said = belowMinimum(below) ?? '';
    expect(said).toContain('Ubuntu 22.04 atau lebih baru; terpasang Ubuntu 20.04 LTS');
    expect(said).toContain('Memori 4 GB; terpasang 1953 MB');
    expect(said).toContain('Tidak ada yang diubah di komputer ini.');
    expect(existsSync(join(below.root, 'home'))).toBe(false);
    // A counter that works here already is never shut out from a newer version.
    mkdirSync(below.dataDir, { recursive: true });
    expect(belowMinimum(below)).toBeUndefined();
    expect(BELOW_MINIMUM).toBe(3);
  });
});
