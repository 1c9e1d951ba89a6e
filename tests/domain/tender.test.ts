import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rupiah } from '../../src/domain/rupiah.ts';
import { judgeTender, shareTender } from '../../src/domain/tender.ts';

const payable = rupiah(359_700);
const judged = (tendered: number, confirmed: number | null = null, unit = 100) =>
  judgeTender({
    payable,
    tendered: rupiah(tendered),
    confirmed: confirmed === null ? null : rupiah(confirmed),
    unit,
  });

describe('cash on the table', () => {
  it('is taken with its change when it covers the sum', () => {
    expect(judged(359_700)).toEqual({ ok: true, value: 0 });
    expect(judged(400_000)).toEqual({ ok: true, value: 40_300 });
  });

  it('is refused when it is short, and the likely missing zero is named, never put there', () => {
    expect(judged(359_600)).toMatchObject({
      ok: false,
      error: { code: 'TENDERED_TOO_LITTLE', short: 100, zeroMissing: false },
    });
    expect(judged(40_000)).toMatchObject({
      ok: false,
      error: { code: 'TENDERED_TOO_LITTLE', short: 319_700, zeroMissing: true },
    });
    expect(judged(35_000)).toMatchObject({ ok: false, error: { zeroMissing: false } });
    expect(judged(0)).toMatchObject({ ok: false, error: { zeroMissing: false } });
    expect(judged(35_970)).toMatchObject({ ok: false, error: { zeroMissing: true } });
    expect(judged(179_850)).toMatchObject({ ok: false, error: { zeroMissing: true } });
    expect(judged(179_851)).toMatchObject({ ok: false, error: { zeroMissing: false } });
  });

  it('is a question from ten times the sum on, with the facts, until that very sum was confirmed', () => {
    expect(judged(3_596_900)).toMatchObject({ ok: true });
    const asked = { code: 'TENDERED_IMPLAUSIBLE', payable, tendered: 3_597_000, change: 3_237_300 };
    expect(judged(3_597_000)).toEqual({ ok: false, error: asked });
    expect(judged(3_597_000, 4_000_000)).toEqual({ ok: false, error: asked });
    expect(judged(3_597_000, 3_597_000)).toEqual({ ok: true, value: 3_237_300 });
  });

  it('is refused when the policy knows no coin small enough for the change; nothing is kept', () => {
    expect(judged(359_750)).toEqual({ ok: false, error: { code: 'CHANGE_NOT_GIVABLE', change: 50, unit: 100 } });
    expect(judged(360_000, null, 500)).toEqual({
      ok: false,
      error: { code: 'CHANGE_NOT_GIVABLE', change: 300, unit: 500 },
    });
    expect(judged(359_701, null, 1)).toEqual({ ok: true, value: 1 });
  });
});

describe('one tender for several sales', () => {
  it('is shared without losing or making a rupiah, and the change is the last one’s', () => {
    const sums = fc.array(fc.integer({ min: 1, max: 5_000_000 }).map(rupiah), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(sums, fc.nat(1_000_000), (payables, extra) => {
        const owed = payables.reduce((sum, one) => sum + one, 0);
        const shares = shareTender(payables, rupiah(owed + extra));
        expect(shares.reduce((sum, share) => sum + share.tendered, 0)).toBe(owed + extra);
        expect(shares.map((share) => share.tendered - share.change)).toEqual(payables);
        expect(shares.slice(0, -1).every((share) => share.change === 0)).toBe(true);
        expect(shares.at(-1)?.change).toBe(extra);
      }),
    );
  });

  it('is never shared when it does not cover them', () => {
    expect(() => shareTender([rupiah(100), rupiah(200)], rupiah(299))).toThrow('the tender is short by 1');
  });
});
