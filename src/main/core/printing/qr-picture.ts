import bwipjs from 'bwip-js/node';

/** A horizontal run of dark modules, in modules from the top left. */
export type QrRun = { readonly x: number; readonly y: number; readonly length: number };

/** A QR code as dark runs on a square of `modules` edge, quiet zone not counted. */
export type QrPicture = { readonly modules: number; readonly runs: readonly QrRun[] };

type Matrix = { readonly pixs: readonly number[]; readonly pixx: number };

function isMatrix(value: unknown): value is Matrix {
  return typeof value === 'object' && value !== null && 'pixs' in value && 'pixx' in value;
}

/** The modules of a payload at error correction M; throws for a payload that no QR code holds, which is a bug. */
export function qrPicture(payload: string): QrPicture {
  const made: readonly unknown[] = bwipjs.raw('qrcode', payload, 'eclevel=M');
  const [matrix] = made;
  if (!isMatrix(matrix)) throw new RangeError('the QR encoder answered no matrix');
  const { pixs, pixx: modules } = matrix;
  const runs: QrRun[] = [];
  for (let y = 0; y < modules; y += 1) {
    let x = 0;
    while (x < modules) {
      const start = x;
      while (x < modules && pixs[y * modules + x] === 1) x += 1;
      if (x > start) runs.push({ x: start, y, length: x - start });
      x += 1;
    }
  }
  return { modules, runs };
}
