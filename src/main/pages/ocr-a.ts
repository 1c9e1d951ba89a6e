import type { Box } from '../core/reading/recognised.ts';
import type { Grey } from './grey.ts';

/**
 * The ten digits of OCR-A (ANSI X3.17), the typeface in which an e-KTP bears its NIK: ten dots wide, sixteen high. The
 * text recognition was never taught this typeface and takes its 6 for a b; a comparison with ten shapes is surer.
 */
const SHAPES: Readonly<Record<string, string>> = {
  '0': '.########. ########## ##......## ##......## ##......## ##......## ##......## ##......## ##......## ##......## ##......## ##......## ##......## ##......## ########## .########.',
  '1': '######.... ######.... ....##.... ....##.... ....##.... ....##.... ....##.... ....##.... ....##.... ....##..## ....##..## ....##..## ....##..## ....##..## ########## ##########',
  '2': '#########. ########## ........## ........## ........## ........## ........## .######### #########. ##........ ##........ ##........ ##........ ##........ ########## ##########',
  '3': '#########. ########## ........## ........## ........## ........## ........## ..######## ..######## ........## ........## ........## ........## ........## ########## #########.',
  '4': '##........ ##........ ##.....##. ##.....##. ##.....##. ##.....##. ##.....##. ##.....##. ##....###. ########## ########## .......##. .......##. .......##. .......##. .......##.',
  '5': '..######## ..######## ..##...... ..##...... ..##...... ..##...... ..##...... ..#######. ..######## ........## ........## ........## ........## ##......## ########## ..#######.',
  '6': '###....... ###....... ##........ ##........ ##........ ##........ ##........ ##........ ##........ ########## ########## ##......## ##......## ##......## ########## ##########',
  '7': '########## ########## ##......## ........## ........## ........## .......### ......###. .....###.. ....###... ....##.... ....##.... ....##.... ....##.... ....##.... ....##....',
  '8': '..######.. ..######.. ..##..##.. ..##..##.. ..##..##.. ..##..##.. ..##..##.. .########. ########## ##......## ##......## ##......## ##......## ##......## ########## .########.',
  '9': '########## ########## ##......## ##......## ##......## ########## ########## ........## ........## ........## ........## ........## ........## ........## .......### .......###',
};
const [WIDE, HIGH] = [10, 16];
const DIGITS = 16;

/** Darker than this is ink on a cleaned picture. */
const INK = 120;

type Run = { readonly from: number; readonly to: number };

const darkness = (grey: Grey, x: number, y: number): number => 255 - (grey.data[y * grey.width + x] ?? 255);

/** Rows of a column range that bear ink, as the first and the last. */
function inkRows(grey: Grey, run: Run, top: number, bottom: number): readonly [number, number] | null {
  let first = -1;
  let last = -1;
  for (let y = top; y < bottom; y += 1) {
    let dark = 0;
    for (let x = run.from; x < run.to; x += 1) if (darkness(grey, x, y) > INK) dark += 1;
    if (dark < 2) continue;
    if (first === -1) first = y;
    last = y + 1;
  }
  return first === -1 ? null : [first, last];
}

function inkOfColumn(grey: Grey, x: number, top: number, bottom: number): number {
  let dark = 0;
  for (let y = top; y < bottom; y += 1) if (darkness(grey, x, y) > INK) dark += 1;
  return dark;
}

/** Stretches of columns with ink, from left to right. */
function inkRuns(grey: Grey, { left, top, right, bottom }: Box): readonly Run[] {
  const runs: Run[] = [];
  let from = -1;
  for (let x = left; x <= right; x += 1) {
    // One column past the end counts as white, so that a run at the edge ends too.
    const dark = x === right ? 0 : inkOfColumn(grey, x, top, bottom);
    if (dark >= 2 && from === -1) from = x;
    if (dark < 2 && from !== -1) {
      if (x - from >= 3) runs.push({ from, to: x });
      from = -1;
    }
  }
  return runs;
}

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

type Glyph = Run & { readonly top: number; readonly bottom: number };

/** Runs as tall as digits are: no colon, no speck. */
function glyphsOf(grey: Grey, region: Box): readonly Glyph[] {
  const tall = inkRuns(grey, region).flatMap((run) => {
    const rows = inkRows(grey, run, region.top, region.bottom);
    return rows === null ? [] : [{ ...run, top: rows[0], bottom: rows[1] }];
  });
  const height = median(tall.map(({ top, bottom }) => bottom - top));
  return tall.filter(({ top, bottom, from, to }) => bottom - top > height * 0.75 && to - from < height * 1.1);
}

