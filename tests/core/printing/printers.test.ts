import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { escposBytes } from '../../../src/main/core/printing/escpos-bytes.ts';
import { fileSink } from '../../../src/main/core/printing/file-printer.ts';
import { networkSink, parseTarget } from '../../../src/main/core/printing/network-printer.ts';
import { fileNameOf } from '../../../src/main/core/printing/pdf-printer.ts';
import type { Printer, Wait } from '../../../src/main/core/printing/printer-port.ts';
import { createPrinter } from '../../../src/main/core/printing/printers.ts';
import { machineTools, type PrinterTools } from '../../../src/main/core/printing/printer-tools.ts';
import { receiptPaper, testPaper } from '../../../src/main/core/printing/receipt-document.ts';
import { fakePrinterSystem } from '../../support/fake-printer-system.ts';
import { receiptFacts } from '../../support/papers.ts';
import { talkingPrinter } from '../../support/talking-printer.ts';

/** The machine's own wait: ends early when it is aborted. */
const wait: Wait = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);

const PAPER = receiptPaper(receiptFacts());
const SECOND = receiptPaper(receiptFacts({ receiptNumber: '3506-017-02-3K7-000132-K7' }));

/** Where a test keeps files and sockets, and what must be closed after it. */
type Bench = { readonly folder: string; readonly closing: (() => unknown)[] };

/** One kind of printer in the conditions of the contract; `received` is what came out so far. */
type PrinterSetup = {
  readonly ready: (
    bench: Bench,
  ) => Promise<{ readonly printer: Printer; readonly received: () => Promise<readonly Uint8Array[]> }>;
  readonly absent: (bench: Bench) => Promise<Printer>;
};

/** A kind that can take bytes and never answer; a folder cannot. */
type SilentSetup = { readonly silent: (bench: Bench, timeoutMs: number) => Promise<Printer> };

const make = (
  settings: Parameters<typeof createPrinter>[0],
  timeoutMs = 5_000,
  tools: PrinterTools = machineTools(),
): Printer => createPrinter(settings, { wait, timeoutMs, tools });

async function listen(bench: Bench, onSocket: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer({ allowHalfOpen: true }, onSocket);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  bench.closing.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function fifo(bench: Bench): Promise<string> {
  const path = join(bench.folder, 'lp0');
  await new Promise((resolve) => spawn('mkfifo', [path]).on('exit', resolve));
  return path;
}

const filePrinter: PrinterSetup & SilentSetup = {
  ready: async ({ folder }) => {
    const target = join(folder, 'printer.bin');
    const received = async (): Promise<readonly Uint8Array[]> => splitRolls(await readFile(target));
    return { printer: make({ kind: 'escpos-file', target, widthMm: 80 }), received };
  },
  absent: async ({ folder }) =>
    make({ kind: 'escpos-file', target: join(folder, 'no-such-folder', 'lp0'), widthMm: 58 }),
  silent: async (bench, timeoutMs) => {
    const target = await fifo(bench);
    const reader = await open(target, constants.O_RDONLY | constants.O_NONBLOCK);
    // The reader holds the device open and takes nothing; the system's own buffer is filled up beforehand.
    const filler = await open(target, constants.O_WRONLY | constants.O_NONBLOCK);
    await filler.write(Buffer.alloc(65_536 - 100));
    bench.closing.push(
      () => filler.close(),
      () => reader.close(),
    );
    return make({ kind: 'escpos-file', target, widthMm: 80 }, timeoutMs);
  },
};

const networkPrinter: PrinterSetup & SilentSetup = {
  ready: async (bench) => {
    const papers: Uint8Array[] = [];
    const port = await listen(bench, (socket) => {
      const pieces: Buffer[] = [];
      socket.on('data', (piece: Buffer) => pieces.push(piece));
      socket.on('end', () => {
        const roll = talkingPrinter('none');
        roll.hear(Buffer.concat(pieces));
        papers.push(roll.paper());
        socket.end();
      });
    });
    return {
      printer: make({ kind: 'escpos-network', target: `127.0.0.1:${port}`, widthMm: 80 }),
      received: async () => papers,
    };
  },
  absent: async (bench) => {
    const port = await listen(bench, (socket) => socket.destroy());
    for (const close of bench.closing.splice(0)) close();
    return make({ kind: 'escpos-network', target: `127.0.0.1:${port}`, widthMm: 80 });
  },
  silent: async (bench, timeoutMs) => {
    const port = await listen(bench, (socket) => bench.closing.push(() => socket.destroy()));
    return make({ kind: 'escpos-network', target: `127.0.0.1:${port}`, widthMm: 80 }, timeoutMs);
  },
};

const pdfPrinter: PrinterSetup = {
  ready: async ({ folder }) => ({
    printer: make({ kind: 'pdf', target: join(folder, 'papers'), widthMm: 148 }),
    received: async () => {
      const names = (await readdir(join(folder, 'papers'))).toSorted();
      return Promise.all(names.map((name) => readFile(join(folder, 'papers', name))));
    },
  }),
  absent: async ({ folder }) => {
    await writeFile(join(folder, 'not-a-folder'), '');
    return make({ kind: 'pdf', target: join(folder, 'not-a-folder'), widthMm: 210 });
  },
};

const serialPrinter: PrinterSetup & SilentSetup = {
  ready: async ({ folder }) => {
    const target = join(folder, 'ttyUSB0');
    const system = fakePrinterSystem(folder, 'linux');
    const received = async (): Promise<readonly Uint8Array[]> => splitRolls(await readFile(target));
    return { printer: make({ kind: 'escpos-serial', target, widthMm: 80 }, 5_000, system.tools), received };
  },
  absent: async ({ folder }) => {
    const system = fakePrinterSystem(folder, 'linux');
    system.say('no-port');
    return make({ kind: 'escpos-serial', target: join(folder, 'ttyUSB9:19200'), widthMm: 80 }, 5_000, system.tools);
  },
  silent: async (bench, timeoutMs) => {
    const held = await filePrinter.silent(bench, timeoutMs);
    const { tools } = fakePrinterSystem(bench.folder, 'linux');
    expect(held).toBeDefined();
    return make({ kind: 'escpos-serial', target: join(bench.folder, 'lp0'), widthMm: 80 }, timeoutMs, tools);
  },
};

/** Both queues of the operating system with either kind of paper. */
const queuePrinter = (
  platform: 'linux' | 'win32',
  paper: Pick<Parameters<typeof make>[0], 'kind' | 'widthMm'>,
): PrinterSetup => ({
  ready: async ({ folder }) => {
    const system = fakePrinterSystem(folder, platform);
    const printer = make({ ...paper, target: 'Struk Depan' }, 5_000, system.tools);
    return { printer, received: async () => system.papers() };
  },
  absent: async ({ folder }) => {
    const system = fakePrinterSystem(folder, platform);
    system.say('gone');
    return make({ ...paper, target: 'Struk Depan' }, 5_000, system.tools);
  },
});

/** A file grows paper after paper: each starts with the same command. */
function splitRolls(bytes: Buffer): readonly Uint8Array[] {
  const starts = [...bytes.toString('latin1').matchAll(/\x1b@/g)].map((found) => found.index);
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1]));
}

