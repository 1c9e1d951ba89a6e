import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the browser's camera sees in every end-to-end test: a card on a table. Written before a camera is opened. */
export const CARD_VIDEO = join(tmpdir(), 'opop-e2e-card.y4m');

const WIDTH = 1280;
const HEIGHT = 720;
const CARD = { left: 150, top: 50, right: 1130, bottom: 670 } as const;

/** Light card, dark table, and lines like print on it; a little different in each video, so that no two pages are one. */
function luma(x: number, y: number, seed: number): number {
  const { left, top, right, bottom } = CARD;
  if (x < left || x >= right || y < top || y >= bottom) return 70 + ((x + y) % 3);
  const row = Math.floor((y - top) / 30);
  const inLine =
    (y - top) % 30 > 10 && row % 2 === 1 && x > left + 40 && x < right - 60 - ((row * 53 + seed * 37) % 260);
  return inLine && (x * 7 + row * 13 + seed) % 9 < 5 ? 55 : 195;
}

/** Writes the card as a video of one picture; `seed` makes it another card. */
export function writeCardVideo(seed: number): void {
  const y = Buffer.alloc(WIDTH * HEIGHT);
  for (let at = 0; at < y.length; at += 1) y[at] = luma(at % WIDTH, Math.floor(at / WIDTH), seed);
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), y, chroma]);
  mkdirSync(dirname(CARD_VIDEO), { recursive: true });
  writeFileSync(CARD_VIDEO, Buffer.concat([head, frame, frame]));
}

/** A PDF of this many pages, each with its number on it. */
export function pdfOf(pages: number): Buffer {
  const objects: string[] = ['<</Type/Catalog/Pages 2 0 R>>'];
  const kids = Array.from({ length: pages }, (_, at) => `${4 + at * 2} 0 R`).join(' ');
  objects.push(`<</Type/Pages/Count ${pages}/Kids[${kids}]>>`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  for (let at = 0; at < pages; at += 1) {
    const text = `BT /F1 48 Tf 60 700 Td (Halaman ${at + 1}) Tj ET`;
    const page = `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${5 + at * 2} 0 R`;
    objects.push(`${page}/Resources<</Font<</F1 3 0 R>>>>>>`);
    objects.push(`<</Length ${text.length}>>stream\n${text}\nendstream`);
  }
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const end = `${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, 'latin1');
}

/** A picture that is none: a drawing with a program in it, named like a photograph. */
export const HOSTILE = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
