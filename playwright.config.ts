import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { findChromium } from './src/main/shells/browser/find-chromium.ts';
import { CARD_VIDEO } from './tests/e2e/support/papers.ts';
import { shortLivedFolder } from './tests/support/short-lived-folder.ts';

// Every world of a test lives as long as the test.
process.env['TMPDIR'] = shortLivedFolder();

const list = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);
/** The camera of the tests shows a video of a card; what is not asked for a camera never opens it. */
const CAMERA = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${CARD_VIDEO}`,
];

const browser = findChromium(process.env, process.platform, existsSync, list);

/** The product in a real browser; every test starts its own counter with its own data folder. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: /.*[.](test|spec)[.]ts/u,
  outputDir: 'test-results/e2e',
  // Two cores: a counter, a province with its database and a browser wait for each other about a third of their time.
  // Each test has a world of its own.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    // A trace costs a sixth of a test's work. Who looks for a fault asks for it: `npm run test:e2e -- --trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
    // Without a browser the launch itself fails and says which one Playwright wanted.
    launchOptions: { args: CAMERA, ...(browser === undefined ? {} : { executablePath: browser.path }) },
  },
});
