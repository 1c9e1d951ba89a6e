import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RandomPort } from '../../src/main/core/ports.ts';
import { createSeededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { compiledProgram } from './compiled-program.ts';
import { openScene, PLATES, placeOf, startedOn } from './counter-scene.ts';
import { crashSeed, crashSize } from './crash-size.ts';
import { type CutDisk, type DiskKind, makeCutDisk, obstacleToCuts } from './cut-disk.ts';
import { expectWhole, lostOf, numbersOnRoll, sellNext, type Told } from './examine-counter.ts';
import { newRoll } from './paper-roll.ts';
import { type Moment, runCounter } from './run-counter.ts';

const WEAKER = ['--import', fileURLToPath(new URL('./weaker-sync.ts', import.meta.url))];
const SOURCE = fileURLToPath(new URL('./selling-counter.ts', import.meta.url));
const OPEN = fileURLToPath(new URL('../../src/main/core/db/open.ts', import.meta.url));
const KINDS: readonly DiskKind[] = ['ext4', 'xfs'];
const CUTS = Math.ceil(crashSize('CRASH_CUTS', 12) / KINDS.length);
/** Cuts of the counter that does not sync; nearly each of them loses something. */
const WEAK_CUTS = 2;
const CUTS_PER_COUNTER = 8;
/** About what a sale takes, so that a cut within so long after one meets every step of the next. */
const NEXT_SALE_MS = 60;

const isHere = (kind: DiskKind): boolean => {
  const obstacle = obstacleToCuts(kind);
  if (obstacle !== null) {
    process.stdout.write(`NOT RUN: power cuts on ${kind} - ${obstacle}. Nothing of it is counted.\n`);
  }
  return obstacle === null;
};

function nextCut(random: RandomPort): Moment {
  const delayMs = Math.floor(random.fraction() * NEXT_SALE_MS);
  const chance = random.fraction();
  if (chance < 0.15) return { after: 'ready', times: 1, delayMs };
  return { after: 'sold', times: chance < 0.7 ? 1 : 3, delayMs };
}

type Machine = {
  readonly disk: CutDisk;
  /** Holds the counter, on the disk. */
  readonly folder: string;
  /** On another file system. */
  readonly roll: string;
  readonly program: string;
  readonly nodeArgs: readonly string[];
};

/** Sells until the power goes; answers what was told to people, and whether it went at all. */
async function sellUntilCut(machine: Machine, moment: Moment): Promise<Told & { readonly cut: boolean }> {
  const { disk, folder, roll, program, nodeArgs } = machine;
  const order = { ...placeOf(folder, { roll }), plates: PLATES };
  const heard = await runCounter({ program, order, moment, strike: disk.cut, nodeArgs });
  if (heard.problems !== null) expect(heard.problems).toBe('[]');
  if (heard.killed) disk.powerOn();
  return { sold: heard.sold, papers: numbersOnRoll(roll), cut: heard.killed };
}

function newCounter(disk: CutDisk, enrolled: string, program: string, nodeArgs: readonly string[]): Machine {
  const folder = join(disk.folder, 'counter');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  cpSync(enrolled, folder, { recursive: true });
  // The enrolment itself was long ago.
  execFileSync('sync', ['-f', folder]);
  return { disk, folder, roll: newRoll(), program, nodeArgs };
}

describe.each(KINDS.filter(isHere))('a counter on %s whose power is cut', (kind) => {
  it(`has a record of every receipt, after each of ${CUTS} cuts`, { timeout: 3_600_000 }, async () => {
    const seed = crashSeed();
    const random = createSeededRandom(`${seed}-${kind}`);
    const program = await compiledProgram('selling-counter');
    const scene = await openScene();
    onTestFinished(scene.close);
    const disk = makeCutDisk(kind);
    onTestFinished(disk.remove);
    const totals = { cuts: 0, sold: 0, papers: 0 };
    while (totals.cuts < CUTS) {
      const machine = newCounter(disk, scene.folder, program, []);
      const told: { sold: (readonly [string, number])[]; papers: readonly string[] } = { sold: [], papers: [] };
      for (let cut = 0; cut < CUTS_PER_COUNTER && totals.cuts < CUTS; cut += 1) {
        const one = await sellUntilCut(machine, nextCut(random));
        told.sold.push(...one.sold);
        told.papers = one.papers;
        if (!one.cut) break;
        totals.cuts += 1;
        const context = `seed ${seed}, ${kind}, cut ${totals.cuts}`;
        const counter = await startedOn(machine.folder, null);
        await expectWhole(counter, told, context);
        // No mark names what the disk does not have: nothing had to be declared as missing.
        expect(counter.bodies('epoch.opened').length, context).toBe(1);
        await sellNext(counter);
        await counter.stop();
      }
      totals.sold += told.sold.length;
      totals.papers += told.papers.length;
    }
    process.stdout.write(
      `power cuts on ${kind}, seed ${seed}: ${JSON.stringify(totals)}; 0 receipts without a record\n`,
    );
    // The cuts meet papers, not only sales.
    expect(totals.papers, `seed ${seed}`).toBeGreaterThan(CUTS / 10);
  });

  it('would lose receipts if its database did not sync every commit', { timeout: 600_000 }, async () => {
    const scene = await openScene();
    onTestFinished(scene.close);
    const disk = makeCutDisk(kind);
    onTestFinished(disk.remove);
    let lost = 0;
    for (let cut = 0; cut < WEAK_CUTS; cut += 1) {
      const machine = newCounter(disk, scene.folder, SOURCE, WEAKER);
      const told = await sellUntilCut(machine, { after: 'sold', times: 4, delayMs: 0 });
      expect(told.cut).toBe(true);
      const order = { ...placeOf(machine.folder, {}), plates: [] };
      const after = await runCounter({ program: machine.program, order, moment: null });
      lost += lostOf(after.holds ?? new Map(), told).length;
    }
    process.stdout.write(`power cuts on ${kind} with synchronous=NORMAL: ${lost} records lost in ${WEAK_CUTS} cuts\n`);
    expect(lost).toBeGreaterThan(0);
  });
});

describe('the counter that the power cuts must find out', () => {
  it('runs with NORMAL where the product runs with FULL', () => {
    const open = `
      const { openDatabase } = await import(${JSON.stringify(OPEN)});
      const db = await openDatabase({ file: process.argv[1], migrations: [] });
      process.stdout.write(JSON.stringify(db.value.info().synchronous));`;
    const synchronous = (...hooks: readonly string[]): string =>
      execFileSync(
        process.execPath,
        [...hooks, '--input-type=module', '-e', open, join(temporaryFolder(), 'a.sqlite')],
        { encoding: 'utf8' },
      );
    expect(synchronous()).toBe('2');
    expect(synchronous(...WEAKER)).toBe('1');
  });
});