/** The sixteen neighbours that stand most evenly, as a line of one typeface does; null when there are fewer. */
function evenSixteen(glyphs: readonly Glyph[]): readonly Glyph[] | null {
  let best: { readonly uneven: number; readonly glyphs: readonly Glyph[] } | null = null;
  for (let at = 0; at + DIGITS <= glyphs.length; at += 1) {
    const window = glyphs.slice(at, at + DIGITS);
    const steps = window.slice(1).map((glyph, before) => {
      const last = window[before] ?? glyph;
      return (glyph.from + glyph.to) / 2 - (last.from + last.to) / 2;
    });
    const usual = median(steps);
    const uneven = Math.max(...steps.map((step) => Math.abs(step - usual))) / usual;
    if (best === null || uneven < best.uneven) best = { uneven, glyphs: window };
  }
  return best !== null && best.uneven < 0.4 ? best.glyphs : null;
}

/** Darkness of a glyph over the dots of a shape, each the mean of its part. */
function dotsOf(grey: Grey, { from, to, top, bottom }: Glyph): readonly number[] {
  const dots: number[] = [];
  for (let row = 0; row < HIGH; row += 1) {
    for (let column = 0; column < WIDE; column += 1) {
      const [x0, x1] = [from + ((to - from) * column) / WIDE, from + ((to - from) * (column + 1)) / WIDE];
      const [y0, y1] = [top + ((bottom - top) * row) / HIGH, top + ((bottom - top) * (row + 1)) / HIGH];
      let sum = 0;
      let count = 0;
      for (let y = Math.floor(y0); y < Math.max(Math.floor(y0) + 1, Math.round(y1)); y += 1) {
        for (let x = Math.floor(x0); x < Math.max(Math.floor(x0) + 1, Math.round(x1)); x += 1) {
          sum += darkness(grey, x, y);
          count += 1;
        }
      }
      dots.push(sum / count);
    }
  }
  return dots;
}

/** How alike two pictures are, from -1 to 1, whatever their contrast. */
function likeness(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let [both, leftSquare, rightSquare] = [0, 0, 0];
  for (const [at, value] of left.entries()) {
    const [a, b] = [value - leftMean, (right[at] ?? 0) - rightMean];
    both += a * b;
    leftSquare += a * a;
    rightSquare += b * b;
  }
  return both / Math.sqrt(Math.max(1, leftSquare * rightSquare));
}

const TEMPLATES = Object.entries(SHAPES).map(([digit, shape]) => ({
  digit,
  dots: [...shape.replaceAll(' ', '')].map((dot) => (dot === '#' ? 255 : 0)),
}));

/** A digit must be this much like its shape, and this much more than like any other. */
const LEAST_LIKE = 0.55;
const LEAST_LEAD = 0.06;

/**
 * The sixteen digits of a NIK inside a region of a cleaned picture; null when they are not printed in OCR-A, or when one
 * of them is not plain. The confidence is that of the least plain digit.
 */
export function readOcrA(grey: Grey, box: Box): { readonly text: string; readonly confidence: number } | null {
  const region = {
    left: Math.max(0, Math.floor(box.left)),
    top: Math.max(0, Math.floor(box.top)),
    right: Math.min(grey.width, Math.ceil(box.right)),
    bottom: Math.min(grey.height, Math.ceil(box.bottom)),
  };
  const glyphs = evenSixteen(glyphsOf(grey, region));
  if (glyphs === null) return null;
  let text = '';
  let confidence = 1;
  for (const glyph of glyphs) {
    const dots = dotsOf(grey, glyph);
    const [best, second] = TEMPLATES.map((template) => ({ ...template, like: likeness(dots, template.dots) })).toSorted(
      (left, right) => right.like - left.like,
    );
    if (best === undefined || second === undefined) return null;
    const lead = best.like - second.like;
    if (best.like < LEAST_LIKE || lead < LEAST_LEAD) return null;
    text += best.digit;
    confidence = Math.min(confidence, 0.5 + lead * 2, best.like + 0.15);
  }
  return { text, confidence };
}
