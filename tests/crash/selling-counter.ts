// A whole counter that sells without end and says every number that it gave out. It is killed from outside.
import { writeSync } from 'node:fs';
import { paidViewSchema } from '../../src/contract/views-transaction.ts';
import { type CrashPlace, createCrashCounter, makeReady, prepareSale } from './crash-counter.ts';

/** A plate that may be sold, and the end of its chassis number. */
type Plate = readonly [nrkb: string, chassisTail: string];

/** What it is told; the plates come in the order in which they are sold. */
export type SellingOrder = CrashPlace & { readonly plates: readonly Plate[] };

/** Written at once: what was said is said, whatever comes next. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

const order = JSON.parse(process.argv[2] ?? '') as SellingOrder; // written by the test that starts this program
const counter = createCrashCounter(order, (number) => say(`paper ${number}`));

/** Takes the cash for one vehicle; false when this counter may sell no more. */
async function sell([nrkb, chassisTail]: Plate): Promise<boolean> {
  // A bill that comes while the officer reads changes the amount; he then asks for the new one.
  for (let tries = 0; tries < 5; tries += 1) {
    const prepared = await prepareSale(counter.call, nrkb, chassisTail);
    if (prepared === null) return true;
    const { transactionId, payable } = prepared;
    const input = { transactionId, tendered: payable, expectedPayable: payable };
    const answer = await counter.app.dispatch({ id: 'pay', method: 'transactions.pay', input });
    if (answer.ok) {
      const paid = paidViewSchema.parse(answer.value);
      say(`sold ${paid.receiptNumber} ${paid.payable}`);
      return true;
    }
    // The drawer is full: this counter has sold what it may.
    if (answer.error.code === 'CAP_CASH_IN_DRAWER') return false;
    if (answer.error.code !== 'AMOUNT_CHANGED')
      throw new Error(`transactions.pay ${nrkb}: ${JSON.stringify(answer.error)}`);
  }
  throw new Error(`${nrkb}: the amount never stands still`);
}

say('loaded');
await makeReady(counter, order);
const { ok, problems } = await counter.call('device.verify', {});
say(`verified ${ok} ${JSON.stringify(problems)}`);
say(`holds ${JSON.stringify(counter.sales())}`);
say('ready');
for (const plate of order.plates) if (!(await sell(plate))) break;
say('done');
await counter.app.stop();
