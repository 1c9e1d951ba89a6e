// `npm run crash:kill`, `crash:power`, `crash:io`, `crash:flips`: the crash tests at their full size. The same tests run
// on every commit with fewer rounds; CRASH_SEED repeats a run.
import { root, runProgram } from './run-program.mjs';

/** More than there are. */
const ALL = '100000';
const SIZES = {
  kill: { files: ['kill'], env: { CRASH_KILLS: '2000' } },
  power: { files: ['power-cut'], env: { CRASH_CUTS: '300' } },
  io: {
    files: ['io-errors', 'kill-points', 'page-points'],
    env: { CRASH_IO: ALL, CRASH_FULL: ALL, CRASH_POINTS: ALL, CRASH_PAGES: ALL },
  },
  flips: { files: ['flips'], env: { CRASH_FLIPS: '10000' } },
};

const size = SIZES[process.argv[2]];
if (size === undefined) {
  process.stderr.write(`Which crash? One of ${Object.keys(SIZES).join(', ')}\n`);
  process.exit(2);
}
const files = size.files.map((name) => `tests/crash/${name}.test.ts`);
const args = [`${root}node_modules/vitest/vitest.mjs`, 'run', ...files];
const exit = await runProgram(process.execPath, args, { env: size.env, minutes: 60 });
process.exitCode = exit.code;
