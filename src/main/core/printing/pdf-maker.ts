import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type pdfmake from 'pdfmake';
import { PAPER_TEXT } from './paper-text.ts';

/** The word across every sheet of a training; pale enough to read what stands below it. */
export const TRAINING_ACROSS = { text: PAPER_TEXT.training, bold: true, color: 'black', opacity: 0.16 } as const;

/** Roboto with tabular figures and Ø, as the PDF package ships it. */
function fontFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto');
}

/** The PDF package, loaded with the first sheet: it is a quarter of what a start loads, and most counters print on rolls. */
export async function loadPdfMaker(): Promise<typeof pdfmake> {
  const { default: pdfMake } = await import('pdfmake');
  const folder = fontFolder();
  pdfMake.setFonts({
    Roboto: { normal: join(folder, 'Roboto-Regular.ttf'), bold: join(folder, 'Roboto-Medium.ttf') },
  });
  // A paper is made of values: it may read its fonts and nothing else, neither on the disk nor on the line.
  pdfMake.setLocalAccessPolicy((path) => path.startsWith(folder + sep));
  pdfMake.setUrlAccessPolicy(() => false);
  return pdfMake;
}
