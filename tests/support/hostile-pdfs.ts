import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import type { CardRandom } from './cards/card-random.ts';

type PdfObject = string | { readonly dictionary: string; readonly stream: Buffer };

/** A PDF of these objects, numbered from 1, the first of them the catalogue; its table of places is right. */
function pdfWith(objects: readonly PdfObject[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const places: number[] = [];
  let length = 9;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const [at, object] of objects.entries()) {
    places.push(length);
    add(Buffer.from(`${String(at + 1)} 0 obj\n`));
    if (typeof object === 'string') add(Buffer.from(object, 'latin1'));
    else {
      add(Buffer.from(`<< /Length ${String(object.stream.length)} ${object.dictionary} >>\nstream\n`, 'latin1'));
      add(object.stream);
      add(Buffer.from('\nendstream'));
    }
    add(Buffer.from('\nendobj\n'));
  }
  const table = length;
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  add(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}`));
  add(Buffer.from(`trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${String(table)}\n%%EOF\n`));
  return Buffer.concat(parts);
}

const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>';
const ONE_PAGE = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>';
const page = (resources: string): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`;
const draw = (text: string): PdfObject => ({ dictionary: '', stream: Buffer.from(text) });

/** A page with one picture whose bytes are garbage for its decoder. */
function pictureOf(filter: string, bytes: Buffer, size: number): Buffer {
  const side = String(size);
  const dictionary = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent ${filter === 'JBIG2Decode' ? '1' : '8'} /Filter /${filter}`;
  const objects = [CATALOGUE, ONE_PAGE, page('/XObject << /I 5 0 R >>'), draw('500 0 0 500 40 40 cm /I Do')];
  return pdfWith([...objects, { dictionary, stream: bytes }]);
}

const garbage = (random: CardRandom, length: number, head: readonly number[] = []): Buffer =>
  Buffer.from([...head, ...Array.from({ length }, () => random.whole(0, 255))]);

/** So many million blanks, packed: the same block again and again, and the wrong checksum, at which readers do not look. */
function blanks(millions: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(1_000_000, 0x20), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([Buffer.from([0x78, 0xda]), ...Array.from({ length: millions }, () => block), LAST_BLOCK]);
}
const LAST_BLOCK = Buffer.from([0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 0]);

const JPX_HEAD = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
const JBIG2_HEAD = [0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 0x13, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff];

/** PDFs that were built to hurt a reader, by name. */
export const HOSTILE_PDFS: Readonly<Record<string, (random: CardRandom) => Buffer>> = {
  'pages that are their own parents': () => pdfWith([CATALOGUE, '<< /Type /Pages /Count 1 /Kids [2 0 R] >>']),
  'a tree of pages ten thousand deep': () =>
    pdfWith([
      CATALOGUE,
      ...Array.from({ length: 10_000 }, (_, at) => `<< /Type /Pages /Count 1 /Kids [${String(at + 3)} 0 R] >>`),
      '<< /Type /Page /MediaBox [0 0 595 842] >>',
    ]),
  'a hundred thousand brackets': () =>
    pdfWith([`<< /Type /Catalog /Pages 2 0 R /X ${'['.repeat(100_000)} >>`, ONE_PAGE]),
  'a form that draws itself': () =>
    pdfWith([
      CATALOGUE,
      ONE_PAGE,
      page('/XObject << /F 5 0 R >>'),
      draw('/F Do'),
      {
        dictionary: '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >>',
        stream: Buffer.from('/F Do /F Do /F Do'),
      },
    ]),
  'a stream that becomes 300 megabytes': () =>
    pdfWith([CATALOGUE, ONE_PAGE, page(''), { dictionary: '/Filter /FlateDecode', stream: blanks(300) }]),
  'a page of a thousand kilometres': () =>
    pdfWith([CATALOGUE, ONE_PAGE, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2147483647 2147483647] >>']),
  'a page of no size': () => pdfWith([CATALOGUE, ONE_PAGE, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 -5] >>']),
  'a count of two thousand million pages': () =>
    pdfWith([CATALOGUE, '<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>']),
  'a garbled JPEG 2000': (random) => pictureOf('JPXDecode', garbage(random, 4000, JPX_HEAD), 3000),
  'a garbled JBIG2': (random) => pictureOf('JBIG2Decode', garbage(random, 4000, JBIG2_HEAD), 3000),
  'a garbled JPEG': (random) => pictureOf('DCTDecode', garbage(random, 4000, [0xff, 0xd8, 0xff]), 3000),
  'a picture of 60,000 times 60,000': (random) => pictureOf('FlateDecode', deflateSync(garbage(random, 100)), 60_000),
  'a million lines': (random) =>
    pdfWith([
      CATALOGUE,
      ONE_PAGE,
      page(''),
      {
        dictionary: '/Filter /FlateDecode',
        stream: deflateSync(`${'0 0 m 595 842 l S '.repeat(300_000 + random.whole(0, 1000))}`),
      },
    ]),
  'a script that wants to run': () =>
    pdfWith([
      '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while\\(1\\){}) >> >>',
      ONE_PAGE,
      page(''),
      draw(''),
    ]),
  'no table of places': () =>
    Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n99999999\n%%EOF'),
};
