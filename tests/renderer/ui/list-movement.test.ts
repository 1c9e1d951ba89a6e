import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movedIndex } from '../../../src/renderer/ui/list-movement.ts';

const KEYS = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];

describe('arrows in a list', () => {
  it('never leave it, wherever they start and however long it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.nat(), fc.constantFrom(...KEYS), (length, start, key) => {
        const moved = movedIndex(key, (start % (length + 1)) - 1, length);
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThan(length);
      }),
    );
  });

  it('choose the first row by going down and the last by going up', () => {
    expect(movedIndex('ArrowDown', -1, 5)).toBe(0);
    expect(movedIndex('ArrowUp', -1, 5)).toBe(4);
  });

  it('do nothing in an empty list, and other keys never move', () => {
    expect(movedIndex('ArrowDown', -1, 0)).toBeUndefined();
    expect(movedIndex('a', 0, 5)).toBeUndefined();
  });
});
