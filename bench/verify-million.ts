// `tools/verify` on a long journal: time and peak memory, which must not grow with the journal.
// `node bench/verify-million.ts [--entries 1000000]` prints NDJSON; exits 2 when the peak of the long journal is more than
// twice that of one of 20,000 entries, or when something is found in a journal that is in order.
import { spawn } from 'node:child_process';
import { createHash, sign } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { canonical, keyIdOf } from '../tests/support/test-device.ts';
import { type PaperWorld, paperOf, paperWorld } from '../tests/support/test-receipt.ts';

const SHORT = 20_000;
const MOST_GROWTH = 2;
const EPOCH = { n: 1, nonce: 'AAAAAAAAAAA' };
const VERIFY = fileURLToPath(new URL('../tools/verify/verify.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'loket-verify-million-'));
const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000' } } });
const print = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ bench: 'verify-million', ...line })}\n`);
};

/** The canonical text of an entry with its position left out, so that a million of them are not serialised one by one. */
function textMaker(world: PaperWorld, type: string, body: object): (seq: number, prev: string | null) => string {
  const { deviceId } = world.certificate;
  const said = {
    v: 1,
    deviceId,
    epoch: EPOCH,
    seq: 0,
    prev: '',
    type,
    cashSessionId: deviceId,
    timeTrust: 'anchored',
    body,
    bodyHash: createHash('sha256').update(canonical(body)).digest('base64url'),
    keyId: keyIdOf(world.device.publicKey),
  };
  const [before = '', after = ''] = canonical(said).split('"prev":"","seq":0');
  return (seq, prev) => `${before}"prev":${JSON.stringify(prev)},"seq":${String(seq)}${after}`;
}

/** A signed journal of a device: an epoch, then sales of the usual size, with the mark of its head in the header. */
async function writeJournal(world: PaperWorld, entries: number, file: string): Promise<void> {
  const { device, certificate } = world;
  const ledgerLines = [
    { account: 'cash-drawer', amount: 259_900 },
    { account: 'province', amount: -259_900 },
  ];
  const sealed = { ciphertext: 'x'.repeat(900), nonce: 'AAAAAAAAAAAAAAAA' };
  const opened = textMaker(world, 'epoch.opened', { reason: 'enrolment', lastProven: null, declaredGap: null });
  const sold = textMaker(world, 'transaction.paid', { total: 259_900, paidOn: '2026-03-10', ledgerLines, sealed });
  const path = `${file}.body`;
  const out = createWriteStream(path);
  let prev: string | null = null;
  for (let seq = 1; seq <= entries; seq += 1) {
    const text: string = (seq === 1 ? opened : sold)(seq, prev);
    const hash = createHash('sha256').update(`opop/entry/1\0${text}`).digest();
    prev = hash.toString('base64url');
    const sig = sign(null, hash, device.privateKey).toString('base64url');
    if (!out.write(`${JSON.stringify({ text, hash: prev, sig })}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  const mark = canonical({ deviceId: certificate.deviceId, epoch: EPOCH, seq: entries, head: prev });
  const marks = [
    { text: mark, sig: sign(null, Buffer.from(`opop/mark/1\0${mark}`), device.privateKey).toString('base64url') },
  ];
  const header = { format: 'opop-journal/1', certificate: paperOf(world).certificate, marks };
  const whole = createWriteStream(file);
  whole.write(`${JSON.stringify(header)}\n`);
  createReadStream(path).pipe(whole);
  await once(whole, 'close');
  rmSync(path);
}

/** Peak of resident memory in MiB as the kernel counts it; null where it does not say. */
function peakOf(pid: number | undefined): number | null {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
    return kib === undefined ? null : Math.round(Number(kib) / 1024);
  } catch (_ended) {
    return null; // not Linux, or the program has just ended
  }
}

async function verified(file: string, root: string): Promise<{ ok: boolean; seconds: number; peakMiB: number | null }> {
  const began = performance.now();
  const child = spawn(process.execPath, [VERIFY, 'journal', file, `--root=${root}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen: { peak: number | null; text: string } = { peak: null, text: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    seen.text += chunk.toString();
  });
  const looking = setInterval(() => {
    seen.peak = peakOf(child.pid) ?? seen.peak;
  }, 50);
  const [code] = (await once(child, 'close')) as [number | null]; // the first argument of `close` is the exit code
  clearInterval(looking);
  const ok = code === 0 && seen.text.includes('"ok":true');
  return { ok, seconds: Math.round((performance.now() - began) / 100) / 10, peakMiB: seen.peak };
}

try {
  const world = paperWorld();
  const figures = [];
  for (const entries of [SHORT, Number(values.entries)]) {
    const file = join(folder, `${String(entries)}.ndjson`);
    const began = performance.now();
    await writeJournal(world, entries, file);
    const made = Math.round((performance.now() - began) / 1000);
    const figure = { entries, secondsToMake: made, ...(await verified(file, world.root.publicKey)) };
    print({ ...figure, entriesPerSecond: Math.round(entries / figure.seconds) });
    figures.push(figure);
    rmSync(file);
  }
  const [short, long] = figures;
  const growth = (long?.peakMiB ?? 0) / (short?.peakMiB ?? 1);
  const kept = figures.every(({ ok }) => ok) && growth <= MOST_GROWTH;
  print({
    target: `peak of the long one at most ${String(MOST_GROWTH)} times the short one's`,
    growth: Math.round(growth * 100) / 100,
    kept,
  });
  process.exitCode = kept ? 0 : 2;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
