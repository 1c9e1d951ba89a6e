import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createColumnCipher } from '../../../src/main/core/device/column-cipher.ts';
import { createSecrets } from '../../../src/main/core/device/key-store.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';

const cipherOf = (seed: number) =>
  createColumnCipher(createSecrets(createSeededRandom(seed)), createSeededRandom(`n${seed}`));

describe('an encrypted column', () => {
  it('gives back what was put in, and shows nothing of it', () => {
    const cipher = cipherOf(1);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const sealed = cipher.seal(text, 'vehicle.row');
        expect(cipher.open(sealed, 'vehicle.row')).toBe(text);
        if (text.length > 3) expect(Buffer.from(sealed, 'base64url').includes(text)).toBe(false);
      }),
    );
  });

  it('is another text at every sealing, so that equal owners cannot be seen', () => {
    const cipher = cipherOf(1);
    expect(cipher.seal('SITI', 'owner')).not.toBe(cipher.seal('SITI', 'owner'));
  });

  it('does not open in another column, under another key, shortened or changed by a bit', () => {
    const cipher = cipherOf(1);
    const sealed = cipher.seal('AG 1234 XY', 'nrkb');
    expect(() => cipher.open(sealed, 'owner')).toThrow('a sealed value of owner does not open');
    expect(() => cipherOf(2).open(sealed, 'nrkb')).toThrow('does not open');
    expect(() => cipher.open(sealed.slice(0, 20), 'nrkb')).toThrow('does not open');
    const size = Buffer.from(sealed, 'base64url').length * 8;
    fc.assert(
      fc.property(fc.nat(size - 1), (bit) => {
        const bytes = Buffer.from(sealed, 'base64url');
        const at = Math.floor(bit / 8);
        bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit % 8)), at);
        expect(() => cipher.open(bytes.toString('base64url'), 'nrkb')).toThrow('does not open');
      }),
    );
  });
});

describe('a search key', () => {
  it('is the same for the same text in the same column of the same device, and for nothing else', () => {
    const keys = [
      cipherOf(1).index('AG 1234 XY', 'nrkb'),
      cipherOf(1).index('AG 1234 XZ', 'nrkb'),
      cipherOf(1).index('AG 1234 XY', 'chassis'),
      cipherOf(2).index('AG 1234 XY', 'nrkb'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(cipherOf(1).index('AG 1234 XY', 'nrkb')).toBe(keys[0]);
  });
});
