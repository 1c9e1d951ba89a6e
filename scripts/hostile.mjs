// The long forms of the hostile tests: `npm run hostile -- damages|forged|fuzz|pages [--runs N] [--seed S]`. A commit runs the
// same files with a few hundred; here 10,000 damages to an export, 10,000 forged receipts, N inputs per parser, or
// 1,000 files that a counter is handed as pages.
import { parseArgs } from 'node:util';
import { root, runProgram } from './run-program.mjs';

const LONG = {
  damages: { files: ['tests/tools/verify-journal.test.ts'], runs: '10000', variable: 'DAMAGES' },
  forged: { files: ['tests/tools/forged-receipts.test.ts'], runs: '10000', variable: 'RECEIPTS' },
  pages: { files: ['tests/fuzz/hostile-pages.test.ts'], runs: '1000', variable: 'PAGES' },
  fuzz: { files: ['tests/fuzz'], runs: '2000', variable: 'FUZZ_RUNS' },
};

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const [what = ''] = positionals;
const long = Object.hasOwn(LONG, what) ? LONG[what] : undefined;
if (long === undefined) {
  process.stderr.write(`say one of ${Object.keys(LONG).join(', ')}\n`);
  process.exit(2);
}
const env = { [long.variable]: values.runs ?? long.runs, SEED: values.seed };
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--testTimeout', '3600000', ...long.files];
const { code, seconds } = await runProgram(
  process.execPath,
  vitest.map((part, at) => (at === 0 ? root + part : part)),
  {
    env,
    minutes: 120,
  },
);
process.stdout.write(`${JSON.stringify({ hostile: what, ...env, seconds: Math.round(seconds), ok: code === 0 })}\n`);
process.exitCode = code === 0 ? 0 : 1;
