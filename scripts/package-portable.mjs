// `npm run package:portable [-- --platform linux-x64|win-x64] [--update] [--out DIR]`: the browser host as an archive that
// is unpacked and started, or, with --update, the program alone, which a counter takes as its newer version. Prints one
// line of JSON; beside an update lie the facts that the province signs. Another platform's packages come by its `npm ci`.
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import url from 'node:url';
import { parseArgs } from 'node:util';
import { markInstalled, platformNames, ROOT, writeTree } from './package-tree.mjs';

const PACKAGING = path.join(ROOT, 'packaging');
const here = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** node_modules of a platform: this checkout's, or a fresh one from the same lockfile. */
function modulesFor(platform, work) {
  if (platform === here) return path.join(ROOT, 'node_modules');
  const [os_, cpu] = platform === 'win-x64' ? ['win32', 'x64'] : ['linux', 'x64'];
  const folder = path.join(work, 'npm');
  fs.mkdirSync(folder);
  for (const name of ['package.json', 'package-lock.json'])
    fs.copyFileSync(path.join(ROOT, name), path.join(folder, name));
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', `--os=${os_}`, `--cpu=${cpu}`];
  childProcess.execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  return path.join(folder, 'node_modules');
}

function addStarters(folder, platform) {
  const bin = path.join(folder, 'bin', 'loket');
  fs.copyFileSync(path.join(PACKAGING, 'linux', 'loket'), bin);
  if (platform === 'win-x64') fs.rmSync(bin);
  else fs.chmodSync(bin, 0o755);
}

/** The folder that a person unpacks: starter, check of the minimum, program, and the place of newer programs. */
export function layOutPortable(folder, platform, modules) {
  const program = path.join(folder, 'program');
  const { version } = writeTree(program, platform, modules);
  addStarters(program, platform);
  markInstalled(program, { format: 'portable', platform, versions: '../versions' });
  fs.mkdirSync(path.join(folder, 'versions'));
  const files =
    platform === 'win-x64'
      ? ['portable/mulai.cmd', 'portable/check-minimum.ps1']
      : ['portable/mulai.sh', 'linux/check-minimum.sh'];
  for (const file of [...files, 'portable/BACA-SAYA.txt']) {
    fs.copyFileSync(path.join(PACKAGING, file), path.join(folder, path.basename(file)));
  }
  if (platform !== 'win-x64') fs.chmodSync(path.join(folder, 'mulai.sh'), 0o755);
  return { version };
}

/** The program alone; `install.json` is missing on purpose: who unpacks it writes it last. */
export function layOutUpdate(folder, platform, modules) {
  const { version } = writeTree(folder, platform, modules);
  addStarters(folder, platform);
  return { version };
}

function archive(work, name, file) {
  if (file.endsWith('.zip')) childProcess.execFileSync('zip', ['-qr', file, name], { cwd: work });
  else {
    const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
    childProcess.execFileSync('tar', ['-czf', file, ...owner, name], { cwd: work });
  }
}

/** Migrations of the counter's database that a program knows. */
const schemaOf = (program) =>
  fs.readdirSync(path.join(program, 'src/main/core/db/migrations')).filter((name) => /^\d{4}-/u.test(name)).length;

function main() {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string', default: here },
      update: { type: 'boolean', default: false },
      out: { type: 'string', default: 'dist' },
    },
  });
  const { platform, update } = values;
  if (!platformNames.includes(platform)) throw new Error(`--platform is one of ${platformNames.join(', ')}`);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'loket-portable-'));
  try {
    const modules = modulesFor(platform, work);
    const name = 'loket-opop';
    const folder = path.join(work, name);
    const { version } = (update ? layOutUpdate : layOutPortable)(folder, platform, modules);
    fs.mkdirSync(values.out, { recursive: true });
    // Every Windows of the minimum unpacks tar by itself; a person there expects a zip.
    const end = update ? 'update.tar.gz' : platform === 'win-x64' ? 'portable.zip' : 'portable.tar.gz';
    const file = path.resolve(values.out, `${name}-${version}-${platform}.${end}`);
    fs.rmSync(file, { force: true });
    archive(work, name, file);
    const bytes = fs.readFileSync(file);
    const facts = {
      version,
      platform,
      schema: schemaOf(update ? folder : path.join(folder, 'program')),
      size: bytes.length,
      sha256: crypto.hash('sha256', bytes, 'base64url'),
    };
    if (update) fs.writeFileSync(`${file}.json`, `${JSON.stringify(facts)}\n`);
    process.stdout.write(`${JSON.stringify({ file, ...facts })}\n`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

if (process.argv[1] === url.fileURLToPath(import.meta.url)) main();
