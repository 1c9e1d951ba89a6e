import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16, emvQrText, readEmvQr } from '../../src/domain/emv-qr.ts';
import { rupiah } from '../../src/domain/rupiah.ts';

const facts = {
  scheme: 'ID.OPOP.ACUAN',
  merchantId: 'ACUAN000000000',
  merchantName: 'SAMSAT OPOP ACUAN',
  city: 'SURABAYA',
  amount: rupiah(359_788),
  reference: 'ACUAN0123456789ABCDEF',
};

describe('the text of a dynamic QR', () => {
  it('has the checksum of CRC-16/CCITT-FALSE, whose check value is known', () => {
    expect(crc16('123456789')).toBe('29B1');
    expect(crc16('')).toBe('FFFF');
    expect(() => crc16('Ø')).toThrow(RangeError);
  });

  it('is a merchant’s dynamic code in rupiah with sum and reference in their tags', () => {
    const text = emvQrText(facts);
    expect(text).toMatch(/^000201010212/);
    expect(text).toContain('5303360');
    expect(text).toContain('5406359788');
    expect(text).toContain('5802ID');
    expect(text).toMatch(/6304[0-9A-F]{4}$/);
  });

  it('reads back what was written, for every sum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999_999 }),
        fc.stringMatching(/^[A-Z0-9]{1,25}$/),
        (amount, reference) => {
          const read = readEmvQr(emvQrText({ ...facts, amount: rupiah(amount), reference }));
          expect(read).toEqual({ ok: true, value: { amount, reference } });
        },
      ),
    );
  });

  it('is shown to nobody when one character of it is another one', () => {
    const text = emvQrText(facts);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.stringMatching(/^[0-9A-Z]$/), (at, other) => {
        fc.pre(text[at] !== other);
        expect(readEmvQr(text.slice(0, at) + other + text.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it('answers a problem, never a throw, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => !readEmvQr(text).ok));
    expect(readEmvQr('')).toEqual({ ok: false, error: 'SHAPE' });
  });

  it('names each problem', () => {
    const signed = (body: string) => body + crc16(body);
    const body = emvQrText(facts).slice(0, -4);
    expect(readEmvQr(`${body}0000`)).toEqual({ ok: false, error: 'CHECKSUM' });
    expect(readEmvQr(signed(body.replace('5406359788', '5406000000')))).toEqual({ ok: false, error: 'AMOUNT' });
    expect(readEmvQr(signed(body.replace('5303360', '5303840')))).toEqual({ ok: false, error: 'SHAPE' });
    expect(readEmvQr(signed(body.replace('5802ID', '5802ID5802ID')))).toEqual({ ok: false, error: 'SHAPE' });
    expect(() => emvQrText({ ...facts, reference: 'A'.repeat(96) })).toThrow(RangeError);
    expect(() => emvQrText({ ...facts, reference: '' })).toThrow(RangeError);
  });
});
