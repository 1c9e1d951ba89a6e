// `npm test`: every gate and every suite, the real browser included. A failing step does not keep the next one from
// running; the last line is the sum of what the runners themselves reported.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { obtainChromium } from './obtain-chromium.mjs';
import { root, runProgram } from './run-program.mjs';
import { checkSuites, failedSuite, lastLine, playwrightSuites, table, total, vitestSuites } from './test-reports.mjs';

const began = performance.now();
const reports = `${root}test-results/reports`;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const say = (text) => process.stdout.write(`${text}\n`);
const step = (text) => say(`\n=== ${text}`);
const runNode = (args, options) => runProgram(process.execPath, args, options);
const modules = `${root}node_modules/`;

async function runCheck() {
  step('check: types, lint, law, unused exports, format');
  const file = `${reports}/check.json`;
  const exit = await runNode([`${root}scripts/check.mjs`, '--json', file], { minutes: 8 });
  return checkSuites(file, exit);
}

async function runBuild() {
  step('build: screens, preload, desktop program');
  const exit = await runNode([`${modules}electron-vite/bin/electron-vite.js`, 'build'], { minutes: 5 });
  if (exit.code !== 0) return [failedSuite('build', exit.reason, exit.seconds)];
  return [{ name: 'build', counts: { passed: 1, failed: 0, skipped: 0 }, seconds: exit.seconds }];
}

async function runVitest(browser) {
  step('vitest: everything below tests/ that needs no window');
  const file = `${reports}/vitest.json`;
  const args = [
    `${modules}vitest/vitest.mjs`,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const exit = await runNode(args, { env: browser === undefined ? {} : { CHROMIUM_PATH: browser }, minutes: 20 });
  return vitestSuites(file, exit);
}

async function runPlaywright(name, config, env) {
  const file = `${reports}/${name}.json`;
  const args = [`${modules}@playwright/test/cli.js`, 'test', '--config', config, '--reporter=list,json'];
  const exit = await runNode(args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file }, minutes: 13 });
  return playwrightSuites(`tests/${name}`, file, exit);
}

async function runBrowser(browser) {
  step('tests/e2e: the product in a real browser');
  if (browser === undefined) return [failedSuite('tests/e2e', 'no browser could be had')];
  return runPlaywright('e2e', 'playwright.config.ts', { CHROMIUM_PATH: browser });
}

/** Why the Electron suite cannot be run here, or `undefined` when it can. */
function electronObstacle() {
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron', linux: 'electron' };
  const binary = `${modules}electron/dist/${names[process.platform] ?? 'electron'}`;
  if (!existsSync(binary)) return "Electron's binary is not on this machine";
  const hasDisplay =
    process.platform !== 'linux' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  return hasDisplay ? undefined : 'Electron is here but no display is (DISPLAY is not set)';
}

async function runElectron() {
  const obstacle = electronObstacle();
  if (obstacle !== undefined) {
    say(`\nNOT RUN: tests/electron - ${obstacle}. Nothing of it is counted below, neither as passed nor as skipped.`);
    return [];
  }
  step('tests/electron: the product in a real Electron');
  return runPlaywright('electron', 'playwright.electron.config.ts', {});
}

const browser = await obtainChromium();
const suites = [
  ...(await runCheck()),
  ...(await runBuild()),
  ...(await runVitest(browser)),
  ...(await runBrowser(browser)),
  ...(await runElectron()),
];

const counts = total(suites);
say(`\n${table(suites)}\n`);
say(`${((performance.now() - began) / 60_000).toFixed(1)} minutes in all; reports in test-results/reports`);
say(lastLine(counts));
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
