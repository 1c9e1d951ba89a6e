import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../support/seeded-random.ts';
import { compiledProgram } from './compiled-program.ts';
import { crashSeed, crashSize, createTally, sampleOf } from './crash-size.ts';
import { type PreparedSale, prepareOneSale } from './prepared-sale.ts';
import { obstacleToTracing, startSaleServer, type Thread, THREADS } from './traced-counter.ts';

const SAMPLE = crashSize('CRASH_POINTS', 8);
/** Calls that change what a disk holds; between two of them nothing changes, so a kill at each meets every state. */
const CALLS = ['write', 'pwrite64', 'ftruncate', 'fsync', 'fdatasync', 'rename', 'renameat2', 'unlink'] as const;

/** Where a sale is killed: before this call of this thread does its work. */
type Point = { readonly thread: Thread; readonly call: string; readonly index: number; readonly text: string };

async function pointsOf(program: string, sale: PreparedSale): Promise<readonly Point[]> {
  const points: Point[] = [];
  for (const thread of THREADS) {
    const server = startSaleServer(program);
    const order = sale.fresh();
    await server.prepare(order);
    const { end, calls } = await server.takeCash({ thread, calls: CALLS, inject: null });
    await server.close();
    expect(end.end).toBe('sold');
    const seen = new Map<string, number>();
    for (const { call, text } of calls) {
      const index = (seen.get(call) ?? 0) + 1;
      seen.set(call, index);
      points.push({ thread, call, index, text });
    }
  }
  return points;
}

describe.each(obstacleToTracing() === null ? ['a sale that is killed'] : [])('%s', () => {
  it('at any call to the disk is there whole or not at all, and its paper with it', {
    timeout: 1_200_000,
  }, async () => {
    const seed = crashSeed();
    const program = await compiledProgram('sale-server');
    const sale = await prepareOneSale();
    const points = await pointsOf(program, sale);
    const found = createTally();
    for (const { thread, call, index, text } of sampleOf(points, SAMPLE, createSeededRandom(`points-${seed}`))) {
      const context = `seed ${seed}, ${thread} ${call} ${index}: ${text}`;
      const server = startSaleServer(program);
      const order = sale.fresh();
      await server.prepare(order);
      const { end } = await server.takeCash({ thread, calls: [call], inject: `signal=KILL:when=${index}` });
      await server.close();
      expect(end.end, context).toBe('killed');
      found.add(await sale.examine(order, end, context));
    }
    process.stdout.write(
      `killed at a call to the disk (of ${points.length}), seed ${seed}: ${found.toString()}; 0 half\n`,
    );
  });
});

describe('the calls at which a sale can be killed', () => {
  it('are met where strace is there, and it is said where it is not', () => {
    const obstacle = obstacleToTracing();
    if (obstacle !== null) process.stdout.write(`NOT RUN: kills at a call - ${obstacle}. Nothing of it is counted.\n`);
    expect(obstacle === null || /strace/.test(obstacle)).toBe(true);
  });
});
