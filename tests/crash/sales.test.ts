import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import type { RandomPort } from '../../src/main/core/ports.ts';
import { pinOf } from '../support/at-the-counter.ts';
import { useEnrolledFolder } from '../support/enrolled-counter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createTestCounter, TEST_MORNING } from '../support/test-counter.ts';

const KILLS = 200;
/** Two counters at a time: one is killed while the other starts. */
const LANES = ['said', 'roll'] as const;
const KILLS_PER_FOLDER = 8;
/** About what a sale takes: a kill within so long after a sale meets every step of the next one. */
const NEXT_SALE_MS = 60;
const OFFICER = 'petugas-1';
const NUMBER = /3506-017-01-\d[0-9A-Z]{2}-\d{6}-[0-9A-Z]{2}/g;

const child = fileURLToPath(new URL('./selling-counter.ts', import.meta.url));
const plates = SHOW_PLATES.filter(({ refusal }) => refusal === undefined)
  .map(({ nrkb, chassisTail }) => `${nrkb}=${chassisTail}`)
  .join(';');

/** The day on which the folder was enrolled, going on with the test. */
const morning = (): number => Math.floor(TEST_MORNING + performance.now());

/** When a counter is killed: so long after it has said so many lines that begin so. */
type Kill = { readonly after: 'started' | 'ready' | 'sold'; readonly times: number; readonly delayMs: number };

/** What a counter said before it ended. */
type Said = {
  readonly sold: ReadonlyMap<string, number>;
  readonly papers: readonly string[];
  readonly killed: boolean;
};

/** Chosen by what was reached, not by the clock alone, so that a slow machine is hit in the same places. */
function nextKill(random: RandomPort): Kill {
  const delayMs = Math.floor(random.fraction() * NEXT_SALE_MS);
  const chance = random.fraction();
  if (chance < 0.15) return { after: 'started', times: 1, delayMs };
  if (chance < 0.4) return { after: 'ready', times: 1, delayMs };
  return { after: 'sold', times: chance < 0.8 ? 1 : 2, delayMs };
}

function readSaid(printed: string, killed: boolean): Said {
  const sold = [...printed.matchAll(/^sold (\S+) (\d+)$/gm)].map(([, number = '', payable = '']) => [number, payable]);
  return {
    sold: new Map(sold.map(([number = '', payable = '']) => [number, Number(payable)])),
    papers: [...printed.matchAll(/^paper (\S+)$/gm)].map(([, number = '']) => number),
    killed,
  };
}

/** Runs a counter over a folder until it is killed (-9) or has sold what there is; answers what it said. */
function run(folder: string, paper: string, sells: string, kill: Kill | null, cache: string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const args = [child, folder, paper, OFFICER, pinOf(OFFICER), sells, String(morning())];
    const env = { ...process.env, NODE_COMPILE_CACHE: cache };
    const counter = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    const heard = { printed: '', complaints: '' };
    let timer: NodeJS.Timeout | undefined;
    counter.stdout.on('data', (chunk: Buffer) => {
      heard.printed += chunk.toString();
      if (kill === null || heard.printed.split(`${kill.after}`).length <= kill.times) return;
      timer ??= setTimeout(() => counter.kill('SIGKILL'), kill.delayMs);
    });
    counter.stderr.on('data', (chunk: Buffer) => {
      heard.complaints += chunk.toString();
    });
    counter.on('error', reject);
    counter.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL' || code === 0) resolve(readSaid(heard.printed, signal === 'SIGKILL'));
      else reject(new Error(`the counter ended by itself: ${heard.complaints}`));
    });
  });
}

/** Numbers that stand on the roll, whole. */
function numbersOnRoll(folder: string): readonly string[] {
  const roll = join(folder, 'roll.bin');
  return existsSync(roll) ? (readFileSync(roll, 'latin1').match(NUMBER) ?? []) : [];
}

