// A counter comes back after weeks without a line, to a bad one: 20,000 entries, 300 ms, 20 % of the requests cut at a
// random byte, 256 kbit/s. Measured is the time until everything is in custody, against a raw upload of the same entries
// (gzip, in pieces as long as a push, each begun again at once when it is cut) over the same line in the same run, half of
// it before and half of it after, so that a machine that grows busy meanwhile counts for both (limit: at least 70 % of what
// that carries; without cuts beside it; the load beside each); then whether each of at least 50 cuts cost no more than its
// own batch. Run: `npm run bench -- backlog`.
// `node bench/backlog.ts [--entries 20000] [--seed 1]`
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PUSH_MAX_ENTRIES } from '../src/contract/sync-protocol.ts';
import { type ChaosFaults, type ChaosProxy, startChaosProxy } from '../tests/support/chaos-proxy.ts';
import { counterDoor } from './scene/counter-door.ts';
import { makeScene } from './scene/enrolled-counter.ts';
import { machine, printer, timed } from './scene/figures.ts';
import { growJournal } from './scene/old-journal.ts';
import { openData } from './scene/opened-data.ts';
import { commandLine, serve } from './scene/programs.ts';

const SHARE = 0.7;
const CUTS = 50;
const GOOD: ChaosFaults = { latencyMs: 300, bytesPerSecond: 32_000 };
const BAD: ChaosFaults = { ...GOOD, cut: 0.2 };
/** For the cuts alone: what is counted is entries, not seconds. */
const TORN: ChaosFaults = { cut: 0.5 };
const LONGEST_MS = 30 * 60_000;

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
const print = printer('backlog');

/** What a person would copy who had only a line: texts, hashes and signatures, packed in pieces as long as a push. */
async function rawBacklog(dataDir: string): Promise<{ readonly entries: number; readonly pieces: readonly Buffer[] }> {
  const data = await openData(dataDir);
  const rows = await data.db.read((tx) =>
    tx.selectFrom('entry').select(['text', 'hash', 'sig']).orderBy('seq').execute(),
  );
  await data.db.close();
  const pieces: Buffer[] = [];
  for (let at = 0; at < rows.length; at += PUSH_MAX_ENTRIES) {
    const lines = rows.slice(at, at + PUSH_MAX_ENTRIES).map((row) => JSON.stringify(row));
    pieces.push(gzipSync(lines.join('\n')));
  }
  return { entries: rows.length, pieces };
}

/** Sends one piece until it has arrived; what broke off begins again at once. */
async function sendPiece(url: string, piece: Buffer): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { method: 'POST', body: new Uint8Array(piece) }).catch(() => undefined);
    // The line broke off within the request or within the answer: a plain upload has nothing to do but begin again.
    const text = await answer?.text().catch(() => undefined);
    if (text === '{}') return;
  }
}

/** Seconds of a plain upload of the pieces, one after the other, over such a line to somebody who only listens. */
async function uploadRaw(pieces: readonly Buffer[], faults: ChaosFaults, seed: number): Promise<number> {
  const listener = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.end('{}'));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo; // a listening server has one
  const line = await startChaosProxy({ target: `http://127.0.0.1:${port}`, seed, faults });
  const { ms } = await timed(async () => {
    for (const piece of pieces) await sendPiece(line.url, piece);
  });
  await line.close();
  listener.close();
  return ms / 1000;
}

/** Processes that want a processor, over the last minute. */
const load = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

/** One half of the raw upload, over the bad line and over the good one beside it; seconds, and the load at its end. */
async function uploadHalf(pieces: readonly Buffer[], half: number) {
  const seed = Number(values.seed) + half;
  const [seconds, uncut] = await Promise.all([uploadRaw(pieces, BAD, seed), uploadRaw(pieces, GOOD, seed)]);
  return { seconds, uncut, load: load() };
}

type Emptied = { readonly seconds: number; readonly cuts: number; readonly sentTwice: number };

/** Serves the counter until nothing waits. */
async function empty(dataDir: string, line: ChaosProxy): Promise<Emptied> {
  const cutsBefore = line.counts.cut;
  const served = await serve(commandLine('loket', ['serve', '--data', dataDir, '--no-open']));
  const door = counterDoor(served.url);
  const began = performance.now();
  for (;;) {
    const figures = await door.get('outbox.figures');
    if (figures.unsent === 0) break;
    if (performance.now() - began > LONGEST_MS) throw new Error(`still ${String(figures.unsent)} unsent`);
    await wait(200);
  }
  const seconds = (performance.now() - began) / 1000;
  await served.stop();
  const data = await openData(dataDir);
  const tries = await data.db.read((tx) =>
    tx
      .selectFrom('delivery')
      .select((eb) => eb.fn.sum<number>(eb('tries', '-', 1)).as('again'))
      .executeTakeFirstOrThrow(),
  );
  await data.db.close();
  return { seconds, cuts: line.counts.cut - cutsBefore, sentTwice: tries.again };
}

async function main(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-backlog-'));
  const held: { line?: ChaosProxy } = {};
  try {
    print({ what: 'machine', ...machine() });
    const scene = await makeScene(join(folder, 'scene'), 5_000, async (target) => {
      held.line = await startChaosProxy({ target, seed: Number(values.seed) });
      return held.line.url;
    });
    const { line } = held;
    if (line === undefined) throw new Error('no line was laid');
    await growJournal(scene.dataDir, Number(values.entries), null);
    const province = await scene.startProvince();
    const { entries, pieces } = await rawBacklog(scene.dataDir);
    const middle = Math.ceil(pieces.length / 2);
    const before = await uploadHalf(pieces.slice(0, middle), 1);
    line.set(BAD);
    const bad = await empty(scene.dataDir, line);
    const emptied = { ...bad, load: load() };
    const after = await uploadHalf(pieces.slice(middle), 2);
    const raw = before.seconds + after.seconds;
    const share = Math.round((raw / bad.seconds) * 1000) / 1000;
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const uncutSeconds = Math.round(before.uncut + after.uncut);
    const loads = [before.load, after.load];
    print({ what: 'raw upload', bytes, seconds: Math.round(raw), uncutSeconds, loads, line: BAD });
    print({ what: 'backlog', entries, ...emptied, line: BAD, shareOfRaw: share, atLeast: SHARE });

    line.set({});
    const another = await scene.enrol('another');
    await growJournal(another, CUTS * 2 * PUSH_MAX_ENTRIES, null);
    line.set(TORN);
    const torn = await empty(another, line);
    const most = torn.cuts * PUSH_MAX_ENTRIES;
    print({ what: 'cuts', ...torn, atMostSentTwice: most, line: TORN });
    await province.stop();
    return share >= SHARE && torn.cuts >= CUTS && torn.sentTwice <= most;
  } finally {
    await held.line?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = (await main()) ? 0 : 2;
