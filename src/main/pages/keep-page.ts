import { type Grey, greyOf, shrunkGrey } from './grey.ts';
import { PageFaultError } from './page-fault.ts';
import { withPages } from './page-file.ts';
import { type KeptPicture, LOOK_BYTES, type PageJob } from './page-jobs.ts';
import { jpegOf, type PageSource, type Pixels, shrunk, turned } from './picture.ts';
import { isQuadUsable, sizeOfQuad, straightened } from './straighten.ts';

type KeepJob = Extract<PageJob, { readonly do: 'keep' }>;

/** Long side of a kept page: an A4 page in 137 dpi, a card in 470. */
const KEPT_LONGEST = 1600;
/** Smaller steps for a page that is too heavy at every quality. */
const SMALLER = [1600, 1350, 1150] as const;
/** Below the least quality small letters break up; above the best nobody sees a difference. */
const QUALITIES = [82, 76, 70, 63, 56, 50] as const;
/** About how heavy a page is at each quality beside its weight at the best one, for the first guess. */
const WEIGHTS = [1, 0.85, 0.74, 0.64, 0.57, 0.5] as const;

/** The paper alone, upright as it was taken, at most `KEPT_LONGEST` on its long side. */
async function croppedPage(page: PageSource, quad: KeepJob['quad']): Promise<Pixels> {
  if (quad === null) return await page.pixels(KEPT_LONGEST);
  if (!isQuadUsable(quad)) throw new PageFaultError('PAGE_DAMAGED', { found: 'corners' });
  const full = sizeOfQuad(quad, page.width, page.height);
  const scale = Math.min(1, KEPT_LONGEST / Math.max(full.width, full.height));
  // A little more than is kept is decoded, so that mixing pixels does not soften the letters.
  const wanted = Math.ceil(Math.max(page.width, page.height) * Math.min(1, scale * 1.25));
  const pixels = await page.pixels(wanted);
  const size = [full.width, full.height].map((side) => Math.max(16, Math.round(side * scale)));
  return straightened(pixels, quad, size[0] ?? 16, size[1] ?? 16);
}

/** The best quality that fits the weight, guessed from the first try; the least one when none does. */
async function fitted(pixels: Pixels, targetBytes: number): Promise<{ jpeg: Buffer; fits: boolean }> {
  let jpeg = await jpegOf(pixels, QUALITIES[0]);
  if (jpeg.length <= targetBytes) return { jpeg, fits: true };
  const ratio = targetBytes / jpeg.length;
  const guess = WEIGHTS.findIndex((weight) => weight <= ratio);
  for (const quality of QUALITIES.slice(guess === -1 ? -1 : guess)) {
    jpeg = await jpegOf(pixels, quality);
    if (jpeg.length <= targetBytes) return { jpeg, fits: true };
  }
  return { jpeg, fits: false };
}

/** Fields of a look, in each direction. */
const LOOK_FIELDS = 32;
/** Less than this between two fields is noise. */
const LOOK_NOISE = 2;

/** Brighter or darker than the neighbour to the right, over 32 times 32 fields: the same paper gives nearly the same bits. */
function lookOf(grey: Grey): Uint8Array<ArrayBuffer> {
  const [columns, rows] = [LOOK_FIELDS + 1, LOOK_FIELDS];
  const mean = (column: number, row: number): number => {
    const [left, right] = [
      Math.floor((column * grey.width) / columns),
      Math.floor(((column + 1) * grey.width) / columns),
    ];
    const [top, bottom] = [Math.floor((row * grey.height) / rows), Math.floor(((row + 1) * grey.height) / rows)];
    let [sum, count] = [0, 0];
    for (let y = top; y < Math.max(bottom, top + 1); y += 1) {
      for (let x = left; x < Math.max(right, left + 1); x += 1) {
        sum += grey.data[y * grey.width + x] ?? 0;
        count += 1;
      }
    }
    return sum / count;
  };
  const look = new Uint8Array(LOOK_BYTES);
  for (let bit = 0; bit < LOOK_BYTES * 8; bit += 1) {
    const [column, row] = [bit % LOOK_FIELDS, Math.floor(bit / LOOK_FIELDS)];
    if (mean(column, row) > mean(column + 1, row) + LOOK_NOISE)
      look[bit >> 3] = (look[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return look;
}

/** Crops, turns and makes one page fit for a weak line. Throws what the file is not fit for. */
export async function keepPage(job: Omit<KeepJob, 'do'>): Promise<KeptPicture> {
  return await withPages(job.file, async (source, pdf) => {
    if (job.pageNo > source.pages) throw new PageFaultError('PAGE_DAMAGED', { found: 'no-such-page' });
    const cropped = await turned(await croppedPage(await source.page(job.pageNo), job.quad), job.turn);
    const look = lookOf(shrunkGrey(greyOf(cropped), 320));
    for (const longest of SMALLER) {
      const pixels = await shrunk(cropped, longest);
      const { jpeg, fits } = await fitted(pixels, job.targetBytes);
      // Text stays readable before the weight is right: the last step is kept whatever it weighs.
      if (fits || longest === SMALLER.at(-1)) {
        return { jpeg: new Uint8Array(jpeg), width: pixels.width, height: pixels.height, look, pdf };
      }
    }
    throw new Error('the last step is always kept');
  });
}
