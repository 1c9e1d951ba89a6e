// From the last byte of a 12-megapixel photo in the counter to its page in safe keeping: looked at (edges, blur, glare,
// codes), cropped, made fit for a weak line, sealed, on the disk and committed. A real counter behind its real door, its
// page worker as a process of its own; each photo is another one. `node bench/capture.ts [--photos 20]` prints NDJSON:
// wall time, and processor time of counter and worker, because a busy machine stretches the first. Exits 2 when the
// median takes longer than a second.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { SHOW_PLATES } from '../src/province/demo/show-plates.ts';
import { counterDoor, type CounterDoor } from './scene/counter-door.ts';
import { makeScene } from './scene/enrolled-counter.ts';
import { figuresOf, machine, printer, timed } from './scene/figures.ts';
import { commandLine, serve } from './scene/programs.ts';

const LIMIT_MS = 1_000;
const { values } = parseArgs({ options: { photos: { type: 'string', default: '20' } } });
const photos = Number(values.photos);
const print = printer('capture');

/** A card on a table in 4,000 times 3,000 pixels, with the grain of a camera, so that it weighs what a photo weighs. */
async function photoOf(number: number): Promise<Buffer> {
  const lines = Array.from({ length: 26 }, (_, n) => {
    const text = `CONTOH ${String(number)} BARIS ${String(n)} AG 1234 KD MHJ${String(number * 977 + n)}`;
    return `<text x="750" y="${String(700 + n * 66)}" font-size="46" font-family="monospace" fill="#15202b">${text}</text>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="3000"><rect width="4000" height="3000" fill="#5b4a38"/><polygon points="600,500 3400,${String(520 + number * 3)} 3350,2620 560,2500" fill="#d9e4ea"/>${lines}</svg>`;
  const grain = {
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 9 },
    },
  } as const;
  const noise = await sharp(grain).png().toBuffer();
  return await sharp(Buffer.from(svg))
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** Processor time of the served counter and of every process below it, ms; null where the system does not tell. */
function processorMs(): number | null {
  if (process.platform !== 'linux') return null;
  const of = (pid: string): { parent: string; ms: number } | undefined => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return { parent: fields[1] ?? '', ms: (Number(fields[11]) + Number(fields[12])) * 10 };
    } catch {
      return undefined; // it ended while it was looked at
    }
  };
  const all = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [pid, of(pid)]),
  );
  const isOurs = (pid: string): boolean =>
    pid === String(process.pid) || (all.has(pid) && isOurs(all.get(pid)?.parent ?? ''));
  return [...all]
    .filter(([pid]) => pid !== String(process.pid) && isOurs(pid))
    .reduce((sum, [, found]) => sum + (found?.ms ?? 0), 0);
}

async function upload({ get }: CounterDoor, stream: string, photo: Buffer): Promise<string> {
  const { intakeId, partBytes } = await get('documents.begin-intake', { stream, bytes: photo.length, camera: true });
  for (let offset = 0; offset < photo.length; offset += partBytes) {
    await get('documents.add-part', {
      intakeId,
      offset,
      data: photo.subarray(offset, offset + partBytes).toString('base64'),
    });
  }
  return intakeId;
}

/** Looks, and keeps what the counter proposes: what an officer does with one photo, without his own time. */
async function capture(
  { get }: CounterDoor,
  intakeId: string,
): Promise<{ readonly bytes: number; readonly cropped: boolean }> {
  const [looked] = (await get('documents.look', { intakeId })).pages;
  const pages = [{ pageNo: 1, quad: looked?.quad ?? null, turn: 0 as const }];
  const kept = await get('documents.keep', { intakeId, kind: 'stnk', pages, evenIfRepeated: true });
  return { bytes: kept.pages[0]?.bytes ?? 0, cropped: (looked?.quad ?? null) !== null };
}

async function measure(door: CounterDoor, stream: string): Promise<void> {
  const [times, work, sizes]: [number[], number[], number[]] = [[], [], []];
  let [cropped, weight] = [0, 0];
  for (let number = 0; number <= photos; number += 1) {
    const photo = await photoOf(number);
    const intakeId = await upload(door, stream, photo);
    const before = processorMs();
    const { value, ms } = await timed(() => capture(door, intakeId));
    const after = processorMs();
    await door.get('documents.drop-intake', { intakeId });
    // The first one pays for what is loaded once.
    if (number === 0) {
      print({ first: Math.round(ms) });
      continue;
    }
    times.push(ms);
    if (before !== null && after !== null) work.push(after - before);
    sizes.push(value.bytes);
    cropped += Number(value.cropped);
    weight += photo.length / photos;
  }
  const figures = figuresOf(times);
  const kept = figures.median <= LIMIT_MS;
  print({
    photo: { pixels: 12_000_000, bytes: Math.round(weight) },
    page: { bytes: figuresOf(sizes).median },
    cropped,
    unit: 'ms',
  });
  print({ wall: figures, processor: work.length === 0 ? null : figuresOf(work), limit: LIMIT_MS, kept, ...machine() });
  process.exitCode = kept ? 0 : 2;
}

const folder = mkdtempSync(join(tmpdir(), 'loket-capture-'));
const scene = await makeScene(folder, 200);
const counter = await serve(
  commandLine('loket', ['serve', '--data', scene.copyTo('capturing'), '--no-open', '--port', '0']),
);
try {
  const door = counterDoor(counter.url);
  await door.get('sign-in.begin', { officerId: scene.officerId, pin: scene.pin });
  const plate = SHOW_PLATES[0];
  const [card] = await door.get('vehicles.find', { text: plate?.nrkb ?? '' });
  if (card === undefined) throw new Error('no vehicle to serve');
  const { transactionId } = await door.get('transactions.begin', { vehicleId: card.vehicleId });
  await measure(door, transactionId);
} finally {
  await counter.stop();
  rmSync(folder, { recursive: true, force: true });
}
