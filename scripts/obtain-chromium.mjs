import { existsSync, readdirSync } from 'node:fs';
import { findChromium } from '../src/main/shells/browser/find-chromium.ts';
import { root, runProgram } from './run-program.mjs';

const list = (folder) => (existsSync(folder) ? readdirSync(folder) : []);
const look = () => findChromium(process.env, process.platform, existsSync, list);

const isRoot = () => typeof process.getuid === 'function' && process.getuid() === 0;

/** Debian's package, where this person may install it; answers whether a try was made. */
async function installFromDebian() {
  if (process.platform !== 'linux' || !isRoot() || !existsSync('/usr/bin/apt-get')) return false;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runProgram('apt-get', ['update'], { env, minutes: 3, quiet: true });
  // An old list of packages may still do, so a failed update does not end the try.
  if (update.code !== 0) process.stdout.write(`browser: apt-get update failed (${update.reason}).\n`);
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    env,
    minutes: 5,
    quiet: true,
  });
  return true;
}

const SAID = {
  CHROMIUM_PATH: 'named by CHROMIUM_PATH',
  installed: 'installed on this machine',
  playwright: "Playwright's own, downloaded earlier",
};

/**
 * Finds a Chromium or installs one: named, installed, Playwright's, Debian's package as root, Playwright's download.
 * Prints one line that says what was done, and answers its path, or `undefined` when none could be had.
 */
export async function obtainChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '' && !existsSync(named)) {
    process.stdout.write(`browser: CHROMIUM_PATH names ${named}, which is not there; looking further.\n`);
  }
  const found = look();
  if (found !== undefined) {
    process.stdout.write(`browser: ${found.path} (${SAID[found.source]}).\n`);
    return found.path;
  }
  if (await installFromDebian()) {
    const debian = look();
    if (debian !== undefined) {
      process.stdout.write(`browser: ${debian.path} (Debian's package chromium, installed now).\n`);
      return debian.path;
    }
  }
  const cli = `${root}node_modules/@playwright/test/cli.js`;
  const download = await runProgram(process.execPath, [cli, 'install', 'chromium'], { minutes: 5 });
  const own = look();
  if (own !== undefined) {
    process.stdout.write(`browser: ${own.path} (downloaded by Playwright now).\n`);
    return own.path;
  }
  process.stdout.write(
    `browser: none found and none could be installed (Playwright's download: ${download.reason}). ` +
      'Install Chromium, Chrome or Edge, or name one in CHROMIUM_PATH.\n',
  );
  return undefined;
}
