import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { greyOf } from '../../src/main/pages/grey.ts';
import { judgePicture } from '../../src/main/pages/judge-picture.ts';
import { keepPage } from '../../src/main/pages/keep-page.ts';
import { pdfOf } from '../support/hostile-pages.ts';
import { cardPhoto } from '../support/test-pages.ts';

const whole = { pageNo: 1, quad: null, turn: 0 } as const;
const greyOfPhoto = async (photo: Buffer) => {
  const { data, info } = await sharp(photo).resize(1000).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return greyOf({ data, width: info.width, height: info.height });
};

describe('a kept page', () => {
  it('is upright as the camera meant it, turned as the officer asked, and at most 1,600 pixels long', async () => {
    const photo = await cardPhoto('CONTOH', { width: 2400, height: 1800 });
    // Orientation 6: the camera lay on its side.
    const lying = await sharp(photo).withMetadata({ orientation: 6 }).toBuffer();
    const kept = await keepPage({ ...whole, file: lying, targetBytes: 220_000 });
    expect([kept.width, kept.height]).toEqual([1200, 1600]);
    const turned = await keepPage({ ...whole, turn: 90, file: lying, targetBytes: 220_000 });
    expect([turned.width, turned.height]).toEqual([1600, 1200]);
    expect(await sharp(kept.jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 1600, channels: 3 });
  });

  it('weighs at most what policy says where the letters allow it, and keeps them readable where not', async () => {
    const grain = {
      create: {
        width: 1600,
        height: 1200,
        channels: 3,
        background: '#777',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    } as const;
    const noise = await sharp(grain).jpeg({ quality: 95 }).toBuffer();
    const photo = await cardPhoto('CONTOH', { width: 3000, height: 2250 });
    const [light, heavy] = [
      await keepPage({ ...whole, file: photo, targetBytes: 150_000 }),
      await keepPage({ ...whole, file: noise, targetBytes: 150_000 }),
    ];
    expect(light.jpeg.length).toBeLessThanOrEqual(150_000);
    expect(light.width).toBe(1600);
    expect(heavy.width).toBe(1150);
    expect(judgePicture(await greyOfPhoto(Buffer.from(light.jpeg))).sharpness).toBe('good');
  });

  it('is drawn from a PDF, page by page, and from a TIFF of several pages', async () => {
    const fromPdf = await keepPage({ ...whole, pageNo: 2, file: pdfOf(3), targetBytes: 220_000 });
    expect([fromPdf.pdf, fromPdf.width, fromPdf.height]).toEqual([true, 1131, 1600]);
    expect(
      greyOf({ data: await sharp(fromPdf.jpeg).raw().toBuffer(), width: 1131, height: 1600 }).data.some(
        (value) => value < 80,
      ),
    ).toBe(true);
    const tiff = await sharp([await cardPhoto('SATU'), await cardPhoto('DUA')], { join: { animated: true } })
      .tiff()
      .toBuffer();
    expect((await sharp(tiff).metadata()).pages).toBe(2);
    const second = await keepPage({ ...whole, pageNo: 2, file: tiff, targetBytes: 220_000 });
    expect([second.width, second.height]).toEqual([1600, 1200]);
  });

  it('refuses corners that cross or hold nothing', async () => {
    const file = await cardPhoto('CONTOH');
    for (const quad of [
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
      ],
      [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      [
        [0, 0],
        [0, 1],
        [1, 1],
        [1, 0],
      ],
    ] as const) {
      const corners = quad.map(([x, y]): [number, number] => [x, y]);
      const [a, b, c, d] = corners;
      if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four corners');
      await expect(keepPage({ ...whole, quad: [a, b, c, d], file, targetBytes: 220_000 })).rejects.toThrow(
        'PAGE_DAMAGED',
      );
    }
  });
});

describe('what the counter says of a picture', () => {
  it('is that it is blurred, soft or sharp', async () => {
    const photo = await cardPhoto('CONTOH');
    const judged = async (sigma: number) =>
      judgePicture(await greyOfPhoto(sigma === 0 ? photo : await sharp(photo).blur(sigma).toBuffer())).sharpness;
    expect([await judged(0), await judged(3), await judged(8)]).toEqual(['good', 'soft', 'blurred']);
  });

  it('is that it is dark, bright, or has a lamp in it; white paper of a scanner is no lamp', async () => {
    const dark = await sharp(await cardPhoto('CONTOH'))
      .linear(0.25, 0)
      .toBuffer();
    expect(judgePicture(await greyOfPhoto(dark)).light).toBe('dark');
    const lamp = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200"><circle cx="800" cy="600" r="330" fill="#fff"/></svg>',
    );
    const lit = await sharp(await cardPhoto('CONTOH'))
      .composite([{ input: lamp }])
      .toBuffer();
    expect(judgePicture(await greyOfPhoto(lit)).glare).toBe('strong');
    const scan = await sharp({ create: { width: 1200, height: 1600, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer();
    expect(judgePicture(await greyOfPhoto(scan)).glare).toBe('none');
  });
});
