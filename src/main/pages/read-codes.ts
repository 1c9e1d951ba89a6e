import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { PageCode } from '../core/reading/code-meaning.ts';
import type { Pixels } from './picture.ts';

/** Codes of one page at most, and characters of one code. */
const MOST_CODES = 10;
const LONGEST_CODE = 500;

/** Finds barcodes and QR codes on a page. */
export type ReadCodes = (pixels: Pixels) => Promise<readonly PageCode[]>;

/** The browser's `ImageData`, which Node does not have. */
type Picture = {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly colorSpace: 'srgb';
};

/** Four bytes a pixel, as the decoder wants them. */
function rgbaOf({ data, width, height }: Pixels): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba[to] = data[from] ?? 0;
    rgba[to + 1] = data[from + 1] ?? 0;
    rgba[to + 2] = data[from + 2] ?? 0;
  }
  return { data: rgba, width, height, colorSpace: 'srgb' };
}

/** Makes the decoder ready from the file in its package; without that it would ask a server for it. */
export function createCodeReader(): ReadCodes {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
  return async (pixels) => {
    const found = await readBarcodes(rgbaOf(pixels), {
      formats: ['QRCode', 'DataMatrix', 'PDF417', 'Code128', 'Code39', 'ITF'],
      tryHarder: true,
      maxNumberOfSymbols: MOST_CODES,
    });
    return found
      .filter(({ isValid, text }) => isValid && text.length > 0 && text.length <= LONGEST_CODE)
      .map(({ format, text }) => ({ format, text }));
  };
}
