import { rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSeededRandom } from '../support/seeded-random.ts';
import { canMountSmallDisk, smallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { compiledProgram } from './compiled-program.ts';
import { crashSeed, crashSize, createTally, type Tally, sampleOf } from './crash-size.ts';
import { type PreparedSale, prepareOneSale } from './prepared-sale.ts';
import {
  obstacleToTracing,
  type SaleServer,
  startSaleServer,
  type Target,
  targetsOf,
  THREADS,
} from './traced-counter.ts';

const SAMPLE = crashSize('CRASH_IO', 12);
const FULL_SAMPLE = crashSize('CRASH_FULL', 6);
const CALLS = ['write', 'pwrite64', 'fsync', 'fdatasync', 'openat', 'rename', 'renameat2'] as const;
const ERRORS = ['EIO', 'ENOSPC'] as const;
/** What a person is told when the disk does not take a sale. */
const DESIGNED_CODES = ['DISK_FULL', 'STORAGE_FAILED'];

const DISK_KIB = 4 * 1024;
const PAGE = 4096;
/** With so many pages free a sale goes through to the last write; fewer are tried one by one. */
const ENOUGH_PAGES = 72;

/** One call of a sale that is made to fail. */
type Fault = { readonly target: Target; readonly error: string };

/** Every call of a sale to a file, failing in every way. */
async function faultsOf(server: SaleServer, sale: PreparedSale): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const thread of THREADS) {
    const order = sale.fresh();
    await server.prepare(order);
    const { end, calls } = await server.takeCash({ thread, calls: CALLS });
    await server.stop();
    expect(await sale.examine(order, end, 'without a fault')).toBe('all of it');
    const targets = targetsOf(thread, order.folder, calls);
    faults.push(...targets.flatMap((target) => ERRORS.map((error) => ({ target, error }))));
  }
  return faults;
}

/** A path without what differs from run to run. */
function plain(path: string, { roll, medium }: PreparedSale): string {
  return path
    .replace(roll, 'ROLL')
    .replace(medium, 'MEDIUM')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'DEVICE')
    .replace(/[0-9-]{20}[0-9a-f]{16}[.]opop/, 'SEGMENT.opop');
}

/** Fills a disk until exactly so many pages are free. */
function leaveFree(disk: string, pages: number): void {
  const ballast = join(disk, 'ballast');
  const { bavail } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc((bavail - pages) * PAGE));
  for (let size = (bavail - pages) * PAGE; statfsSync(disk).bavail < pages; size -= PAGE) truncateSync(ballast, size);
}

const obstacle = obstacleToTracing();
if (obstacle !== null) process.stdout.write(`NOT RUN: errors of the disk - ${obstacle}. Nothing of it is counted.\n`);

describe.each(obstacle === null ? ['one call of a sale to the disk'] : [])('%s', () => {
  it('may fail: the sale is refused by its name or made, and never half', { timeout: 3_600_000 }, async () => {
    const seed = crashSeed();
    const sale = await prepareOneSale();
    const server = startSaleServer(await compiledProgram('sale-server'));
    onTestFinished(server.close);
    const faults = await faultsOf(server, sale);
    const table = new Map<string, Tally>();
    for (const { target, error } of sampleOf(faults, SAMPLE, createSeededRandom(`io-${seed}`))) {
      const { thread, call, path, index } = target;
      const context = `seed ${seed}, ${thread} ${call} ${index} ${path} ${error}`;
      const order = sale.fresh();
      await server.prepare(order);
      const { end, calls } = await server.takeCash({ target, inject: `error=${error}` });
      expect(calls.filter(({ injected }) => injected).length, `${context}: injected`).toBe(1);
      if (end.end === 'refused') expect(DESIGNED_CODES, context).toContain(end.code);
      else expect(end.end, context).toBe('sold');
      await server.stop();
      const found = await sale.examine(order, end, context);
      // Whoever was told that it is sold finds it. A refused sale is found only where the sync of its commit failed.
      if (end.end === 'sold') expect(found, context).not.toBe('nothing stored');
      else if (call !== 'fsync') expect(found, context).toBe('nothing stored');
      const name = `${call} ${plain(path, sale)} ${error}`;
      const row = table.get(name) ?? createTally();
      table.set(name, row);
      row.add(`${end.end === 'refused' ? end.code : end.end} (${found})`);
    }
    const rows = [...table].map(([name, outcomes]) => `  ${name}: ${outcomes.toString()}`);
    process.stdout.write(
      `errors of the disk, ${faults.length} possible, seed ${seed}\n${rows.toSorted().join('\n')}\n`,
    );
  });
});

if (!canMountSmallDisk)
  process.stdout.write('NOT RUN: a full disk - mounting one needs root. Nothing of it is counted.\n');

describe.each(canMountSmallDisk ? ['a disk that becomes full'] : [])('%s', () => {
  it('at any step of a sale refuses it whole or lets it through whole', { timeout: 3_600_000 }, async () => {
    const seed = crashSeed();
    const disk = smallDisk(DISK_KIB);
    const sale = await prepareOneSale();
    const server = startSaleServer(await compiledProgram('sale-server'));
    onTestFinished(server.close);
    const outcomes = createTally();
    const steps = Array.from({ length: ENOUGH_PAGES }, (_step, pages) => pages);
    for (const pages of [...sampleOf(steps, FULL_SAMPLE, createSeededRandom(`full-${seed}`)), ENOUGH_PAGES]) {
      const context = `seed ${seed}, ${pages} pages free`;
      const order = sale.fresh(join(disk, 'counter'));
      await server.prepare(order);
      leaveFree(disk, pages);
      const { end } = await server.takeCash(null);
      rmSync(join(disk, 'ballast'));
      await server.stop();
      if (end.end === 'refused') expect(end.code, context).toBe('DISK_FULL');
      else expect(end.end, context).toBe('sold');
      const found = await sale.examine(order, end, context, false);
      if (end.end === 'refused') expect(found, context).toBe('nothing stored');
      if (pages === 0) expect(end.end, context).toBe('refused');
      if (pages === ENOUGH_PAGES) expect(found, context).toBe('all of it');
      outcomes.add(`${end.end === 'refused' ? end.code : end.end} (${found})`);
    }
    process.stdout.write(`full disk, 0 to ${ENOUGH_PAGES} pages free, seed ${seed}: ${outcomes.toString()}\n`);
  });
});

describe('a machine without strace', () => {
  it('is told from one with it, so that what was not run is never counted', () => {
    expect(obstacleToTracing(temporaryFolder())).toMatch(/strace/);
  });
});
