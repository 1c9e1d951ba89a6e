import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake';
import { assertNever } from '../../../domain/result.ts';
import type { Block, ChargeRow, PaperDocument, PaperHead } from './paper-document.ts';
import { PAPER_TEXT } from './paper-text.ts';
import { loadPdfMaker, TRAINING_ACROSS } from './pdf-maker.ts';
import { qrPicture } from './qr-picture.ts';

/** The two sheets of an office printer. */
export type Sheet = 'A5' | 'A4';

const POINTS_PER_MM = 72 / 25.4;
/** Large enough for any phone, small enough to stand beside the sentences. */
const QR_MODULE_MM = 0.38;
const MARGIN = 28;
/** LATIHAN stands in it. */
const TRAINING_MARGIN = 58;
const TRAINING_STEP = 13;
const BASE_SIZE: Readonly<Record<Sheet, number>> = { A5: 8.5, A4: 10.5 };
const SHEET_HEIGHT: Readonly<Record<Sheet, number>> = { A5: 595.28, A4: 841.89 };

function qrContent(payload: string, minMm: number): Content {
  const { modules, runs } = qrPicture(payload);
  const edge = Math.max(minMm, modules * QR_MODULE_MM) * POINTS_PER_MM;
  const unit = edge / modules;
  return {
    canvas: runs.map(({ x, y, length }) => ({
      type: 'rect',
      x: x * unit,
      y: y * unit,
      w: length * unit,
      h: unit,
      color: 'black',
    })),
    margin: [4 * unit, 4 * unit, 4 * unit, 4 * unit],
  };
}

function chargesContent(caption: string, rows: readonly ChargeRow[]): Content {
  const right = (text: string, bold: boolean): TableCell => ({ text, alignment: 'right', bold });
  const heads = [PAPER_TEXT.principal, PAPER_TEXT.fine, PAPER_TEXT.amount].map((text) => right(text, true));
  return {
    table: {
      widths: ['*', 'auto', 'auto', 'auto'],
      headerRows: 1,
      dontBreakRows: true,
      body: [
        [{ text: caption, bold: true }, ...heads],
        ...rows.map((row) => [
          row.label,
          right(row.principal, false),
          right(row.fine, false),
          right(row.amount, false),
        ]),
      ],
    },
    layout: {
      hLineWidth: (line) => (line === 0 || line > rows.length ? 0 : line === 1 ? 1 : 0.4),
      vLineWidth: () => 0,
      hLineColor: (line) => (line === 1 ? 'black' : '#999999'),
      paddingLeft: (column) => (column === 0 ? 0 : 8),
      paddingRight: () => 0,
      paddingTop: () => 1,
      paddingBottom: () => 0,
    },
    margin: [0, 1, 0, 3],
  };
}

function plateContent(nrkb: string): Content {
  return {
    table: { widths: ['*', 'auto', '*'], body: [['', { text: nrkb, style: 'plate', margin: [10, 2, 10, 2] }, '']] },
    layout: {
      hLineWidth: () => 1.2,
      vLineWidth: (index) => (index === 1 || index === 2 ? 1.2 : 0),
      hLineColor: (_row, _node, column) => (column === 1 ? 'black' : 'white'),
    },
    margin: [0, 4, 0, 2],
  };
}

/** The label, and a line from it to the right edge with room above for a pen. */
function fillContent(label: string): Content {
  return {
    table: { widths: ['auto', '*'], body: [[`${label}:`, '']] },
    layout: {
      hLineWidth: (row) => (row === 1 ? 0.7 : 0),
      vLineWidth: () => 0,
      hLineColor: (_row, _node, column) => (column === 1 ? 'black' : 'white'),
      paddingLeft: () => 0,
      paddingTop: () => 7,
      paddingBottom: () => 1,
    },
    margin: [0, 0, 0, 3],
  };
}

