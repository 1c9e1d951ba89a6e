import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskName, maskPhone } from '../../src/domain/mask.ts';

describe('masked names and phones', () => {
  it('keep the first letter and the length of each word', () => {
    expect(maskName('SITI NUR AISYAH')).toBe('S*** N** A*****');
    expect(maskName("  Nu'man   bin  X ")).toBe('N***** b** X');
    expect(maskName('')).toBe('');
  });

  it('show nothing but first letters, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        for (const word of maskName(name).split(' ')) expect([...word].slice(1).every((one) => one === '*')).toBe(true);
      }),
    );
  });

  it('leave the last three digits of a phone', () => {
    expect(maskPhone('0812-3456-7890')).toBe('*********890');
    expect(maskPhone('123')).toBe('***');
    expect(maskPhone('')).toBe('');
  });
});
