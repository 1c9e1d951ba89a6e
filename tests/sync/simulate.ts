// One simulated world, run to its end: progress as NDJSON on stderr, one line with the result on stdout.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessEnded } from './edges/io-points.ts';
import { commandOf, parseOptions } from './world/options.ts';
import { runWorld } from './world/run-world.ts';
import { makeWorld } from './world/world.ts';
import { existsSync } from 'node:fs';

process.on('unhandledRejection', (error) => {
  // What a dead process still tries fails, and nobody waits for it.
  if (error instanceof ProcessEnded) return;
  throw error;
});

const options = parseOptions(process.argv.slice(2));
const say = (facts: Readonly<Record<string, unknown>>): void => void process.stderr.write(`${JSON.stringify(facts)}\n`);
const base = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'loket-sim-'));
const began = performance.now();
const seconds = (): number => Math.round((performance.now() - began) / 100) / 10;
try {
  const trace = process.env['LOKET_SIM_TRACE'] === '1' ? (line: string) => say({ trace: line }) : undefined;
  const world = await makeWorld(options, base, trace);
  say({ made: seconds() });
  try {
    await runWorld(world, (facts) => say({ seconds: seconds(), ...facts }));
    process.stdout.write(`${JSON.stringify({ seed: options.seed, sales: world.truth.sales.count, faults: world.faults.counts(), seen: world.truth.seen, traceHash: world.trace.hash(), lines: world.trace.count(), seconds: seconds() })}\n`);
  } finally {
    await world.province.close();
  }
} catch (error) {
  say({ repeat: commandOf(options) });
  throw error;
} finally {
  rmSync(base, { recursive: true, force: true });
}
