import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rupiah, formatRupiah } from '../../../src/domain/rupiah.ts';
import { changeOf, groupDigits, parseCashAmount } from '../../../src/renderer/ui/cash-amount.ts';

const amount = fc.integer({ min: 0, max: 999_999_999_999 });

describe('an amount of cash', () => {
  it('is read in every way an officer types it', () => {
    for (const text of ['350000', '350.000', 'Rp350.000', 'rp 350.000', '350rb', '350 ribu', '350k', ' 350.000 ']) {
      expect(parseCashAmount(text), text).toBe(350_000);
    }
    expect(parseCashAmount('1,5jt')).toBe(1_500_000);
    expect(parseCashAmount('1.250.000.000')).toBe(1_250_000_000);
  });

  it('is refused when it is no whole rupiah or no amount', () => {
    for (const text of ['', 'abc', '1,5', '3.50', '35.0000', '-5', '1e5', '350 000 x', '9'.repeat(13), '0,0000001jt']) {
      expect(parseCashAmount(text), text).toBeUndefined();
    }
  });

  it('survives the dots that are put in while typing', () => {
    fc.assert(
      fc.property(amount, (value) => {
        expect(parseCashAmount(groupDigits(String(value)))).toBe(value);
        expect(groupDigits(groupDigits(String(value)))).toBe(groupDigits(String(value)));
        expect(groupDigits(String(value))).toBe(formatRupiah(rupiah(value)).slice(2));
      }),
    );
  });

  it('leaves text that is no number as it was typed', () => {
    expect(groupDigits('350rb')).toBe('350rb');
    expect(groupDigits('')).toBe('');
  });
});

describe('the change', () => {
  it('and what is missing never stand together, and balance', () => {
    fc.assert(
      fc.property(amount, amount, (tendered, payable) => {
        const { change, missing } = changeOf(tendered, payable);
        expect(change === 0 || missing === 0).toBe(true);
        expect(tendered - change + missing).toBe(payable);
      }),
    );
  });

  it('is nothing, and all is missing, before anything was typed', () => {
    expect(changeOf(undefined, 284_000)).toEqual({ change: 0, missing: 284_000 });
  });
});
