import bwipjs from 'bwip-js/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePageBytes, printableText } from '../../../src/main/core/printing/code-page.ts';
import { escposBytes, ROLLS } from '../../../src/main/core/printing/escpos-bytes.ts';
import type { PaperDocument } from '../../../src/main/core/printing/paper-document.ts';
import { qrSize } from '../../../src/main/core/printing/qr-size.ts';
import {
  copyPaper,
  finalReceiptPaper,
  quotePaper,
  receiptPaper,
  testPaper,
} from '../../../src/main/core/printing/receipt-document.ts';
import { applicationPaper } from '../../../src/main/core/printing/application-document.ts';
import { arrivalPaper, handOverPaper, ticketPaper } from '../../../src/main/core/printing/slip-documents.ts';
import { readEscpos } from '../../support/escpos-reader.ts';
import {
  applicationFacts,
  arrivalFacts,
  chargesOf,
  finalReceiptFacts,
  handOverFacts,
  hugeReceiptFacts,
  PROOF_URL,
  quoteFacts,
  receiptFacts,
  ticketFacts,
} from '../../support/papers.ts';
import { readQrCodes } from '../../support/qr-reader.ts';

const COPY = { n: 3, reason: 'hilang', copiedAt: Date.UTC(2026, 10, 21, 4, 5), copiedBy: 'Budi' };
const PAPERS: Readonly<Record<string, PaperDocument>> = {
  receipt: receiptPaper(receiptFacts()),
  'receipt of five periods': receiptPaper(hugeReceiptFacts()),
  'receipt in training': receiptPaper({ ...hugeReceiptFacts(), training: true }),
  copy: copyPaper(receiptFacts(), COPY),
  quote: quotePaper(quoteFacts()),
  arrival: arrivalPaper(arrivalFacts()),
  'hand-over': handOverPaper(handOverFacts()),
  ticket: ticketPaper(ticketFacts()),
  application: applicationPaper(applicationFacts(), 1),
  'final receipt': finalReceiptPaper(finalReceiptFacts()),
};
const ROLL_LIST = [ROLLS[58], ROLLS[80]] as const;

/** All that was printed, with the line ends and the blanks taken out: a broken number is still found. */
const joined = (document: PaperDocument, widthMm: 58 | 80): string =>
  readEscpos(escposBytes(document, widthMm))
    .lines.map((line) => line.text)
    .join('')
    .replaceAll(' ', '');

describe.each(ROLL_LIST)('ESC/POS on a roll of $widthMm mm', ({ widthMm, columns, dots }) => {
  it.each(Object.entries(PAPERS))('never prints beyond the edge: %s', (_name, document) => {
    const { lines } = readEscpos(escposBytes(document, widthMm));
    expect(lines.filter((line) => line.columns > columns)).toEqual([]);
    expect(lines.length).toBeGreaterThan(5);
  });

  it.each(Object.entries(PAPERS))('prints every figure, number and sentence of the paper: %s', (_name, document) => {
    const printed = joined(document, widthMm);
    const wanted = document.blocks.flatMap((block) => {
      if (block.kind === 'text') return [block.text];
      if (block.kind === 'row') return [block.label, block.value];
      if (block.kind === 'plate') return [block.nrkb];
      if (block.kind === 'charges')
        return block.rows.flatMap((row) => [row.label, row.principal, row.fine, row.amount]);
      return [];
    });
    const clean = document.head.training ? printed.replaceAll('LATIHAN', '') : printed;
    expect([...wanted, document.head.title].filter((text) => !clean.includes(text.replaceAll(' ', '')))).toEqual([]);
  });

  it('prints the plate in double size, with Ø as the byte that code page 850 has for it', () => {
    const bytes = escposBytes(receiptPaper(receiptFacts()), widthMm);
    const plate = readEscpos(bytes).lines.find((line) => line.text.trim() === 'AG 4321 EØ');
    expect(plate?.largest).toBe(2);
    expect([...bytes].join()).toContain([0x45, 0x9d].join());
  });

  it('leaves the double-byte mode and chooses code page 850 before the first character', () => {
    const roll = readEscpos(escposBytes(testPaper(), widthMm));
    expect([roll.doubleByteMode, roll.codePage, roll.cuts]).toEqual([false, 2, 1]);
  });

  it('has a ruler whose longest whole line is the width of the roll', () => {
    const { lines } = readEscpos(escposBytes(testPaper(), widthMm));
    const steps = lines.filter((line) => /^-+\d+\|$/.test(line.text)).map(({ text }) => text);
    for (const step of steps) expect(step).toBe(`${String(step.length)}|`.padStart(step.length, '-'));
    expect(steps.map((step) => step.length).filter((length) => length <= columns)).toContain(columns);
    expect(Math.max(...steps.map((step) => step.length))).toBeGreaterThan(columns);
  });

  it('keeps to the columns that an installer read off the ruler, and tears where nothing cuts', () => {
    const narrow = readEscpos(escposBytes(receiptPaper(receiptFacts()), widthMm, { columns: 42, cuts: false }));
    expect(Math.max(...narrow.lines.map((line) => line.columns))).toBe(42);
    expect(narrow.cuts).toBe(0);
    expect(narrow.lines.length).toBeGreaterThan(5);
  });

  it('says LATIHAN on the left of every line in training', () => {
    const { lines } = readEscpos(escposBytes(receiptPaper(receiptFacts({ training: true })), widthMm));
    const printed = lines.filter((line) => line.text !== '');
    expect(printed.filter((line) => !line.text.startsWith('LATIHAN '))).toEqual([]);
    expect(joined(receiptPaper(receiptFacts()), widthMm)).not.toContain('LATIHAN');
  });

  it('heads a copy with SALINAN n in its first line', () => {
    const { lines } = readEscpos(escposBytes(copyPaper(receiptFacts(), COPY), widthMm));
    expect(lines[0]?.text.trim()).toBe('*** SALINAN 3 ***');
  });

  it('stores the whole proof in a QR that is wide enough to scan and narrow enough to print', () => {
    const { qrs } = readEscpos(escposBytes(receiptPaper(receiptFacts()), widthMm));
    const [qr] = qrs;
    expect(qrs.map((one) => one.payload)).toEqual([PROOF_URL]);
    const { modules } = qrSize(PROOF_URL.length, dots, 25);
    expect([qr?.level, qr?.moduleDots]).toEqual(['M', 4]);
    expect(modules * (qr?.moduleDots ?? 0)).toBeGreaterThanOrEqual(25 * 8);
    expect((modules + 8) * (qr?.moduleDots ?? 0)).toBeLessThanOrEqual(dots);
  });

  it('prints a QR that a camera reads back', async () => {
    const { qrs } = readEscpos(escposBytes(receiptPaper(receiptFacts()), widthMm));
    const [qr] = qrs;
    // The printer draws the code itself: another encoder stands for it, at the size and level that the bytes ask.
    const [matrix] = bwipjs.raw('qrcode', qr?.payload ?? '', `eclevel=${qr?.level ?? ''}`);
    if (matrix === undefined || !('pixs' in matrix)) throw new Error('no matrix');
    const rects = matrix.pixs.flatMap((dark, index) =>
      dark === 1 ? [{ x: index % matrix.pixx, y: Math.floor(index / matrix.pixx), w: 1, h: 1 }] : [],
    );
    expect(await readQrCodes(rects, qr?.moduleDots ?? 0)).toEqual([PROOF_URL]);
  });

  it('keeps every line inside the paper whatever names and amounts are on it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 90 }),
        fc.string({ maxLength: 90 }),
        fc.integer({ min: 1, max: 30_000 }),
        fc.boolean(),
        (outletName, officerName, factor, training) => {
          const facts = receiptFacts({ outletName, officerName, training, lines: chargesOf('2025-11-15', factor) });
          const { lines } = readEscpos(escposBytes(receiptPaper(facts), widthMm), '#');
          expect(lines.every((line) => line.columns <= columns)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the code page', () => {
  it('has a byte for every sign that it lets through, and lets no control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const bytes = codePageBytes(printableText(text));
        expect(bytes.every((byte) => byte >= 0x20 && byte !== 0x7f && byte <= 0xff)).toBe(true);
      }),
    );
  });

  it('knows the bytes of the page', () => {
    expect(codePageBytes('Øé×·Ç')).toEqual([0x9d, 0x82, 0x9e, 0xfa, 0x80]);
    expect(printableText('O’Neil – “Ő” …\n你')).toBe('O\'Neil - "O" ... ?');
  });
});

