import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Corner,
  cropOf,
  INSIDE,
  inPicture,
  isUsable,
  moveCorner,
  nudgeCorner,
  onScreen,
  turned,
  type Turn,
  WHOLE,
} from '../../../../src/renderer/features/capture/crop-quad.ts';

const TURNS: readonly Turn[] = [0, 90, 180, 270];
const share = fc.double({ min: 0, max: 1, noNaN: true });
const corner = fc.tuple(share, share);
const turn = fc.constantFrom(...TURNS);

describe('the corners of a page', () => {
  it('are taken from the screen to the picture and back without moving, however the page is turned', () => {
    fc.assert(
      fc.property(corner, turn, (place, by) => {
        const [x, y] = inPicture(onScreen(place, by), by);
        expect(x).toBeCloseTo(place[0], 10);
        expect(y).toBeCloseTo(place[1], 10);
      }),
    );
  });

  it('go once round in four quarter turns: what was above left stands above right after the first', () => {
    expect(onScreen([0, 0], 90)).toEqual([1, 0]);
    expect(TURNS.map(turned)).toEqual([90, 180, 270, 0]);
  });

  it('never fold the page and never leave the picture, wherever somebody drags them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.tuple(fc.double(), fc.double())), { maxLength: 30 }), (moves) => {
        let quad = INSIDE;
        for (const [index, to] of moves) quad = moveCorner(quad, index, to);
        expect(isUsable(quad)).toBe(true);
        for (const each of quad.flat()) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('move with an arrow the way the arrow points, also on a page that is shown turned', () => {
    const arrows: readonly (readonly [string, number, number])[] = [
      ['ArrowLeft', -1, 0],
      ['ArrowRight', 1, 0],
      ['ArrowUp', 0, -1],
      ['ArrowDown', 0, 1],
    ];
    for (const by of TURNS) {
      for (const [key, x, y] of arrows) {
        const moved = nudgeCorner(INSIDE, 2, key, false, by);
        const before = onScreen(INSIDE[2], by);
        const after = onScreen(moved?.[2] ?? before, by);
        expect(Math.sign(Math.round((after[0] - before[0]) * 1000))).toBe(x);
        expect(Math.sign(Math.round((after[1] - before[1]) * 1000))).toBe(y);
      }
    }
  });

  it('go ten times as far with Shift, and stand still for any other key', () => {
    const near = nudgeCorner(INSIDE, 0, 'ArrowRight', false, 0)?.[0][0] ?? 0;
    const far = nudgeCorner(INSIDE, 0, 'ArrowRight', true, 0)?.[0][0] ?? 0;
    expect((far - INSIDE[0][0]) / (near - INSIDE[0][0])).toBeCloseTo(10, 6);
    expect(nudgeCorner(INSIDE, 0, 'Enter', false, 0)).toBeUndefined();
    expect(nudgeCorner(INSIDE, 0, 'constructor', false, 0)).toBeUndefined();
  });

  it('are sent as no crop when they stand in the corners of the picture', () => {
    expect(cropOf(WHOLE)).toBeNull();
    expect(cropOf(INSIDE)).toEqual(INSIDE);
    const almost: Corner = [0.01, 0];
    expect(cropOf([almost, WHOLE[1], WHOLE[2], WHOLE[3]])).not.toBeNull();
  });
});
