// Pages over a bad line: 500 pages of about 220 kB go from one counter to one province through a line that is cut 50 times,
// before a request, within it, before its answer or within it. Every byte is sent at most once plus 5 %, counted at the
// line; no page is lost, none comes twice. Run: `npm run bench -- pages`.
// `node bench/pages.ts [--pages 500] [--cuts 50] [--seed 1]`
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { v7 as uuidV7 } from 'uuid';
import { ok } from '../src/domain/result.ts';
import { createApp } from '../src/main/core/app.ts';
import { systemRandom } from '../src/main/core/device/system-ports.ts';
import { insertPage } from '../src/main/core/documents/document-store.ts';
import { createPageFiles } from '../src/main/core/documents/page-files.ts';
import { sealPage } from '../src/main/core/documents/page-seal.ts';
import { sealKeyFor } from '../src/main/core/journal/subject-keys.ts';
import { readProvinceKeys } from '../src/main/core/rules/rules-store.ts';
import { openProvince } from '../src/province/cli/open-province.ts';
import { type ChaosProxy, startChaosProxy } from '../tests/support/chaos-proxy.ts';
import { makeScene } from './scene/enrolled-counter.ts';
import { machine, printer } from './scene/figures.ts';
import { type OpenedData, openData, valueOf } from './scene/opened-data.ts';

const MOST_SENT = 1.05;
const PAGE_BYTES = 220_000;
/** Requests of one page: its pieces of 64 KiB, and now and then the question how far it is. */
const REQUESTS_PER_PAGE = 4.3;

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '500' },
    cuts: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const [pages, cuts] = [Number(values.pages), Number(values.cuts)];
const print = printer('pages');

/** Grain does not compress: its JPEG grows with its pixels. */
async function grainyJpeg(): Promise<Buffer> {
  for (let width = 400; ; width += 20) {
    const height = Math.round((width * 3) / 4);
    const grain = randomBytes(width * height * 3);
    const jpeg = await sharp(grain, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer();
    if (jpeg.length >= PAGE_BYTES) return jpeg;
  }
}

/** Pages as the intake leaves them, sealed each under its own key, their services closed. Answers the sum of their bytes. */
async function fill({ config, db }: OpenedData): Promise<number> {
  const jpeg = await grainyJpeg();
  const files = createPageFiles(config.dataDir, { write: () => undefined });
  const random = systemRandom();
  const keys = await db.read((tx) => readProvinceKeys(tx));
  const sealing = keys.find((key) => key.purpose === 'sealing' && !key.revoked);
  if (sealing === undefined) throw new Error('the counter knows no sealing key of the province');
  let sum = 0;
  for (let page = 1; page <= pages; page += 1) {
    const [stream, subject] = [uuidV7(), uuidV7()];
    const { bytes, documentId, pageKey } = sealPage(jpeg, { stream, kind: 'stnk' }, random);
    const sealedKey = await sealKeyFor(sealing, pageKey);
    await files.write(documentId, bytes);
    sum += bytes.length;
    const at = Date.now();
    valueOf(
      await db.write(async (tx) => {
        const view = { subject, stream, opened_at: at, closes_at: at, closed_at: at };
        await tx.insertInto('page_view').values(view).execute();
        await insertPage(tx, {
          documentId,
          seq: 1_000_000 + page,
          stream,
          kind: 'stnk',
          pageNo: 1,
          bytes: bytes.length,
          width: 1600,
          height: 1200,
          source: 'camera',
          capturedAt: at,
          viewSubject: subject,
          wrappedKey: null,
          sealedKey,
          sealedTo: sealing.keyId,
          repeatIndex: 'A'.repeat(43),
        });
        return ok(undefined);
      }),
    );
  }
  return sum;
}

async function sendEverything(dataDir: string, line: ChaosProxy): Promise<{ ms: number; rounds: number }> {
  const { config } = await closed(dataDir);
  const shell = { name: 'browser' as const, printPdf: undefined, keepSecret: undefined, openFolder: async () => false };
  const app = createApp({ ...config, syncLoop: false }, { shell: { ...shell, quit: () => undefined } });
  valueOf(await app.start());
  const began = performance.now();
  let rounds = 0;
  for (let unsent = 1; unsent > 0; ) {
    rounds += 1;
    // What the line did to a round is the line's business: the next one goes on from there.
    await app.dispatch({ id: String(rounds), method: 'outbox.send-now', input: {} });
    const figures = await app.dispatch({ id: `f${String(rounds)}`, method: 'outbox.figures', input: {} });
    if (!figures.ok) throw new Error(JSON.stringify(figures.error));
    unsent = (figures.value as { unsent: number }).unsent; // the contract's own output
    if (line.counts.cut >= cuts) line.set({});
    if (rounds > cuts * 20 + 100) throw new Error(`${String(unsent)} never arrive`);
  }
  const ms = performance.now() - began;
  await app.stop();
  return { ms, rounds };
}

async function closed(dataDir: string): Promise<OpenedData> {
  const data = await openData(dataDir);
  await data.db.close();
  return data;
}

const folder = mkdtempSync(join(tmpdir(), 'loket-pages-'));
const held: { line: ChaosProxy | null } = { line: null };
try {
  const scene = await makeScene(folder, 20, async (target) => {
    held.line = await startChaosProxy({ target, seed: Number(values.seed) });
    return held.line.url;
  });
  const { line } = held;
  if (line === null) throw new Error('there is no line');
  const data = await openData(scene.dataDir);
  const sum = await fill(data);
  await data.db.close();
  const province = await scene.startProvince();
  const before = line.bytes.up;
  line.set({ cut: cuts / (pages * REQUESTS_PER_PAGE) });
  const { ms, rounds } = await sendEverything(scene.dataDir, line);
  const sent = line.bytes.up - before;
  await province.stop();

  const place = join(folder, 'province');
  const opened = await openProvince({
    dataFolder: place,
    keysFolder: join(place, 'keys'),
    documentsFolder: join(place, 'documents'),
    databaseUrl: undefined,
  });
  const { db, pages: room } = opened.province.context;
  const rows = await db.selectFrom('document').select(['document_id', 'state', 'bytes']).execute();
  const stored = rows.filter(({ state }) => state === 'stored');
  const files = await Promise.all(stored.map(({ document_id }) => room.store.read(document_id)));
  await opened.close();
  const whole = files.filter((bytes, index) => bytes?.length === stored[index]?.bytes).length;
  const figures = {
    pages,
    bytes: sum,
    sent,
    ratio: Math.round((sent / sum) * 10_000) / 10_000,
    cuts: line.counts.cut,
    rounds,
    stored: whole,
    lost: pages - whole,
    double: rows.length - new Set(rows.map(({ document_id }) => document_id)).size,
    seconds: Math.round(ms / 100) / 10,
  };
  const isKept = figures.ratio <= MOST_SENT && figures.lost === 0 && figures.double === 0 && line.counts.cut >= cuts;
  print({ ...figures, limit: MOST_SENT, kept: isKept, machine: machine() });
  process.exitCode = isKept ? 0 : 2;
} finally {
  await held.line?.close();
  rmSync(folder, { recursive: true, force: true });
}
