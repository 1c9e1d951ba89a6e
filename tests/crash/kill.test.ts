import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '../../src/main/core/config.ts';
import { counterMigrations } from '../../src/main/core/db/migrations/index.ts';
import type { RandomPort } from '../../src/main/core/ports.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { compiledProgram } from './compiled-program.ts';
import { copyOf, type CounterScene, openScene, PLATES, placeOf, startedOn } from './counter-scene.ts';
import { crashSeed, crashSize } from './crash-size.ts';
import {
  answerPapers,
  expectAtProvince,
  expectWhole,
  lostOf,
  numbersOnRoll,
  sellNext,
  storedSales,
} from './examine-counter.ts';
import { makeOlder } from './older-database.ts';
import { newRoll } from './paper-roll.ts';
import { type Heard, type Moment, runCounter } from './run-counter.ts';

const KILLS = crashSize('CRASH_KILLS', 200);
/** Kills while one counter serves; then it is examined as a whole and held against its province. */
const KILLS_PER_COUNTER = 16;
/** Kills while an older database of the same counter is brought up to date. */
const KILLS_PER_UPDATE = 4;
/** Schemas that were released with 0.1.0. */
const RELEASED_MIGRATIONS = 2;
/** About what a sale takes: a kill within so long after a sale meets every step of the next one. */
const NEXT_SALE_MS = 60;
const START_MS = 60;

type Lane = { readonly name: string; readonly online: boolean; readonly hasRoll: boolean };
type Totals = { kills: number; updates: number; sold: number; papers: number; uncertain: number; atProvince: number };

/** Two counters at a time: one is killed while the other starts. */
const LANES: readonly Lane[] = [
  { name: 'a roll and no line', online: false, hasRoll: true },
  { name: 'a line and a said paper', online: true, hasRoll: false },
];

/** Chosen by what was reached, not by the clock alone, so that a slow machine is hit in the same places. */
function nextKill(random: RandomPort): Moment {
  const fraction = random.fraction();
  const chance = random.fraction();
  if (chance < 0.15) return { after: 'loaded', times: 1, delayMs: Math.floor(fraction * START_MS) };
  const delayMs = Math.floor(fraction * NEXT_SALE_MS);
  if (chance < 0.4) return { after: 'ready', times: 1, delayMs };
  return { after: 'sold', times: chance < 0.8 ? 1 : 2, delayMs };
}

/** A start must find everything that any earlier run of this counter has told, and nothing wrong with itself. */
function expectHeld(heard: Heard, before: readonly Heard[], roll: readonly string[], context: string): void {
  if (heard.problems !== null) expect(heard.problems, context).toBe('[]');
  if (heard.holds === null) return;
  const told = {
    sold: before.flatMap(({ sold }) => sold),
    papers: [...before.flatMap(({ papers }) => papers), ...roll],
  };
  expect(lostOf(heard.holds, told), `${context}: lost at the start`).toEqual([]);
}

/** An update that is killed again and again ends as one that was not. */
async function killUpdates(
  program: string,
  folder: string,
  sales: ReadonlyMap<string, number>,
  random: RandomPort,
  totals: Totals,
): Promise<void> {
  const copy = copyOf(folder);
  await makeOlder(join(copy, 'data', DATABASE_FILE), counterMigrations.slice(0, RELEASED_MIGRATIONS));
  const order = { ...placeOf(copy, {}), plates: [] };
  for (let kill = 0; kill < KILLS_PER_UPDATE && totals.kills < KILLS; kill += 1) {
    const moment: Moment = { after: 'loaded', times: 1, delayMs: Math.floor(random.fraction() * START_MS) };
    const { killed } = await runCounter({ program, order, moment });
    if (!killed) continue;
    totals.kills += 1;
    totals.updates += 1;
  }
  const updated = await runCounter({ program, order, moment: null });
  expect(updated.problems).toBe('[]');
  expect(updated.holds).toEqual(sales);
}

/** One counter with its province, from its enrolment over its kills to the last rupiah at the province; its sales. */
async function killCounter(
  { online, hasRoll }: Lane,
  program: string,
  scene: CounterScene,
  random: RandomPort,
  totals: Totals,
  context: string,
): Promise<ReadonlyMap<string, number>> {
  const roll = hasRoll ? newRoll() : null;
  const onRoll = (): readonly string[] => (roll === null ? [] : numbersOnRoll(roll));
  const heard: Heard[] = [];
  for (let kill = 0; kill < KILLS_PER_COUNTER && totals.kills < KILLS; kill += 1) {
    scene.tick();
    const order = { ...placeOf(scene.folder, { roll, online }), plates: PLATES };
    const one = await runCounter({ program, order, moment: nextKill(random) });
    expectHeld(one, heard, [], `${context}, kill ${kill}`);
    heard.push(one);
    if (!one.killed) break;
    totals.kills += 1;
  }
  const sold = heard.flatMap((one) => one.sold);
  const papers = [...heard.flatMap((one) => one.papers), ...onRoll()];
  // Nothing prints a second time by itself: every paper was the first and only one of its sale.
  expect(new Set(papers).size, `${context}: papers`).toBe(papers.length);
  const counter = await startedOn(scene.folder, scene);
  await expectWhole(counter, { sold, papers }, context);
  totals.uncertain += await answerPapers(counter, papers);
  await sellNext(counter);
  totals.atProvince += await expectAtProvince(counter, scene, context);
  await counter.stop();
  totals.sold += sold.length;
  totals.papers += papers.length;
  return storedSales(counter);
}

describe('a counter that is killed while it serves', () => {
  it(`has every number that it gave out, once, after each of ${KILLS} kills`, { timeout: 3_600_000 }, async () => {
    const seed = crashSeed();
    const program = await compiledProgram('selling-counter');
    const totals: Totals = { kills: 0, updates: 0, sold: 0, papers: 0, uncertain: 0, atProvince: 0 };
    const runLane = async (lane: Lane): Promise<void> => {
      const random = createSeededRandom(`${seed}-${lane.name}`);
      let isFirst = true;
      while (totals.kills < KILLS) {
        const scene = await openScene();
        const context = `seed ${seed}, ${lane.name}, kill ${totals.kills}`;
        // One that ends by itself leaves its compiled code for the others.
        const order = { ...placeOf(copyOf(scene.folder), {}), plates: [] };
        if (isFirst) await runCounter({ program, order, moment: null });
        isFirst = false;
        try {
          const sales = await killCounter(lane, program, scene, random, totals, context);
          if (totals.kills < KILLS) await killUpdates(program, scene.folder, sales, random, totals);
        } finally {
          await scene.close();
        }
      }
    };
    await Promise.all(LANES.map(runLane));
    process.stdout.write(`kill -9, seed ${seed}: ${JSON.stringify(totals)}; 0 lost, 0 doubled, 0 forged, 0 corrupt\n`);
    expect(totals.kills, `seed ${seed}`).toBeGreaterThanOrEqual(KILLS);
    // The kills hit sales, updates and papers, not only starts.
    expect(totals.sold, `seed ${seed}`).toBeGreaterThan(KILLS / 3);
    expect(totals.papers, `seed ${seed}`).toBeGreaterThan(KILLS / 3);
    expect(totals.updates, `seed ${seed}`).toBeGreaterThan(KILLS / 12);
  });
});
