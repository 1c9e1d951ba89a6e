import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

const { resolve } = createRequire(import.meta.url);

/** Typefaces that come with packages of the project, so that a card looks the same on every machine. */
const FACES = [
  { font: 'Roboto', file: join(dirname(resolve('pdfmake/package.json')), 'fonts/Roboto/Roboto-Regular.ttf') },
  { font: 'Roboto Medium', file: join(dirname(resolve('pdfmake/package.json')), 'fonts/Roboto/Roboto-Medium.ttf') },
  { font: 'OCRA', file: join(dirname(resolve('bwip-js')), '../fonts/OCRA7.ttf') },
  { font: 'OCRB', file: join(dirname(resolve('bwip-js')), '../fonts/OCRB7.ttf') },
] as const;

/** Makes the typefaces known to the drawing library: one text set in each of them does that for the whole process. */
export async function loadCardFonts(): Promise<void> {
  for (const { font, file } of FACES)
    await sharp({ text: { text: 'x', font, fontfile: file } })
      .png()
      .toBuffer();
}
