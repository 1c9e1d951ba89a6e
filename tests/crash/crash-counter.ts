import { join } from 'node:path';
import type { Api, Method } from '../../src/contract/api.ts';
import type { OutputOf, SentInputOf } from '../../src/contract/procedure.ts';
import { createApp } from '../../src/main/core/app.ts';
import type { AppPorts } from '../../src/main/core/edges.ts';
import type { CounterApp } from '../../src/main/core/app-interface.ts';
import { DATABASE_FILE } from '../../src/main/core/config.ts';
import { openHandle } from '../../src/main/core/db/driver.ts';
import type { PrinterOutcome } from '../../src/main/core/ports.ts';
import type { PaperDocument } from '../../src/main/core/printing/paper-document.ts';
import { createSeededRandom } from '../support/seeded-random.ts';

/** Where a counter of the crash tests lives and what surrounds it; travels as JSON to a process of its own. */
export type CrashPlace = {
  /** Holds the data and the second mark. */
  readonly folder: string;
  /** A file that a real ESC/POS roll is written to, on another file system than the data; null where papers are said. */
  readonly roll: string | null;
  /** What both clocks begin at (ms UTC). */
  readonly morning: number;
  /** Whether it pushes to the province it was enrolled at while it sells. */
  readonly online: boolean;
  readonly officerId: string;
  readonly pin: string;
  /** Where two runs must do the same to the byte: chance comes from this, and the clock stands still. */
  readonly seed: string | null;
};

/** Calls through the one door; throws on a refusal. */
type Call = <M extends Method>(method: M, input: SentInputOf<Api[M]>) => Promise<OutputOf<Api[M]>>;

/** A whole counter in this process: real core, disk, line and roll. */
export type CrashCounter = {
  readonly app: CounterApp;
  readonly call: Call;
  /** Number and amount of every sale in the database, read past every layer. */
  readonly sales: () => readonly (readonly [number: string, payable: number])[];
};

/** The number on a paper, as a person reads it. */
function numberOn(document: PaperDocument): string {
  for (const block of document.blocks) if (block.kind === 'row' && block.label === 'Nomor') return block.value;
  throw new Error('a receipt without a number');
}

/** Puts a counter together; `onPaper` hears a number in the moment in which its first byte would leave. */
export function createCrashCounter(
  place: CrashPlace,
  onPaper: (number: string) => void,
  edges: Pick<AppPorts, 'startPageWorker'> = {},
): CrashCounter {
  const dataDir = join(place.folder, 'data');
  const print = async (document: PaperDocument): Promise<PrinterOutcome> => {
    onPaper(numberOn(document));
    return { outcome: 'printed' };
  };
  const passed = (): number => (place.seed === null ? performance.now() : 0);
  const app = createApp(
    {
      dataDir,
      secondMarkDir: join(place.folder, 'mark'),
      mode: 'demo',
      appVersion: '0.1.0-test',
      passphrase: null,
      keyStoreKind: 'demo',
      syncLoop: place.online,
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
        wallMs: () => Math.floor(place.morning + passed()),
        // Whoever kills a counter may have pulled the plug: each one has a boot of its own.
        monoMs: () => Math.floor(passed()),
        bootId: () => (place.seed === null ? `boot-${process.pid}-${place.morning}` : 'boot'),
      },
      ...(place.seed === null ? {} : { random: createSeededRandom(place.seed) }),
      ...(place.online ? {} : { line: { exchange: async () => ({ ok: false, reason: 'NO_LINE' }) } }),
      ...(place.roll === null ? { connectPrinter: () => ({ print }) } : {}),
      ...edges,
    },
  );
  return {
    app,
    call: async (method, input) => {
      const frame = await app.dispatch({ id: method, method, input });
      if (!frame.ok) throw new Error(`${method}: ${JSON.stringify(frame.error)}`);
      return frame.value as OutputOf<Api[typeof method]>; // the door answers what the contract of this very method says
    },
    sales: () => {
      const file = join(dataDir, DATABASE_FILE);
      const handle = openHandle(file, { readOnly: true, create: false, busyTimeoutMs: 1000 });
      try {
        const rows = handle.rows('SELECT receipt_number, payable FROM sale ORDER BY seq');
        return rows.map((row) => [String(row['receipt_number']), Number(row['payable'])] as const);
      } finally {
        handle.close();
      }
    },
  };
}

/** Starts a counter and makes it ready to serve: signed in, its roll chosen, a cash session open. */
export async function makeReady(counter: CrashCounter, place: CrashPlace): Promise<void> {
  const { app, call } = counter;
  const started = await app.start();
  if (!started.ok) throw new Error(`the counter does not start: ${started.error.code}`);
  await call('sign-in.begin', { officerId: place.officerId, pin: place.pin });
  const [printer] = await call('printing.printers', {});
  if (place.roll !== null && printer?.target !== place.roll) {
    await call('printing.set-printers', {
      printers: [
        { printerId: 'roll', kind: 'escpos-file', name: 'Roll', target: place.roll, widthMm: 80, role: 'first' },
      ],
    });
  }
  if ((await call('cash-session.current', {})) === null) {
    await call('cash-session.open', { float: [{ denomination: 50_000, count: 4 }] });
  }
}

/** A service that stands before the cash is taken. */
export type Prepared = { readonly transactionId: string; readonly payable: number };

/** Everything up to the amount: the unfinished service of this vehicle or a new one; null when nothing is to be paid. */
export async function prepareSale(call: Call, nrkb: string, chassisTail: string): Promise<Prepared | null> {
  const [card] = await call('vehicles.find', { text: nrkb });
  if (card === undefined || card.paidHere !== null) return null;
  const unfinished = await call('transactions.unfinished', {});
  const isOurs = unfinished?.vehicle.nrkb === card.nrkb;
  const { transactionId } = isOurs ? unfinished : await call('transactions.begin', { vehicleId: card.vehicleId });
  const { documents } = await call('transactions.confirm', { transactionId, chassisTail });
  await call('transactions.set-documents', {
    transactionId,
    documents: documents.map(({ kind }) => ({ kind, present: true })),
  });
  const payer = { name: 'Budi', phone: null, blankReason: null, isOwner: true };
  const draft = await call('transactions.set-payer', { transactionId, ...payer });
  return draft.amount === null ? null : { transactionId, payable: draft.amount.payable };
}
