import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The page's globals that a test looks at; `loket` is the bridge. */
type PageGlobals = { readonly loket?: object; readonly require?: unknown; readonly process?: unknown };

let dataDir: string;
let program: ElectronApplication;
let page: Page;

test.beforeAll(() => {
  const builder = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const built = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: ROOT, encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
});

test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'opop-electron-'));
  const executablePath: unknown = createRequire(import.meta.url)('electron');
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  program = await _electron.launch({
    executablePath: String(executablePath),
    args: [...sandbox, ROOT, '--data', dataDir, '--demo'],
  });
  page = await program.firstWindow();
});

test.afterEach(async () => {
  await program.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a new counter opens its window on the screen that registers the device', async () => {
  await expect(page).toHaveURL('loket://app/index.html');
  await expect(page).toHaveTitle(/Loket OPOP/);
  await expect(page.locator('#root')).toContainText(/Pendaftaran|Daftarkan/);
});

test('the page has the two functions of the bridge and nothing of Node or Electron', async () => {
  const found = await page.evaluate(() => {
    const globals: PageGlobals = window;
    return {
      bridge: Object.entries(globals.loket ?? {}).map(([name, value]) => `${name}: ${typeof value}`),
      hidden: [typeof globals.require, typeof globals.process],
    };
  });
  expect(found.bridge.toSorted()).toEqual(['onEvent: function', 'request: function']);
  expect(found.hidden).toEqual(['undefined', 'undefined']);
});

test('the page goes nowhere else and opens no window', async () => {
  const opened = await page.evaluate(() => window.open('https://example.com/'));
  expect(opened).toBeNull();
  await page.evaluate(() => {
    window.location.href = 'https://example.com/';
  });
  await expect(page).toHaveURL('loket://app/index.html');
  expect(program.windows()).toHaveLength(1);
});
