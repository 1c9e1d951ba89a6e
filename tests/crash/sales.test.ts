import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SHOW_PLATES } from '../../src/province/demo/show-plates.ts';
import { pinOf } from '../support/at-the-counter.ts';
import { useEnrolledFolder } from '../support/enrolled-counter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createTestCounter, TEST_MORNING } from '../support/test-counter.ts';

const KILLS = 200;
/** Two counters at a time: one kills while the other starts. */
const LANES = 2;
const KILLS_PER_FOLDER = 10;
/** Long enough for a sale or two with everything around them, so that every step of one is hit. */
const LONGEST_RUN_MS = 400;
const OFFICER = 'petugas-1';

const child = fileURLToPath(new URL('./selling-counter.ts', import.meta.url));
const plates = SHOW_PLATES.filter(({ refusal }) => refusal === undefined)
  .map(({ nrkb, chassisTail }) => `${nrkb}=${chassisTail}`)
  .join(';');

/** The day on which the folder was enrolled, going on with the test. */
const morning = (): number => Math.floor(TEST_MORNING + performance.now());

/** What a counter said before it was killed. */
type Said = {
  readonly sold: ReadonlyMap<string, number>;
  readonly papers: readonly string[];
  readonly killed: boolean;
};

function readSaid(printed: string, killed: boolean): Said {
  const sold = [...printed.matchAll(/^sold (\S+) (\d+)$/gm)].map(([, number = '', payable = '']) => [number, payable]);
  return {
    sold: new Map(sold.map(([number = '', payable = '']) => [number, Number(payable)])),
    papers: [...printed.matchAll(/^paper (\S+)$/gm)].map(([, number = '']) => number),
    killed,
  };
}

/** Runs the counter and kills it (-9) `afterMs` after it said `from`; answers what it printed. */
function sellAndKill(folder: string, from: 'started' | 'ready', afterMs: number, cache: string): Promise<Said> {
  return new Promise((resolve, reject) => {
    const counter: ChildProcess = spawn(
      process.execPath,
      [child, folder, OFFICER, pinOf(OFFICER), plates, String(morning())],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NODE_COMPILE_CACHE: cache },
      },
    );
    let printed = '';
    let complaints = '';
    let timer: NodeJS.Timeout | undefined;
    counter.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes(from)) timer ??= setTimeout(() => counter.kill('SIGKILL'), afterMs);
    });
    counter.stderr?.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    counter.on('error', reject);
    counter.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL' || code === 0) resolve(readSaid(printed, signal === 'SIGKILL'));
      else reject(new Error(`the counter ended by itself: ${complaints}`));
    });
  });
}

/** Everything that a folder must still hold after its kills; starts the counter once more, as a person would. */
async function examine(folder: string, said: readonly Said[], context: string): Promise<void> {
  const counter = createTestCounter(folder, { clock: createFakeClock(morning()) });
  const started = await counter.start();
  expect(started.ok, context).toBe(true);
  expect(await counter.get('counter.status'), context).toMatchObject({ enrolled: true });
  const sales = counter.rows('SELECT receipt_number, payable FROM sale');
  const stored = new Map(sales.map((row) => [String(row['receipt_number']), Number(row['payable'])]));
  for (const { sold, papers } of said) {
    for (const [number, payable] of sold) expect(stored.get(number), `${context}, sold ${number}`).toBe(payable);
    for (const number of papers) expect(stored.has(number), `${context}, paper ${number}`).toBe(true);
  }
  const [drawer] = counter.rows("SELECT sum(amount) AS sum FROM ledger_line WHERE account = 'cash-drawer'");
  const taken = [...stored.values()].reduce((sum, payable) => sum + payable, 0);
  const floats = counter.bodies('cash-session.opened').reduce((sum, body) => sum + body.total, 0);
  expect(Number(drawer?.['sum'] ?? 0), context).toBe(taken + floats);
  expect(counter.bodies('transaction.paid').length, context).toBe(stored.size);
  // A paper that was asked for and never settled is uncertain; it never prints by itself, and never counts as printed.
  const open = counter.rows("SELECT job_id FROM print_job WHERE state = 'requested'");
  expect(open, context).toEqual([]);
  await counter.get('sign-in.begin', { officerId: OFFICER, pin: pinOf(OFFICER) });
  expect(await counter.get('device.verify'), context).toMatchObject({ ok: true, problems: [] });
  await counter.stop();
}

describe('a counter that is killed while it serves', () => {
  const enrolled = useEnrolledFolder();

  it(`has every number that it gave out, once, after each of ${KILLS} kills`, { timeout: 480_000 }, async () => {
    const seed = Number(process.hrtime.bigint() % 1_000_000n);
    const cache = temporaryFolder();
    const totals = { kills: 0, sold: 0, papers: 0 };
    const lane = async (laneNo: number): Promise<void> => {
      const random = createSeededRandom(`${seed}-${laneNo}`);
      while (totals.kills < KILLS) {
        const folder = join(temporaryFolder(), 'counter');
        cpSync(enrolled(), folder, { recursive: true });
        const said: Said[] = [];
        while (said.length < KILLS_PER_FOLDER && totals.kills < KILLS) {
          const from = random.fraction() < 0.2 ? 'started' : 'ready';
          said.push(await sellAndKill(folder, from, Math.floor(random.fraction() * LONGEST_RUN_MS), cache));
          if (said.at(-1)?.killed !== true) break;
          totals.kills += 1;
        }
        totals.sold += said.reduce((sum, one) => sum + one.sold.size, 0);
        totals.papers += said.reduce((sum, one) => sum + one.papers.length, 0);
        await examine(folder, said, `seed ${seed}, lane ${laneNo}, kill ${totals.kills}`);
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, laneNo) => lane(laneNo)));
    expect(totals.kills, `seed ${seed}`).toBeGreaterThanOrEqual(KILLS);
    // The kills hit sales, not only starts.
    expect(totals.sold, `seed ${seed}`).toBeGreaterThan(KILLS / 4);
    expect(totals.papers, `seed ${seed}`).toBeGreaterThan(KILLS / 8);
  });
});
