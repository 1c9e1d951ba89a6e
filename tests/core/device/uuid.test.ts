import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuidSchema } from '../../../src/contract/primitives.ts';
import { uuidV7 } from '../../../src/main/core/device/uuid.ts';

const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('an id born at the counter', () => {
  it('is the one that RFC 9562 prints for its example', () => {
    // Appendix A.6: 2022-02-22 19:22:22.00 UTC, rand_a CC3, rand_b 18C4DC0C0C07398F.
    const random = Buffer.from('0000000000000cc398c4dc0c0c07398f', 'hex');
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('is a valid UUID of version 7, and later ones sort after earlier ones', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), bytes, bytes, (ms, one, two) => {
        const [early, late] = [uuidV7(ms, one), uuidV7(ms + 1, two)];
        expect(uuidSchema.safeParse(early).success).toBe(true);
        expect(early[14]).toBe('7');
        expect('89ab').toContain(early[19]);
        expect(early < late).toBe(true);
      }),
    );
  });

  it('does not take the bytes of its caller away, and refuses too few of them or no time', () => {
    const random = new Uint8Array(16).fill(255);
    uuidV7(1, random);
    expect(random).toEqual(new Uint8Array(16).fill(255));
    expect(() => uuidV7(1, new Uint8Array(15))).toThrow(RangeError);
    expect(() => uuidV7(-1, random)).toThrow(RangeError);
    expect(() => uuidV7(0.5, random)).toThrow(RangeError);
  });
});
