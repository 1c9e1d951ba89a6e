import { z } from 'zod';
import { err, ok, type Result } from '../../domain/result.ts';
import { createApp } from '../core/app.ts';
import type { CounterApp } from '../core/app-interface.ts';
import { counterConfig } from '../counter-config.ts';
import { DEMO_OUTLET_ID, type DemoData } from './demo-data.ts';

/** A counter of the drill: the real one, without a window. */
export type DrillCounter = {
  readonly app: CounterApp;
  /** The value of a call, read by its schema; throws what was refused, for the drill ends there. */
  readonly get: <T>(method: string, input: object, schema: z.ZodType<T>) => Promise<T>;
  readonly asks: (method: string, input: object) => Promise<boolean>;
};

const anything = z.unknown();
const draftSchema = z.object({
  transactionId: z.string(),
  documents: z.array(z.object({ kind: z.string() })),
  amount: z.object({ payable: z.int() }).nullable(),
});
const figuresSchema = z.object({ unsent: z.int() });
const foundSchema = z.array(z.object({ vehicleId: z.string() }));

/** Opens a counter on a folder of the drill; its second copy lies beside it, as a demonstration's does. */
export async function openDrillCounter(dataDir: string, medium: string): Promise<Result<DrillCounter, string>> {
  const config = {
    ...counterConfig({ dataDir, mode: 'demo', keyStoreKind: 'demo' }),
    firstMirrorDir: medium,
    syncLoop: false,
  };
  const shell = {
    name: 'browser',
    printPdf: undefined,
    keepSecret: undefined,
    openFolder: async () => false,
    quit: () => undefined,
  } as const;
  const app = createApp(config, { shell });
  const started = await app.start();
  if (!started.ok) return err(started.error.code);
  let calls = 0;
  const call = async (method: string, input: object) => {
    calls += 1;
    return await app.dispatch({ id: `drill-${String(calls)}`, method, input });
  };
  return ok({
    app,
    get: async (method, input, schema) => {
      const answer = await call(method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return schema.parse(answer.value);
    },
    asks: async (method, input) => (await call(method, input)).ok,
  });
}

/** An officer signs in, names a printer that is a file, and opens the drawer. */
export async function openForDrill(counter: DrillCounter, data: DemoData, printerFile: string): Promise<void> {
  const officer = data.officers.find(({ outletId, role }) => outletId === DEMO_OUTLET_ID && role === 'officer');
  if (officer === undefined) throw new Error('the demo data have no officer');
  await counter.get('sign-in.begin', { officerId: officer.officerId, pin: officer.pin }, anything);
  const printer = { printerId: 'geladi', kind: 'escpos-file', name: 'Geladi', target: printerFile, widthMm: 80 };
  await counter.get('printing.set-printers', { printers: [{ ...printer, role: 'first' }] }, anything);
  await counter.get('cash-session.open', { float: [{ denomination: 50_000, count: 4 }] }, anything);
}

/** Sells to one plate without a line; false where this plate is one that is refused. */
async function sell(counter: DrillCounter, plate: DemoData['plates'][number]): Promise<boolean> {
  const found = await counter.get('vehicles.find', { text: plate.nrkb }, foundSchema);
  const vehicleId = found[0]?.vehicleId;
  if (vehicleId === undefined) return false;
  const begun = await counter.get('transactions.begin', { vehicleId }, draftSchema);
  const { transactionId } = begun;
  if (!(await counter.asks('transactions.confirm', { transactionId, chassisTail: plate.chassisTail }))) return false;
  const { documents } = await counter.get('transactions.draft', { transactionId }, draftSchema);
  const present = documents.map(({ kind }) => ({ kind, present: true }));
  await counter.get('transactions.set-documents', { transactionId, documents: present }, anything);
  const payer = { name: 'Geladi', phone: '081234567890', blankReason: null, isOwner: true };
  const ready = await counter.get('transactions.set-payer', { transactionId, ...payer }, draftSchema);
  const payable = ready.amount?.payable;
  if (payable === undefined) return false;
  return await counter.asks('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
}

/** Works without a line until so many entries are unsent: a sale for each plate that may be sold, then arrivals. */
export async function workOffline(
  counter: DrillCounter,
  data: DemoData,
  entries: number,
): Promise<{ readonly sales: number; readonly arrivals: number; readonly unsent: number }> {
  const unsentNow = async (): Promise<number> => (await counter.get('outbox.figures', {}, figuresSchema)).unsent;
  let [sales, arrivals] = [0, 0];
  for (const plate of data.plates) {
    if ((await unsentNow()) >= entries) break;
    sales += Number(await sell(counter, plate));
  }
  while ((await unsentNow()) < entries) {
    const arrival = { nrkb: `AG ${String(1000 + arrivals)} ZY`, name: 'Geladi', phone: null, blankReason: 'geladi' };
    await counter.get('arrivals.record', arrival, anything);
    arrivals += 1;
  }
  return { sales, arrivals, unsent: await unsentNow() };
}
