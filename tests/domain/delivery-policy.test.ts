import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capStates,
  type LimitFacts,
  mayStartSale,
  RETRY_CEILING_MS,
  RETRY_FLOOR_MS,
  retryDelayMs,
} from '../../src/domain/delivery-policy.ts';
import { DEFAULT_POLICY, type SaleCaps } from '../../src/domain/policy.ts';
import { rupiah } from '../../src/domain/rupiah.ts';

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the wait before the next attempt', () => {
  it('"full jitter (floor 1 s, ceiling 15 min)": never under the floor, never over the ceiling', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), unit, (failures, random) => {
        const wait = retryDelayMs(failures, random);
        expect(wait).toBeGreaterThanOrEqual(RETRY_FLOOR_MS);
        expect(wait).toBeLessThanOrEqual(RETRY_CEILING_MS);
        expect(Number.isInteger(wait)).toBe(true);
      }),
    );
  });

  it('spreads over the whole range, which doubles with each failure up to the ceiling', () => {
    expect([0, 1, 2, 3, 9, 10, 500].map((failures) => retryDelayMs(failures, 0.999_999_999))).toEqual([
      1_000, 1_999, 3_999, 7_999, 511_999, 899_999, 899_999,
    ]);
    expect(retryDelayMs(10, 0)).toBe(1_000);
    expect(retryDelayMs(10, 0.5)).toBe(450_500);
  });

  it('throws for a random number or a count that is none', () => {
    for (const random of [-0.1, 1, Number.NaN])
      expect(() => retryDelayMs(0, random)).toThrow(`not in [0, 1): ${random}`);
    for (const failures of [-1, 0.5])
      expect(() => retryDelayMs(failures, 0)).toThrow(`not a number of failures: ${failures}`);
  });
});

const calm: LimitFacts = {
  saleAmount: 344_700,
  drawerCash: 1_000_000,
  unconfirmedDeposits: 0,
  oldestUnconfirmedDepositBankDays: 0,
  unsent: 0,
  daysSinceContact: 0,
  rulesAgeDays: 0,
  registryAgeDays: 0,
};

const caps: SaleCaps = {
  perSale: rupiah(5_000_000),
  drawerCash: rupiah(10_000_000),
  unconfirmedDeposits: rupiah(20_000_000),
  unconfirmedDepositBankDays: 3,
  unsent: 100,
  daysSinceContact: 7,
  rulesAgeDays: 30,
  registryAgeDays: 60,
};

describe('caps on new sales', () => {
  it('let a sale start and say how much is left of each', () => {
    expect(mayStartSale(caps, calm)).toEqual({ ok: true, value: capStates(caps, calm) });
    expect(capStates(caps, calm).find((state) => state.cap === 'drawerCash')).toEqual({
      cap: 'drawerCash',
      limit: 10_000_000,
      used: 1_344_700,
      left: 8_655_300,
    });
  });

  it.each([
    ['perSale', { saleAmount: 5_000_000 }, { saleAmount: 5_000_001 }],
    ['drawerCash', { drawerCash: 9_655_300 }, { drawerCash: 9_655_301 }],
    ['unconfirmedDeposits', { unconfirmedDeposits: 20_000_000 }, { unconfirmedDeposits: 20_000_001 }],
    ['unconfirmedDepositBankDays', { oldestUnconfirmedDepositBankDays: 3 }, { oldestUnconfirmedDepositBankDays: 4 }],
    ['unsent', { unsent: 99 }, { unsent: 100 }],
    ['daysSinceContact', { daysSinceContact: 7 }, { daysSinceContact: 8 }],
    ['rulesAgeDays', { rulesAgeDays: 30 }, { rulesAgeDays: 31 }],
    ['registryAgeDays', { registryAgeDays: 60 }, { registryAgeDays: 61 }],
  ] as const)('%s is allowed up to the cap and stops the sale beyond it, by name', (cap, at, beyond) => {
    expect(mayStartSale(caps, { ...calm, ...at }).ok).toBe(true);
    const refused = mayStartSale(caps, { ...calm, ...beyond });
    expect(refused.ok ? [] : refused.error.map((state) => state.cap)).toEqual([cap]);
  });

  it('an age that nobody knows stops the sale, and no cap stops nothing', () => {
    const never = { ...calm, daysSinceContact: null };
    expect(mayStartSale(caps, never)).toEqual({
      ok: false,
      error: [{ cap: 'daysSinceContact', limit: 7, used: null, left: null }],
    });
    expect(mayStartSale({ ...caps, daysSinceContact: null }, never).ok).toBe(true);
  });

  it('never grow by working: with more of anything a refused sale stays refused', () => {
    const facts = fc.record({
      saleAmount: fc.nat(20_000_000),
      drawerCash: fc.nat(20_000_000),
      unconfirmedDeposits: fc.nat(40_000_000),
      oldestUnconfirmedDepositBankDays: fc.nat(6),
      unsent: fc.nat(200),
      daysSinceContact: fc.nat(14),
      rulesAgeDays: fc.nat(60),
      registryAgeDays: fc.nat(120),
    });
    fc.assert(
      fc.property(
        facts,
        fc.constantFrom<keyof LimitFacts>('drawerCash', 'unsent', 'daysSinceContact', 'saleAmount'),
        fc.nat(50),
        (one, key, more) => {
          const later = { ...one, [key]: one[key] + more };
          if (mayStartSale(DEFAULT_POLICY.caps, later).ok) expect(mayStartSale(DEFAULT_POLICY.caps, one).ok).toBe(true);
        },
      ),
    );
  });
});
