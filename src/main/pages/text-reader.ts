import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';
import { findFields } from '../core/reading/find-fields.ts';
import type { FieldText, Line, ReadField, RecognisedPage } from '../core/reading/recognised.ts';
import { readOcrA } from './ocr-a.ts';
import { type Cut, cleanPicture, cutOut, pngOf } from './clean-picture.ts';
import type { Grey } from './grey.ts';
import type { Pixels } from './picture.ts';

/** Reads text from pages; holds the recognition's memory until it is closed. */
export type TextReader = {
  /** Throws when the recognition itself broke. */
  readonly read: (pixels: Pixels) => Promise<RecognisedPage>;
  readonly close: () => Promise<void>;
};

const DIGITS = '0123456789';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CHARACTERS: Readonly<Record<ReadField, string>> = {
  nik: DIGITS,
  nrkb: `${CAPITALS}${DIGITS} `,
  chassis: CAPITALS + DIGITS,
  engine: `${CAPITALS}${DIGITS}-`,
};

/** The folder of the language data that is shipped: nothing is fetched, nothing is written. */
function dataFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/ind/package.json')), '4.0.0_best_int');
}

async function readLines(worker: Worker, picture: Buffer): Promise<readonly Line[]> {
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_BLOCK, tessedit_char_whitelist: '' });
  const { data } = await worker.recognize(picture, {}, { blocks: true, text: false });
  const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines.map((line) => ({
    words: line.words.map(({ text, confidence, bbox }) => ({
      text,
      confidence: confidence / 100,
      box: { left: bbox.x0, top: bbox.y0, right: bbox.x1, bottom: bbox.y1 },
    })),
  }));
}

async function readField(worker: Worker, picture: Buffer, field: ReadField): Promise<FieldText> {
  await worker.setParameters({ tessedit_pageseg_mode: PSM.SINGLE_LINE, tessedit_char_whitelist: CHARACTERS[field] });
  const { data } = await worker.recognize(picture, {}, { text: true });
  return { field, by: 'letters', text: data.text.trim(), confidence: data.confidence / 100 };
}

/** A plate's area is often lost with the colon before it, so one way begins further left. */
const CUTS: readonly Cut[] = [
  { height: 72, margin: 14, moreLeft: 0 },
  { height: 56, margin: 24, moreLeft: 28 },
  { height: 40, margin: 20, moreLeft: 0 },
];
/** Narrower than this there is no line to read. */
const LEAST_WIDTH = 24;

async function readFields(worker: Worker, page: Grey, lines: readonly Line[]): Promise<readonly FieldText[]> {
  const read: FieldText[] = [];
  for (const { field, region } of findFields(lines, page.width)) {
    const digits = field === 'nik' ? readOcrA(page, region) : null;
    // Sixteen plain digits by their shapes need no second opinion from a reader who was never taught them.
    if (digits !== null) {
      read.push({ field, by: 'shapes', ...digits });
      continue;
    }
    if (Math.min(region.right, page.width) - region.left < LEAST_WIDTH) continue;
    for (const cut of CUTS) read.push(await readField(worker, await cutOut(page, region, cut), field));
  }
  return read;
}

/** Starts the recognition in a thread of its own. */
export async function openTextReader(): Promise<TextReader> {
  const worker = await createWorker('ind', OEM.LSTM_ONLY, { langPath: dataFolder(), cacheMethod: 'none', gzip: true });
  await worker.setParameters({ user_defined_dpi: '300' });
  return {
    read: async (pixels) => {
      const page = await cleanPicture(pixels);
      const lines = await readLines(worker, await pngOf(page));
      return { width: page.width, lines, fields: await readFields(worker, page, lines) };
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
