import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { systemWait } from '../../../src/main/core/device/system-ports.ts';
import { forkPageWorker } from '../../../src/main/core/documents/fork-page-worker.ts';
import { createPageDesk, type PageDesk } from '../../../src/main/core/documents/page-desk.ts';
import { pdfOf, pngBomb, smallZip } from '../../support/hostile-pages.ts';
import { createRecordingLog } from '../../support/recording-log.ts';
import { cardPhoto } from '../../support/test-pages.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect width="9" height="9"/></svg>';
const held: { desk?: PageDesk; photo?: Buffer; png?: Buffer } = {};
const desk = (): PageDesk => held.desk ?? expect.fail('no desk');
const photo = (): Buffer => held.photo ?? expect.fail('no photo');
const png = (): Buffer => held.png ?? expect.fail('no picture');

beforeAll(async () => {
  held.desk = createPageDesk({ start: () => forkPageWorker(), wait: systemWait(), log: createRecordingLog() });
  held.photo = await cardPhoto('CONTOH');
  held.png = await sharp(held.photo).resize(600).png().toBuffer();
});
afterAll(() => held.desk?.stop());

/** A JPEG with a segment of our own after its first marker. */
const withComment = (jpeg: Buffer, text: string): Buffer => {
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 255]);
  return Buffer.concat([head, Buffer.from(text, 'latin1'), jpeg.subarray(2)]);
};

type Case = readonly [what: string, file: () => Buffer | Promise<Buffer>, code: string, found: string | undefined];
const CASES: readonly Case[] = [
  ['of 0 bytes', () => Buffer.alloc(0), 'PAGE_EMPTY', undefined],
  ['of one byte', () => Buffer.from([0xff]), 'PAGE_NOT_A_PICTURE', 'unknown'],
  ['that is an SVG with the name of a photo', () => Buffer.from(SVG), 'PAGE_NOT_A_PICTURE', 'svg'],
  ['that is HTML', () => Buffer.from('<!doctype html><script>1</script>'), 'PAGE_NOT_A_PICTURE', 'html'],
  ['that is a GIF and a script', () => Buffer.from('GIF89a/*...*/=1;alert(1)'), 'PAGE_NOT_A_PICTURE', 'gif'],
  ['of an iPhone (HEIC)', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'PAGE_NOT_A_PICTURE', 'heic'],
  ['that is a program', () => Buffer.from('MZ\x90\0\x03'), 'PAGE_NOT_A_PICTURE', 'program'],
  ['that is a zip', smallZip, 'PAGE_NOT_A_PICTURE', 'zip'],
  ['that was torn in the middle (JPEG)', () => photo().subarray(0, 40_000), 'PAGE_DAMAGED', 'torn'],
  ['that lost its last byte (JPEG)', () => photo().subarray(0, photo().length - 1), 'PAGE_DAMAGED', 'torn'],
  ['that was torn in the middle (PNG)', () => png().subarray(0, 9_000), 'PAGE_DAMAGED', 'torn'],
  ['whose middle is gone, with its end in place', () => torn(photo()), 'PAGE_DAMAGED', 'decoder'],
  ['that is a bomb of 50,000 times 50,000 pixels', () => pngBomb(50_000), 'PAGE_TOO_MANY_PIXELS', undefined],
  ['with an archive behind the picture', () => Buffer.concat([photo(), smallZip()]), 'PAGE_HOSTILE', 'archive'],
  [
    'with a page of HTML behind the picture',
    () => Buffer.concat([photo(), Buffer.from(SVG)]),
    'PAGE_HOSTILE',
    'script',
  ],
  ['with a script in its comment', () => withComment(photo(), '<script>1</script>'), 'PAGE_HOSTILE', 'script'],
  ['that is a PDF inside of a photo', () => Buffer.concat([photo(), pdfOf(1)]), 'PAGE_HOSTILE', 'script'],
  ['that is a PDF and an archive', () => Buffer.concat([pdfOf(1), smallZip()]), 'PAGE_HOSTILE', 'archive'],
  ['that is a PDF of 1,000 pages', () => pdfOf(1000), 'PDF_TOO_LONG', undefined],
  ['that is a locked PDF', () => pdfOf(1, { locked: true }), 'PDF_LOCKED', undefined],
  ['that is half of a PDF', () => pdfOf(3).subarray(0, 300), 'PAGE_DAMAGED', 'pdf'],
  [
    'that is a strip of paper of ten kilometres',
    () => pdfOf(1, { mediaBox: '0 0 1 14400' }),
    'PAGE_DAMAGED',
    'pdf-page',
  ],
];

/** Bytes out of the middle are gone, the end marker stands. */
function torn(jpeg: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 30_000), jpeg.subarray(jpeg.length - 2)]);
}

describe('a file', () => {
  it.each(CASES.map(([what, file, code, found]) => ({ what, file, code, found })))(
    '$what is refused with $code before anything is kept',
    async ({ file, code, found }) => {
      const bytes = await file();
      const details = found === undefined ? {} : { details: { found } };
      const looked = await desk().look(bytes, 1);
      expect(looked).toMatchObject({ ok: false, error: { code, ...details } });
      const kept = await desk().keep({ file: bytes, pageNo: 1, quad: null, turn: 0, targetBytes: 220_000 });
      expect(kept).toMatchObject({ ok: false, error: { code } });
    },
  );

  it('that a phone made longer with a film of the moment is a photo, and the film is left behind', async () => {
    const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42'), Buffer.alloc(50_000, 7)]);
    const kept = await desk().keep({
      file: Buffer.concat([photo(), film]),
      pageNo: 1,
      quad: null,
      turn: 0,
      targetBytes: 220_000,
    });
    if (!kept.ok) return expect.fail(kept.error.code);
    expect(Buffer.from(kept.value.jpeg).includes('ftyp')).toBe(false);
  });

  it('loses everything but its pixels: place, camera, thumbnail, comment, profile', async () => {
    const exif = { IFD0: { Model: 'KAMERA-RAHASIA' }, IFD3: { GPSLatitude: '7/1 50/1 0/1' } };
    const marked = await sharp(photo()).withExif(exif).withIccProfile('p3').jpeg().toBuffer();
    expect((await sharp(marked).metadata()).exif).toBeDefined();
    const kept = await desk().keep({
      file: withComment(marked, 'NIK 3506011234567890'),
      pageNo: 1,
      quad: null,
      turn: 0,
      targetBytes: 220_000,
    });
    if (!kept.ok) return expect.fail(kept.error.code);
    const { exif: left, icc, xmp, iptc, comments } = await sharp(kept.value.jpeg).metadata();
    expect([left, icc, xmp, iptc, comments]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    const bytes = Buffer.from(kept.value.jpeg);
    expect(['KAMERA', '3506011234567890', 'Exif', 'ICC_PROFILE'].filter((text) => bytes.includes(text))).toEqual([]);
  });
});
