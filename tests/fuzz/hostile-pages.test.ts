import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { systemWait } from '../../src/main/core/device/system-ports.ts';
import { forkPageWorker } from '../../src/main/core/documents/fork-page-worker.ts';
import type { PageWorker, StartPageWorker } from '../../src/main/core/ports.ts';
import { confirmed, openForBusiness } from '../support/at-the-counter.ts';
import { copiedCounter, useEnrolledFolder } from '../support/enrolled-counter.ts';
import { type HostileFile, hostileFiles } from '../support/hostile-files.ts';
import type { TestCounter } from '../support/test-counter.ts';
import { pagesOnDisk, takenIn, wholePage } from '../support/test-pages.ts';

/** `npm run hostile -- pages` asks for 1,000. */
const PAGES = Number(process.env['PAGES'] ?? '60');
const SEED = Number(process.env['SEED'] ?? '1');
const MEBIBYTE = 1_048_576;
/** What the counter may take beside what it had, and what a worker may take at all. */
const COUNTER_GROWTH = 400 * MEBIBYTE;
const WORKER_MOST = 950_000_000;

/** Why a file may be refused; anything else is a fault of ours. */
const REFUSALS: readonly string[] = [
  'PAGE_EMPTY',
  'PAGE_TOO_LARGE',
  'PAGE_NOT_A_PICTURE',
  'PAGE_DAMAGED',
  'PAGE_HOSTILE',
  'PAGE_TOO_MANY_PIXELS',
  'PAGE_TOO_SLOW',
  'PDF_LOCKED',
  'PDF_TOO_LONG',
];

type Watched = { readonly start: StartPageWorker; readonly peak: () => number; readonly started: () => number };

/** Real workers, and the most memory that one of them was seen to take. */
function watchedWorkers(): Watched {
  let [peak, started] = [0, 0];
  const start = (): PageWorker => {
    started += 1;
    const worker = forkPageWorker();
    const look = setInterval(() => {
      peak = Math.max(peak, worker.residentBytes() ?? 0);
    }, 10);
    worker.onEnd(() => clearInterval(look));
    return worker;
  };
  return { start, peak: () => peak, started: () => started };
}

/** The code with which a file was refused; null when its first page was kept and is clean. */
async function outcomeOf(counter: TestCounter, stream: string, { what, bytes }: HostileFile): Promise<string | null> {
  if (bytes.length === 0) {
    const refusal = await counter.refusal('documents.begin-intake', { stream, bytes: 0, camera: false });
    return refusal.code;
  }
  const intakeId = await takenIn(counter, stream, bytes);
  const looked = await counter.ask('documents.look', { intakeId });
  // What hung once hangs again, and every time costs thirty seconds.
  if (!looked.ok && looked.error.code === 'PAGE_TOO_SLOW') {
    await counter.get('documents.drop-intake', { intakeId });
    return looked.error.code;
  }
  const kept = await counter.ask('documents.keep', wholePage(intakeId, 'stnk', { evenIfRepeated: true }));
  await counter.get('documents.drop-intake', { intakeId });
  // A look goes through all pages of a PDF, and one of them may be torn while the first is whole.
  const hasOnePage = bytes.toString('latin1', 0, 5) !== '%PDF-';
  if (!looked.ok && hasOnePage) expect(kept.ok, `${what} was refused at a look and kept all the same`).toBe(false);
  if (!kept.ok) return kept.error.code;
  const [page] = kept.value.pages;
  const documentId = page?.documentId ?? '';
  await expectClean(counter, documentId, what);
  await counter.get('documents.discard', { documentId, reason: 'other' });
  return null;
}

/** What is kept is one JPEG of pixels, to its last byte. */
async function expectClean(counter: TestCounter, documentId: string, what: string): Promise<void> {
  const { picture } = await counter.get('documents.show', { documentId });
  const jpeg = Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64');
  const { format, exif, icc, xmp, iptc, comments } = await sharp(jpeg, { failOn: 'warning' }).metadata();
  expect({ format, exif, icc, xmp, iptc, comments }, what).toEqual({ format: 'jpeg' });
  await sharp(jpeg, { failOn: 'warning' }).raw().toBuffer();
  // From the last scan on there is coded picture only, and one end marker: the last two bytes.
  expect(jpeg.indexOf(Buffer.from([0xff, 0xd9])), what).toBe(jpeg.length - 2);
  expect(jpeg.length, what).toBeLessThan(600_000);
}

describe('a counter that is handed hostile files', () => {
  const folder = useEnrolledFolder();

  it(`refuses ${String(PAGES)} of them with a code or keeps a clean picture, and its transaction is as it was`, {
    timeout: 60_000 + PAGES * 12_000,
  }, async () => {
    const workers = watchedWorkers();
    const edges = { wait: systemWait(), startPageWorker: workers.start };
    const counter = await openForBusiness(await copiedCounter(folder(), edges));
    const { transactionId } = await confirmed(counter, 'AG 2345 KD');
    const before = await counter.get('transactions.draft', { transactionId });
    const atFirst = process.memoryUsage.rss();
    let [counterPeak, kept] = [atFirst, 0];
    let slowest = { ms: 0, what: '' };
    const refused = new Map<string, number>();
    let left = PAGES;
    for await (const file of hostileFiles(SEED)) {
      if (left === 0) break;
      left -= 1;
      const began = performance.now();
      const code = await outcomeOf(counter, transactionId, file);
      const ms = Math.round(performance.now() - began);
      if (ms > slowest.ms) slowest = { ms, what: file.what };
      counterPeak = Math.max(counterPeak, process.memoryUsage.rss());
      if (code === null) kept += 1;
      else {
        expect(REFUSALS, `${file.what} was refused with ${code}`).toContain(code);
        refused.set(code, (refused.get(code) ?? 0) + 1);
      }
    }
    const figures = {
      files: PAGES,
      seed: SEED,
      kept,
      refused: Object.fromEntries(refused),
      slowest,
      counterMiB: [atFirst, counterPeak].map((bytes) => Math.round(bytes / MEBIBYTE)),
      workerPeakMiB: Math.round(workers.peak() / MEBIBYTE),
      workers: workers.started(),
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    // A run in which nothing is kept, or nothing refused, has shown nothing.
    expect(kept).toBeGreaterThan(PAGES / 20);
    expect(refused.size).toBeGreaterThan(3);
    expect(counterPeak - atFirst).toBeLessThan(COUNTER_GROWTH);
    expect(workers.peak()).toBeLessThan(WORKER_MOST);
    expect(await counter.get('transactions.draft', { transactionId })).toEqual(before);
    expect(pagesOnDisk(counter)).toEqual([]);
    expect(await counter.get('documents.of', { stream: transactionId })).toEqual({ pages: [] });
  });
});
