import type { JournalPaperKind } from '../../../contract/paper-kinds.ts';

/** What a paper is for; the head says so in words. */
export type PaperKind = JournalPaperKind | 'quote' | 'door-note' | 'test';

/** The top of a paper: outlet, title, and the mark that runs across it (SALINAN 2, BUKAN BUKTI BAYAR). */
export type PaperHead = {
  readonly kind: PaperKind;
  readonly outlet: readonly string[];
  readonly title: string;
  readonly mark: string | null;
  /** Every line then says LATIHAN on its left. */
  readonly training: boolean;
};

/** A row of the amounts; texts are figures without `Rp`. */
export type ChargeRow = {
  readonly label: string;
  readonly principal: string;
  readonly fine: string;
  readonly amount: string;
};

/** One piece of a paper, free of any width: the renderers for 58 mm, 80 mm, A5 and A4 lay it out. */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly align: 'left' | 'center'; readonly bold: boolean }
  | {
      readonly kind: 'row';
      readonly label: string;
      readonly value: string;
      readonly size: 'normal' | 'double';
      readonly bold: boolean;
    }
  | { readonly kind: 'charges'; readonly caption: string; readonly rows: readonly ChargeRow[] }
  | { readonly kind: 'rule' }
  /** A label and a line up to the edge of the paper, to be written on by hand. */
  | { readonly kind: 'fill'; readonly label: string }
  | { readonly kind: 'plate'; readonly nrkb: string }
  | { readonly kind: 'qr'; readonly payload: string; readonly minMm: number }
  /** Lines of known lengths: the longest that stays on one line is the width that the printer really has. */
  | { readonly kind: 'ruler' }
  /** A text at its place on a pre-printed form, in 1/180 inch from the upper left corner of the sheet. */
  | { readonly kind: 'place'; readonly x: number; readonly y: number; readonly text: string }
  | { readonly kind: 'cut' };

/** A paper as a value: the same for every printer, and comparable in a test. */
export type PaperDocument = { readonly head: PaperHead; readonly blocks: readonly Block[] };

/** The least edge of a QR code on paper, in mm, quiet zone not counted. */
export const QR_MIN_MM = 25;

/** A line of plain text, left-aligned. */
export function textBlock(text: string): Block {
  return { kind: 'text', text, align: 'left', bold: false };
}

/** A line of text in the middle. */
export function centred(text: string, bold: boolean): Block {
  return { kind: 'text', text, align: 'center', bold };
}

/** Label on the left, value on the right edge. */
export function rowBlock(label: string, value: string): Block {
  return { kind: 'row', label, value, size: 'normal', bold: false };
}

/** The same, larger: for the sum that a person looks for. */
export function sumBlock(label: string, value: string): Block {
  return { kind: 'row', label, value, size: 'double', bold: true };
}
