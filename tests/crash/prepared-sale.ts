import { cpSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { enterAs } from '../support/at-the-counter.ts';
import { createTestCounter, type TestCounter } from '../support/test-counter.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { type Prepared, prepareSale } from './crash-counter.ts';
import { copyOf, morning, OFFICER, openScene, PLATES, placeOf, startedOn } from './counter-scene.ts';
import { answerPapers, expectWhole, numbersOnRoll, sellNext, storedSales } from './examine-counter.ts';
import { newRoll } from './paper-roll.ts';
import type { SaleOrder } from './sale-server.ts';
import type { SaleEnd } from './traced-counter.ts';

/** How far a sale had come when the counter was started again. */
export type StoredSale = 'nothing stored' | 'sale, no intent' | 'intent, no paper' | 'paper, no result' | 'all of it';

/** A counter with one sale that stands before the cash is taken; each test of it gets a copy of its own. */
export type PreparedSale = {
  readonly roll: string;
  /** A fresh copy, in `folder` or in a folder of its own, and the order for a counter over it. */
  readonly fresh: (folder?: string) => SaleOrder;
  /**
   * Starts the counter again without any fault and holds it to what was told: nothing lost, nothing half, money is
   * paper, and it sells on. Then the copy is gone. Answers what was found.
   */
  readonly examine: (order: SaleOrder, end: SaleEnd, context: string) => Promise<StoredSale>;
};

function stored(counter: TestCounter, papers: readonly string[], before: number): StoredSale {
  if (storedSales(counter).size === before) return 'nothing stored';
  const jobs = counter.rows('SELECT state FROM print_job ORDER BY requested_at').slice(before);
  if (jobs.length === 0) return 'sale, no intent';
  if (papers.length === 0) return 'intent, no paper';
  return jobs[0]?.['state'] === 'printed' ? 'all of it' : 'paper, no result';
}

/** Enrols a counter, sells once, and prepares the next sale. */
export async function prepareOneSale(): Promise<PreparedSale> {
  const scene = await openScene();
  const folder = copyOf(scene.folder);
  await scene.close();
  const roll = newRoll();
  const [first, second] = PLATES;
  if (first === undefined || second === undefined) throw new Error('no plates');
  const counter = createTestCounter(folder, { clock: createFakeClock(morning()) });
  const started = await counter.start();
  if (!started.ok) throw new Error(started.error.code);
  await enterAs(counter, OFFICER);
  await counter.get('printing.set-printers', {
    printers: [{ printerId: 'roll', kind: 'escpos-file', name: 'Roll', target: roll, widthMm: 80, role: 'first' }],
  });
  const sold = await prepareSale(counter.get, ...first);
  if (sold === null) throw new Error('nothing to sell');
  const { transactionId, payable } = sold;
  await counter.get('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
  const prepared: Prepared | null = await prepareSale(counter.get, ...second);
  if (prepared === null) throw new Error('nothing to prepare');
  await counter.stop();
  const before = [...storedSales(counter)];
  return {
    roll,
    fresh: (given) => {
      const copy = given ?? mkdtempSync(join(tmpdir(), 'loket-sale-'));
      onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
      cpSync(folder, copy, { recursive: true });
      truncateSync(roll);
      return { ...placeOf(copy, { roll }), ...prepared };
    },
    examine: async (order, end, context) => {
      const papers = numbersOnRoll(roll);
      const sales = end.end === 'sold' ? [...before, [end.number, end.payable] as const] : before;
      const again = await startedOn(order.folder, null);
      await expectWhole(again, { sold: sales, papers }, context);
      const found = stored(again, papers, before.length);
      await answerPapers(again, papers);
      await sellNext(again);
      await again.stop();
      rmSync(order.folder, { recursive: true, force: true });
      return found;
    },
  };
}