describe.each([
  ['a file or device', filePrinter],
  ['a network printer', networkPrinter],
  ['a printer on a serial cable', serialPrinter],
  ['a receipt printer of CUPS', queuePrinter('linux', { kind: 'queue-raw', widthMm: 80 })],
  ['a page printer of CUPS', queuePrinter('linux', { kind: 'queue-sheet', widthMm: 148 })],
  ['a receipt printer of Windows', queuePrinter('win32', { kind: 'queue-raw', widthMm: 80 })],
  ['a page printer of Windows', queuePrinter('win32', { kind: 'queue-sheet', widthMm: 210 })],
  ['a folder of PDFs', pdfPrinter],
] as const)('%s', (_name, setup) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = { folder: await mkdtemp(join(tmpdir(), 'opop-printer-')), closing: [] };
  });
  afterEach(async () => {
    for (const close of bench.closing) await close();
    await rm(bench.folder, { recursive: true, force: true });
  });

  it('answers printed when the whole paper was taken', async () => {
    const { printer, received } = await setup.ready(bench);
    expect(await printer.print(PAPER, 'TTS-131')).toEqual({ outcome: 'printed' });
    const [paper, ...more] = await received();
    expect(more).toEqual([]);
    const head = Buffer.from(paper ?? [])
      .subarray(0, 2)
      .toString('latin1');
    expect(head === '%P' || Buffer.from(escposBytes(PAPER, 80)).equals(paper ?? Buffer.alloc(0))).toBe(true);
  });

  it('prints papers in the order of the calls, each whole', async () => {
    const { printer, received } = await setup.ready(bench);
    const outcomes = await Promise.all([
      printer.print(PAPER, 'TTS'),
      printer.print(SECOND, 'TTS'),
      printer.print(testPaper(), 'TTS'),
    ]);
    expect(outcomes.map((one) => one.outcome)).toEqual(['printed', 'printed', 'printed']);
    const papers = await received();
    expect(papers).toHaveLength(3);
    expect(new Set(papers.map((paper) => paper.length)).size).toBeGreaterThan(1);
  });

  it('answers failed when nothing can have been printed, and prints again when it is called again', async () => {
    const printer = await setup.absent(bench);
    const first = await printer.print(PAPER, 'TTS');
    expect(first.outcome).toBe('failed');
    expect(first).toHaveProperty('detail', expect.stringMatching(/^[A-Z_]+$/));
    expect((await printer.print(PAPER, 'TTS')).outcome).toBe('failed');
  });
});

