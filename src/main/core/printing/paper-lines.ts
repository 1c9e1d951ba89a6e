import { RULER_COLUMNS } from '../../../contract/self-test.ts';
import { assertNever } from '../../../domain/result.ts';
import { printableText } from './code-page.ts';
import type { Block, ChargeRow, PaperDocument } from './paper-document.ts';
import { PAPER_TEXT } from './paper-text.ts';

/** One line of a roll: `prefix` and `pad` columns of normal text, then `text` in `scale`. Never wider than the roll. */
export type PrintLine = {
  readonly prefix: string;
  readonly pad: number;
  readonly text: string;
  readonly scale: 1 | 2;
  readonly bold: boolean;
};

/** What a roll printer prints, from top to bottom. */
export type RollItem =
  | { readonly kind: 'line'; readonly line: PrintLine }
  | { readonly kind: 'qr'; readonly payload: string; readonly minMm: number }
  | { readonly kind: 'cut' };

type Style = { readonly scale: 1 | 2; readonly bold: boolean; readonly align: 'left' | 'center' };

const PLAIN: Style = { scale: 1, bold: false, align: 'left' };
const BOLD: Style = { scale: 1, bold: true, align: 'left' };

/** Cuts a word that is longer than a line: after its last hyphen, slash or stop where it has one. */
function cutWord(word: string, columns: number): readonly [string, string] {
  const piece = word.slice(0, columns);
  const at = Math.max(piece.lastIndexOf('-'), piece.lastIndexOf('/'), piece.lastIndexOf('.')) + 1;
  const end = at > columns / 2 ? at : columns;
  return [word.slice(0, end), word.slice(end)];
}

/** Breaks at spaces; a word longer than the line is broken where it must. */
function wrapText(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (joined.length <= columns) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    current = word;
    while (current.length > columns) {
      const [piece, rest] = cutWord(current, columns);
      lines.push(piece);
      current = rest;
    }
  }
  return current === '' ? lines : [...lines, current];
}

type Page = { readonly columns: number; readonly prefix: string };

function textLines(page: Page, text: string, style: Style): readonly PrintLine[] {
  return wrapText(printableText(text), Math.floor(page.columns / style.scale)).map((piece) => ({
    prefix: page.prefix,
    pad: style.align === 'center' ? Math.floor((page.columns - piece.length * style.scale) / 2) : 0,
    text: piece,
    scale: style.scale,
    bold: style.bold,
  }));
}

/** A text that is as wide as the page already. */
function plainLine(page: Page, text: string): readonly PrintLine[] {
  return [{ prefix: page.prefix, pad: 0, text, scale: 1, bold: false }];
}

function rightLine(page: Page, text: string, style: Style): PrintLine {
  const pad = page.columns - text.length * style.scale;
  return { prefix: page.prefix, pad, text, scale: style.scale, bold: style.bold };
}

/** Label and value on one line; where they do not fit, the value goes to the right edge of the lines below. */
function rowLines(page: Page, label: string, value: string, style: Style): readonly PrintLine[] {
  const columns = Math.floor(page.columns / style.scale);
  const [left, right] = [printableText(label), printableText(value)];
  const gap = columns - left.length - right.length;
  if (gap >= 1)
    return [
      { prefix: page.prefix, pad: 0, scale: style.scale, bold: style.bold, text: `${left}${' '.repeat(gap)}${right}` },
    ];
  return [...textLines(page, left, style), ...wrapText(right, columns).map((piece) => rightLine(page, piece, style))];
}

/** A sum in double size, or in normal size on a roll too narrow for it. */
function sumLines(page: Page, label: string, value: string, bold: boolean): readonly PrintLine[] {
  const fits = (printableText(label).length + 1 + printableText(value).length) * 2 <= page.columns;
  return rowLines(page, label, value, { scale: fits ? 2 : 1, bold, align: 'left' });
}

const HEADS = [PAPER_TEXT.principal, PAPER_TEXT.fine, PAPER_TEXT.amount];
const figuresOf = (row: ChargeRow): readonly string[] => [row.principal, row.fine, row.amount];
const longest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

