import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { escpBytes } from '../../../src/main/core/printing/escp-bytes.ts';
import type { PaperDocument } from '../../../src/main/core/printing/paper-document.ts';
import type { Wait } from '../../../src/main/core/printing/printer-port.ts';
import { machineTools } from '../../../src/main/core/printing/printer-tools.ts';
import { createPrinter } from '../../../src/main/core/printing/printers.ts';
import { qrPicture } from '../../../src/main/core/printing/qr-picture.ts';
import { queueSink } from '../../../src/main/core/printing/queue-printer.ts';
import { receiptPaper, testPaper } from '../../../src/main/core/printing/receipt-document.ts';
import { parseSerialTarget, serialSink } from '../../../src/main/core/printing/serial-printer.ts';
import { SPOOL_RAW, SPOOL_SHEET } from '../../../src/main/core/printing/windows-spooler.ts';
import { fakePrinterSystem } from '../../support/fake-printer-system.ts';
import { receiptFacts } from '../../support/papers.ts';
import { readQrCodes } from '../../support/qr-reader.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const wait: Wait = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);
const never = new AbortController().signal;
const BYTES = Uint8Array.from([0x1b, 0x40, 0x9d, 0x00, 0xff, 0x0a]);

describe('a printer of the operating system', () => {
  it('a queue that stands still gets nothing: it would print later, when nobody expects it', async () => {
    const system = fakePrinterSystem(temporaryFolder(), 'linux');
    system.say('paused');
    const outcome = await queueSink('Struk', 'raw', wait, system.tools)(BYTES, never);
    expect(outcome).toEqual({ outcome: 'failed', detail: 'PRINTER_OFFLINE' });
    expect(system.papers()).toEqual([]);
  });

  it('a paper that does not leave the queue is taken out of it again, and nobody knows what is on paper', async () => {
    const system = fakePrinterSystem(temporaryFolder(), 'linux');
    system.say('held');
    const outcome = await queueSink('Struk', 'raw', wait, system.tools)(BYTES, AbortSignal.timeout(600));
    expect(outcome).toEqual({ outcome: 'unknown', detail: 'STILL_QUEUED' });
    expect(system.cancelled()).toEqual(['struk-1']);
  });

  it('a queue that refuses the paper is failed: no byte was taken', async () => {
    const system = fakePrinterSystem(temporaryFolder(), 'linux');
    system.say('refused');
    const outcome = await queueSink('Struk', 'A5', wait, system.tools)(BYTES, never);
    expect(outcome).toEqual({ outcome: 'failed', detail: 'SPOOLER_REFUSED' });
  });

  it('without the print service nothing is printed, and that is said', async () => {
    for (const platform of ['linux', 'win32'] as const) {
      const tools = {
        ...fakePrinterSystem(temporaryFolder(), platform).tools,
        lpstat: '/no/lpstat',
        powershell: '/no/ps',
      };
      const outcome = await queueSink('Struk', 'raw', wait, tools)(BYTES, never);
      expect(outcome, platform).toEqual({ outcome: 'failed', detail: 'PROGRAM_MISSING' });
    }
  });

  it('hands CUPS the very bytes, raw or on the named sheet, under no title that names a person', async () => {
    const system = fakePrinterSystem(temporaryFolder(), 'linux');
    await queueSink('Struk Depan', 'raw', wait, system.tools)(BYTES, never);
    await queueSink('Kantor', 'A4', wait, system.tools)(BYTES, never);
    expect(system.papers().map((paper) => [...paper])).toEqual([[...BYTES], [...BYTES]]);
    expect(system.calls().filter((call) => call.startsWith('lp.sh'))).toEqual([
      'lp.sh -d Struk Depan -o raw -t loket',
      'lp.sh -d Kantor -o media=A4 -t loket',
    ]);
  });

  it.each([
    ['PAPER_OUT', 10, 'failed', 'PAPER_OUT'],
    ['PRINTER_OFFLINE', 10, 'failed', 'PRINTER_OFFLINE'],
    ['STILL_QUEUED', 20, 'unknown', 'STILL_QUEUED'],
    ['SPOOLER_FAILED', 20, 'unknown', 'SPOOLER_FAILED'],
    ['PRINTED', 1, 'unknown', 'PRINTED'],
    ['Exception:', 1, 'unknown', 'SPOOLER_FAILED'],
  ] as const)('Windows answers %s with %i: %s', async (word, code, outcome, detail) => {
    const system = fakePrinterSystem(temporaryFolder(), 'win32');
    system.answer(word, code);
    expect(await queueSink('Struk', 'raw', wait, system.tools)(BYTES, never)).toEqual({ outcome, detail });
  });

  it('names never become part of a script or an option', async () => {
    const system = fakePrinterSystem(temporaryFolder(), 'win32');
    const name = `'; Remove-Item C:\\ -Recurse; '`;
    await queueSink(name, 'raw', wait, system.tools)(BYTES, never);
    expect(system.calls().join()).not.toContain('Remove-Item C:');
    expect(system.papers().map((paper) => [...paper])).toEqual([[...BYTES]]);
    for (const bad of ['-rf', '', 'a\nb', 'x'.repeat(121)]) {
      const outcome = await queueSink(bad, 'raw', wait, system.tools)(BYTES, never);
      expect(outcome).toEqual({ outcome: 'failed', detail: 'BAD_ADDRESS' });
    }
  });

  it('every word of the Windows scripts is one that the counter knows', () => {
    for (const script of [SPOOL_RAW, SPOOL_SHEET]) {
      const words = [...script.matchAll(/'([A-Z_]{6,})'/g)].map(([, word]) => word);
      expect(words).toEqual(expect.arrayContaining(['PRINTER_NOT_FOUND', 'PAPER_OUT', 'PRINTED', 'STILL_QUEUED']));
      // Nothing of the counter's is put into the script's text.
      expect(script).not.toMatch(/\$\{/);
    }
  });

  it('is this machine: programs go by the names that the systems give them', () => {
    expect(machineTools('win32')).toMatchObject({ platform: 'win32', powershell: 'powershell.exe', lp: 'lp' });
  });
});

describe('a serial port', () => {
  it('has a name and a speed', () => {
    expect(['COM3', 'com12:19200', '/dev/ttyUSB0', '/dev/ttyS0:115200'].map(parseSerialTarget)).toEqual([
      { port: 'COM3', speed: 9600 },
      { port: 'com12', speed: 19_200 },
      { port: '/dev/ttyUSB0', speed: 9600 },
      { port: '/dev/ttyS0', speed: 115_200 },
    ]);
    expect(['', 'LPT1', 'COM3:1', 'COM', 'ttyUSB0', 'COM3 /x'].map(parseSerialTarget)).toEqual(
      Array(6).fill(undefined),
    );
  });

  it('is set to its speed before the first byte, by the way of each system', async () => {
    const linux = fakePrinterSystem(temporaryFolder(), 'linux');
    await serialSink('/dev/no-such-tty:19200', wait, linux.tools)(BYTES, never);
    expect(linux.calls()).toEqual(['stty.sh -F /dev/no-such-tty 19200 cs8 -cstopb -parenb raw -echo']);
    const windows = fakePrinterSystem(temporaryFolder(), 'win32');
    await serialSink('COM3', wait, windows.tools)(BYTES, never);
    expect(windows.calls()).toEqual(['mode.sh COM3: BAUD=9600 PARITY=N DATA=8 STOP=1']);
  });
});

describe('a dot-matrix printer', () => {
  const text = (document: PaperDocument): string => Buffer.from(escpBytes(document)).toString('latin1');

  it('prints a receipt in lines of its carriage, without a command of ESC/POS', () => {
    const bytes = escpBytes(receiptPaper(receiptFacts()));
    const pictures = /\x1b\*\x00(.)(.)/gs;
    let printed = Buffer.from(bytes).toString('latin1');
    for (const found of [...printed.matchAll(pictures)].reverse()) {
      const width = (found[1] ?? '').charCodeAt(0) + (found[2] ?? '').charCodeAt(0) * 256;
      printed = printed.slice(0, found.index) + printed.slice(found.index + found[0].length + width);
    }
    expect(printed.startsWith('\x1b@')).toBe(true);
    expect(printed).toContain('3506-017-02');
    expect(printed).not.toContain('\x1d');
    expect(printed.endsWith('\f')).toBe(true);
    const plain = printed.replaceAll(/\x1b(?:[@EF2P]|[Ww][\x00\x01]|t.|3.|\(t\x03\x00...)/gs, '');
    expect(Math.max(...plain.split('\r\n').map((line) => line.length))).toBe(80);
  });

  it('draws a QR that a phone reads', async () => {
    const [payload, pass] = ['https://opop.example/t#UJI-CETAK', /\x1b\*\x00(.)(.)/gs];
    const printed = text(testPaper());
    const rects = [...printed.matchAll(pass)].flatMap((found, row) => {
      const width = (found[1] ?? '').charCodeAt(0) + (found[2] ?? '').charCodeAt(0) * 256;
      const at = found.index + found[0].length;
      return [...printed.slice(at, at + width)].flatMap((column, x) =>
        Array.from({ length: 8 }, (_, pin) => pin)
          .filter((pin) => (column.charCodeAt(0) & (0x80 >> pin)) !== 0)
          .map((pin) => ({ x, y: row * 8 + pin, w: 1, h: 1 })),
      );
    });
    expect(await readQrCodes(rects, 6)).toEqual([payload]);
    const width = Math.max(...rects.map(({ x }) => x)) + 1;
    expect(width % qrPicture(payload).modules).toBe(0);
    expect((width / 60) * 25.4).toBeGreaterThanOrEqual(25);
  });

  it('puts texts at their places on a form, never going back up', () => {
    const form: PaperDocument = {
      head: { kind: 'test', outlet: [], title: 'blangko', mark: null, training: false },
      blocks: [
        { kind: 'place', x: 900, y: 540, text: 'Rp259.996' },
        { kind: 'place', x: 180, y: 90, text: 'AG 1234 XØ' },
        { kind: 'place', x: 180, y: 540, text: 'KEDIRI' },
      ],
    };
    const bytes = [...escpBytes(form)].slice(15);
    const ascii = (word: string): number[] => [...Buffer.from(word, 'latin1')];
    expect(bytes).toEqual([
      // 90/180 inch down, 60/60 across
      ...[0x1b, 0x4a, 90, 0x0d, 0x1b, 0x24, 60, 0],
      ...[...ascii('AG 1234 X'), 0x9d],
      // 450 further: the longest step and the rest
      ...[0x1b, 0x4a, 255, 0x1b, 0x4a, 195, 0x0d, 0x1b, 0x24, 60, 0],
      ...ascii('KEDIRI'),
      // the same line: nothing downwards, 300/60 across
      ...[0x0d, 0x1b, 0x24, 44, 1],
      ...ascii('Rp259.996'),
      ...[0x0d, 0x0c],
    ]);
  });

  it('is chosen by the settings of a raw printer', async () => {
    const system = fakePrinterSystem(temporaryFolder(), 'linux');
    const edges = { wait, timeoutMs: 5_000, tools: system.tools };
    const settings = { kind: 'queue-raw', target: 'LX', widthMm: 80, language: 'escp', columns: 96 } as const;
    expect(await createPrinter(settings, edges).print(receiptPaper(receiptFacts()), 'TTS')).toEqual({
      outcome: 'printed',
    });
    const own = Buffer.from(escpBytes(receiptPaper(receiptFacts()), { columns: 96 }));
    expect(own.equals(system.papers()[0] ?? Buffer.alloc(0))).toBe(true);
  });
});
