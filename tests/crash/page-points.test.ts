import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createFakeClock } from '../support/fake-clock.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { confirmed, enterAs } from '../support/at-the-counter.ts';
import { createTestCounter } from '../support/test-counter.ts';
import { pagesOnDisk } from '../support/test-pages.ts';
import { compiledProgram } from './compiled-program.ts';
import { copyOf, morning, OFFICER, openScene, PLATES, placeOf, startedOn } from './counter-scene.ts';
import { crashSeed, crashSize, createTally, sampleOf } from './crash-size.ts';
import type { SaleOrder } from './sale-server.ts';
import { obstacleToTracing, startSaleServer, type SaleEnd, type Target, targetsOf, THREADS } from './traced-counter.ts';

const SAMPLE = crashSize('CRASH_PAGES', 8);
const CALLS = ['write', 'pwrite64', 'ftruncate', 'fsync', 'fdatasync', 'rename', 'renameat2', 'unlink'] as const;

const keptSchema = z.object({ pages: z.tuple([z.object({ documentId: z.string() })]) });
const keptOf = (value: unknown) => ({ number: keptSchema.parse(value).pages[0].documentId, payable: 0 });

/** A counter with an open service; each test of it gets a copy of its own. */
async function prepareService(): Promise<() => SaleOrder> {
  const scene = await openScene();
  const folder = copyOf(scene.folder);
  await scene.close();
  const [nrkb] = PLATES[0] ?? [];
  const [counter, at] = [createTestCounter(folder, { clock: createFakeClock(morning()) }), morning()];
  const started = await counter.start();
  if (!started.ok || nrkb === undefined) throw new Error('the scene does not open');
  await enterAs(counter, OFFICER);
  const { transactionId } = await confirmed(counter, nrkb);
  await counter.stop();
  return () => {
    const copy = mkdtempSync(join(tmpdir(), 'loket-page-'));
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
    cpSync(folder, copy, { recursive: true });
    return { ...placeOf(copy, { seed: 'page' }), morning: at, transactionId, payable: 0 };
  };
}

/** Every call of a keeping at which it can be killed: before it does its work. */
async function pointsOf(program: string, fresh: () => SaleOrder): Promise<readonly Target[]> {
  const points: Target[] = [];
  for (const thread of THREADS) {
    const server = startSaleServer(program, keptOf);
    const order = fresh();
    await server.prepare(order);
    const { end, calls } = await server.takeCash({ thread, calls: CALLS });
    await server.close();
    expect(end, JSON.stringify(end)).toMatchObject({ end: 'sold' });
    // Chance comes from the seed, so that the page has the same name in every run.
    points.push(...targetsOf(thread, order.folder, calls));
  }
  return points;
}

/** The page is there whole, with row, entry and file, or not at all; and the counter goes on keeping. */
async function examine(order: SaleOrder, end: SaleEnd, context: string): Promise<string> {
  const again = await startedOn(order.folder, null);
  const rows = again.rows('SELECT document_id, state FROM document');
  const files = pagesOnDisk(again);
  expect(files, context).toEqual(rows.map((row) => row['document_id']));
  expect(again.bodies('document.captured').length, context).toBe(rows.length);
  if (end.end === 'sold') expect(files, context).toEqual([end.number]);
  for (const documentId of files) {
    // The picture of the test is no JPEG: what is asked is whether key, file and row belong together.
    expect((await again.get('documents.show', { documentId })).picture, context).toContain('data:image/jpeg');
  }
  expect(await again.get('device.verify', {}), context).toMatchObject({ ok: true, problems: [] });
  await again.stop();
  rmSync(order.folder, { recursive: true, force: true });
  return rows.length === 0 ? 'nothing kept' : 'kept whole';
}

const obstacle = obstacleToTracing();
if (obstacle !== null) process.stdout.write(`NOT RUN: kills of a page - ${obstacle}. Nothing of it is counted.\n`);

describe.each(obstacle === null ? ['a page whose counter is killed'] : [])('%s', () => {
  it('at any call to the disk is there whole or not at all, and what is half is gone after the next start', {
    timeout: 3_600_000,
  }, async () => {
    const seed = crashSeed();
    const program = await compiledProgram('page-server');
    const fresh = await prepareService();
    const points = await pointsOf(program, fresh);
    expect(points.some(({ path }) => path.includes('/pages/'))).toBe(true);
    const found = createTally();
    for (const target of sampleOf(points, SAMPLE, createSeededRandom(`pages-${seed}`))) {
      const context = `seed ${seed}, ${JSON.stringify(target)}`;
      const server = startSaleServer(program, keptOf);
      const order = fresh();
      await server.prepare(order);
      const { end } = await server.takeCash({ target, inject: 'signal=KILL' });
      await server.close();
      expect(end.end, context).toBe('killed');
      found.add(await examine(order, end, context));
    }
    process.stdout.write(`pages killed at a call (of ${points.length}), seed ${seed}: ${found.toString()}; 0 half\n`);
  });
});
