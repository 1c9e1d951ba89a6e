import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatReceiptNumber,
  NONCE_TAG_LENGTH,
  nonceTagOf,
  parseReceiptNumber,
  type ReceiptNumber,
} from '../../src/domain/receipt-number.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const numbers: fc.Arbitrary<ReceiptNumber> = fc.record({
  outletCode: fc.stringMatching(/^35[0-9]{2}-[0-9]{3}$/),
  deviceNo: fc.integer({ min: 0, max: 99 }),
  epochN: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 999_999 })),
  nonceTag: fc.array(fc.constantFrom(...alphabet), { minLength: 2, maxLength: 2 }).map((list) => list.join('')),
  seq: fc.integer({ min: 0, max: 999_999 }),
});
const example: ReceiptNumber = { outletCode: '3506-017', deviceNo: 2, epochN: 3, nonceTag: 'K7', seq: 131 };

describe('a receipt number', () => {
  it('has the form that stands on paper', () => {
    expect(formatReceiptNumber(example)).toMatch(/^3506-017-02-3K7-000131-[0-9A-Z]{2}$/);
  });

  it('gives its parts back, also typed in lower case, with blanks, with O for 0 and I or L for 1', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const text = formatReceiptNumber(number);
        expect(parseReceiptNumber(text)).toEqual({ ok: true, value: number });
        const typed = ` ${text.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `;
        expect(parseReceiptNumber(typed)).toEqual({ ok: true, value: number });
      }),
    );
  });

  it('shows every single wrong character', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const text = formatReceiptNumber(number);
        for (const [position, right] of [...text].entries()) {
          if (right === '-') continue;
          for (const wrong of alphabet) {
            if (wrong === right) continue;
            expect(parseReceiptNumber(text.slice(0, position) + wrong + text.slice(position + 1)).ok).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows every swap of two neighbours, also across a dash and with the dash itself', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const text = formatReceiptNumber(number);
        for (let left = 0; left < text.length - 1; left += 1) {
          const right = text.charAt(left + 1) === '-' ? left + 2 : left + 1;
          const characters = [...text];
          [characters[left], characters[right]] = [characters[right] ?? '', characters[left] ?? ''];
          const swapped = characters.join('');
          if (swapped !== text) expect(parseReceiptNumber(swapped).ok).toBe(false);
        }
      }),
    );
  });

  it('differs wherever outlet, device, epoch, nonce or position differ', () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(formatReceiptNumber(one)).not.toBe(formatReceiptNumber(other));
      }),
    );
  });

  it('tells a wrong form from wrong check characters', () => {
    const good = formatReceiptNumber(example);
    const other = good.endsWith('0') ? '1' : '0';
    expect(parseReceiptNumber(good.slice(0, -1) + other)).toEqual({ ok: false, error: 'WRONG_CHECK_CHARACTERS' });
    expect(parseReceiptNumber(good.slice(0, -1))).toEqual({ ok: false, error: 'NOT_A_RECEIPT_NUMBER' });
    expect(parseReceiptNumber('')).toEqual({ ok: false, error: 'NOT_A_RECEIPT_NUMBER' });
    expect(parseReceiptNumber('0000-000-00-100-000000-00')).toEqual({ ok: false, error: 'WRONG_CHECK_CHARACTERS' });
  });

  it('is never printed from parts that do not fit', () => {
    const wrong: readonly Partial<ReceiptNumber>[] = [
      { seq: 1_000_000 },
      { seq: -1 },
      { deviceNo: 100 },
      { epochN: 0 },
      { epochN: 1.5 },
      { nonceTag: 'K' },
      { nonceTag: 'KI' },
      { outletCode: '3506017' },
    ];
    for (const part of wrong) expect(() => formatReceiptNumber({ ...example, ...part })).toThrow(RangeError);
  });

  it('takes its tag from the first bits of the nonce', () => {
    expect(nonceTagOf('0000000000000000')).toBe('00');
    expect(nonceTagOf('ffffffffffffffff')).toBe('ZZ');
    expect(nonceTagOf('9a3f')).toHaveLength(NONCE_TAG_LENGTH);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (nonce) => {
        const nonceTag = nonceTagOf(nonce.toString(16).padStart(16, '0'));
        expect(parseReceiptNumber(formatReceiptNumber({ ...example, nonceTag }))).toMatchObject({
          value: { nonceTag },
        });
      }),
    );
    expect(() => nonceTagOf('xyz')).toThrow(RangeError);
  });
});
