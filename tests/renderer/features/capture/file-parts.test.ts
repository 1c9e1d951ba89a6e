import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../src/renderer/features/capture/file-parts.ts';

describe('a file on its way into the core', () => {
  it('is cut into pieces that follow each other without a hole, none too long', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 700 }), (length, most) => {
        const parts = partsOf(length, most);
        let at = 0;
        for (const part of parts) {
          expect(part.offset).toBe(at);
          expect(part.from).toBe(at);
          expect(part.to - part.from).toBeLessThanOrEqual(most);
          at = part.to;
        }
        expect(at).toBe(length);
      }),
    );
  });

  it('has no piece when it is empty', () => {
    expect(partsOf(0, 512)).toEqual([]);
  });
});
