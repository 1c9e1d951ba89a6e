import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRupiah,
  formatRupiah,
  parseRupiah,
  roundCash,
  rupiah,
  subtractRupiah,
  sumRupiah,
} from '../../src/domain/rupiah.ts';

const amounts = fc.maxSafeInteger();
const cashAmounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000_000 }).map(rupiah);

describe('rupiah', () => {
  it('accepts whole amounts only, and never as text', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseRupiah(amount)).toEqual({ ok: true, value: amount });
      }),
    );
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '100', null, undefined, {}, 100n]) {
      expect(parseRupiah(wrong)).toEqual({ ok: false, error: 'NOT_RUPIAH' });
    }
  });

  it('throws where a calculation left the whole numbers, because that is a bug', () => {
    expect(() => rupiah(0.1)).toThrow('not a whole rupiah amount: 0.1');
    expect(() => addRupiah(rupiah(Number.MAX_SAFE_INTEGER), rupiah(1))).toThrow(RangeError);
    expect(() => sumRupiah([rupiah(Number.MAX_SAFE_INTEGER), rupiah(1)])).toThrow(RangeError);
  });

  it('has one zero', () => {
    expect(Object.is(rupiah(-0), 0)).toBe(true);
    expect(Object.is(subtractRupiah(rupiah(5), rupiah(5)), 0)).toBe(true);
  });

  it('prints the figure in Indonesian grouping', () => {
    expect([0, 7, 999, 1_000, 259_996, 1_250_000_000, -1_000, -25].map(rupiah).map(formatRupiah)).toEqual([
      'Rp0',
      'Rp7',
      'Rp999',
      'Rp1.000',
      'Rp259.996',
      'Rp1.250.000.000',
      '-Rp1.000',
      '-Rp25',
    ]);
  });

  it('prints every amount so that the digits give it back', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const text = formatRupiah(rupiah(amount));
        expect(Number(text.replace('Rp', '').replaceAll('.', ''))).toBe(amount === 0 ? 0 : amount);
        expect(text).toMatch(/^-?Rp\d{1,3}(\.\d{3})*$/);
      }),
    );
  });

  it('sums like big integers', () => {
    fc.assert(
      fc.property(fc.array(cashAmounts), (list) => {
        expect(BigInt(sumRupiah(list))).toBe(list.reduce((sum, one) => sum + BigInt(one), 0n));
      }),
    );
  });
});

describe('rounding of cash', () => {
  it('rounds down to Rp100 in favour of the citizen, and the difference is kept', () => {
    expect(roundCash(rupiah(344_788), { unit: 100, direction: 'down' })).toEqual({ payable: 344_700, rounding: 88 });
    expect(roundCash(rupiah(344_788), { unit: 100, direction: 'up' })).toEqual({ payable: 344_800, rounding: -12 });
    expect(roundCash(rupiah(344_750), { unit: 100, direction: 'nearest' })).toEqual({
      payable: 344_800,
      rounding: -50,
    });
    expect(roundCash(rupiah(344_749), { unit: 100, direction: 'nearest' })).toEqual({ payable: 344_700, rounding: 49 });
  });

  it('"Sum of beneficiaries = cash + rounding", payable in coins, never a unit away', () => {
    const rounding = fc.record({
      unit: fc.constantFrom(1, 50, 100, 500, 1_000),
      direction: fc.constantFrom('down', 'nearest', 'up'),
    });
    fc.assert(
      fc.property(cashAmounts, rounding, (total, how) => {
        const { payable, rounding: difference } = roundCash(total, how);
        expect(payable + difference).toBe(total);
        expect(Math.abs(payable % how.unit)).toBe(0);
        expect(Math.abs(difference)).toBeLessThan(how.unit);
        if (how.direction === 'down') expect(difference).toBeGreaterThanOrEqual(0);
        if (how.direction === 'up') expect(difference).toBeLessThanOrEqual(0);
        if (how.direction === 'nearest') expect(Math.abs(difference) * 2).toBeLessThanOrEqual(how.unit);
      }),
    );
  });

  it('refuses a unit that is none', () => {
    for (const unit of [0, -100, 0.5, Number.NaN]) {
      expect(() => roundCash(rupiah(1), { unit, direction: 'down' })).toThrow(`not a unit of cash: ${unit}`);
    }
  });
});
