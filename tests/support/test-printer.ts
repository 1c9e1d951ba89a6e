import type { PrinterView } from '../../src/contract/views-counter.ts';
import { assertNever } from '../../src/domain/result.ts';
import type { PrinterOutcome } from '../../src/main/core/ports.ts';
import type { PaperDocument } from '../../src/main/core/printing/paper-document.ts';
import type { Printer } from '../../src/main/core/printing/printer-port.ts';

/** A paper that reached a printer. */
export type SeenPaper = { readonly printerId: string; readonly document: PaperDocument; readonly text: string };

/** Printers of the test: every paper that reaches them is kept as a value, and the test says how each one ends. */
export type TestPrinters = {
  readonly connect: (printer: PrinterView) => Printer;
  readonly papers: readonly SeenPaper[];
  /** How papers end on a printer from now on; a promise is a printer that is still thinking. */
  readonly answer: (printerId: string, outcome: PrinterOutcome | Promise<PrinterOutcome>) => void;
  /** Called in the moment in which the first byte of a paper would leave. */
  readonly onPaper: (listener: () => void) => void;
};

/** Two rolls, as a counter with a spare printer has them. */
export const TEST_PRINTERS: readonly PrinterView[] = [
  { printerId: 'utama', kind: 'escpos-file', name: 'Printer utama', target: '/dev/null', widthMm: 80, role: 'first' },
  { printerId: 'cadangan', kind: 'escpos-file', name: 'Cadangan', target: '/dev/null', widthMm: 58, role: 'second' },
];

/** Every word on a paper, block by block. */
function wordsOf({ head, blocks }: PaperDocument): string {
  const words = blocks.map((block): string => {
    switch (block.kind) {
      case 'text':
      case 'place':
        return block.text;
      case 'row':
        return `${block.label} ${block.value}`;
      case 'charges':
        return [block.caption, ...block.rows.map((row) => `${row.label} ${row.amount}`)].join('\n');
      case 'fill':
        return block.label;
      case 'plate':
        return block.nrkb;
      case 'qr':
        return block.payload;
      case 'rule':
      case 'ruler':
      case 'cut':
        return '';
      default:
        return assertNever(block);
    }
  });
  return [...head.outlet, head.title, head.mark ?? '', ...words].join('\n');
}

export function createTestPrinters(): TestPrinters {
  const papers: SeenPaper[] = [];
  const listeners: (() => void)[] = [];
  const outcomes = new Map<string, PrinterOutcome | Promise<PrinterOutcome>>();
  return {
    papers,
    connect: ({ printerId }) => ({
      print: async (document) => {
        for (const listener of listeners) listener();
        papers.push({ printerId, document, text: wordsOf(document) });
        return await (outcomes.get(printerId) ?? { outcome: 'printed' });
      },
    }),
    answer: (printerId, outcome) => void outcomes.set(printerId, outcome),
    onPaper: (listener) => void listeners.push(listener),
  };
}
