// `npm run money-days -- --runs 100000 --lives 200 --seed 7`: random days of money at their full size, over the rules of the
// domain, and random lives of a running counter and its province. The same tests run on every commit with 300 days and two
// lives; a failure prints the seed that repeats it.
import { parseArgs } from 'node:util';
import { root, runProgram } from './run-program.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    lives: { type: 'string', default: '0' },
    seed: { type: 'string' },
  },
});
const wrong = Object.entries(values).find(([, value]) => !/^-?\d+$/.test(value));
if (wrong !== undefined) {
  process.stderr.write(`--${wrong[0]} is a whole number\n`);
  process.exit(2);
}
const lives = Number(values.lives);
const days = ['tests/domain/money-day.test.ts', 'tests/core/cash/random-day.test.ts'];
const tests = [
  ...(Number(values.runs) === 0 ? [] : days),
  ...(lives === 0 ? [] : ['tests/core/cash/random-lives.test.ts']),
];
if (tests.length === 0) {
  process.stderr.write('--runs or --lives is more than zero\n');
  process.exit(2);
}
const env = {
  PROPERTY_RUNS: values.runs,
  ...(lives === 0 ? {} : { LIFE_RUNS: values.lives }),
  ...(values.seed === undefined ? {} : { PROPERTY_SEED: values.seed }),
};
const args = [`${root}node_modules/vitest/vitest.mjs`, 'run', ...tests];
const exit = await runProgram(process.execPath, args, { env, minutes: 120 });
process.stdout.write(
  `${JSON.stringify({ runs: Number(values.runs), lives, tests: tests.length, seconds: Math.round(exit.seconds) })}\n`,
);
process.exitCode = exit.code;
