import { rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSeededRandom } from '../support/seeded-random.ts';
import { canMountSmallDisk, smallDisk } from '../support/small-disk.ts';
import { compiledProgram } from './compiled-program.ts';
import { crashSeed, crashSize, createTally, sampleOf } from './crash-size.ts';
import { prepareOneSale } from './prepared-sale.ts';
import { startSaleServer } from './traced-counter.ts';

const SAMPLE = crashSize('CRASH_FULL', 6);
const DISK_KIB = 4 * 1024;
const PAGE = 4096;
/** With so many pages free a sale goes through to the last write; fewer are tried one by one. */
const ENOUGH_PAGES = 72;

/** Fills a disk until exactly so many pages are free. */
function leaveFree(disk: string, pages: number): void {
  const ballast = join(disk, 'ballast');
  const { bavail } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc((bavail - pages) * PAGE));
  for (let size = (bavail - pages) * PAGE; statfsSync(disk).bavail < pages; size -= PAGE) truncateSync(ballast, size);
}

describe.each(canMountSmallDisk ? ['a disk that becomes full'] : [])('%s', () => {
  it('at any step of a sale refuses it whole or lets it through whole', { timeout: 3_600_000 }, async () => {
    const seed = crashSeed();
    const disk = smallDisk(DISK_KIB);
    const sale = await prepareOneSale();
    const server = startSaleServer(await compiledProgram('sale-server'));
    onTestFinished(server.close);
    const outcomes = createTally();
    const steps = Array.from({ length: ENOUGH_PAGES }, (_step, pages) => pages);
    for (const pages of [...sampleOf(steps, SAMPLE, createSeededRandom(`full-${seed}`)), ENOUGH_PAGES]) {
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
