import sharp, { type Sharp } from 'sharp';
import { type CardRandom, cardRandom } from './cards/card-random.ts';
import { pdfOf, pngBomb, smallZip } from './hostile-pages.ts';
import { HOSTILE_PDFS } from './hostile-pdfs.ts';
import { cardPhoto } from './test-pages.ts';

/** A file that an officer could be handed, and how it was made. */
export type HostileFile = { readonly what: string; readonly bytes: Buffer };

type Good = Readonly<Record<'jpeg' | 'png' | 'webp' | 'tiff' | 'pdf', Buffer>>;

async function goodFiles(): Promise<Good> {
  const jpeg = await cardPhoto('CONTOH', { width: 800, height: 600 });
  const of = (): Sharp => sharp(jpeg);
  return {
    jpeg,
    png: await of().resize(400).png().toBuffer(),
    webp: await of().webp().toBuffer(),
    tiff: await of().resize(400).tiff({ compression: 'lzw' }).toBuffer(),
    pdf: pdfOf(3),
  };
}

/** Some bytes anywhere are other bytes. */
function mutated(bytes: Buffer, random: CardRandom): Buffer {
  const copy = Buffer.from(bytes);
  const count = random.whole(1, 40);
  // Half of them hit the head, where the structure is.
  const reach = random.fraction() < 0.5 ? Math.min(600, copy.length) : copy.length;
  for (let one = 0; one < count; one += 1) copy[random.whole(0, reach - 1)] = random.whole(0, 255);
  return copy;
}

/** A length, an offset or a count says something else: nothing, everything, or less than nothing. */
function otherLength(bytes: Buffer, random: CardRandom): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.whole(2, Math.min(400, copy.length - 5));
  const value = random.oneOf([0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fffe]);
  if (random.fraction() < 0.5) copy.writeUInt32BE(value, at);
  else copy.writeUInt16BE(value & 0xffff, at);
  return copy;
}

/** The size inside a JPEG's frame header. */
function hugeJpeg(jpeg: Buffer, random: CardRandom): Buffer {
  const copy = Buffer.from(jpeg);
  const frame = copy.findIndex((byte, at) => byte === 0xff && /^c[0-3]$/.test((copy[at + 1] ?? 0).toString(16)));
  copy.writeUInt16BE(random.oneOf([0, 1, 30_000, 65_535]), frame + 5);
  copy.writeUInt16BE(random.oneOf([0, 1, 30_000, 65_535]), frame + 7);
  return copy;
}

const SVG_BOMB = `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "${'x'.repeat(100)}"><!ENTITY b "${'&a;'.repeat(100)}"><!ENTITY c "${'&b;'.repeat(100)}">]><svg xmlns="http://www.w3.org/2000/svg" width="9000" height="9000"><text>${'&c;'.repeat(100)}</text><image href="file:///etc/passwd"/></svg>`;

/** Whole files of other kinds. */
const OTHERS: Readonly<Record<string, (random: CardRandom) => Buffer>> = {
  'nothing at all': () => Buffer.alloc(0),
  'one byte': (random) => Buffer.from([random.whole(0, 255)]),
  'an SVG full of entities': () => Buffer.from(SVG_BOMB),
  'a page of HTML': () => Buffer.from('<!doctype html><script>fetch("/api")</script>'),
  'a zip': () => smallZip(),
  'a program of Windows': (random) => Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), noise(random, 3000)]),
  'a program of Linux': (random) => Buffer.concat([Buffer.from('\x7fELF\x02', 'latin1'), noise(random, 3000)]),
  'a GIF': (random) => Buffer.concat([Buffer.from('GIF89a'), noise(random, 500)]),
  'a HEIC': (random) =>
    Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), noise(random, 500)]),
  noise: (random) => noise(random, random.whole(2, 5000)),
  'noise behind the first bytes of a JPEG': (random) =>
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), noise(random, 3000), Buffer.from([0xff, 0xd9])]),
  'a PNG bomb': (random) => pngBomb(random.oneOf([9_000, 20_000, 50_000, 200_000])),
};

const noise = (random: CardRandom, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.whole(0, 255)));

/** Another file behind a good one, or before it. */
function polyglot(good: Good, random: CardRandom): Buffer {
  const first = good[random.oneOf(['jpeg', 'png', 'webp', 'tiff', 'pdf'] as const)];
  const second = random.oneOf([smallZip(), Buffer.from(SVG_BOMB), good.pdf, good.jpeg, noise(random, 200)]);
  return random.fraction() < 0.8 ? Buffer.concat([first, second]) : Buffer.concat([second, first]);
}

/** Unusual and harmless: these must be kept, or the rest of the run says nothing. */
async function unusual(good: Good, random: CardRandom): Promise<Buffer> {
  const from = sharp(good.jpeg).resize(random.whole(200, 800));
  const ways = [
    (): Promise<Buffer> =>
      from
        .withMetadata({ orientation: random.whole(1, 8) })
        .jpeg()
        .toBuffer(),
    (): Promise<Buffer> => from.jpeg({ progressive: true, quality: random.whole(20, 95) }).toBuffer(),
    (): Promise<Buffer> => from.greyscale().png({ compressionLevel: 9 }).toBuffer(),
    (): Promise<Buffer> => from.toColourspace('cmyk').jpeg().toBuffer(),
    (): Promise<Buffer> => from.toColourspace('rgb16').png().toBuffer(),
    (): Promise<Buffer> => from.webp({ lossless: true }).toBuffer(),
    (): Promise<Buffer> =>
      from
        .withExif({ IFD0: { ImageDescription: 'NIK 3506014107850001' } })
        .jpeg()
        .toBuffer(),
    (): Promise<Buffer> => Promise.resolve(pdfOf(random.whole(1, 20))),
  ];
  return await random.oneOf(ways)();
}

/** Hostile files without end; the same seed gives the same files. */
export async function* hostileFiles(seed: number): AsyncGenerator<HostileFile> {
  const good = await goodFiles();
  const kinds = ['jpeg', 'png', 'webp', 'tiff', 'pdf'] as const;
  const [pdfs, others] = [Object.keys(HOSTILE_PDFS), Object.keys(OTHERS)];
  for (let at = 0; ; at += 1) {
    const random = cardRandom(seed * 1_000_003 + at);
    const kind = random.oneOf(kinds);
    // Every tenth by turns, so that a short run has some of everything.
    const turn = Math.floor(at / 10);
    const pdf = pdfs[turn % pdfs.length] ?? '';
    const other = others[turn % others.length] ?? '';
    const ways: readonly (() => readonly [string, Buffer | Promise<Buffer>])[] = [
      () => [`a ${kind} with other bytes`, mutated(good[kind], random)],
      () => [`a ${kind} cut off`, good[kind].subarray(0, random.whole(1, good[kind].length - 1))],
      () => [`a ${kind} with another length inside`, otherLength(good[kind], random)],
      () => [`a PDF with ${pdf}`, HOSTILE_PDFS[pdf]?.(random) ?? Buffer.alloc(0)],
      () => [other, OTHERS[other]?.(random) ?? Buffer.alloc(0)],
      () => ['a file that is two', polyglot(good, random)],
      () => ['something unusual', unusual(good, random)],
      () => ['a JPEG of another size', hugeJpeg(good.jpeg, random)],
      () => [`a ${kind} with other bytes`, mutated(good[kind], random)],
      () => [`a ${kind} with much noise`, mutated(mutated(mutated(good[kind], random), random), random)],
    ];
    const [what, bytes] = ways[at % ways.length]?.() ?? ['nothing', Buffer.alloc(0)];
    yield { what, bytes: await bytes };
  }
}
