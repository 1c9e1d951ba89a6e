import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { enterAs } from '../support/at-the-counter.ts';
import { createTestCounter, type TestCounter } from '../support/test-counter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { type Prepared, prepareSale } from './crash-counter.ts';
import { copyOf, morning, OFFICER, openScene, PLATES, placeOf, startedOn } from './counter-scene.ts';
import { answerPapers, expectWhole, numbersOnRoll, sellNext, storedSales } from './examine-counter.ts';
import { newMedium, newRoll } from './paper-roll.ts';
import type { SaleOrder } from './sale-server.ts';
import type { SaleEnd } from './traced-counter.ts';

/** How far a sale had come when the counter was started again. */
export type StoredSale =
  | 'nothing stored'
  | 'sale, no mark'
  | 'mark, no second copy'
  | 'second copy, no intent'
  | 'intent, no paper'
  | 'paper, no result'
  | 'all of it';

/** A counter with one sale that stands before the cash is taken; each test of it gets a copy of its own. */
export type PreparedSale = {
  readonly roll: string;
  /** Where the second copy goes. */
  readonly medium: string;
  /** A fresh copy, in `folder` or in a folder of its own, and the order for a counter over it. */
  readonly fresh: (folder?: string) => SaleOrder;
  /**
   * Starts the counter again without any fault and holds it to what was told: nothing lost, nothing half, money is
   * paper, and it sells on. Then the copy is gone. Answers what was found.
   */
  readonly examine: (
    order: SaleOrder,
    end: SaleEnd,
    context: string,
    /** False where no place could take the mark. */
    marked?: boolean,
  ) => Promise<StoredSale>;
};

/** The position of a sale, as its number says it. */
const seqOf = (number: string): number => Number(number.split('-').at(-2));

/** Whether the second copy of an entry lies on the medium, by the names of the files. */
function isOnMedium(medium: string, seq: number): boolean {
  return readdirSync(medium, { recursive: true, encoding: 'utf8' })
    .flatMap((name) => [/(\d{9})-(\d{9})-[0-9a-f]{16}(?:-[0-9a-f]{16})?\.opop$/.exec(name)])
    .some((segment) => segment !== null && Number(segment[1]) <= seq && seq <= Number(segment[2]));
}

/** The positions that the two marks have reached. */
function markedSeqs(folder: string): readonly number[] {
  const second = readdirSync(join(folder, 'mark')).filter((name) => name.endsWith('.json'));
  const files = [join(folder, 'data', 'mark.json'), ...second.map((name) => join(folder, 'mark', name))];
  return files.map((file) => Number(/\\"seq\\":(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '0'));
}

/** What lay outside the database when the counter had stopped, and before it was started again. */
type Outside = { readonly papers: readonly string[]; readonly marked: number; readonly medium: string };

function storedSale(counter: TestCounter, sold: number, outside: Outside): StoredSale {
  const sale = counter.rows('SELECT seq FROM sale ORDER BY seq')[sold];
  if (sale === undefined) return 'nothing stored';
  const [job] = counter.rows('SELECT state FROM print_job ORDER BY requested_at').slice(sold);
  if (job === undefined) {
    const seq = Number(sale['seq']);
    if (outside.marked < seq) return 'sale, no mark';
    return isOnMedium(outside.medium, seq) ? 'second copy, no intent' : 'mark, no second copy';
  }
  if (outside.papers.length === 0) return 'intent, no paper';
  return job['state'] === 'printed' ? 'all of it' : 'paper, no result';
}

/** Enrols a counter, sells once, and prepares the next sale. */
export async function prepareOneSale(): Promise<PreparedSale> {
  const scene = await openScene();
  const folder = copyOf(scene.folder);
  await scene.close();
  const [roll, medium, mediumBefore, at] = [newRoll(), newMedium(), newMedium(), morning()];
  const [first, second] = PLATES;
  if (first === undefined || second === undefined) throw new Error('no plates');
  const counter = createTestCounter(folder, { clock: createFakeClock(morning()) });
  const started = await counter.start();
  if (!started.ok) throw new Error(started.error.code);
  await enterAs(counter, OFFICER);
  await counter.get('printing.set-printers', {
    printers: [{ printerId: 'roll', kind: 'escpos-file', name: 'Roll', target: roll, widthMm: 80, role: 'first' }],
  });
  await counter.get('mirror.set-folder', { folder: medium, medium: 'removable' });
  const sold = await prepareSale(counter.get, ...first);
  if (sold === null) throw new Error('nothing to sell');
  const { transactionId, payable } = sold;
  await counter.get('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
  const prepared: Prepared | null = await prepareSale(counter.get, ...second);
  if (prepared === null) throw new Error('nothing to prepare');
  await counter.stop();
  cpSync(medium, mediumBefore, { recursive: true });
  const before = [...storedSales(counter)];
  return {
    roll,
    medium,
    fresh: (given) => {
      const copy = given ?? mkdtempSync(join(tmpdir(), 'loket-sale-'));
      onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
      cpSync(folder, copy, { recursive: true });
      truncateSync(roll);
      for (const name of readdirSync(medium)) rmSync(join(medium, name), { recursive: true });
      cpSync(mediumBefore, medium, { recursive: true });
      return { ...placeOf(copy, { roll, seed: 'sale' }), morning: at, ...prepared };
    },
    examine: async (order, end, context, marked = true) => {
      const papers = numbersOnRoll(roll);
      const uncovered = papers.filter((number) => !isOnMedium(medium, seqOf(number)));
      const marks = markedSeqs(order.folder);
      const outside: Outside = { papers, marked: Math.min(...marks), medium };
      const sales = end.end === 'sold' ? [...before, [end.number, end.payable] as const] : before;
      const again = await startedOn(order.folder, null);
      await expectWhole(again, { sold: sales, papers }, context);
      // "mark, mirror (failure or 2 s: policy warns or stops), print intent": no paper before its second copy, or a note.
      if (again.bodies('mirror.missed').length === 0) expect(uncovered, `${context}: no second copy`).toEqual([]);
      // "After each commit and before anything prints, a signed mark": a mark that failed in one place is in the other.
      if (marked)
        expect(
          papers.filter((number) => seqOf(number) > Math.max(...marks)),
          `${context}: no mark`,
        ).toEqual([]);
      const found = storedSale(again, before.length, outside);
      await answerPapers(again, papers);
      await sellNext(again);
      await again.stop();
      rmSync(order.folder, { recursive: true, force: true });
      return found;
    },
  };
}
