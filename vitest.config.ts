import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { shortLivedFolder } from './tests/support/short-lived-folder.ts';

const OF_THE_DISK = 'tests/crash/**/*.test.ts';
/** Values in, values out: nothing is kept in a module or in the process, so that the files of a worker share what they load. */
const PURE = ['tests/domain/**/*.test.ts', 'tests/renderer/**/*.test.ts', 'tests/renderer/**/*.test.tsx'];

/** Tests by kind under `tests/`; the real browser and the real Electron have Playwright (`tests/e2e`, `tests/electron`). */
export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'node',
    pool: 'forks',
    // Two cores: a test waits for PostgreSQL and for programs that it started about a third of its time.
    maxWorkers: 3,
    // A PostgreSQL that a test starts, and a fork on a busy machine, need more than the default five seconds.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What comes in its own time is waited for as long as a busy machine needs; no test measures time.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    teardownTimeout: 30_000,
    reporters: ['default'],
    passWithNoTests: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'disk', include: [OF_THE_DISK] } },
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'memory',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: ['tests/e2e/**', 'tests/electron/**', OF_THE_DISK, ...PURE],
          env: { TMPDIR: shortLivedFolder() },
        },
      },
    ],
  },
});
