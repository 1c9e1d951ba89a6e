// A counter that takes the cash for one prepared sale when it is told to, and then stops; again and again, each time on
// another folder. What its disk answers in between is decided by whoever traces it.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type CrashPlace, createCrashCounter, makeReady, type Prepared } from './crash-counter.ts';

/** The counter's folder, and the sale that was prepared in it. */
export type SaleOrder = CrashPlace & Prepared;

const say = (line: string): void => void writeSync(1, `${line}\n`);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** The next line of the test, or undefined when it is over. */
async function nextLine(): Promise<string | undefined> {
  const next = await lines.next();
  return next.done === true ? undefined : next.value;
}

/** Takes the cash and waits until the paper is out and its result stored, or both were refused. */
async function takeCash(order: SaleOrder): Promise<void> {
  const { transactionId, payable } = order;
  const counter = createCrashCounter(order, () => undefined);
  await makeReady(counter, order);
  const settled = { papers: 0, tell: (): void => undefined };
  counter.app.subscribe(({ topic }) => {
    if (topic !== 'printing') return;
    settled.papers += 1;
    settled.tell();
  });
  say('ready');
  await nextLine();
  const input = { transactionId, tendered: payable, expectedPayable: payable };
  const answer = await counter.app.dispatch({ id: 'pay', method: 'transactions.pay', input });
  // The intent of a paper tells once, its result a second time, also one that could not be stored.
  while (settled.papers === 1) {
    await new Promise<void>((resolve) => {
      settled.tell = resolve;
    });
  }
  say(`answer ${JSON.stringify(answer)}`);
  await nextLine();
  await counter.app.stop();
  say('stopped');
}

for (let line = await nextLine(); line !== undefined; line = await nextLine()) {
  await takeCash(JSON.parse(line) as SaleOrder); // written by the test that started this program
}
