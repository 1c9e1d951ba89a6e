import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const INCLUDE = join(ROOT, 'packaging', 'windows', 'installer.nsh');
const script = readFileSync(INCLUDE, 'utf8');
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** The lines of one macro. */
const macro = (name: string): string => new RegExp(`^!macro ${name}$(.*?)^!macroend$`, 'msu').exec(script)?.[1] ?? '';

describe('the installer for Windows', () => {
  it('is told to install for the machine, to keep the data, and to use our checks', async () => {
    const config = (await import(join(ROOT, 'electron-builder.config.js'))) as {
      default: { readonly nsis: Readonly<Record<string, unknown>> };
    };
    expect(config.default.nsis).toMatchObject({
      perMachine: true,
      allowToChangeInstallationDirectory: false,
      deleteAppDataOnUninstall: false,
      include: 'packaging/windows/installer.nsh',
    });
  });

  it('uses the hooks that the packer calls: before unpacking, after it, before removing', () => {
    const folder = join(ROOT, 'node_modules', 'app-builder-lib', 'templates', 'nsis');
    const template = ['installer.nsi', 'installSection.nsh', 'uninstaller.nsh']
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    for (const hook of ['customInit', 'customInstall', 'customUnInit']) {
      expect(macro(hook), hook).not.toBe('');
      expect(template).toContain(`!insertmacro ${hook}`);
    }
  });

  it('judges system, processor, memory and disk, and stops with 3 before anything is unpacked', () => {
    expect(script).toMatch(/LOKET_OLDEST_BUILD 19045/u);
    for (const fact of ['RunningX64', 'LOKET_OLDEST_BUILD', 'LOKET_MEMORY_MB', 'LOKET_DISK_MB']) {
      expect(macro('loketJudge')).toContain(fact);
    }
    expect(macro('customInit')).toMatch(/SetErrorLevel 3\s+Quit/u);
  });

  it('refuses to be removed while the counter says that something is unsent, and never deletes data', () => {
    expect(macro('customUnInit')).toMatch(/FileExists\} "\$\{LOKET_FOLDER\}\\counter\\unsent"/u);
    expect(macro('customUnInit')).toMatch(/SetErrorLevel 2\s+Quit/u);
    expect(script).not.toMatch(/\b(RMDir|Delete)\b/u);
  });

  it.each(['makensis'].filter(has))('compiles with %s without a warning', (program) => {
    const out = join(temporaryFolder(), 'loket-try.exe');
    const harness = join(import.meta.dirname, 'installer-harness.nsi');
    execFileSync(program, ['-V1', '-WX', `-DOUT=${out}`, `-DINCLUDE=${INCLUDE}`, harness]);
    expect(statSync(out).size).toBeGreaterThan(50_000);
  });
});
