import { defineConfig } from '@playwright/test';

/** The product in a real Electron; run by `npm test` where its binary is present, counted as not run elsewhere. */
export default defineConfig({
  testDir: 'tests/electron',
  testMatch: /.*[.](test|spec)[.]ts/u,
  outputDir: 'test-results/electron',
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
});