/** Pokok, Sanksi and Jumlah beside the label, or below it, or one under the other: the first form that holds every figure. */
function chargeLines(page: Page, rows: readonly ChargeRow[]): readonly PrintLine[] {
  const widths = HEADS.map((head, column) => 1 + longest([head, ...rows.map((row) => figuresOf(row)[column] ?? '')]));
  const figures = widths.reduce((sum, width) => sum + width, 0);
  const beside = (left: string, texts: readonly string[]): readonly PrintLine[] => {
    const cells = texts.map((text, column) => text.padStart(widths[column] ?? 0)).join('');
    return plainLine(page, left.padEnd(page.columns - figures) + cells);
  };
  if (longest(rows.map((row) => row.label)) + figures <= page.columns) {
    return [...beside('', HEADS), ...rows.flatMap((row) => beside(row.label, figuresOf(row)))];
  }
  if (figures <= page.columns) {
    return [
      ...beside('', HEADS),
      ...rows.flatMap((row) => [...textLines(page, row.label, PLAIN), ...beside('', figuresOf(row))]),
    ];
  }
  return rows.flatMap((row) => [
    ...textLines(page, row.label, PLAIN),
    ...figuresOf(row).flatMap((text, column) => rowLines(page, `  ${HEADS[column] ?? ''}`, text, PLAIN)),
  ]);
}

/** Room for a name or an account number; a label that leaves less stands above its line. */
const LEAST_TO_WRITE = 16;

function fillLines(page: Page, label: string): readonly PrintLine[] {
  const left = `${printableText(label)}: `;
  const room = page.columns - left.length;
  const dots = (columns: number): string => '. '.repeat(Math.ceil(columns / 2)).slice(0, columns);
  if (room >= LEAST_TO_WRITE) return plainLine(page, left + dots(room));
  return [...textLines(page, left.trim(), PLAIN), ...plainLine(page, dots(page.columns))];
}

function plateLines(page: Page, nrkb: string): readonly PrintLine[] {
  const scale = nrkb.length * 2 <= page.columns ? 2 : 1;
  return textLines(page, nrkb, { scale, bold: true, align: 'center' });
}

/** A line for each width up to twice the expected one, with its own length at its end; longer ones wrap, and are seen. */
function rulerLines(page: Page): readonly PrintLine[] {
  return RULER_COLUMNS.filter((step) => step <= Math.max(64, page.columns * 2)).flatMap((step) =>
    plainLine(page, `${String(step)}|`.padStart(step, '-')),
  );
}

function asItems(lines: readonly PrintLine[]): readonly RollItem[] {
  return lines.map((line) => ({ kind: 'line', line }));
}

function blockItems(page: Page, block: Block): readonly RollItem[] {
  switch (block.kind) {
    case 'text':
      return asItems(textLines(page, block.text, { scale: 1, bold: block.bold, align: block.align }));
    case 'row':
      return asItems(
        block.size === 'double'
          ? sumLines(page, block.label, block.value, block.bold)
          : rowLines(page, block.label, block.value, block.bold ? BOLD : PLAIN),
      );
    case 'charges':
      return asItems([...textLines(page, block.caption, BOLD), ...chargeLines(page, block.rows)]);
    case 'rule':
      return asItems(plainLine(page, '-'.repeat(page.columns)));
    case 'fill':
      return asItems(fillLines(page, block.label));
    case 'plate':
      return asItems(plateLines(page, block.nrkb));
    case 'ruler':
      return asItems(rulerLines(page));
    case 'place':
      return asItems(textLines(page, block.text, PLAIN));
    case 'qr':
    case 'cut':
      return [block];
    default:
      return assertNever(block);
  }
}

/** Lays a paper out for a roll of so many columns (32 on 58 mm, 48 on 80 mm). */
export function rollItems(document: PaperDocument, columns: number): readonly RollItem[] {
  const { head, blocks } = document;
  const prefix = head.training ? `${PAPER_TEXT.training} ` : '';
  const page = { columns: columns - prefix.length, prefix };
  const middle = (scale: 1 | 2): Style => ({ scale, bold: true, align: 'center' });
  return [
    ...asItems([
      ...(head.training ? textLines(page, PAPER_TEXT.training, middle(2)) : []),
      ...(head.training ? textLines(page, PAPER_TEXT.trainingNote, middle(1)) : []),
      ...(head.mark === null ? [] : textLines(page, `*** ${head.mark} ***`, middle(1))),
      ...head.outlet.flatMap((line, index) => textLines(page, line, { scale: 1, bold: index === 0, align: 'center' })),
      ...textLines(page, head.title, middle(1)),
    ]),
    ...blocks.flatMap((block) => blockItems(page, block)),
  ];
}
