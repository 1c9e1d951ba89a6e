// `npm run mutate -- [--only rupiah,limits] [--sample N --seed S] [--json FILE] [--least 90]`: the mutation score of the
// domain's money code. Each mutant is a small change of one file; a test has to fail for it. Mutants that no test can tell
// from the original stand in scripts/mutate-equivalents.json, each with its reason, and are counted apart.
// The work is done on a copy in the computer's temporary folder: nobody else's run ever sees a mutant.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runProgram } from './run-program.mjs';

/** The money code (what is owed, what is taken, where it stands, and who may say so), each with the tests that judge it. */
const MONEY = {
  rupiah: ['rupiah'],
  decimal: ['decimal'],
  assessment: ['assessment*'],
  'assessment-periods': ['assessment*'],
  'assessment-refusals': ['assessment*'],
  charge: ['assessment*', 'ledger-lines'],
  'charge-lines': ['assessment*'],
  pkb: ['assessment*', 'pkb'],
  swdkllj: ['assessment*', 'swdkllj'],
  'ledger-lines': ['ledger-lines', 'cash-session', 'money-day'],
  'cash-session': ['cash-session', 'money-day'],
  transaction: ['transaction', 'tender', 'money-day'],
  tender: ['tender', 'transaction'],
  'delivery-policy': ['delivery-policy', 'limits'],
  limits: ['limits'],
  approval: ['approval'],
  'emergency-paper': ['emergency-paper', 'money-day'],
};

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
    least: { type: 'string', default: '90' },
  },
});

const wanted = values.only?.split(',') ?? Object.keys(MONEY);
const unknown = wanted.filter((name) => !Object.hasOwn(MONEY, name));
if (unknown.length > 0) {
  process.stderr.write(`no money code: ${unknown.join(', ')}; one of ${Object.keys(MONEY).join(', ')}\n`);
  process.exit(2);
}
const files = wanted.map((name) => `src/domain/${name}.ts`).filter((file) => existsSync(root + file));

/** The lines that a sample mutates: some of each file, by the seed (a linear congruence, so that it repeats anywhere). */
function sampled(file, lines) {
  let state = (Number(values.seed) * 2_654_435_761 + file.length * 97) % 4_294_967_296;
  const count = readFileSync(root + file, 'utf8').split('\n').length;
  return Array.from({ length: lines }, () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    const line = 1 + (state % count);
    return `${file}:${line}:0-${line}:400`;
  });
}

/** Copies what the tests of the domain need into a folder of their own. */
function copyHouse() {
  const house = mkdtempSync(join(tmpdir(), 'loket-mutants-'));
  for (const part of [
    'src/domain',
    'src/contract',
    'tests/domain',
    'tests/support',
    'resources',
    'package.json',
    'tsconfig.base.json',
  ]) {
    cpSync(root + part, join(house, part), { recursive: true });
  }
  symlinkSync(`${root}node_modules`, join(house, 'node_modules'), process.platform === 'win32' ? 'junction' : 'dir');
  const tests = [...new Set(wanted.flatMap((name) => MONEY[name]))].map((name) => `tests/domain/${name}.test.ts`);
  const test = { include: tests, environment: 'node', testTimeout: 30_000 };
  writeFileSync(join(house, 'vitest.config.mjs'), `export default ${JSON.stringify({ test })};\n`);
  const mutate =
    values.sample === undefined
      ? files
      : files.flatMap((file) => sampled(file, Math.ceil(Number(values.sample) / files.length)));
  const settings = {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.config.mjs', related: false },
    inPlace: true,
    mutate,
    coverageAnalysis: 'perTest',
    concurrency: 1,
    timeoutMS: 15_000,
    reporters: ['json'],
    allowEmpty: true,
    jsonReporter: { fileName: 'report.json' },
    tempDirName: 'work',
    checkers: [],
    disableTypeChecks: false,
    allowConsoleColors: false,
  };
  writeFileSync(join(house, 'stryker.config.json'), JSON.stringify(settings));
  return house;
}

