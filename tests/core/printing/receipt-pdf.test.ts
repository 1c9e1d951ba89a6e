import { describe, expect, it } from 'vitest';
import type { PaperDocument } from '../../../src/main/core/printing/paper-document.ts';
import {
  copyPaper,
  finalReceiptPaper,
  quotePaper,
  receiptPaper,
  testPaper,
} from '../../../src/main/core/printing/receipt-document.ts';
import { applicationPaper } from '../../../src/main/core/printing/application-document.ts';
import { arrivalPaper, handOverPaper, ticketPaper } from '../../../src/main/core/printing/slip-documents.ts';
import { receiptPdf } from '../../../src/main/core/printing/receipt-pdf.ts';
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
import { darkRectsOf, textOf } from '../../support/pdf-reader.ts';
import { readQrCodes } from '../../support/qr-reader.ts';

const COPY = { n: 2, reason: 'hilang', copiedAt: Date.UTC(2026, 10, 21, 4, 5), copiedBy: 'Budi' };
const PAPERS: readonly (readonly [string, PaperDocument])[] = [
  ['receipt', receiptPaper(receiptFacts())],
  ['receipt of five periods', receiptPaper(hugeReceiptFacts())],
  ['copy', copyPaper(receiptFacts(), COPY)],
  ['quote', quotePaper(quoteFacts())],
  ['arrival', arrivalPaper(arrivalFacts())],
  ['hand-over', handOverPaper(handOverFacts())],
  ['ticket', ticketPaper(ticketFacts())],
  ['application', applicationPaper(applicationFacts(), 1)],
  ['final receipt', finalReceiptPaper(finalReceiptFacts())],
  ['test', testPaper()],
];

const pagesOf = (pdf: Uint8Array): number =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type \/Page\n/g),
  ].length;

describe.each(['A5', 'A4'] as const)('a paper as %s', (sheet) => {
  it.each(PAPERS)('holds every figure, number and sentence: %s', async (_name, document) => {
    const printed = textOf(await receiptPdf(document, sheet, false)).replaceAll(/\s/g, '');
    const wanted = document.blocks.flatMap((block) => {
      if (block.kind === 'text') return [block.text];
      if (block.kind === 'row') return [block.label, block.value];
      if (block.kind === 'plate') return [block.nrkb];
      if (block.kind === 'charges')
        return block.rows.flatMap((row) => [row.label, row.principal, row.fine, row.amount]);
      return [];
    });
    const missing = [...wanted, document.head.title, document.head.mark ?? '', ...document.head.outlet].filter(
      (text) => !printed.includes(text.replaceAll(/\s/g, '')),
    );
    expect(missing).toEqual([]);
  });

  it('puts an ordinary receipt, even a copy of two periods, on one page, and five periods on as many as they need', async () => {
    const lines = [...chargesOf('2025-11-15'), ...chargesOf('2026-11-15')];
    expect(pagesOf(await receiptPdf(copyPaper(receiptFacts({ lines }), COPY), sheet, false))).toBe(1);
    expect(pagesOf(await receiptPdf(receiptPaper(receiptFacts()), sheet, false))).toBe(1);
    expect(pagesOf(await receiptPdf(receiptPaper(hugeReceiptFacts()), sheet, false))).toBe(2);
  });

  it('draws a QR of at least 25 mm that a camera reads back', async () => {
    const rects = darkRectsOf(await receiptPdf(receiptPaper(receiptFacts()), sheet, false));
    const [left, right] = [Math.min(...rects.map((r) => r.x)), Math.max(...rects.map((r) => r.x + r.w))];
    expect(((right - left) / 72) * 25.4).toBeGreaterThanOrEqual(25);
    expect(await readQrCodes(rects, 200 / 72)).toEqual([PROOF_URL]);
  });

  it('says LATIHAN down the left side of every page in training, and nowhere else', async () => {
    const training = textOf(await receiptPdf(receiptPaper(receiptFacts({ training: true })), sheet, false));
    expect([...training.matchAll(/LATIHAN/g)].length).toBeGreaterThan(30);
    expect(textOf(await receiptPdf(receiptPaper(receiptFacts()), sheet, false))).not.toContain('LATIHAN');
  });
});

describe('a PDF', () => {
  it('is compressed for the disk', async () => {
    const paper = receiptPaper(receiptFacts());
    const [small, large] = [await receiptPdf(paper, 'A5'), await receiptPdf(paper, 'A5', false)];
    expect(Buffer.from(small).subarray(0, 5).toString()).toBe('%PDF-');
    expect(small.length).toBeLessThan(large.length / 2);
  });
});
