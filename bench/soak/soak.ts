// `npm run soak`: a whole counter under load for a long time, and whether its memory stays flat. Twenty services a minute
// (a busy officer does one), each printed; the line goes for half of every minute; what was sold while it is gone is voided
// every third time, the rest is pushed when it is back; the lists that screens show are asked for all along.
//   npm run soak [-- --minutes 20] [--per-minute 20]      8 hours: npm run soak -- --minutes 480
//   npm run soak -- --minutes 3 --leak-kb-per-s 200       a leak is planted, and must be seen
// Prints NDJSON; exit 2 when the memory is not flat, or a planted leak was not seen. Linux only (it counts descriptors).
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { localDateAt } from '../../src/domain/local-date.ts';
import { type CounterDoor, counterDoor } from '../scene/counter-door.ts';
import { startCountingProxy } from '../scene/counting-proxy.ts';
import { makeScene, type Scene, SUPERVISOR } from '../scene/enrolled-counter.ts';
import { machine, printer } from '../scene/figures.ts';
import { openData, type PayableVehicle, payableVehicles } from '../scene/opened-data.ts';
import { commandLine, run, serve } from '../scene/programs.ts';
import { afterWarmUp, growthPerHour } from './trend.ts';

/** Growth that is taken for none, in bytes an hour: a day of eight hours at this load stays far below the memory of a counter. */
const LIMITS = { heap: 4 * 1024 ** 2, rss: 24 * 1024 ** 2 } as const;
/** Of the whole time, at three times the load: what a counter keeps for good is there after some hundred services. */
const WARM_UP_SHARE = 0.3;
const WARM_UP_PACE = 3;
const MINUTE_MS = 60_000;
const VOIDED_EVERY = 3;
const SHOWN_EVERY = 10;
/** Vehicles of the demo that can be sold, at the least. */
const PAYABLE_SHARE = 0.3;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    'per-minute': { type: 'string', default: '20' },
    'leak-kb-per-s': { type: 'string', default: '0' },
  },
});
const minutes = Number(values.minutes);
const perMinute = Number(values['per-minute']);
const leakBytes = Number(values['leak-kb-per-s']) * 1024;
const print = printer('soak');

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';

const counts = { sold: 0, voided: 0, sentBeforeVoid: 0, notForSale: 0, shown: 0 };

/** Takes the cash for one vehicle as a screen does; undefined when it cannot be sold. */
async function sell(door: CounterDoor, { record }: PayableVehicle): Promise<string | undefined> {
  const { transactionId, documents } = await door.get('transactions.begin', { vehicleId: record.vehicleId });
  await door.get('transactions.confirm', { transactionId, chassisTail: record.chassisNumber.slice(-5) });
  const ticks = documents.map(({ kind }) => ({ kind, present: true }));
  await door.get('transactions.set-documents', { transactionId, documents: ticks });
  const payer = { name: 'Budi Pembayar', phone: '081234567890', blankReason: null, isOwner: true };
  await door.get('transactions.set-payer', { transactionId, ...payer });
  // A bill that comes while the officer reads changes the amount; he then asks for the new one.
  for (;;) {
    const draft = await door.get('transactions.draft', { transactionId });
    if (draft.amount === null || draft.refusals.length > 0) {
      await door.get('transactions.abandon', { transactionId });
      counts.notForSale += 1;
      return undefined;
    }
    const { payable } = draft.amount;
    const paid = await door.ask('transactions.pay', { transactionId, tendered: payable, expectedPayable: payable });
    if (paid.ok) {
      counts.sold += 1;
      return transactionId;
    }
    if (paid.error.code === 'BILL_REFUSED') {
      await door.get('transactions.abandon', { transactionId });
      counts.notForSale += 1;
      return undefined;
    }
    if (paid.error.code !== 'AMOUNT_CHANGED') throw new Error(`transactions.pay: ${JSON.stringify(paid.error)}`);
  }
}

async function takeBack(door: CounterDoor, transactionId: string, { supervisorPin }: Scene): Promise<void> {
  const approval = { by: 'pin', supervisorId: SUPERVISOR, pin: supervisorPin } as const;
  const voided = await door.ask('transactions.void', { transactionId, reason: 'warga membatalkan', approval });
  if (voided.ok) counts.voided += 1;
  else if (voided.error.code === 'VOID_ALREADY_SENT') counts.sentBeforeVoid += 1;
  else throw new Error(`transactions.void: ${JSON.stringify(voided.error)}`);
}

/** What screens show between two services. */
async function show(door: CounterDoor): Promise<void> {
  const today = localDateAt(Date.now());
  await door.get('counter.today');
  await door.get('outbox.view', { show: 'all' });
  await door.get('printing.jobs');
  await door.get('exceptions.list');
  await door.get('reports.period', { from: today, to: today });
  counts.shown += 1;
}

const sampleSchema = z.object({ at: z.number(), rss: z.number(), heapUsed: z.number(), external: z.number() });

/** What the probe wrote so far, with times since the load began. */
function samplesIn(file: string, beganAt: number) {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => sampleSchema.parse(JSON.parse(line)))
    .filter(({ at }) => at >= beganAt);
  const of = (pick: (row: (typeof rows)[number]) => number) =>
    rows.map((row) => ({ atMs: row.at - beganAt, bytes: pick(row) }));
  return { heap: of((row) => row.heapUsed + row.external), rss: of((row) => row.rss) };
}

