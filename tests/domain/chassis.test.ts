import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseChassisTail } from '../../src/domain/chassis.ts';

describe('the last five characters of a chassis number', () => {
  it('are the same from the tail, the whole number, in any case and with any separators', () => {
    const characters = fc.array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'), {
      minLength: 5,
      maxLength: 17,
    });
    fc.assert(
      fc.property(characters, fc.constantFrom('', ' ', '-', '.', '*', '/'), (list, between) => {
        const tail = list.slice(-5).join('');
        expect(normaliseChassisTail(list.join(between).toLowerCase())).toEqual({ ok: true, value: tail });
        expect(normaliseChassisTail(tail)).toEqual({ ok: true, value: tail });
      }),
    );
  });

  it('come out of a stencil between asterisks and of a full-width keyboard', () => {
    expect(normaliseChassisTail('*MH1JF5137AK123456*')).toEqual({ ok: true, value: '23456' });
    expect(normaliseChassisTail('２３４５ａ')).toEqual({ ok: true, value: '2345A' });
  });

  it('are refused when too short or with a character that no chassis bears', () => {
    expect(normaliseChassisTail('2345')).toEqual({ ok: false, error: 'CHASSIS_TOO_SHORT' });
    expect(normaliseChassisTail('')).toEqual({ ok: false, error: 'CHASSIS_TOO_SHORT' });
    expect(normaliseChassisTail('2345Ø')).toEqual({ ok: false, error: 'CHASSIS_BAD_CHARACTER' });
    expect(normaliseChassisTail('2345А')).toEqual({ ok: false, error: 'CHASSIS_BAD_CHARACTER' }); // Cyrillic
  });
});
