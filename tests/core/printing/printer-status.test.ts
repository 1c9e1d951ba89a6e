import { createServer } from 'node:net';
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { escposBytes } from '../../../src/main/core/printing/escpos-bytes.ts';
import type { Wait } from '../../../src/main/core/printing/printer-port.ts';
import { createPrinter } from '../../../src/main/core/printing/printers.ts';
import { receiptPaper } from '../../../src/main/core/printing/receipt-document.ts';
import { fakePrinterSystem } from '../../support/fake-printer-system.ts';
import { receiptFacts } from '../../support/papers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { printerDevice, talkingPrinter, type TalkingPrinter } from '../../support/talking-printer.ts';

const wait: Wait = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);
const PAPER = receiptPaper(receiptFacts());
const WHOLE = Buffer.from(escposBytes(PAPER, 80));
/** Long enough that a printer which answers is heard on a machine that is busy. */
const PATIENT_MS = 60_000;
/** One that is silent on purpose is waited for a twentieth of this. */
const SHORT_MS = 2_000;

/** What was taken is at the printer a moment later. */
const expectOnPaper = (printer: TalkingPrinter, ...papers: readonly Buffer[]): Promise<void> =>
  vi.waitFor(() => expect(printer.paper().equals(Buffer.concat(papers))).toBe(true), { timeout: 20_000 });

type Road = {
  readonly kind: 'escpos-file' | 'escpos-network' | 'escpos-serial';
  readonly targetOf: (printer: TalkingPrinter) => Promise<string>;
};

async function listenWith(printer: TalkingPrinter): Promise<string> {
  const server = createServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      const said = printer.hear(bytes);
      if (said.length > 0) socket.write(said);
    });
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${String(address.port)}`;
}

const ROADS: readonly (readonly [string, Road])[] = [
  ['port 9100', { kind: 'escpos-network', targetOf: listenWith }],
  ...(spawnSync('script', ['--version']).status === 0 && process.platform === 'linux'
    ? ([
        ['a device', { kind: 'escpos-file', targetOf: printerDevice }],
        ['a serial cable', { kind: 'escpos-serial', targetOf: printerDevice }],
      ] as const)
    : []),
];

describe.each(ROADS)('a receipt printer that answers, behind %s', (_name, { kind, targetOf }) => {
  const place = async (printer: TalkingPrinter, timeoutMs = PATIENT_MS) =>
    createPrinter(
      { kind, target: await targetOf(printer), widthMm: 80 },
      { wait, timeoutMs, tools: fakePrinterSystem(temporaryFolder(), 'linux').tools },
    );

  it('prints the whole paper, and the questions are no part of it', async () => {
    const printer = talkingPrinter();
    const placed = await place(printer);
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'printed' });
    expect(await placed.print(PAPER, 'b')).toEqual({ outcome: 'printed' });
    await expectOnPaper(printer, WHOLE, WHOLE);
  });

  it.each([
    ['paper-out', 'PAPER_OUT'],
    ['cover-open', 'COVER_OPEN'],
    ['jammed', 'PRINTER_JAMMED'],
    ['offline', 'PRINTER_OFFLINE'],
  ] as const)('%s is told before a byte of the paper leaves: %s, and nothing is printed', async (mood, word) => {
    const printer = talkingPrinter();
    printer.be(mood);
    const placed = await place(printer);
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'failed', detail: word });
    expect(printer.paper()).toHaveLength(0);
    printer.be('well');
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'printed' });
    await expectOnPaper(printer, WHOLE);
  });

  it('paper that ends in the middle is asked about, not called printed', async () => {
    const printer = talkingPrinter();
    const placed = await place(printer, SHORT_MS * 5);
    printer.fallInto('paper-out');
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'unknown', detail: 'PAPER_OUT' });
  });

  it('one that has answered and is silent now is off, and gets no byte', async () => {
    const printer = talkingPrinter();
    const placed = await place(printer, SHORT_MS * 5);
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'printed' });
    printer.be('off');
    const before = printer.paper().length;
    expect(await placed.print(PAPER, 'b')).toEqual({ outcome: 'failed', detail: 'PRINTER_OFFLINE' });
    expect(printer.paper()).toHaveLength(before);
  });

  it('one that never answers prints as before and is asked once', async () => {
    const printer = talkingPrinter('none');
    const placed = await place(printer, SHORT_MS);
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'printed' });
    const asked = printer.questions();
    expect(await placed.print(PAPER, 'b')).toEqual({ outcome: 'printed' });
    expect(asked).toBeGreaterThan(0);
    expect(printer.questions()).toBe(asked);
    await expectOnPaper(printer, WHOLE, WHOLE);
  });

  it('one that only answers at once tells of its paper too', async () => {
    const printer = talkingPrinter('at-once');
    const placed = await place(printer, SHORT_MS * 5);
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'printed' });
    printer.fallInto('cover-open');
    expect(await placed.print(PAPER, 'b')).toEqual({ outcome: 'unknown', detail: 'COVER_OPEN' });
  });

  it('one that speaks ESC/P is never asked, for it would print the question', async () => {
    const printer = talkingPrinter();
    const target = await targetOf(printer);
    const placed = createPrinter({ kind, target, widthMm: 210, language: 'escp' }, { wait, timeoutMs: PATIENT_MS });
    expect(await placed.print(PAPER, 'a')).toEqual({ outcome: 'printed' });
    expect(printer.questions()).toBe(0);
  });
});
