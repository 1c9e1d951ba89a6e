import { assertNever } from '../../../domain/result.ts';
import { CODE_PAGE, codePageBytes } from './code-page.ts';
import type { PaperDocument } from './paper-document.ts';
import { type PrintLine, rollItems, type RollItem } from './paper-lines.ts';
import { qrSize } from './qr-size.ts';

/** A roll of paper: characters of font A and dots at 203 dpi on its printable width. */
export type Roll = { readonly widthMm: 58 | 80; readonly columns: number; readonly dots: number };

/** The two rolls of the trade. */
export const ROLLS: Readonly<Record<58 | 80, Roll>> = {
  58: { widthMm: 58, columns: 32, dots: 384 },
  80: { widthMm: 80, columns: 48, dots: 576 },
};

/** Font A. */
const DOTS_PER_COLUMN = 12;

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const LF = 0x0a;

/** Start: reset, leave the Chinese double-byte mode that many cheap printers wake up in, choose the code page. */
const START = [ESC, 0x40, FS, 0x2e, ESC, 0x74, CODE_PAGE];

const bold = (on: boolean): readonly number[] => [ESC, 0x45, on ? 1 : 0];
const size = (scale: 1 | 2): readonly number[] => [GS, 0x21, scale === 2 ? 0x11 : 0x00];

function lineBytes({ prefix, pad, text, scale, bold: isBold }: PrintLine): readonly number[] {
  const left = codePageBytes(prefix + ' '.repeat(pad));
  const body = codePageBytes(text);
  const large = scale === 2 ? [...size(2), ...body, ...size(1)] : body;
  return isBold ? [...left, ...bold(true), ...large, ...bold(false), LF] : [...left, ...large, LF];
}

/** `GS ( k pL pH cn fn ...` of the QR family (cn = 49). */
function qrFunction(fn: number, parameters: readonly number[]): readonly number[] {
  const length = parameters.length + 2;
  return [GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, fn, ...parameters];
}

const LEVEL_NUMBER = { L: 0x30, M: 0x31 } as const;

function qrBytes(payload: string, minMm: number, roll: Roll): readonly number[] {
  const data = [...new TextEncoder().encode(payload)];
  const { level, moduleDots } = qrSize(data.length, roll.dots, minMm);
  return [
    ...[ESC, 0x61, 1],
    ...qrFunction(0x41, [0x32, 0x00]), // model 2
    ...qrFunction(0x43, [moduleDots]),
    ...qrFunction(0x45, [LEVEL_NUMBER[level]]),
    ...qrFunction(0x50, [0x30, ...data]), // store
    ...qrFunction(0x51, [0x30]), // print
    LF,
    ...[ESC, 0x61, 0],
  ];
}

/** Feed past the tear bar, then the partial cut that printers without a cutter ignore. */
const CUT = [ESC, 0x64, 4, GS, 0x56, 66, 0];
/** Feed far enough to tear by hand, for a printer whose installer saw that it cuts nothing. */
const TEAR = [ESC, 0x64, 6];

function itemBytes(item: RollItem, roll: Roll, cuts: boolean): readonly number[] {
  switch (item.kind) {
    case 'line':
      return lineBytes(item.line);
    case 'qr':
      return qrBytes(item.payload, item.minMm, roll);
    case 'cut':
      return cuts ? CUT : TEAR;
    default:
      return assertNever(item);
  }
}

/** What an installer found with the ruler page; undefined where nobody looked. */
export type FoundPaper = { readonly columns?: number | undefined; readonly cuts?: boolean | undefined };

/**
 * The bytes of a paper for a raw ESC/POS printer. They are our own and not an encoder package's: the layout is done
 * already, a dozen commands remain, and what a person will believe is better read here than searched for.
 */
export function escposBytes(document: PaperDocument, widthMm: 58 | 80, found: FoundPaper = {}): Uint8Array {
  const { columns = ROLLS[widthMm].columns, cuts = true } = found;
  const roll: Roll = { widthMm, columns, dots: columns * DOTS_PER_COLUMN };
  return Uint8Array.from([...START, ...rollItems(document, columns).flatMap((item) => itemBytes(item, roll, cuts))]);
}
