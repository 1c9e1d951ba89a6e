import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { findPaper } from '../../src/main/pages/find-paper.ts';
import { greyOf } from '../../src/main/pages/grey.ts';
import { sizeOfQuad, straightened } from '../../src/main/pages/straighten.ts';
import type { Pixels } from '../../src/main/pages/picture.ts';
import type { Quad } from '../../src/contract/views-documents.ts';

const SIZE = { width: 1000, height: 750 } as const;

async function picture(inside: string): Promise<Pixels> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="750">${inside}</svg>`;
  const data = await sharp(Buffer.from(svg)).flatten().removeAlpha().raw().toBuffer();
  return { data, ...SIZE };
}

const text = (x: number, y: number): string =>
  Array.from(
    { length: 7 },
    (_, n) =>
      `<text x="${String(x)}" y="${String(y + n * 45)}" font-size="28" font-family="monospace">CONTOH 350601 ${String(n)}</text>`,
  ).join('');

type Corners = readonly (readonly [number, number])[];
const card = (corners: Corners, paper: string, table: string): string =>
  `<rect width="1000" height="750" fill="${table}"/><polygon points="${corners.map((corner) => corner.join(',')).join(' ')}" fill="${paper}"/>${text(330, 260)}`;

const STRAIGHT: Corners = [
  [200, 140],
  [820, 140],
  [820, 600],
  [200, 600],
];
const SLANTED: Corners = [
  [240, 120],
  [800, 190],
  [760, 640],
  [180, 560],
];
const TILTED: Corners = [
  [300, 90],
  [780, 130],
  [860, 640],
  [190, 610],
];

/** How far the worst corner is from where the paper lies, as a share of the picture's long side. */
function worst(found: Quad, corners: Corners): number {
  return Math.max(
    ...found.map(
      ([x, y], at) => Math.hypot(x * 1000 - (corners[at]?.[0] ?? 0), y * 750 - (corners[at]?.[1] ?? 0)) / 1000,
    ),
  );
}

describe('a card on a table', () => {
  it.each([
    ['straight on dark wood', STRAIGHT, '#dfe9ef', '#4a3a2c'],
    ['turned on dark wood', SLANTED, '#dfe9ef', '#4a3a2c'],
    ['seen at a slant on grey', TILTED, '#f4f0e2', '#7d8288'],
    ['that is blue on a white table', SLANTED, '#7aa6c9', '#f3f3f0'],
  ])('%s is found with its corners', async (_what, corners, paper, table) => {
    const found = findPaper(greyOf(await picture(card(corners, paper, table))));
    if (found === null) return expect.fail('not found');
    expect(worst(found, corners)).toBeLessThan(0.015);
  });

  it('is straightened to what it looks like from above', async () => {
    const pixels = await picture(
      `<rect width="1000" height="750" fill="#222"/><polygon points="240,120 800,190 760,640 180,560" fill="#fff"/>`,
    );
    const quad: Quad = [
      [0.24, 0.16],
      [0.8, 190 / 750],
      [0.76, 640 / 750],
      [0.18, 560 / 750],
    ];
    const { width, height } = sizeOfQuad(quad, SIZE.width, SIZE.height);
    const flat = straightened(pixels, quad, Math.round(width), Math.round(height));
    const grey = greyOf(flat).data;
    const white = grey.reduce((sum, value) => sum + Number(value > 200), 0) / grey.length;
    expect(white).toBeGreaterThan(0.99);
  });
});

describe('no paper', () => {
  it.each([
    ['an empty table', '<rect width="1000" height="750" fill="#8a7a66"/>'],
    ['a round plate', '<rect width="1000" height="750" fill="#444"/><circle cx="500" cy="375" r="300" fill="#eee"/>'],
    ['a picture full of text', `<rect width="1000" height="750" fill="#fff"/>${text(60, 80)}${text(60, 420)}`],
    [
      'a paper that goes over the rim on two sides',
      '<rect width="1000" height="750" fill="#444"/><polygon points="-200,-200 700,-100 640,500 -200,420" fill="#eee"/>',
    ],
  ])('is guessed for %s', async (_what, inside) => {
    expect(findPaper(greyOf(await picture(inside)))).toBeNull();
  });
});
