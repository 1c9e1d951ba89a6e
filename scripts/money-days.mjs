// `npm run money-days -- --runs 100000 --seed 7`: random days of money at their full size, over the rules of the domain.
// The same tests run on every commit with 300 days each; a failure prints the seed that repeats it.
import { parseArgs } from 'node:util';
import { root, runProgram } from './run-program.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' } } });
const wrong = Object.entries(values).find(([, value]) => !/^-?\d+$/.test(value));
if (wrong !== undefined) {
  process.stderr.write(`--${wrong[0]} is a whole number\n`);
  process.exit(2);
}
const days = ['tests/domain/money-day.test.ts', 'tests/core/cash/random-day.test.ts'];
const env = { PROPERTY_RUNS: values.runs, ...(values.seed === undefined ? {} : { PROPERTY_SEED: values.seed }) };
const args = [`${root}node_modules/vitest/vitest.mjs`, 'run', ...days];
const exit = await runProgram(process.execPath, args, { env, minutes: 60 });
process.stdout.write(
  `${JSON.stringify({ runs: Number(values.runs), days: days.length, seconds: Math.round(exit.seconds) })}\n`,
);
process.exitCode = exit.code;