describe('the size of a QR code', () => {
  it('is at least the asked millimetres, at most the paper, for every payload that a receipt can have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.constantFrom(...ROLL_LIST), (length, roll) => {
        const size = qrSize(length, roll.dots, 25);
        expect(size.modules * size.moduleDots).toBeGreaterThanOrEqual(200);
        expect((size.modules + 8) * size.moduleDots).toBeLessThanOrEqual(roll.dots);
      }),
    );
  });

  it('counts modules as an encoder does', () => {
    for (const length of [10, 60, 150, 300, 480, 700]) {
      const size = qrSize(length, 576, 25);
      const [matrix] = bwipjs.raw('qrcode', 'ä'.repeat(length / 2), `eclevel=${size.level}`);
      expect(matrix !== undefined && 'pixx' in matrix ? matrix.pixx : 0).toBeLessThanOrEqual(size.modules);
      expect(matrix !== undefined && 'pixx' in matrix ? matrix.pixx : 0).toBeGreaterThanOrEqual(size.modules - 4);
    }
  });

  it('is refused where the code cannot be printed', () => {
    expect(() => qrSize(2_900, 384, 25)).toThrow(RangeError);
    expect(() => qrSize(4_000, 576, 25)).toThrow(RangeError);
  });
});

describe('a sum', () => {
  it('is printed in double size where it fits and in normal size where it does not', () => {
    const largestOf = (total: number): number | undefined => {
      const lines = chargesOf('2025-11-15', total);
      const roll = readEscpos(escposBytes(receiptPaper(receiptFacts({ lines })), 58));
      return roll.lines.find((line) => line.text.startsWith('BAYAR'))?.largest;
    };
    expect([largestOf(1), largestOf(100)]).toEqual([2, 1]);
  });
});

describe('a line to be written on by hand', () => {
  it.each(ROLL_LIST)(
    'goes from its label to the edge of the roll, or stands below a label that leaves no room',
    ({ widthMm, columns }) => {
      const head = { kind: 'refund', outlet: [], title: 'FORMULIR', mark: null, training: false } as const;
      const long = 'Nama pada rekening dan hubungannya dengan pembayar';
      const paper: PaperDocument = {
        head,
        blocks: [
          { kind: 'fill', label: 'Bank' },
          { kind: 'fill', label: long },
        ],
      };
      const lines = readEscpos(escposBytes(paper, widthMm)).lines.map(({ text }) => text);
      const widths = lines.filter((text) => text.includes('. . .')).map((text) => text.trimEnd().length);
      expect(lines.some((text) => text.startsWith('Bank: . . . '))).toBe(true);
      expect(lines.filter((text) => /^[. ]+$/u.test(text) && text.includes('. .'))).toHaveLength(1);
      for (const width of widths) expect(width).toBeGreaterThanOrEqual(columns - 1);
      expect(widths).toHaveLength(2);
    },
  );
});
