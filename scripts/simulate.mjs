// `npm run simulate -- --counters N --days D --seed S [--sales N] [--faults a,b|none] [--workers W] [--shards N]`: a
// simulated world with the real counters and the real province (docs/simulator.md), dealt to N provinces (as many as
// workers, unless told), of which W run at a time. NDJSON progress on stderr, one line on stdout.
// `npm run simulate -- --mutants`: every checker against the mutant that it alone must find.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { root, runProgram } from './run-program.mjs';

const args = process.argv.slice(2);

/** Takes an option out of the arguments; its value, or what stands for it. */
function take(name, otherwise) {
  const at = args.indexOf(name);
  return at === -1 ? otherwise : args.splice(at, 2)[1];
}

/** One world in a program of its own; its progress goes through, its result comes back. */
function runWorld(options) {
  const program = [
    '--disable-warning=ExperimentalWarning',
    // Short-lived objects of many counters: collected less often.
    '--max-semi-space-size=64',
    '--import',
    `${root}tests/sync/edges/register.ts`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...program, `${root}tests/sync/simulate.ts`, ...options], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (out === '') reject(new Error(`a world ended without a result (exit code ${code})`));
      else resolve({ code, result: JSON.parse(out) });
    });
  });
}

/** Sums two tables of counts. */
function added(left, right) {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return Object.fromEntries(names.map((name) => [name, (left[name] ?? 0) + (right[name] ?? 0)]));
}

/** Shards have a province each; the hash of the whole is that of the shards' hashes in order. */
function joined(results, seed, { workers, seconds }) {
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const digest = createHash('sha256').update(results.map((result) => result.traceHash).join('\n'));
  const cpu = (part) => results.map((result) => result.cpuMs[part]);
  const total = (list) => list.reduce((left, right) => left + right);
  // Shards that run at a time share a PostgreSQL: each has counted all of it.
  const cpuMs = {
    program: total(cpu('program')),
    verifier: total(cpu('verifier')),
    postgres: Math.round(total(cpu('postgres')) / workers),
  };
  return {
    seed,
    counters: sum('counters'),
    days: results[0].days,
    sales: sum('sales'),
    entries: sum('entries'),
    faults: results.map((result) => result.faults).reduce(added),
    checks: results.map((result) => result.checks).reduce(added),
    traceHash: digest.digest('base64url'),
    shards: results.length,
    seconds,
    cpuMs,
    cpuMsPerSale: Math.round((10 * total(Object.values(cpuMs))) / sum('sales')) / 10,
  };
}

/** Runs the worlds in order, so many at a time; their ends in the same order. */
async function runAll(worlds, workers) {
  const ends = [];
  const ahead = worlds.entries();
  const work = async () => {
    for (const [shard, options] of ahead) {
      ends[shard] = await runWorld(options);
      process.stderr.write(`${JSON.stringify({ shard, ...ends[shard].result })}\n`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return ends;
}

async function simulate() {
  const began = performance.now();
  const asked = Number(take('--workers', '1'));
  const shards = Number(take('--shards', String(asked)));
  const workers = Math.min(asked, shards);
  const [counters, days] = [Number(take('--counters', '8')), Number(take('--days', '5'))];
  const seed = Number(take('--seed', '1'));
  const sales = Number(take('--sales', String(counters * days * 4)));
  const share = (whole, shard) =>
    String(Math.floor((whole * (shard + 1)) / shards) - Math.floor((whole * shard) / shards));
  // A shard's seed is the run's seed when there is one shard, so that its own command repeats it.
  const worlds = Array.from({ length: shards }, (_none, shard) => [
    ...['--counters', share(counters, shard), '--days', String(days)],
    ...['--seed', String(seed + shard * 1_000_003), '--sales', share(sales, shard), ...args],
  ]);
  const ends = await runAll(worlds, workers);
  const results = ends.map((end) => end.result);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const whole = shards === 1 ? results[0] : joined(results, seed, { workers, seconds });
  process.stdout.write(`${JSON.stringify(whole)}\n`);
  process.exitCode = Math.max(...ends.map((end) => end.code ?? 1));
}

if (args.includes('--mutants')) {
  const exit = await runProgram(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, 'run', 'tests/sync/mutants.test.ts'],
    {
      minutes: 15,
    },
  );
  process.exitCode = exit.code;
} else {
  await simulate();
}
