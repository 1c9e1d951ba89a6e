import type { LookedPage } from '../../contract/views-documents.ts';
import type { Grey } from './grey.ts';

type Judgement = Pick<LookedPage, 'sharpness' | 'glare' | 'light'>;

/** Tiles on each side: a page is judged where it has something to be sharp about, not on its white rim. */
const TILES = 12;
/** Share of the tiles, the liveliest first, that say how sharp the letters are. */
const LIVELY_SHARE = 0.2;
/** Variance of the Laplacian from which small letters can be read, and below which none can; measured on rendered cards. */
const SHARP_FROM = 220;
const BLURRED_BELOW = 60;
/** A lamp on plastic is whiter than paper: nearly saturated, in one piece. */
const SATURATED = 252;
const GLARE_SOME = 0.02;
const GLARE_STRONG = 0.08;
const DARK_BELOW = 60;
const BRIGHT_ABOVE = 235;

/** Variance of the Laplacian in one tile: how hard its edges are. */
function edgeVariance({ data, width }: Grey, box: readonly [number, number, number, number]): number {
  const [left, top, right, bottom] = box;
  let [sum, squares, count] = [0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = y * width + x;
      const around = (data[at - 1] ?? 0) + (data[at + 1] ?? 0) + (data[at - width] ?? 0) + (data[at + width] ?? 0);
      const bend = around - 4 * (data[at] ?? 0);
      sum += bend;
      squares += bend * bend;
      count += 1;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}

function sharpnessOf(grey: Grey): LookedPage['sharpness'] {
  const variances: number[] = [];
  const place = (n: number, of: number): number => Math.min(of - 1, Math.max(1, Math.floor((n * of) / TILES)));
  for (let row = 0; row < TILES; row += 1) {
    for (let column = 0; column < TILES; column += 1) {
      const [left, right] = [place(column, grey.width), place(column + 1, grey.width)];
      variances.push(edgeVariance(grey, [left, place(row, grey.height), right, place(row + 1, grey.height)]));
    }
  }
  const lively = variances.sort((one, other) => other - one).slice(0, Math.ceil(variances.length * LIVELY_SHARE));
  const mean = lively.reduce((sum, variance) => sum + variance, 0) / lively.length;
  if (mean >= SHARP_FROM) return 'good';
  return mean < BLURRED_BELOW ? 'blurred' : 'soft';
}

/** Whether a pixel and its neighbours four steps away are all saturated: a spot, not a grain. */
function isSpot({ data, width }: Grey, at: number): boolean {
  const step = 4;
  return [at, at - step, at + step, at - step * width, at + step * width].every(
    (place) => (data[place] ?? 0) >= SATURATED,
  );
}

/** Paper of a scanner is white everywhere, and that is no glare: a spot needs darker paper around it. */
function glareOf(grey: Grey, mean: number): LookedPage['glare'] {
  if (mean > 200) return 'none';
  let spots = 0;
  for (let at = 0; at < grey.data.length; at += 1) if (isSpot(grey, at)) spots += 1;
  const share = spots / grey.data.length;
  if (share >= GLARE_STRONG) return 'strong';
  return share >= GLARE_SOME ? 'some' : 'none';
}

/** Says whether the letters can be read; a hint for the officer, never a refusal. `grey` is about a thousand pixels long. */
export function judgePicture(grey: Grey): Judgement {
  const mean = grey.data.reduce((sum, value) => sum + value, 0) / grey.data.length;
  const light = mean < DARK_BELOW ? 'dark' : mean > BRIGHT_ABOVE ? 'bright' : 'good';
  return { sharpness: sharpnessOf(grey), glare: glareOf(grey, mean), light };
}