/** The text between two places, both as line and column from 1. */
function between(lines, { start, end }) {
  if (start.line === end.line) return lines[start.line - 1].slice(start.column - 1, end.column - 1);
  const middle = lines.slice(start.line, end.line - 1);
  return [lines[start.line - 1].slice(start.column - 1), ...middle, lines[end.line - 1].slice(0, end.column - 1)].join(
    '\n',
  );
}

const flat = (text) => text.replaceAll(/\s+/g, ' ').trim();

/** Mutants of one file of the report, each with what it changes. */
function mutantsOf(file, { source, mutants }) {
  const lines = source.split('\n');
  return mutants.map((mutant) => ({
    file,
    line: mutant.location.start.line,
    status: mutant.status,
    mutator: mutant.mutatorName,
    before: flat(between(lines, mutant.location)),
    after: flat(mutant.replacement ?? ''),
    inLine: flat(lines[mutant.location.start.line - 1]),
  }));
}

const equivalents = JSON.parse(readFileSync(`${root}scripts/mutate-equivalents.json`, 'utf8'));
const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout';
const isCounted = ({ status }) => !['Ignored', 'CompileError', 'RuntimeError', 'Pending'].includes(status);
const findEquivalent = (mutant) =>
  equivalents.find(
    (one) =>
      mutant.file.endsWith(`/${one.file}.ts`) &&
      mutant.before === one.before &&
      mutant.after === one.after &&
      (one.inLine === undefined || mutant.inLine.includes(one.inLine)),
  );

/** One row of the table; `score` in percent of the mutants that can be told from the original. */
function rowOf(name, mutants) {
  const counted = mutants.filter(isCounted);
  const killed = counted.filter(isKilled).length;
  const equal = counted.filter((mutant) => !isKilled(mutant) && findEquivalent(mutant) !== undefined).length;
  const real = counted.length - equal;
  return {
    name,
    mutants: counted.length,
    killed,
    equivalent: equal,
    survived: real - killed,
    score: real === 0 ? 100 : (100 * killed) / real,
  };
}

const house = copyHouse();
try {
  const stryker = `${root}node_modules/@stryker-mutator/core/bin/stryker.js`;
  const exit = await runProgram(process.execPath, [stryker, 'run', 'stryker.config.json'], { minutes: 60, cwd: house });
  const reportFile = join(house, 'report.json');
  if (!existsSync(reportFile)) {
    process.stderr.write(`no mutant was judged: ${exit.reason}\n`);
    process.exit(1);
  }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  const all = Object.entries(report.files).flatMap(([file, one]) => mutantsOf(file, one));
  const rows = [...new Set(all.map(({ file }) => file))].map((file) =>
    rowOf(
      file,
      all.filter((mutant) => mutant.file === file),
    ),
  );
  const total = rowOf('total', all);
  const say = (text) => process.stdout.write(`${text}\n`);
  const alive = all.filter((mutant) => isCounted(mutant) && !isKilled(mutant));
  for (const mutant of alive) {
    const equivalent = findEquivalent(mutant);
    const where = `${mutant.file}:${mutant.line} ${mutant.mutator}`;
    if (equivalent === undefined)
      say(
        `SURVIVED ${where}${mutant.status === 'NoCoverage' ? ' (no test runs it)' : ''}\n  - ${mutant.before}\n  + ${mutant.after}`,
      );
    else say(`equivalent ${where}: ${mutant.before} -> ${mutant.after}\n  ${equivalent.reason}`);
  }
  say('');
  for (const row of [...rows, total]) {
    const { name, mutants, killed, equivalent, survived, score } = row;
    say(
      `${name.padEnd(36)} ${String(mutants).padStart(5)} mutants ${String(killed).padStart(5)} killed ${String(equivalent).padStart(3)} equivalent ${String(survived).padStart(4)} survived  ${score.toFixed(1)} %`,
    );
  }
  const result = {
    mutate: values.sample === undefined ? 'all' : `sample ${values.sample} seed ${values.seed}`,
    files: rows,
    total,
    seconds: Math.round(exit.seconds),
  };
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ ...result, survivors: alive }, null, 2));
  say(JSON.stringify({ ...result, files: rows.length }));
  process.exitCode = total.score >= Number(values.least) ? 0 : 1;
} finally {
  rmSync(house, { recursive: true, force: true });
}
