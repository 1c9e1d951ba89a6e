import { describe, expect, it } from 'vitest';
import {
  guideFor,
  liveHint,
  measureFrame,
  type Pixels,
  STEADY_LOOKS,
  steadyLooks,
} from '../../../../src/renderer/features/capture/frame-hints.ts';

const WIDTH = 192;
const HEIGHT = 108;
const guide = guideFor('card', WIDTH, HEIGHT);

/** A picture drawn point by point in grey. */
function picture(width: number, height: number, level: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const grey = level(at % width, Math.floor(at / width));
    data.set([grey, grey, grey, 255], at * 4);
  }
  return { data, width, height };
}

const inGuide = (x: number, y: number): boolean =>
  x / WIDTH >= guide.left && x / WIDTH <= guide.right && y / HEIGHT >= guide.top && y / HEIGHT <= guide.bottom;
/** A light card that fills the guide, on a dark table. */
const card = picture(WIDTH, HEIGHT, (x, y) => (inGuide(x, y) ? 190 : 70));
/** Fine lines, as small print has them. */
const print = picture(64, 64, (x) => (x % 4 < 2 ? 60 : 200));
const soft = picture(64, 64, (x) => 100 + x);
const hint = (small: Pixels, piece: Pixels = print) => liveHint(measureFrame(small, piece, guide));

describe('the live hints', () => {
  it('say that a sharp, evenly lit card in the guide is good', () => {
    expect(hint(card)).toBe('good');
  });

  it('name blur when the fine lines are gone', () => {
    expect(hint(card, soft)).toBe('blur');
  });

  it('name darkness and too much light before anything else', () => {
    expect(hint(picture(WIDTH, HEIGHT, () => 20))).toBe('dark');
    expect(hint(picture(WIDTH, HEIGHT, () => 240))).toBe('bright');
  });

  it('name a reflection that burns a twentieth of the card away', () => {
    const shiny = picture(WIDTH, HEIGHT, (x, y) =>
      Math.hypot(x - WIDTH / 2, y - HEIGHT / 2) < 16 ? 255 : inGuide(x, y) ? 190 : 70,
    );
    expect(hint(shiny)).toBe('glare');
  });

  it('ask for the paper to be brought into the guide when no edge runs along it', () => {
    expect(hint(picture(WIDTH, HEIGHT, () => 150))).toBe('edges');
    const small = picture(WIDTH, HEIGHT, (x, y) => (x > 80 && x < 110 && y > 45 && y < 65 ? 190 : 70));
    expect(hint(small)).toBe('edges');
  });

  it('let the automatic shutter go only after a row of good looks', () => {
    let looks = 0;
    for (let seen = 0; seen < STEADY_LOOKS - 1; seen += 1) looks = steadyLooks(looks, 'good');
    expect(looks).toBeLessThan(STEADY_LOOKS);
    expect(steadyLooks(looks, 'good')).toBe(STEADY_LOOKS);
    expect(steadyLooks(looks, 'blur')).toBe(0);
  });
});

describe('the guide', () => {
  it('has the shape of a card or of an A4 sheet and lies inside every picture', () => {
    for (const [width, height] of [
      [1920, 1080],
      [1280, 960],
      [480, 640],
    ] as const) {
      for (const [shape, ratio] of [
        ['card', 85.6 / 54],
        ['sheet', 210 / 297],
      ] as const) {
        const { left, top, right, bottom } = guideFor(shape, width, height);
        expect(((right - left) * width) / ((bottom - top) * height)).toBeCloseTo(ratio, 6);
        expect(Math.min(left, top)).toBeGreaterThan(0.05);
        expect(Math.max(right, bottom)).toBeLessThan(0.95);
      }
    }
  });
});
