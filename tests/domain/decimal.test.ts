import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approximate,
  type Decimal,
  multiply,
  parseDecimal,
  roundDecimal,
  wholeDecimal,
} from '../../src/domain/decimal.ts';

const texts = fc
  .tuple(fc.integer({ min: 0, max: 999_999 }), fc.option(fc.stringMatching(/^[0-9]{1,18}$/)))
  .map(([whole, fraction]) => (fraction === null ? String(whole) : `${whole}.${fraction}`));

function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new Error(`not a decimal: ${text}`);
  return parsed.value;
}

describe('exact decimals beside a decimal library', () => {
  it('multiply and round like it, in every mode and unit', () => {
    const rounding = fc.record({
      unit: fc.constantFrom(1, 100, 500, 1_000),
      mode: fc.constantFrom('half-up', 'up', 'down'),
    });
    const toward = { 'half-up': Big.roundHalfUp, up: Big.roundUp, down: Big.roundDown };
    fc.assert(
      fc.property(fc.nat(), texts, texts, rounding, (whole, left, right, how) => {
        const ours = roundDecimal(multiply(wholeDecimal(whole), multiply(decimal(left), decimal(right))), how);
        const theirs = new Big(whole).times(left).times(right).div(how.unit);
        // big.js divides to 20 places only; the units used here divide exactly.
        const expected = BigInt(theirs.round(0, toward[how.mode]).toFixed(0)) * BigInt(how.unit);
        if (expected <= BigInt(Number.MAX_SAFE_INTEGER)) expect(BigInt(ours)).toBe(expected);
        else expect(ours).toBeGreaterThan(Number.MAX_SAFE_INTEGER - 1_000); // refused where it becomes rupiah
      }),
      { numRuns: 2_000 },
    );
  });

  it('half goes up, as the packs say', () => {
    const round = (text: string) => roundDecimal(decimal(text), { unit: 1, mode: 'half-up' });
    expect(['0.5', '1.5', '2.5', '2.499999999', '2.500000001'].map(round)).toEqual([1, 2, 3, 2, 3]);
  });

  it('approximates for bounds only', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(approximate(decimal(text))).toBeCloseTo(Number(text), 6);
      }),
    );
  });

  it.each([
    '',
    '.5',
    '5.',
    '-1',
    '+1',
    '1e3',
    '1,5',
    '1.0000000000000000001',
    '1234567',
    ' 1',
    '1 ',
    '١',
    1.5,
    null,
    undefined,
  ])('does not take %j for a decimal', (text) => {
    expect(parseDecimal(text)).toEqual({ ok: false, error: 'NOT_A_DECIMAL' });
  });
});
