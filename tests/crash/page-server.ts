// A counter that keeps one page when it is told to. Its worker answers at once with a picture that was made before: what
// is traced and killed here is the way of the page to the disk, not the decoder.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PageWorker } from '../../src/main/core/ports.ts';
import { LOOK_BYTES } from '../../src/main/pages/page-jobs.ts';
import { createCrashCounter, makeReady } from './crash-counter.ts';
import type { SaleOrder } from './sale-server.ts';

const JPEG = new Uint8Array(200_000).fill(7);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function nextLine(): Promise<string | undefined> {
  const next = await lines.next();
  return next.done === true ? undefined : next.value;
}

/** Answers every picture with the same one. */
function quickWorker(): PageWorker {
  const told = { answer: (_message: unknown): void => undefined };
  const kept = { jpeg: JPEG, width: 1600, height: 1200, look: new Uint8Array(LOOK_BYTES), pdf: false };
  return {
    send: ({ id }) => told.answer({ id, kept }),
    onAnswer: (listener) => {
      told.answer = listener;
    },
    onEnd: () => undefined,
    residentBytes: () => null,
    kill: () => undefined,
  };
}

async function keepPage(order: SaleOrder): Promise<void> {
  const { transactionId: stream } = order;
  const counter = createCrashCounter(order, () => undefined, { startPageWorker: quickWorker });
  await makeReady(counter, order);
  const data = Buffer.from(JPEG.subarray(0, 1000));
  const { intakeId } = await counter.call('documents.begin-intake', { stream, bytes: data.length, camera: true });
  await counter.call('documents.add-part', { intakeId, offset: 0, data: data.toString('base64') });
  say('ready');
  await nextLine();
  const input = { intakeId, kind: 'stnk', pages: [{ pageNo: 1, quad: null, turn: 0 }] };
  say(`answer ${JSON.stringify(await counter.app.dispatch({ id: 'keep', method: 'documents.keep', input }))}`);
  await nextLine();
  await counter.app.stop();
  say('stopped');
}

for (let line = await nextLine(); line !== undefined; line = await nextLine()) {
  await keepPage(JSON.parse(line) as SaleOrder); // written by the test that started this program
}
