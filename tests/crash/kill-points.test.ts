import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../support/seeded-random.ts';
import { compiledProgram } from './compiled-program.ts';
import { crashSeed, crashSize, createTally, sampleOf } from './crash-size.ts';
import { type PreparedSale, prepareOneSale } from './prepared-sale.ts';
import { obstacleToTracing, startSaleServer, type Target, targetsOf, THREADS } from './traced-counter.ts';

const SAMPLE = crashSize('CRASH_POINTS', 8);
/** Calls that change what a disk holds; between two of them nothing changes, so a kill at each meets every state. */
const CALLS = ['write', 'pwrite64', 'ftruncate', 'fsync', 'fdatasync', 'rename', 'renameat2', 'unlink'] as const;

/** Every call of a sale at which it can be killed: before it does its work. */
async function pointsOf(program: string, sale: PreparedSale): Promise<readonly Target[]> {
  const points: Target[] = [];
  for (const thread of THREADS) {
    const server = startSaleServer(program);
    const order = sale.fresh();
    await server.prepare(order);
    const { end, calls } = await server.takeCash({ thread, calls: CALLS });
    await server.close();
    expect(end.end).toBe('sold');
    points.push(...targetsOf(thread, order.folder, calls));
  }
  return points;
}

const obstacle = obstacleToTracing();
if (obstacle !== null) process.stdout.write(`NOT RUN: kills at a call - ${obstacle}. Nothing of it is counted.\n`);

describe.each(obstacle === null ? ['a sale that is killed'] : [])('%s', () => {
  it('at any call to the disk is there whole or not at all, and its paper with it', {
    timeout: 3_600_000,
  }, async () => {
    const seed = crashSeed();
    const program = await compiledProgram('sale-server');
    const sale = await prepareOneSale();
    const points = await pointsOf(program, sale);
    const found = createTally();
    for (const target of sampleOf(points, SAMPLE, createSeededRandom(`points-${seed}`))) {
      const context = `seed ${seed}, ${JSON.stringify(target)}`;
      const server = startSaleServer(program);
      const order = sale.fresh();
      await server.prepare(order);
      const { end } = await server.takeCash({ target, inject: 'signal=KILL' });
      await server.close();
      expect(end.end, context).toBe('killed');
      found.add(await sale.examine(order, end, context));
    }
    process.stdout.write(
      `killed at a call to the disk (of ${points.length}), seed ${seed}: ${found.toString()}; 0 half\n`,
    );
  });
});

describe('a call at which a sale can be killed', () => {
  it('is known by thread, kind, file and turn, wherever the folder lies; what is no file is none', () => {
    const made = (call: string, path: string) => ({ call, path, text: '', injected: false });
    const calls = [
      made('fsync', '/a/data/x'),
      made('write', 'anon_inode:[eventfd]'),
      made('fsync', '/a/data/y'),
      made('fsync', '/a/data/x'),
    ];
    expect(targetsOf('pool', '/a', calls)).toEqual([
      { thread: 'pool', call: 'fsync', path: 'FOLDER/data/x', index: 1 },
      { thread: 'pool', call: 'fsync', path: 'FOLDER/data/y', index: 1 },
      { thread: 'pool', call: 'fsync', path: 'FOLDER/data/x', index: 2 },
    ]);
  });
});