/** Everything that a folder must still hold after its kills; starts the counter once more, as a person would. */
async function examine(folder: string, said: readonly Said[], context: string): Promise<void> {
  const counter = createTestCounter(folder, { clock: createFakeClock(morning()) });
  const started = await counter.start();
  expect(started.ok, context).toBe(true);
  const sales = counter.rows('SELECT receipt_number, payable FROM sale');
  const stored = new Map(sales.map((row) => [String(row['receipt_number']), Number(row['payable'])]));
  expect(stored.size, context).toBe(sales.length);
  for (const { sold } of said) {
    for (const [number, payable] of sold) expect(stored.get(number), `${context}, sold ${number}`).toBe(payable);
  }
  for (const number of [...said.flatMap(({ papers }) => papers), ...numbersOnRoll(folder)]) {
    expect(stored.has(number), `${context}, paper ${number}`).toBe(true);
  }
  const [drawer] = counter.rows("SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'cash-drawer'");
  const [all] = counter.rows('SELECT sum(amount) AS sum FROM ledger_line');
  const taken = [...stored.values()].reduce((sum, payable) => sum + payable, 0);
  const floats = counter.bodies('cash-session.opened').reduce((sum, body) => sum + body.total, 0);
  expect(Number(drawer?.['sum'] ?? 0), context).toBe(taken + floats);
  expect(Number(all?.['sum'] ?? 0), context).toBe(0);
  expect(counter.bodies('transaction.paid').length, context).toBe(stored.size);
  // A paper that was asked for and never settled is uncertain; it never prints by itself, and never counts as printed.
  expect(counter.rows("SELECT job_id FROM print_job WHERE state = 'requested'"), context).toEqual([]);
  expect(counter.printers.papers, context).toEqual([]);
  await counter.get('sign-in.begin', { officerId: OFFICER, pin: pinOf(OFFICER) });
  expect(await counter.get('device.verify'), context).toMatchObject({ ok: true, problems: [] });
  await counter.stop();
}

describe('a counter that is killed while it serves', () => {
  const enrolled = useEnrolledFolder();

  it(`has every number that it gave out, once, after each of ${KILLS} kills`, { timeout: 480_000 }, async () => {
    const seed = Number(process.hrtime.bigint() % 1_000_000n);
    const cache = temporaryFolder();
    const fresh = (): string => {
      const folder = join(temporaryFolder(), 'counter');
      cpSync(enrolled(), folder, { recursive: true });
      return folder;
    };
    // One that ends by itself leaves its compiled code for the others: a killed one leaves nothing.
    await run(fresh(), 'said', '', null, cache);
    const totals = { kills: 0, sold: 0, papers: 0 };
    const lane = async (paper: (typeof LANES)[number]): Promise<void> => {
      const random = createSeededRandom(`${seed}-${paper}`);
      while (totals.kills < KILLS) {
        const folder = fresh();
        const said: Said[] = [];
        while (said.length < KILLS_PER_FOLDER && totals.kills < KILLS) {
          const one = await run(folder, paper, plates, nextKill(random), cache);
          said.push(one);
          if (!one.killed) break;
          totals.kills += 1;
        }
        totals.sold += said.reduce((sum, one) => sum + one.sold.size, 0);
        totals.papers += said.reduce((sum, one) => sum + one.papers.length, 0) + numbersOnRoll(folder).length;
        await examine(folder, said, `seed ${seed}, ${paper}, kill ${totals.kills}`);
      }
    };
    await Promise.all(LANES.map(lane));
    expect(totals.kills, `seed ${seed}`).toBeGreaterThanOrEqual(KILLS);
    // The kills hit sales, not only starts, and papers on both kinds of printer.
    expect(totals.sold, `seed ${seed}`).toBeGreaterThan(KILLS / 2);
    expect(totals.papers, `seed ${seed}`).toBeGreaterThan(KILLS / 2);
  });
});