const megabytes = (bytes: number): number => Math.round((bytes / 1024 ** 2) * 10) / 10;

/** The load, for so long; the line goes and comes by the clock. */
async function underLoad(
  door: CounterDoor,
  scene: Scene,
  vehicles: readonly PayableVehicle[],
  cut: (gone: boolean) => void,
) {
  const everyMs = MINUTE_MS / perMinute;
  const beganAt = Date.now();
  const warmUntil = beganAt + minutes * MINUTE_MS * WARM_UP_SHARE;
  let dueAt = beganAt;
  for (let n = 0; Date.now() - beganAt < minutes * MINUTE_MS; n += 1) {
    if (dueAt > Date.now()) await new Promise((resolve) => setTimeout(resolve, dueAt - Date.now()));
    dueAt += dueAt < warmUntil ? everyMs / WARM_UP_PACE : everyMs;
    const isGone = (Date.now() - beganAt) % MINUTE_MS > MINUTE_MS / 2;
    cut(isGone);
    const vehicle = vehicles[n];
    if (vehicle === undefined) throw new Error(`only ${String(n)} vehicles can be sold`);
    const sold = await sell(door, vehicle);
    if (sold !== undefined && isGone && n % VOIDED_EVERY === 0) await takeBack(door, sold, scene);
    if (n % SHOWN_EVERY === 0) await show(door);
  }
  return { beganAt, tookMs: Date.now() - beganAt };
}

const folder = mkdtempSync(join(tmpdir(), 'loket-soak-'));
const line = await startCountingProxy();
try {
  const services = minutes * perMinute * (1 + WARM_UP_SHARE * (WARM_UP_PACE - 1));
  const vehiclesWanted = Math.ceil(services / PAYABLE_SHARE) + 500;
  const scene = await makeScene(folder, vehiclesWanted, async (provinceUrl) => {
    line.lead(provinceUrl);
    return line.url;
  });
  const data = await openData(scene.dataDir);
  const { payable } = await payableVehicles(data);
  await data.db.close();
  const province = await scene.startProvince();
  line.lead(province.url);
  const probeFile = join(folder, 'memory.ndjson');
  writeFileSync(probeFile, '');
  process.env['SOAK_FILE'] = probeFile;
  process.env['SOAK_LEAK'] = String(leakBytes);
  const { program, args } = commandLine('loket', ['serve', '--data', scene.dataDir, '--no-open']);
  const probe = pathToFileURL(join(import.meta.dirname, 'probe.ts')).href;
  const counter = await serve({ program, args: ['--expose-gc', '--import', probe, ...args] });
  const descriptors = (): number => readdirSync(`/proc/${String(counter.child.pid)}/fd`).length;
  const door = counterDoor(counter.url);
  const page = await door.openPage();
  await door.get('sign-in.begin', { officerId: scene.officerId, pin: scene.pin });
  await door.get('cash-session.open', { float: [] });
  const roll = join(folder, 'roll.bin');
  appendFileSync(roll, '');
  await door.get('printing.set-printers', {
    printers: [{ printerId: 'roll', kind: 'escpos-file', name: 'Roll', target: roll, widthMm: 80, role: 'first' }],
  });
  print({ minutes, perMinute, leakBytesPerS: leakBytes, ...machine() });
  const descriptorsBefore = descriptors();
  const load = await underLoad(door, scene, payable, (gone) => {
    line.lead(gone ? NOWHERE : province.url);
    if (gone) line.cut();
  });
  const memory = samplesIn(probeFile, load.beganAt);
  const descriptorsAfter = descriptors();
  line.lead(province.url);
  page.close();
  await counter.stop();
  await run('loket', ['sync', '--data', scene.dataDir, '--timeout', '120']);
  const [verified] = await run('loket', ['verify', '--data', scene.dataDir]);
  await province.stop();
  const grown = (['heap', 'rss'] as const).map((what) => {
    const samples = afterWarmUp(memory[what], WARM_UP_SHARE);
    const perHour = growthPerHour(samples);
    const [first, last] = [samples[0]?.bytes ?? 0, samples.at(-1)?.bytes ?? 0];
    // Ten looks over the whole time, the warm-up too: whoever reads them sees a stair, a slope or a plain.
    const course = Array.from({ length: 10 }, (_none, n) =>
      megabytes(memory[what].at(Math.floor(((n + 1) * memory[what].length) / 10) - 1)?.bytes ?? 0),
    );
    const figure = {
      course,
      first: megabytes(first),
      last: megabytes(last),
      perHour: megabytes(perHour),
      limit: megabytes(LIMITS[what]),
    };
    print({ figure: what, ...figure, samples: samples.length, unit: 'MB', flat: perHour <= LIMITS[what] });
    return perHour <= LIMITS[what];
  });
  const isFlat = grown.every(Boolean);
  const isWhole = verified?.['ok'] === true;
  print({
    ...counts,
    seconds: Math.round(load.tookMs / 1000),
    descriptorsBefore,
    descriptorsAfter,
    verified: isWhole,
    entries: verified?.['entries'],
  });
  const isAsMeant = isWhole && (leakBytes > 0 ? !isFlat : isFlat);
  print({ flat: isFlat, kept: isAsMeant, ...machine() });
  process.exitCode = isAsMeant ? 0 : 2;
} finally {
  await line.close();
  rmSync(folder, { recursive: true, force: true });
}
