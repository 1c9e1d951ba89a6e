// A whole counter that sells without end and prints every number that it gave out. It is killed from outside.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Api, Method } from '../../src/contract/api.ts';
import type { OutputOf } from '../../src/contract/procedure.ts';
import { paidViewSchema } from '../../src/contract/views-transaction.ts';
import { createApp } from '../../src/main/core/app.ts';
import type { PrinterOutcome } from '../../src/main/core/ports.ts';
import type { PaperDocument } from '../../src/main/core/printing/paper-document.ts';

const [folder, paper, officerId, pin, plates, morning] = process.argv.slice(2);
if (
  folder === undefined ||
  paper === undefined ||
  officerId === undefined ||
  pin === undefined ||
  plates === undefined ||
  morning === undefined
) {
  throw new Error(
    'selling-counter needs a folder, a kind of paper, an officer, his PIN, plates, and a time to begin at',
  );
}

/** Written at once: what was said is said, whatever comes next. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

/** The number on a paper, as a person reads it. */
function numberOn(document: PaperDocument): string {
  for (const block of document.blocks) if (block.kind === 'row' && block.label === 'Nomor') return block.value;
  throw new Error('a receipt without a number');
}

const sayPaper = async (document: PaperDocument): Promise<PrinterOutcome> => {
  say(`paper ${numberOn(document)}`);
  return { outcome: 'printed' };
};

const app = createApp(
  {
    dataDir: join(folder, 'data'),
    secondMarkDir: join(folder, 'mark'),
    mode: 'demo',
    appVersion: '0.1.0-test',
    passphrase: null,
    keyStoreKind: 'demo',
    syncLoop: false,
  },
  {
    shell: {
      name: 'browser',
      printPdf: undefined,
      keepSecret: undefined,
      openFolder: async () => false,
      quit: () => undefined,
    },
    // The folder was enrolled in the time of the tests; from there on time goes as it goes.
    clock: {
      wallMs: () => Math.floor(Number(morning) + performance.now()),
      monoMs: () => Math.floor(Number(morning) + performance.now()),
      bootId: () => 'boot-of-the-crash-test',
    },
    line: { exchange: async () => ({ ok: false, reason: 'NO_LINE' }) },
    // A paper that is said in the moment in which its first byte would leave, or a real roll in a file.
    ...(paper === 'said' ? { connectPrinter: () => ({ print: sayPaper }) } : {}),
  },
);

async function call<M extends Method>(method: M, input: object): Promise<OutputOf<Api[M]>> {
  const frame = await app.dispatch({ id: method, method, input });
  if (!frame.ok) throw new Error(`${method}: ${JSON.stringify(frame.error)}`);
  return frame.value as OutputOf<Api[M]>; // the door answers what the contract of this very method says
}

const started = await app.start();
if (!started.ok) throw new Error(`the counter does not start: ${started.error.code}`);
say('started');
await call('sign-in.begin', { officerId, pin });
if ((await call('cash-session.current', {})) === null) {
  await call('cash-session.open', { float: [{ denomination: 50_000, count: 4 }] });
}
if (paper === 'roll') {
  const roll = { printerId: 'roll', kind: 'escpos-file', name: 'Roll', target: join(folder, 'roll.bin') };
  await call('printing.set-printers', { printers: [{ ...roll, widthMm: 80, role: 'first' }] });
}
say('ready');
for (const plate of plates.split(';').filter((one) => one !== '')) {
  const [nrkb = '', chassisTail = ''] = plate.split('=');
  const [card] = await call('vehicles.find', { text: nrkb });
  if (card === undefined || card.paidHere !== null) continue;
  const { transactionId } = await call('transactions.begin', { vehicleId: card.vehicleId });
  const { documents } = await call('transactions.confirm', { transactionId, chassisTail });
  await call('transactions.set-documents', {
    transactionId,
    documents: documents.map(({ kind }) => ({ kind, present: true })),
  });
  const payer = { name: 'Budi', phone: null, blankReason: null, isOwner: true };
  const draft = await call('transactions.set-payer', { transactionId, ...payer });
  const payable = draft.amount?.payable ?? 0;
  const input = { transactionId, tendered: payable, expectedPayable: payable };
  const answer = await app.dispatch({ id: 'pay', method: 'transactions.pay', input });
  // The drawer is full: this counter has sold what it may.
  if (!answer.ok && answer.error.code === 'CAP_CASH_IN_DRAWER') break;
  if (!answer.ok) throw new Error(`transactions.pay: ${JSON.stringify(answer.error)}`);
  const paid = paidViewSchema.parse(answer.value);
  say(`sold ${paid.receiptNumber} ${paid.payable}`);
}
say('done');
await app.stop();
