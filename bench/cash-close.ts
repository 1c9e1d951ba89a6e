// What an officer waits for at the end of a day: the count and the close of a cash session with 1,000 sales, at the door of
// the browser host of a real counter on the disk, in turns with the same of a session with 10. The close answers after its
// commit and its marks; the slip prints behind it. Limit: 1 s for the long one.
// `node bench/cash-close.ts [--sales 1000] [--runs 3]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { counterDoor } from './scene/counter-door.ts';
import { makeScene, type Scene } from './scene/enrolled-counter.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { growJournal } from './scene/old-journal.ts';
import { commandLine, serve } from './scene/programs.ts';

const { values } = parseArgs({
  options: { sales: { type: 'string', default: '1000' }, runs: { type: 'string', default: '3' } },
});
const [most, runs] = [Number(values.sales), Number(values.runs)];
const AT_MOST_MS = 1_000;
const FEW = 10;
/** A vehicle is sold once, and not every one of the demonstration can be sold today. */
const VEHICLES_A_SALE = 3;
const print = printer('cash-close');

/** Counts and closes the open session of a counter with so many sales; ms. */
async function closeOf(scene: Scene, name: string, sales: number): Promise<{ count: number; close: number }> {
  const dataDir = scene.copyTo(name);
  // Sales of five entries and three beside them: exactly one day.
  const made = await growJournal(dataDir, sales * 5 + 3, null, sales);
  if (made.sales !== sales) throw new Error(`${made.sales} sales were made`);
  const served = await serve(commandLine('loket', ['serve', '--data', dataDir, '--no-open']));
  const door = counterDoor(served.url);
  await door.get('sign-in.begin', { officerId: scene.officerId, pin: scene.pin });
  const session = await door.get('cash-session.current');
  if (session === null) throw new Error('the session of today stands open');
  const { cashSessionId } = session;
  // As on every day the second copy has followed the sales; here it begins when the counter does.
  for (let status = await door.get('mirror.status'); status.uncovered > 0; status = await door.get('mirror.status')) {
    await wait(200);
  }
  const counts = [{ denomination: 100_000, count: sales }];
  const counted = await timed(() => door.get('cash-session.count', { cashSessionId, counts, sure: true }));
  const closed = await timed(() => door.get('cash-session.close', { cashSessionId }));
  await served.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return { count: counted.ms, close: closed.ms };
}

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-close-'));
try {
  const scene = await makeScene(folder, most * VEHICLES_A_SALE);
  print({ what: 'machine', ...machine() });
  const times: Record<number, { count: number; close: number }[]> = { [FEW]: [], [most]: [] };
  for (let run = 0; run < runs; run += 1) {
    for (const sales of [FEW, most]) times[sales]?.push(await closeOf(scene, `counter-${run}-${sales}`, sales));
  }
  const figures = [FEW, most].map((sales) => {
    const of = times[sales] ?? [];
    const [count, close] = [figuresOf(of.map((one) => one.count)), figuresOf(of.map((one) => one.close))];
    print({ what: 'session', sales, count, close, unit: 'ms' });
    return count.worst + close.worst;
  });
  const [few = 0, many = Number.POSITIVE_INFINITY] = figures;
  print({
    what: 'growth',
    timesOfFew: Math.round((many / few) * 100) / 100,
    worstMs: Math.round(many),
    atMostMs: AT_MOST_MS,
  });
  process.exitCode = many <= AT_MOST_MS ? 0 : 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
