import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { findFields } from '../../../src/main/core/reading/find-fields.ts';
import type { Grey } from '../../../src/main/pages/grey.ts';
import { readOcrA } from '../../../src/main/pages/ocr-a.ts';
import { loadCardFonts } from '../../support/cards/card-fonts.ts';
import { cardRandom } from '../../support/cards/card-random.ts';

const [WIDTH, HEIGHT] = [800, 90];
const WHOLE = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT };

/** A line as it stands on a cleaned page, softened as a lens does it. */
async function lineOf(text: string, font = 'OCRA', soft = 0.8): Promise<Grey> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(HEIGHT)}"><rect width="100%" height="100%" fill="#fff"/><text x="30" y="66" font-family="${font}" font-size="54">${text}</text></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .greyscale()
    .blur(soft)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

beforeAll(loadCardFonts);

describe('digits in OCR-A', () => {
  it('are told by their shapes, every one of them', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const nik = cardRandom(seed).letters('0123456789', 16);
      expect(readOcrA(await lineOf(nik), WHOLE), `seed ${String(seed)}`).toMatchObject({ text: nik });
      expect(readOcrA(await lineOf(`: ${nik}`, 'OCRA', 1.6), WHOLE)?.text, `seed ${String(seed)}`).toBe(nik);
    }
  });

  it('that are fewer than sixteen are no NIK, and another typeface is left to the other reader', async () => {
    expect(readOcrA(await lineOf('350601410785000'), WHOLE)).toBeNull();
    expect(readOcrA(await lineOf('3506014107850001', 'Roboto'), WHOLE)).toBeNull();
    expect(readOcrA(await lineOf(''), WHOLE)).toBeNull();
  });

  it('of which one is covered are none: nothing is guessed', async () => {
    const line = await lineOf('3506014107850001');
    const covered = Uint8Array.from(line.data);
    for (let y = 20; y < 70; y += 1) covered.fill(20, y * WIDTH + 200, y * WIDTH + 236);
    expect(readOcrA({ ...line, data: covered }, WHOLE)).toBeNull();
  });
});

describe('the place of a value', () => {
  it('is one row high, also where the recognition took two rows for one word', () => {
    const word = (text: string, left: number, right: number, bottom: number) => ({
      text,
      confidence: 0.5,
      box: { left, right, top: 100, bottom },
    });
    const line = { words: [word('NIK', 50, 130, 148), word(':', 280, 290, 145), word('35210325', 330, 900, 230)] };
    const [found] = findFields([line], 1600);
    const { top, bottom } = found?.region ?? { top: 0, bottom: 0 };
    expect(bottom - top).toBeLessThan(100);
    expect((top + bottom) / 2).toBeCloseTo(124);
  });
});
