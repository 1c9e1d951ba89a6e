import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOut } from '../../scripts/package-debian.mjs';
import { environmentFault } from '../../src/main/start-guard.ts';
import { serveCommand } from '../../src/main/commands/serve-command.ts';
import { openCommand } from '../../src/main/commands/open-command.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'packaging', 'debian');
const read = (...names: readonly string[]): string => readFileSync(join(FOLDER, ...names), 'utf8');
const settings = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^(\w+)=(.*)$/gmu)].map(([, name = '', value = '']) => [name, value]));
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

describe('what the Debian package starts', () => {
  it('is a service whose command the program knows, under a user of its own', () => {
    const unit = settings(read('loket-opop.service'));
    const [program, verb, ...args] = (unit.get('ExecStart') ?? '').split(' ');
    expect([program, verb]).toEqual(['/opt/loket-opop/bin/loket', 'serve']);
    expect(parseArgs({ args, options: serveCommand.options, strict: true }).values).toEqual({
      data: '/var/lib/loket-opop/counter',
      'no-open': true,
      'address-file': '/run/loket-opop/address',
    });
    expect([unit.get('User'), unit.get('Restart'), unit.get('KillMode'), unit.get('UMask')]).toEqual([
      'loket',
      'always',
      'mixed',
      '0077',
    ]);
    for (const name of (unit.get('UnsetEnvironment') ?? '').split(' ')) {
      expect(environmentFault({ [name]: '1' })).toBeDefined();
    }
  });

  it('is a menu entry that opens the page of the service', () => {
    expect(settings(read('loket-opop.desktop')).get('Exec')).toBe('/opt/loket-opop/bin/loket-window');
    const starter = readFileSync(join(ROOT, 'packaging', 'linux', 'loket-window'), 'utf8');
    const args = (/loket\.mjs" open (.*)$/mu.exec(starter)?.[1] ?? '').split(' ');
    expect(parseArgs({ args, options: openCommand.options, strict: true }).values).toEqual({
      'address-file': settings(read('loket-opop.service')).get('ExecStart')?.split(' ').at(-1),
    });
  });

  it.each(['desktop-file-validate'].filter(has))('passes %s', (program) => {
    execFileSync(program, [join(FOLDER, 'loket-opop.desktop')]);
  });
});

/** Only a Debian packs for Debian; elsewhere the plan of the tree is tested (`tree.test.ts`). */
const packers = process.platform === 'linux' && process.arch === 'x64' ? ['dpkg-deb'].filter(has) : [];

describe.each(packers)('the Debian package, packed by %s', (packer) => {
  const work = mkdtempSync(join(tmpdir(), 'loket-package-'));
  afterAll(() => rmSync(work, { recursive: true, force: true }));
  const place = { stage: '', listing: '' };
  beforeAll(() => {
    place.stage = join(work, 'stage');
    layOut(place.stage);
    const file = join(work, 'loket.deb');
    execFileSync(packer, ['--root-owner-group', '-Znone', '--build', place.stage, file]);
    place.listing = execFileSync(packer, ['-c', file], { encoding: 'utf8', maxBuffer: 20_000_000 });
  });

  it('belongs to root, and only its programs may be run', () => {
    const lines = place.listing.trim().split('\n');
    expect(lines.filter((line) => !/^\S+ root\/root /u.test(line))).toEqual([]);
    const programs = lines.filter((line) => line.startsWith('-rwx')).map((line) => line.split(' ').at(-1));
    expect(programs.toSorted()).toEqual([
      './opt/loket-opop/bin/loket',
      './opt/loket-opop/bin/loket-window',
      './opt/loket-opop/runtime/node',
    ]);
    expect(lines.filter((line) => /^.{5}w|^.{8}w/u.test(line) && !line.startsWith('l'))).toEqual([]);
  });

  it('carries the native module of this platform and of no other', () => {
    const native = [...place.listing.matchAll(/\S+\.(?:node|so[.\d]*)$/gmu)].map(([path]) => path);
    expect(native.filter((path) => /win32|darwin|musl|arm64/u.test(path))).toEqual([]);
    for (const part of ['prebuilds/linux-x64.node', 'argon2-linux-x64-gnu/', 'sharp-linux-x64', 'libvips-cpp.so']) {
      expect(
        native.some((path) => path.includes(part)),
        part,
      ).toBe(true);
    }
  });

  it('carries no source of the screens, of the province or of a test, and no secret', () => {
    const ours = place.listing.split('\n').filter((line) => !line.includes('/node_modules/'));
    expect(ours.filter((line) => /\/(src\/(renderer|province|preload)|tests|bench|data)\//u.test(line))).toEqual([]);
    expect(ours.filter((line) => /\.(pem|key|env|sqlite)$/u.test(line))).toEqual([]);
    for (const part of ['out/renderer/index.html', 'resources/rule-packs/', 'install.json', 'runtime/node']) {
      expect(place.listing, part).toContain(`./opt/loket-opop/${part}`);
    }
  });

  it('runs from where it was laid out, with its own Node and no other package', () => {
    const program = join(place.stage, 'opt', 'loket-opop', 'bin', 'loket');
    const ran = spawnSync(program, ['status', '--data', join(place.stage, 'none'), '--unsent'], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    });
    expect([ran.status, ran.stdout.trim(), ran.stderr]).toEqual([0, '{"unsent":0,"enrolled":false}', '']);
    // A page, a report and a price: what each of them needs came along.
    const assess = spawnSync(program, ['assess'], { encoding: 'utf8', input: '', env: { PATH: '/usr/bin:/bin' } });
    expect([assess.status, assess.stderr]).toEqual([0, '']);
  });

  it('keeps the data and names no folder of it where it deletes', () => {
    for (const name of ['prerm', 'postrm']) {
      const script = readFileSync(join(place.stage, 'DEBIAN', name), 'utf8');
      for (const [, what = ''] of script.matchAll(/\brm -\S+ (\S+)/gu)) {
        expect(what).toBe('/var/lib/loket-opop/versions');
      }
    }
    expect(existsSync(join(place.stage, 'DEBIAN', 'preinst'))).toBe(true);
  });

  it.each(['systemd-analyze'].filter(has))('passes %s with its unit', (program) => {
    const root = place.stage;
    const { status, stderr } = spawnSync(
      program,
      ['verify', '--man=no', '--generators=no', '--recursive-errors=no', `--root=${root}`, 'loket-opop.service'],
      { encoding: 'utf8' },
    );
    expect([status, stderr.split('\n').filter((line) => line.includes('loket-opop'))]).toEqual([0, []]);
  });
});
