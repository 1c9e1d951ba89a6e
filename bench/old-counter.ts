// What an officer waits for at an old counter: a processor four times slower than this one and a disk that takes 30 ms for
// every sync. Measured at the door of the browser host with a page that listens: sign-in, plate to amount, pay to the last
// byte at a printer of 80 mm; with a province on this machine, and without a line on a journal of 100,000 entries.
// `node bench/old-counter.ts [--runs 20] [--entries 100000] [--sync-ms 30] [--busy-loops]`; needs Linux with strace and taskset.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CounterDoor, counterDoor } from './scene/counter-door.ts';
import { makeScene, type Scene } from './scene/enrolled-counter.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { growJournal, unsoldVehicles } from './scene/old-journal.ts';
import { openData, type PayableVehicle } from './scene/opened-data.ts';
import { watchPaper } from './scene/paper-watch.ts';
import { commandLine, serve } from './scene/programs.ts';
import { type SlowMachine, slowMachine } from './scene/slow-machine.ts';

const LIMITS_MS = { signIn: 1_500, plateToAmount: 300, payToBytes: 1_000 } as const;
const VEHICLES = 5_000;
/** Services before the first that is measured: code that was never run is slow for other reasons. */
const WARM_UP = 5;
/** No officer is quicker from one step to the next (ms). */
const PAUSE_MS = 700;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    entries: { type: 'string', default: '100000' },
    'sync-ms': { type: 'string', default: '30' },
    'busy-loops': { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const print = printer('old-counter');
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

type Step = 'signIn' | 'find' | 'begin' | 'confirm' | 'plateToAmount' | 'tick' | 'payAnswer' | 'payToBytes';
type Times = Record<Step, number[]>;

async function signInAndOut(door: CounterDoor, { officerId, pin }: Scene): Promise<number> {
  const { ms } = await timed(() => door.get('sign-in.begin', { officerId, pin }));
  await pause();
  await door.get('sign-in.end', {});
  await pause();
  return ms;
}

/** One whole service; undefined when the vehicle cannot be sold (the province knows more than the local figure). */
async function service(
  door: CounterDoor,
  { record }: PayableVehicle,
  paper: ReturnType<typeof watchPaper>,
  hasLine: boolean,
): Promise<Record<Exclude<Step, 'signIn'>, number> | undefined> {
  const found = await timed(() => door.get('vehicles.find', { text: record.nrkb }));
  const vehicleId = found.value.find((card) => card.vehicleId === record.vehicleId)?.vehicleId;
  if (vehicleId === undefined) throw new Error('a vehicle of the registry is found by its plate');
  const begun = await timed(() => door.get('transactions.begin', { vehicleId }));
  const { transactionId, documents } = begun.value;
  const chassisTail = record.chassisNumber.slice(-5);
  const confirmed = await timed(() => door.get('transactions.confirm', { transactionId, chassisTail }));
  if (confirmed.value.amount === null) throw new Error('a confirmed vehicle that can be sold has an amount');
  await pause();
  const ticks = documents.map(({ kind }) => ({ kind, present: true }));
  const ticked = await timed(() => door.get('transactions.set-documents', { transactionId, documents: ticks }));
  const payer = { name: 'Budi Pembayar', phone: '081234567890', blankReason: null, isOwner: true };
  await door.get('transactions.set-payer', { transactionId, ...payer });
  await pause();
  const draft = await door.get('transactions.draft', { transactionId });
  if (draft.amount === null || draft.refusals.length > 0) {
    await door.get('transactions.abandon', { transactionId });
    return undefined;
  }
  if (hasLine && draft.amount.bill === null) throw new Error('with a line the bill is there before the cash');
  const { payable } = draft.amount;
  const bytes = timed(() => paper.nextPaper());
  const paid = await timed(() =>
    door.get('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable }),
  );
  const payToBytes = (await bytes).ms;
  await pause();
  return {
    find: found.ms,
    begin: begun.ms,
    confirm: confirmed.ms,
    plateToAmount: found.ms + begun.ms + confirmed.ms,
    tick: ticked.ms,
    payAnswer: paid.ms,
    payToBytes,
  };
}

async function serveCitizens(
  door: CounterDoor,
  scene: Scene,
  vehicles: readonly PayableVehicle[],
  arm: { readonly paperFile: string; readonly hasLine: boolean },
): Promise<Times> {
  const times: Times = {
    signIn: [],
    find: [],
    begin: [],
    confirm: [],
    plateToAmount: [],
    tick: [],
    payAnswer: [],
    payToBytes: [],
  };
  for (let run = -2; run < runs; run += 1) {
    const ms = await signInAndOut(door, scene);
    if (run >= 0) times.signIn.push(ms);
  }
  await door.get('sign-in.begin', { officerId: scene.officerId, pin: scene.pin });
  if ((await door.get('cash-session.current')) === null) await door.get('cash-session.open', { float: [] });
  await door.get('printing.set-printers', {
    printers: [
      { printerId: 'roll', kind: 'escpos-file', name: 'Roll', target: arm.paperFile, widthMm: 80, role: 'first' },
    ],
  });
  const paper = watchPaper(arm.paperFile);
  let served = -WARM_UP;
  for (const vehicle of vehicles) {
    if (served === runs) break;
    const steps = await service(door, vehicle, paper, arm.hasLine);
    if (steps === undefined) continue;
    if (served >= 0) for (const step of Object.keys(steps) as (keyof typeof steps)[]) times[step].push(steps[step]);
    served += 1;
  }
  paper.close();
  return times;
}

/** Measures one counter and prints its figures; true when each limit is kept. */
async function measure(
  scene: Scene,
  dataDir: string,
  arm: { readonly name: string; readonly hasLine: boolean; readonly entries: number },
  slow: SlowMachine,
): Promise<boolean> {
  const data = await openData(dataDir);
  const vehicles = await unsoldVehicles(data);
  await data.db.close();
  const served = await serve(slow.slowed(commandLine('loket', ['serve', '--data', dataDir, '--no-open'])));
  const door = counterDoor(served.url);
  const page = await door.openPage();
  const times = await serveCitizens(door, scene, vehicles, { ...arm, paperFile: `${dataDir}.paper` });
  const { line } = await door.get('counter.status');
  if (line.online !== arm.hasLine) throw new Error(`the line is ${line.online ? 'there' : 'not there'}`);
  page.close();
  await served.stop();
  if (slow.delayedSyncs() === 0) throw new Error('not one sync was delayed');
  const of = (step: Step) => figuresOf(times[step]);
  const limited = Object.entries(LIMITS_MS) as [keyof typeof LIMITS_MS, number][];
  for (const [figure, limit] of limited) {
    const figures = of(figure);
    print({ arm: arm.name, figure, ...figures, limit, kept: figures.median <= limit, unit: 'ms' });
  }
  print({
    arm: arm.name,
    entries: arm.entries,
    start: Math.round(served.readyAt - served.startedAt),
    find: of('find'),
    begin: of('begin'),
    confirm: of('confirm'),
    tick: of('tick'),
    payAnswer: of('payAnswer'),
    statusQuestions: page.questions(),
    delayedSyncs: slow.delayedSyncs(),
    unit: 'ms',
  });
  return limited.every(([figure, limit]) => of(figure).median <= limit);
}

const folder = mkdtempSync(join(tmpdir(), 'loket-bench-old-'));
const slow = slowMachine({
  trace: join(folder, 'trace'),
  syncMs: Number(values['sync-ms']),
  busyLoops: values['busy-loops'],
});
try {
  const scene = await makeScene(folder, VEHICLES);
  print({ cpu: slow.cpu, slowdown: slow.measureSlowdown(), disk: slow.disk, ...machine() });
  const noLineDir = scene.copyTo('old');
  const { entries } = await growJournal(noLineDir, Number(values.entries), scene.provinceKeys);
  const withoutLine = await measure(scene, noLineDir, { name: 'no line', hasLine: false, entries }, slow);
  const province = await scene.startProvince();
  const withLine = await measure(scene, scene.dataDir, { name: 'line', hasLine: true, entries: 0 }, slow);
  await province.stop();
  print({ kept: withoutLine && withLine, runs, ...machine() });
  process.exitCode = withoutLine && withLine ? 0 : 2;
} finally {
  slow.end();
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}
