import { assertNever } from '../../../domain/result.ts';
import { codePageBytes, printableText } from './code-page.ts';
import type { FoundPaper } from './escpos-bytes.ts';
import type { Block, PaperDocument } from './paper-document.ts';
import { type PrintLine, rollItems, type RollItem } from './paper-lines.ts';
import { PAPER_TEXT } from './paper-text.ts';
import { qrPicture } from './qr-picture.ts';

const ESC = 0x1b;
const LINE_END = [0x0d, 0x0a];
const FORM_FEED = 0x0c;

/** Columns of 10 to the inch on the narrow carriage of every dot-matrix printer. */
const COLUMNS = 80;
/** Dots of bit image mode 0 on an inch across; 9 and 24 pins know it. */
const QR_DOTS_PER_INCH = 60;
/** Pins that one pass of a bit image uses. */
const PINS = 8;
const MM_PER_INCH = 25.4;
/** The longest step that one command takes the paper on, in 1/180 inch. */
const LONGEST_STEP = 255;
/** `ESC $` counts in sixtieths, places in hundred-and-eightieths. */
const UNITS_PER_SIXTIETH = 3;

/** Start: reset, code page 850 as table 1 and chosen, ten to the inch. */
const START = [ESC, 0x40, ESC, 0x28, 0x74, 3, 0, 1, 3, 0, ESC, 0x74, 1, ESC, 0x50];

const bold = (on: boolean): readonly number[] => [ESC, on ? 0x45 : 0x46];
const large = (on: boolean): readonly number[] => [ESC, 0x57, on ? 1 : 0, ESC, 0x77, on ? 1 : 0];

function lineBytes({ prefix, pad, text, scale, bold: isBold }: PrintLine): readonly number[] {
  const body = codePageBytes(text);
  const sized = scale === 2 ? [...large(true), ...body, ...large(false)] : body;
  const marked = isBold ? [...bold(true), ...sized, ...bold(false)] : sized;
  return [...codePageBytes(prefix + ' '.repeat(pad)), ...marked, ...LINE_END];
}

type Qr = Extract<RollItem, { kind: 'qr' }>;

/** The dark dots of a code, as rows of columns of eight pins, the upper pin first. */
function qrPasses({ payload, minMm }: Qr): readonly (readonly number[])[] {
  const { modules, runs } = qrPicture(payload);
  const scale = Math.max(1, Math.ceil((minMm / MM_PER_INCH) * (QR_DOTS_PER_INCH / modules)));
  const edge = modules * scale;
  const passes = Array.from({ length: Math.ceil(edge / PINS) }, () => new Array<number>(edge).fill(0));
  for (const { x, y, length } of runs) {
    for (let row = y * scale; row < (y + 1) * scale; row += 1) {
      const pass = passes[Math.floor(row / PINS)] ?? [];
      for (let column = x * scale; column < (x + length) * scale; column += 1) {
        pass[column] = (pass[column] ?? 0) | (0x80 >> (row % PINS));
      }
    }
  }
  return passes;
}

/** Eight pins a pass, eight sixtieths of an inch apart: squares on 24 pins, a sixth wider than high on 9. */
function qrBytes(qr: Qr): readonly number[] {
  const image = qrPasses(qr).flatMap((pass) => [
    ...[ESC, 0x2a, 0, pass.length & 0xff, pass.length >> 8],
    ...pass,
    ...LINE_END,
  ]);
  return [ESC, 0x33, 24, ...image, ESC, 0x32];
}

function itemBytes(item: RollItem): readonly number[] {
  switch (item.kind) {
    case 'line':
      return lineBytes(item.line);
    case 'qr':
      return qrBytes(item);
    case 'cut':
      return [FORM_FEED];
    default:
      return assertNever(item);
  }
}

type Place = Extract<Block, { kind: 'place' }>;

/** The first line of a form that a training prints on. */
const TRAINING_PLACE: Place = {
  kind: 'place',
  x: 0,
  y: 0,
  text: `${PAPER_TEXT.training} - ${PAPER_TEXT.trainingNote}`.toUpperCase(),
};

function downBytes(units: number): readonly number[] {
  const whole = Math.floor(units / LONGEST_STEP);
  const rest = units % LONGEST_STEP;
  return [
    ...Array.from({ length: whole }, () => [ESC, 0x4a, LONGEST_STEP]).flat(),
    ...(rest === 0 ? [] : [ESC, 0x4a, rest]),
  ];
}

/** Texts at their places on a form, the head never going back up: each line once, from left to right. */
function formBytes(places: readonly Place[]): readonly number[] {
  const ordered = places.toSorted((one, other) => one.y - other.y || one.x - other.x);
  const bytes: number[] = [];
  let y = 0;
  for (const place of ordered) {
    const across = Math.round(place.x / UNITS_PER_SIXTIETH);
    bytes.push(...downBytes(place.y - y), 0x0d, ESC, 0x24, across & 0xff, across >> 8);
    bytes.push(...codePageBytes(printableText(place.text)));
    y = place.y;
  }
  return [...bytes, 0x0d, FORM_FEED];
}

/**
 * The bytes of a paper for a dot-matrix printer (ESC/P). A paper of places is a pre-printed form: `ESC J` counts in
 * 1/180 inch on 24 pins, and in 1/216 on 9, which therefore need places that are a fifth larger downwards.
 */
export function escpBytes(document: PaperDocument, { columns = COLUMNS }: FoundPaper = {}): Uint8Array {
  const places = document.blocks.filter((block) => block.kind === 'place');
  const marks = document.head.training ? [TRAINING_PLACE] : [];
  const body = places.length > 0 ? formBytes([...marks, ...places]) : rollItems(document, columns).flatMap(itemBytes);
  return Uint8Array.from([...START, ...body]);
}
