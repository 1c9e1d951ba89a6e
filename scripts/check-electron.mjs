// `npm run check:electron`: electronegativity over the built Electron entries, all checks but the one that needs the
// network. Its package is old and brings hundreds of others, so it is no dependency: it is installed once, into the
// cache of this checkout, and a machine without a registry is told so. Exit 1 when a finding is high or medium.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';

const PACKAGE = '@doyensec/electronegativity';
const VERSION = '1.10.3';
const NEEDS_NETWORK = 'availablesecurityfixesglobalcheck';
/**
 * "Review the use of preload": raised by every program that has one. Ours exposes two functions and requires nothing
 * but electron (`tests/shells/electron/checklist.test.ts`, item 20).
 */
const REVIEWED = { PRELOAD_JS_CHECK: 1 };

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'electronegativity');
const say = (line) => void process.stdout.write(`${line}\n`);

function install() {
  const folder = join(cache, 'node_modules', ...PACKAGE.split('/'));
  if (existsSync(folder)) return;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), '{"private":true}\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`];
  execFileSync(npm, args, { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] });
  // It would ask its maker's server for translations at every run.
  const file = join(folder, 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), i18nSource: 'http://127.0.0.1:9' }));
}

/** Its parser is older than `#private` fields: what it reads is the same program in older words. */
async function lower(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.c?js$/u.test(name)) continue;
    const file = join(folder, name);
    const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { target: 'es2020', sourcemap: false });
    writeFileSync(file, code);
  }
}

async function scan(input) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
  const loaded = createRequire(join(cache, 'package.json'))(PACKAGE);
  const run = loaded.default ?? loaded;
  return run({ input, isRelative: true, excludeFromScan: [NEEDS_NETWORK], electronVersion: version });
}

install();
const folder = mkdtempSync(join(tmpdir(), 'loket-electron-'));
try {
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const args = [builder, 'build', '--logLevel', 'error', '--outDir', join(folder, 'out')];
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  await lower(join(folder, 'out'));
  const { issues, errors, globalChecks, atomicChecks } = await scan(folder);
  for (const { severity, confidence, id, file, location } of issues) {
    say(`${severity.name.padEnd(13)} ${confidence.name.padEnd(9)} ${id} ${file}:${location.line}`);
  }
  for (const error of errors) say(`not read: ${error.file}: ${error.message}`);
  const count = (id) => issues.filter((issue) => issue.id === id).length;
  const grave = issues.filter(
    ({ id, severity }) => ['HIGH', 'MEDIUM'].includes(severity.name) && count(id) !== REVIEWED[id],
  );
  const failed = grave.length > 0 || errors.length > 0;
  say(`${globalChecks + atomicChecks} checks: ${grave.length} high or medium, ${errors.length} files not read`);
  // It leaves a request for translations behind, which would end this program with an error of its own.
  process.exitCode = failed ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
