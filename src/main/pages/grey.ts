import type { Pixels } from './picture.ts';

/** Brightness 0 to 255, one byte for each pixel. */
export type Grey = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** Brightness of each pixel (ITU-R BT.601, in 256ths). */
export function greyOf({ data, width, height }: Pixels): Grey {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel += 1, at += 3) {
    grey[pixel] = (77 * (data[at] ?? 0) + 150 * (data[at + 1] ?? 0) + 29 * (data[at + 2] ?? 0)) >> 8;
  }
  return { data: grey, width, height };
}

/** Each pixel of the small picture is the mean of its box: `width` pixels wide, never larger than the picture. */
export function shrunkGrey(grey: Grey, width: number): Grey {
  if (width >= grey.width) return grey;
  const height = Math.max(1, Math.round((grey.height * width) / grey.width));
  const small = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = [Math.floor((y * grey.height) / height), Math.ceil(((y + 1) * grey.height) / height)];
    for (let x = 0; x < width; x += 1) {
      const [left, right] = [Math.floor((x * grey.width) / width), Math.ceil(((x + 1) * grey.width) / width)];
      let sum = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let column = left; column < right; column += 1) sum += grey.data[row * grey.width + column] ?? 0;
      }
      small[y * width + x] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
  return { data: small, width, height };
}

/** Mean of each pixel with its eight neighbours; the rim stays as it is. */
export function blurred({ data, width, height }: Grey): Grey {
  const soft = Uint8Array.from(data);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      let sum = 0;
      for (const row of [at - width, at, at + width]) {
        sum += (data[row - 1] ?? 0) + (data[row] ?? 0) + (data[row + 1] ?? 0);
      }
      soft[at] = Math.round(sum / 9);
    }
  }
  return { data: soft, width, height };
}
