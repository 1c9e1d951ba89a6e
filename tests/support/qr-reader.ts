import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Dark squares on white paper, in any unit. */
export type DarkRect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** Paints the squares on a picture with a quiet zone and reads every QR code in it, as a phone's camera would. */
export async function readQrCodes(rects: readonly DarkRect[], pixelsPerUnit: number): Promise<readonly string[]> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  const quiet = 30;
  const left = Math.min(...rects.map((rect) => rect.x));
  const top = Math.min(...rects.map((rect) => rect.y));
  const width = Math.ceil(Math.max(...rects.map((rect) => rect.x + rect.w - left)) * pixelsPerUnit) + 2 * quiet;
  const height = Math.ceil(Math.max(...rects.map((rect) => rect.y + rect.h - top)) * pixelsPerUnit) + 2 * quiet;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const rect of rects) {
    const [x0, x1] = [(rect.x - left) * pixelsPerUnit + quiet, (rect.x + rect.w - left) * pixelsPerUnit + quiet];
    const [y0, y1] = [(rect.y - top) * pixelsPerUnit + quiet, (rect.y + rect.h - top) * pixelsPerUnit + quiet];
    for (let y = Math.round(y0); y < Math.round(y1); y += 1) {
      for (let x = Math.round(x0); x < Math.round(x1); x += 1)
        data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  const picture: ImageData = { data, width, height, colorSpace: 'srgb' };
  const found = await readBarcodes(picture, { formats: ['QRCode'] });
  return found.map((code) => code.text);
}
