import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { serveCommand } from '../../src/main/commands/serve-command.ts';
import { environmentFault, readWindowStart } from '../../src/main/start-guard.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'resources', 'kiosk');
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** `Name=value` lines of a unit or a desktop file. */
const settings = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^(\w+)=(.*)$/gmu)].map(([, name = '', value = '']) => [name, value]));

/** What stands after `loket serve` on a line. */
const serveArgs = (line: string): readonly string[] => (line.split('/loket serve ')[1] ?? '').split(' ');

describe('what the installer lays out for a locked counter', () => {
  it.each(['linux/loket-kiosk.service', 'linux/loket-kiosk.desktop'])('%s starts a command that exists', (file) => {
    const line = settings(read(file)).get(file.endsWith('service') ? 'ExecStart' : 'Exec') ?? '';
    const { values } = parseArgs({ args: [...serveArgs(line)], options: serveCommand.options, strict: true });
    expect(values).toEqual({ data: '/var/lib/loket-opop/counter', kiosk: true });
    // `-s` would let a person switch to another terminal.
    expect(line).toMatch(/cage -- \//u);
  });

  it('starts at boot, starts again after a crash for ever, never sleeps, and stops in order', () => {
    const unit = settings(read('linux/loket-kiosk.service'));
    expect(unit.get('WantedBy')).toBe('graphical.target');
    expect([unit.get('Restart'), unit.get('StartLimitIntervalSec')]).toEqual(['always', '0']);
    expect(unit.get('ExecStart')).toContain('--what=idle:sleep:handle-lid-switch');
    expect([unit.get('User'), unit.get('NoNewPrivileges'), unit.get('ProtectSystem')]).toEqual([
      'loket',
      'yes',
      'strict',
    ]);
  });

  it('takes the variables away that the counter would refuse to start with', () => {
    const unset = (settings(read('linux/loket-kiosk.service')).get('UnsetEnvironment') ?? '').split(' ');
    expect(unset.length).toBeGreaterThan(4);
    for (const name of unset) expect(environmentFault({ [name]: '1' })).toBeDefined();
  });

  it("closes Chromium's own doors: tools, other addresses, files, printing, extensions, debugging", () => {
    const policy: unknown = JSON.parse(read('linux/chromium-policy.json'));
    expect(policy).toMatchObject({
      DeveloperToolsAvailability: 2,
      URLBlocklist: ['*'],
      URLAllowlist: ['http://127.0.0.1'],
      DownloadRestrictions: 3,
      AllowFileSelectionDialogs: false,
      PrintingEnabled: false,
      RemoteDebuggingAllowed: false,
      ExtensionInstallBlocklist: ['*'],
    });
  });

  it('gives Windows a shell whose switches the window takes', () => {
    const script = read('windows/lock-counter.ps1');
    expect(script).toContain('"`"$Program`" --kiosk --data `"$Data`""');
    expect(readWindowStart(['--kiosk', '--data', 'C:\\ProgramData\\Loket OPOP\\counter'], {}, true)).toMatchObject({
      start: { kiosk: true },
    });
  });
});
