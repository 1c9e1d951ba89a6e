import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preinst } from '../../scripts/package-debian.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** What this file asks of the packer's settings. */
type Settings = {
  readonly writePreinst: (root: string) => void;
  readonly default: {
    readonly deb: { readonly fpm: readonly string[] };
    readonly extraMetadata: { readonly homepage: string };
    readonly linux: { readonly maintainer: string; readonly extraResources: readonly object[] };
  };
};
const { writePreinst, default: config } = (await import(join(ROOT, 'electron-builder.config.js'))) as Settings;

const PRERM = join(ROOT, 'packaging', 'linux', 'window-prerm.sh');

describe("the window's own Debian package", () => {
  it('is given the check of the minimum and the look at what is unsent, under the names that its packer knows', () => {
    const [before, remove] = config.deb.fpm.map((option) => option.split('='));
    expect([before?.[0], remove?.[0]]).toEqual(['--before-install', '--before-remove']);
    const root = temporaryFolder();
    writePreinst(root);
    expect(readFileSync(join(root, before?.[1] ?? ''), 'utf8')).toBe(preinst());
    expect(readFileSync(join(ROOT, remove?.[1] ?? ''), 'utf8')).toBe(readFileSync(PRERM, 'utf8'));
    const target = readFileSync(
      join(ROOT, 'node_modules', 'app-builder-lib', 'out', 'targets', 'FpmTarget.js'),
      'utf8',
    );
    expect(target).toContain('options.fpm');
  });

  it('has what its packer refuses to do without: an address, and somebody who looks after it', () => {
    expect(config.extraMetadata.homepage).toMatch(/^https:\/\//u);
    expect(config.linux.maintainer).toMatch(/<\S+@\S+>$/u);
  });

  it('carries the check for a first start that nobody installed', () => {
    expect(config.linux.extraResources).toEqual([{ from: 'packaging/linux/check-minimum.sh', to: 'check-minimum.sh' }]);
    expect(readFileSync(join(ROOT, 'src', 'main', 'index.ts'), 'utf8')).toContain("'check-minimum.sh'");
  });

  describe.each(process.platform === 'linux' ? ['of any user'] : [])(
    'while something of a counter %s is unsent',
    () => {
      const remove = (how: string, mark: boolean): { status: number | null; stderr: string } => {
        const root = temporaryFolder();
        const counter = join(root, 'home siti', '.config', 'Loket OPOP', 'counter');
        mkdirSync(counter, { recursive: true });
        mkdirSync(join(root, 'bin'));
        if (mark) writeFileSync(join(counter, 'unsent'), '');
        const home = join(root, 'home siti');
        writeFileSync(
          join(root, 'bin', 'getent'),
          `#!/bin/sh\necho 'root:x:0:0:root:/root:/bin/sh'\necho "siti:x:1:1:Siti:${home}:/bin/sh"\n`,
        );
        chmodSync(join(root, 'bin', 'getent'), 0o755);
        const env = { PATH: `${join(root, 'bin')}:/usr/bin:/bin` };
        const { status, stderr } = spawnSync('/bin/sh', [PRERM, how], { encoding: 'utf8', env });
        return { status, stderr: stderr.replaceAll(root, '') };
      };

      it('is not removed, and says whose', () => {
        const { status, stderr } = remove('remove', true);
        expect(status).toBe(1);
        expect(stderr).toContain('/home siti/.config/Loket OPOP/counter');
        expect(stderr).toContain('Data aman; tidak ada yang diubah.');
      });

      it('is replaced by a newer one, and removed when nothing waits', () => {
        expect(remove('upgrade', true).status).toBe(0);
        expect(remove('remove', false)).toEqual({ status: 0, stderr: '' });
      });
    },
  );
});
