import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { PageFaultError } from './page-fault.ts';
import { LONGEST_FILE } from './page-jobs.ts';
import type { PictureKind } from './picture-end.ts';

/** Red, green, blue, one byte each, upright. */
export type Pixels = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** A page of a file, ready to be read at any size; nothing was decoded yet. */
export type PageSource = {
  /** Upright. */
  readonly width: number;
  readonly height: number;
  /** Decodes at most as large as asked, on white paper, in sRGB. */
  readonly pixels: (longest: number) => Promise<Pixels>;
};

/** A file whose pages can be taken one by one. */
export type PageFile = {
  readonly pages: number;
  /** From 1. Throws PAGE_DAMAGED, PAGE_TOO_MANY_PIXELS. */
  readonly page: (pageNo: number) => Promise<PageSource>;
  readonly close: () => void;
};

/** Four times a large phone's photo; more is a bomb, or a mistake in a scanner's settings. */
const MOST_PIXELS = 80_000_000;

const OPTIONS = {
  limitInputPixels: MOST_PIXELS,
  limitInputChannels: 5,
  sequentialRead: true,
  unlimited: false,
} as const satisfies SharpOptions;

/** Everything of libvips that reads a format is closed; four readers are opened again. No SVG, no GIF, no HEIF, no PDF. */
const READERS = ['JpegBuffer', 'PngBuffer', 'WebpBuffer', 'TiffBuffer'].map((name) => `VipsForeignLoad${name}`);

/** Sets the limits of the decoder for this whole process. */
export function limitDecoder(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
}

/** What the decoder says about a file that it cannot read is for a log of its own; the officer gets a code. */
function faultOf(error: unknown): PageFaultError {
  if (error instanceof PageFaultError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/pixel limit|too (large|big)|exceeds/i.test(text)) return new PageFaultError('PAGE_TOO_MANY_PIXELS');
  return new PageFaultError('PAGE_DAMAGED', { found: 'decoder' });
}

/** Warnings about how some phones write a picture that is whole. */
const HARMLESS = /Invalid SOS parameters|extraneous bytes before marker/;

function isHarmless(error: unknown): boolean {
  const lines = error instanceof Error ? error.message.split('\n').filter((line) => line.trim() !== '') : [];
  return lines.length > 0 && lines.every((line) => HARMLESS.test(line));
}

/**
 * Runs a decoder; whatever it throws is about the file. Half a page is no page: the decoder of JPEG calls a hole in the
 * picture a warning and would go on in grey. What is whole and only oddly written is decoded less strictly.
 */
async function decoding<T>(work: (failOn: 'warning' | 'error') => Promise<T>): Promise<T> {
  try {
    return await work('warning').catch((error: unknown) => {
      if (isHarmless(error)) return work('error');
      throw error;
    });
  } catch (error) {
    throw faultOf(error);
  }
}

function checkSize({ width, height }: Pick<Metadata, 'width' | 'height'>): void {
  if (width * height > MOST_PIXELS) throw new PageFaultError('PAGE_TOO_MANY_PIXELS', { pixels: width * height });
  if (width < 16 || height < 16) throw new PageFaultError('PAGE_DAMAGED', { found: 'too-small' });
}

/** Opaque pixels in three bytes, whatever was inside: grey, palette, CMYK, 16 bits, transparent. */
async function rawPixels(picture: Sharp, longest: number): Promise<Pixels> {
  const { data, info } = await picture
    .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { data, width: info.width, height: info.height };
  const rgb = new Uint8Array(info.width * info.height * 3);
  for (let pixel = 0; pixel < info.width * info.height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      rgb[pixel * 3 + channel] = data[pixel * info.channels + (info.channels >= 3 ? channel : 0)] ?? 0;
    }
  }
  return { data: rgb, width: info.width, height: info.height };
}

/** Opens a picture of one of four kinds. Throws PAGE_HOSTILE where the decoder finds another kind than the first bytes say. */
export async function openPicture(file: Uint8Array, kind: PictureKind): Promise<PageFile> {
  const metadata = await decoding((failOn) => sharp(file, { ...OPTIONS, failOn }).metadata());
  if (metadata.format !== kind) throw new PageFaultError('PAGE_HOSTILE', { found: 'other-kind' });
  checkSize(metadata);
  const pages = kind === 'tiff' ? (metadata.pages ?? 1) : 1;
  if (pages > LONGEST_FILE) throw new PageFaultError('PDF_TOO_LONG', { pages });
  return {
    pages,
    page: async (pageNo) => {
      const options: SharpOptions = { ...OPTIONS, autoOrient: true, ...(pages > 1 ? { page: pageNo - 1 } : {}) };
      const of = pages > 1 ? await decoding((failOn) => sharp(file, { ...options, failOn }).metadata()) : metadata;
      checkSize(of);
      return {
        width: of.autoOrient.width,
        height: of.autoOrient.height,
        pixels: (longest) => decoding((failOn) => rawPixels(sharp(file, { ...options, failOn }), longest)),
      };
    },
    close: () => undefined,
  };
}

/** A JPEG of pixels: no metadata, no profile, no thumbnail. */
export async function jpegOf({ data, width, height }: Pixels, quality: number): Promise<Buffer> {
  const picture = sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: MOST_PIXELS });
  return await picture.jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0' }).toBuffer();
}

/** Pixels turned clockwise. */
export async function turned(pixels: Pixels, turn: 0 | 90 | 180 | 270): Promise<Pixels> {
  if (turn === 0) return pixels;
  const { width, height } = pixels;
  const { data, info } = await sharp(pixels.data, { raw: { width, height, channels: 3 } })
    .rotate(turn)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** The same picture, smaller: at most `longest` pixels on its long side. */
export async function shrunk(pixels: Pixels, longest: number): Promise<Pixels> {
  const { width, height } = pixels;
  if (Math.max(width, height) <= longest) return pixels;
  return await rawPixels(sharp(pixels.data, { raw: { width, height, channels: 3 } }), longest);
}