function blockContent(block: Block): Content {
  switch (block.kind) {
    case 'text':
      return { text: block.text, alignment: block.align, bold: block.bold, margin: [0, 0, 0, 2] };
    case 'row':
      return {
        columns: [
          { text: block.label, width: 'auto' },
          { text: block.value, width: '*', alignment: 'right' },
        ],
        columnGap: 8,
        ...(block.size === 'double' ? { style: 'sum' } : {}),
        bold: block.bold,
        margin: [0, 0, 0, 1],
      };
    case 'charges':
      return chargesContent(block.caption, block.rows);
    case 'rule':
      return { canvas: [], margin: [0, 3, 0, 3] };
    case 'fill':
      return fillContent(block.label);
    case 'plate':
      return plateContent(block.nrkb);
    case 'qr':
      return qrContent(block.payload, block.minMm);
    case 'ruler':
      return { text: Array.from({ length: 8 }, (_, index) => `${index + 1}....5....`).join(''), characterSpacing: 1 };
    case 'place':
      return { text: block.text, absolutePosition: { x: (block.x / 180) * 72, y: (block.y / 180) * 72 } };
    case 'cut':
      return { canvas: [] };
    default:
      return assertNever(block);
  }
}

/** The QR stands on the left of all that follows it: the sentences that explain it. */
function bodyContent(blocks: readonly Block[]): Content[] {
  const at = blocks.findIndex((block) => block.kind === 'qr');
  const [qr] = blocks.slice(at, at + 1);
  if (at < 0 || qr === undefined) return blocks.map(blockContent);
  return [
    ...blocks.slice(0, at).map(blockContent),
    {
      columns: [
        { width: 'auto', stack: [blockContent(qr)] },
        { width: '*', stack: blocks.slice(at + 1).map(blockContent), margin: [0, 8, 0, 0] },
      ],
      columnGap: 10,
      unbreakable: true,
    },
  ];
}

function headContent(head: PaperHead): Content[] {
  return [
    ...head.outlet.map((text, index): Content => ({ text, alignment: 'center', bold: index === 0 })),
    { text: head.title, style: 'title' },
    ...(head.mark === null ? [] : [{ text: head.mark, style: 'mark' } satisfies Content]),
  ];
}

/** LATIHAN on the left of every line, on every page. */
function trainingContent(sheet: Sheet): Content {
  const count = Math.floor((SHEET_HEIGHT[sheet] - 2 * MARGIN) / TRAINING_STEP);
  return {
    stack: Array.from(
      { length: count },
      (_, index): Content => ({
        text: PAPER_TEXT.training,
        bold: true,
        fontSize: 7.5,
        absolutePosition: { x: 14, y: MARGIN + index * TRAINING_STEP },
      }),
    ),
  };
}

function definition(document: PaperDocument, sheet: Sheet, compress: boolean): TDocumentDefinitions {
  const base = BASE_SIZE[sheet];
  const { head } = document;
  return {
    pageSize: sheet,
    pageMargins: [head.training ? TRAINING_MARGIN : MARGIN, MARGIN, MARGIN, MARGIN],
    compress,
    info: { title: head.mark === null ? head.title : `${head.title} · ${head.mark}` },
    defaultStyle: { font: 'Roboto', fontSize: base, lineHeight: 1.1 },
    styles: {
      title: { alignment: 'center', bold: true, fontSize: base * 1.35, margin: [0, 6, 0, 4] },
      mark: { alignment: 'center', bold: true, fontSize: base * 2.2, margin: [0, 0, 0, 4] },
      plate: { alignment: 'center', bold: true, fontSize: base * 2, characterSpacing: 2 },
      sum: { fontSize: base * 1.5 },
    },
    ...(head.training ? { background: () => trainingContent(sheet), watermark: TRAINING_ACROSS } : {}),
    footer: (page, pages) => ({
      text: pages > 1 ? `${head.mark ?? head.title} · halaman ${page} dari ${pages}` : '',
      alignment: 'center',
      fontSize: 7,
      margin: [0, 8, 0, 0],
    }),
    content: [...headContent(head), ...bodyContent(document.blocks)],
  };
}

/** The same paper as PDF bytes on A5 or A4; plain Node, no browser. `compress: false` keeps it readable for a checker. */
export async function receiptPdf(document: PaperDocument, sheet: Sheet, compress = true): Promise<Uint8Array> {
  const pdfMake = await loadPdfMaker();
  return pdfMake.createPdf(definition(document, sheet, compress)).getBuffer();
}
