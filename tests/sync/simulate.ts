// One simulated world, run to its end: progress as NDJSON on stderr, one line with the result on stdout. Exit 2 when an
// invariant is broken.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFinalState } from './checkers/final-state.ts';
import { type Findings, runCheckers } from './checkers/run-checkers.ts';
import { ProcessEnded } from './edges/io-points.ts';
import { commandOf, parseOptions } from './world/options.ts';
import { runWorld } from './world/run-world.ts';
import { makeWorld, type World } from './world/world.ts';

process.on('unhandledRejection', (error) => {
  // What a dead process still tries fails, and nobody waits for it.
  if (error instanceof ProcessEnded) return;
  throw error;
});

/** Disks of the world: memory where there is some, because their syncs are not what is measured. */
const MEMORY = '/dev/shm';

const say = (facts: Readonly<Record<string, unknown>>): void => void process.stderr.write(`${JSON.stringify(facts)}\n`);

async function checked(world: World): Promise<Findings> {
  const { seen } = world.truth;
  // Stopped at the first broken invariant: the rest was never given its chance to come right.
  if (seen.length > 0) return Object.fromEntries(seen.map(({ check, problem }) => [check, [problem]]));
  const state = readFinalState(world);
  try {
    return await runCheckers(state);
  } finally {
    state.close();
  }
}

/** Processor time per sale, over everything: what a run of another size is reckoned from. */
function costs(world: World): object {
  const cpu = world.processorTime();
  const sum = cpu.program + cpu.verifier + (cpu.postgres ?? 0);
  return { cpuMs: cpu, cpuMsPerSale: Math.round((10 * sum) / world.truth.sales.count) / 10 };
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const base = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'loket-sim-'));
  const began = performance.now();
  const seconds = (): number => Math.round((performance.now() - began) / 100) / 10;
  const isTold = process.env['LOKET_SIM_TRACE'] === '1';
  try {
    const world = await makeWorld(options, base, isTold ? (line) => say({ trace: line }) : undefined);
    try {
      await runWorld(world, (facts) => say({ seconds: seconds(), ...facts }));
      const findings = await checked(world);
      const broken = Object.entries(findings).filter(([, problems]) => problems.length > 0);
      const [row] = await world.province.query('select count(*)::int as entries from entry');
      const { seed, counters, days } = options;
      const result = {
        seed,
        counters,
        days,
        sales: world.truth.sales.count,
        entries: row?.['entries'],
        faults: world.faults.counts(),
        checks: Object.fromEntries(Object.entries(findings).map(([name, problems]) => [name, problems.length])),
        traceHash: world.trace.hash(),
        seconds: seconds(),
        ...costs(world),
      };
      process.stdout.write(`${JSON.stringify(result)}\n`);
      for (const [check, problems] of broken) say({ broken: check, problems: problems.slice(0, 5) });
      if (broken.length > 0) {
        say({ repeat: commandOf(options) });
        process.exitCode = 2;
      }
    } finally {
      await world.province.close();
    }
  } catch (error) {
    say({ repeat: commandOf(options) });
    throw error;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

await main();
