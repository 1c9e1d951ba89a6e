import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Tests by kind under `tests/`; the real browser and the real Electron have Playwright (`tests/e2e`, `tests/electron`). */
export default defineConfig({
  plugins: [react()],
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', 'tests/electron/**'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // A PostgreSQL that a test starts, and a fork on a busy machine, need more than the default five seconds.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What comes in its own time is waited for as long as a busy machine needs; no test measures time.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    teardownTimeout: 30_000,
    reporters: ['default'],
    passWithNoTests: false,
  },
});