describe('doubt', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = { folder: await mkdtemp(join(tmpdir(), 'opop-printer-')), closing: [] };
  });
  afterEach(async () => {
    for (const close of bench.closing) await close();
    await rm(bench.folder, { recursive: true, force: true });
  });
  it.each([
    ['a device that takes nothing, so nothing can be printed,', filePrinter, 'failed'],
    ['a serial printer that takes nothing', serialPrinter, 'failed'],
    ['a network printer that says nothing', networkPrinter, 'unknown'],
  ] as const)('%s is answered for within the time-out', async (_name, setup, outcome) => {
    const printer = await setup.silent(bench, 300);
    expect(await printer.print(PAPER, 'TTS')).toEqual({ outcome, detail: 'TIME_OUT' });
  });

  const never = new AbortController().signal;
  const large = new Uint8Array(4_000_000).fill(0x20);

  it('a device that breaks in the middle of a paper is unknown, not failed', async () => {
    const path = await fifo(bench);
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const sent = fileSink(path, wait)(large, never);
    await sleep(100);
    await reader.close();
    expect(await sent).toEqual({ outcome: 'unknown', detail: 'EPIPE' });
  });

  it('a device that took a part and then nothing is unknown after the time-out', async () => {
    const path = await fifo(bench);
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    bench.closing.push(() => reader.close());
    expect(await fileSink(path, wait)(large, AbortSignal.timeout(300))).toEqual({
      outcome: 'unknown',
      detail: 'TIME_OUT',
    });
  });

  it('a device that took nothing at all is failed after the time-out: no paper can be out', async () => {
    const path = await fifo(bench);
    const reader = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const filler = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    await filler.write(Buffer.alloc(65_536));
    bench.closing.push(
      () => filler.close(),
      () => reader.close(),
    );
    expect(await fileSink(path, wait)(large, AbortSignal.timeout(300))).toEqual({
      outcome: 'failed',
      detail: 'TIME_OUT',
    });
  });

  it('a device without anyone behind it fails at once', async () => {
    expect(await fileSink(await fifo(bench), wait)(large, never)).toEqual({ outcome: 'failed', detail: 'ENXIO' });
  });

  it('a device that is pulled out is never replaced by a file that swallows receipts', async () => {
    const path = `/dev/opop-no-such-printer-${process.pid}`;
    bench.closing.push(() => rm(path, { force: true }));
    expect(await fileSink(path, wait)(large, never)).toEqual({ outcome: 'failed', detail: 'ENOENT' });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('a network printer that resets the connection after the first bytes is unknown', async () => {
    const port = await listen(bench, (socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await networkSink(`127.0.0.1:${port}`)(large, never)).toHaveProperty('outcome', 'unknown');
  });

  it('the next paper is printed after one that got no answer', async () => {
    let calls = 0;
    const port = await listen(bench, (socket) => {
      calls += 1;
      if (calls === 1) bench.closing.push(() => socket.destroy());
      else socket.on('end', () => socket.end()).resume();
    });
    const printer = make({ kind: 'escpos-network', target: `127.0.0.1:${port}`, widthMm: 58 }, 300);
    const outcomes = await Promise.all([printer.print(PAPER, 'a'), printer.print(PAPER, 'b')]);
    expect(outcomes).toEqual([{ outcome: 'unknown', detail: 'TIME_OUT' }, { outcome: 'printed' }]);
  });
});

describe('names and addresses', () => {
  it('a network address has a host and, where it is not 9100, a port', () => {
    expect(['10.0.0.5', 'printer.local:9101', '[::1]:9100'].map(parseTarget)).toEqual([
      { host: '10.0.0.5', port: 9100 },
      { host: 'printer.local', port: 9101 },
      { host: '::1', port: 9100 },
    ]);
    expect(['', 'http://x', 'a:0', 'a:99999', 'a b', '10.0.0.5:'].map(parseTarget)).toEqual(Array(6).fill(undefined));
  });

  it('a paper never leaves its folder and never overwrites another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opop-printer-'));
    const printer = make({ kind: 'pdf', target: join(folder, 'papers'), widthMm: 148 });
    expect(fileNameOf('../../etc/passwd')).toBe('_.._etc_passwd');
    expect(['', '...', '3506-017-02 X4'].map(fileNameOf)).toEqual(['cetakan', 'cetakan', '3506-017-02_X4']);
    for (const name of ['../x', '../x', 'y']) await printer.print(testPaper(), name);
    expect((await readdir(folder)).toSorted()).toEqual(['papers']);
    expect((await readdir(join(folder, 'papers'))).toSorted()).toEqual(['_x.pdf', '_x_2.pdf', 'y.pdf']);
    await rm(folder, { recursive: true });
  });
});
