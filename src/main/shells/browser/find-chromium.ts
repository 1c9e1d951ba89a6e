import { posix, win32 } from 'node:path';

/** A browser of the Chromium family on this machine, and how it was found (the start-up line says so). */
export type FoundChromium = {
  readonly path: string;
  readonly source: 'CHROMIUM_PATH' | 'installed' | 'playwright';
};

type Environment = Readonly<Record<string, string | undefined>>;
type Exists = (file: string) => boolean;
type List = (folder: string) => readonly string[];

// Chromium first: Debian's package is the one a counter gets; Chrome and Edge are what people already have.
const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];
const WINDOWS_PROGRAMS = [
  ['Chromium', 'Application', 'chrome.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];
const MAC_PROGRAMS = [
  ['Chromium.app', 'Contents', 'MacOS', 'Chromium'],
  ['Google Chrome.app', 'Contents', 'MacOS', 'Google Chrome'],
  ['Microsoft Edge.app', 'Contents', 'MacOS', 'Microsoft Edge'],
];
const PLAYWRIGHT_PROGRAMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  linux: [
    ['chrome-linux64', 'chrome'],
    ['chrome-linux', 'chrome'],
  ],
  win32: [
    ['chrome-win64', 'chrome.exe'],
    ['chrome-win', 'chrome.exe'],
  ],
  darwin: [
    ['chrome-mac-arm64', 'Google Chrome for Testing.app', 'Contents', 'MacOS', 'Google Chrome for Testing'],
    ['chrome-mac-x64', 'Google Chrome for Testing.app', 'Contents', 'MacOS', 'Google Chrome for Testing'],
    ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
  ],
};

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function linuxCandidates(env: Environment): readonly string[] {
  const folders = [...(env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/')), ...LINUX_FOLDERS];
  const named = LINUX_NAMES.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
  return [...named, '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'];
}

function windowsCandidates(env: Environment): readonly string[] {
  const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(isSet);
  return WINDOWS_PROGRAMS.flatMap((program) => folders.map((folder) => win32.join(folder, ...program)));
}

function macCandidates(env: Environment): readonly string[] {
  const folders = ['/Applications', ...[env['HOME']].filter(isSet).map((home) => posix.join(home, 'Applications'))];
  return MAC_PROGRAMS.flatMap((program) => folders.map((folder) => posix.join(folder, ...program)));
}

function installedCandidates(env: Environment, platform: string): readonly string[] {
  if (platform === 'win32') return windowsCandidates(env);
  if (platform === 'darwin') return macCandidates(env);
  return linuxCandidates(env);
}

function playwrightFolder(env: Environment, platform: string): string | undefined {
  const chosen = env['PLAYWRIGHT_BROWSERS_PATH'];
  if (isSet(chosen) && chosen !== '0') return chosen;
  const local = env['LOCALAPPDATA'];
  if (platform === 'win32') return isSet(local) ? win32.join(local, 'ms-playwright') : undefined;
  const home = env['HOME'];
  if (!isSet(home)) return undefined;
  return platform === 'darwin'
    ? posix.join(home, 'Library', 'Caches', 'ms-playwright')
    : posix.join(home, '.cache', 'ms-playwright');
}

function playwrightCandidates(env: Environment, platform: string, list: List): readonly string[] {
  const folder = playwrightFolder(env, platform);
  if (folder === undefined) return [];
  const paths = platform === 'win32' ? win32 : posix;
  const revision = (name: string): number => Number(name.slice('chromium-'.length));
  return list(folder)
    .filter((name) => /^chromium-\d+$/u.test(name))
    .toSorted((a, b) => revision(b) - revision(a))
    .flatMap((name) => (PLAYWRIGHT_PROGRAMS[platform] ?? []).map((program) => paths.join(folder, name, ...program)));
}

/**
 * Looks for a Chromium in a fixed order: `CHROMIUM_PATH`, an installed Chromium, Chrome or Edge, Playwright's own.
 * It asks nothing of the machine but `exists` and `list` (which answers `[]` for a folder that is not there).
 */
export function findChromium(
  env: Environment,
  platform: string,
  exists: Exists,
  list: List = () => [],
): FoundChromium | undefined {
  const chosen = env['CHROMIUM_PATH'];
  if (isSet(chosen) && exists(chosen)) return { path: chosen, source: 'CHROMIUM_PATH' };
  const installed = installedCandidates(env, platform).find(exists);
  if (installed !== undefined) return { path: installed, source: 'installed' };
  const own = playwrightCandidates(env, platform, list).find(exists);
  return own === undefined ? undefined : { path: own, source: 'playwright' };
}
