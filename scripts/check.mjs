// The gates of the house, each a program of its own: `npm run check`, or `npm run check -- types law` for some.
// `--json FILE` writes what each gate answered, so that `npm test` can count it.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

const folders = (...names) => names.filter((name) => existsSync(`${root}${name}`));

const tsc = (project) => ({
  group: 'types',
  name: `types: ${project}`,
  run: [bin('typescript/bin/tsc'), '--project', `tsconfig.${project}.json`, '--pretty'],
});

const args = process.argv.slice(2);
const jsonAt = args.indexOf('--json');
const jsonFile = jsonAt === -1 ? undefined : args.splice(jsonAt, 2)[1];

// A cached file is not looked at again when a type it uses has changed elsewhere: quick enough for a person, who runs
// it again, and not good enough for a run that counts.
const cache = jsonFile === undefined ? ['--cache', '--cache-location', 'node_modules/.cache/eslint/'] : [];

const GATES = [
  // The longest first, so that the other core is not left waiting for it.
  {
    group: 'lint',
    name: 'lint',
    run: [bin('eslint/bin/eslint.js'), ...cache, '--max-warnings', '0', '.'],
  },
  tsc('renderer'),
  tsc('node'),
  tsc('tests'),
  tsc('domain'),
  {
    group: 'law',
    name: 'dependency law',
    run: [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--output-type',
      'err-long',
      ...folders('src', 'tests', 'bench', 'tools'),
    ],
  },
  { group: 'unused', name: 'unused exports', run: [bin('knip/bin/knip.js')] },
  { group: 'format', name: 'format', run: [bin('@biomejs/biome/bin/biome'), 'format'] },
];

/** Runs one gate with its output kept together, so that two gates at a time do not mix their lines. */
function runGate(gate) {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, gate.run, { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    const finish = (ok, more = '') =>
      resolve({ name: gate.name, ok, seconds: (performance.now() - began) / 1000, text: text + more });
    child.on('error', (error) => finish(false, String(error)));
    child.on('close', (code) => finish(code === 0));
  });
}

/** Two at a time: the smallest machine this is run on has two cores. */
async function runAll(gates) {
  const waiting = [...gates];
  const results = [];
  const worker = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const result = await runGate(gate);
      results.push(result);
      process.stdout.write(`${result.ok ? 'ok    ' : 'FAILED'} ${result.name} (${result.seconds.toFixed(1)} s)\n`);
      if (!result.ok) process.stdout.write(`${result.text.trimEnd()}\n`);
    }
  };
  await Promise.all([worker(), worker()]);
  return gates.map((gate) => results.find((result) => result.name === gate.name));
}

const unknown = args.filter((arg) => !GATES.some((gate) => gate.group === arg));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown gate: ${unknown.join(', ')}. Gates: ${[...new Set(GATES.map((g) => g.group))].join(', ')}\n`,
  );
  process.exit(2);
}

const results = await runAll(args.length === 0 ? GATES : GATES.filter((gate) => args.includes(gate.group)));
if (jsonFile !== undefined) {
  writeFileSync(jsonFile, JSON.stringify(results.map(({ name, ok, seconds }) => ({ name, ok, seconds }))));
}
const failed = results.filter((result) => !result.ok).length;
process.stdout.write(`${results.length - failed} gates held, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
