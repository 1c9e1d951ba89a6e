import sharp, { type Sharp } from 'sharp';
import type { Box } from '../core/reading/recognised.ts';
import { type Grey, greyOf } from './grey.ts';
import type { Pixels } from './picture.ts';

/** A page is read at this width: letters of an STNK are then about 30 pixels high. */
const READ_WIDTH = 1600;

/** Without the last word the library would give three bytes a pixel. */
const sharpOf = ({ data, width, height }: Grey): Sharp =>
  sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w');

/** Paper becomes white and ink black, whatever light, shadow or colour lay on them: each pixel against its surroundings. */
async function flattened(grey: Grey, reach: number): Promise<Grey> {
  const around = await sharpOf(grey).blur(reach).raw().toBuffer();
  const data = new Uint8Array(grey.data.length);
  for (let at = 0; at < data.length; at += 1) {
    const ratio = (grey.data[at] ?? 0) / Math.max(1, around[at] ?? 1);
    data[at] = Math.max(0, Math.min(255, ((ratio - 0.35) * 255) / 0.65));
  }
  return { ...grey, data };
}

/** The page in even light, at the size in which it is read. */
export async function cleanPicture(pixels: Pixels): Promise<Grey> {
  const { data, info } = await sharpOf(greyOf(pixels))
    .resize({ width: READ_WIDTH })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return await flattened({ data, width: info.width, height: info.height }, 25);
}

/** As a file that the text recognition opens. */
export async function pngOf(grey: Grey): Promise<Buffer> {
  return await sharpOf(grey).png({ compressionLevel: 1 }).toBuffer();
}

/** How a line is cut out to be read by itself; each way makes other slips, so those that agree are right. */
export type Cut = { readonly height: number; readonly margin: number; readonly moreLeft: number };

/** A part of the page by itself, with white around it. */
export async function cutOut(grey: Grey, box: Box, { height, margin, moreLeft }: Cut): Promise<Buffer> {
  const left = Math.min(grey.width - 1, Math.max(0, Math.floor(box.left - moreLeft)));
  const top = Math.min(grey.height - 1, Math.max(0, Math.floor(box.top)));
  const size = {
    width: Math.max(1, Math.min(grey.width, Math.ceil(box.right)) - left),
    height: Math.max(1, Math.min(grey.height, Math.ceil(box.bottom)) - top),
  };
  return await sharpOf(grey)
    .extract({ left, top, ...size })
    .resize({ height, kernel: 'cubic' })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: '#ffffff' })
    .png({ compressionLevel: 1 })
    .toBuffer();
}
