import { describe, expect, it } from 'vitest';
import { isSlipReady } from '../../../../src/renderer/features/cash-session/bank-slip.ts';
import { on } from '../../../support/dates.ts';

describe('a slip of a bank as it is typed', () => {
  const slip = { bank: 'Bank Jatim', slipNumber: '0042-117', depositedOn: on('2026-11-22') };

  it('is told in full with a bank, a number and a day', () => {
    expect(isSlipReady(slip)).toBe(true);
    expect(isSlipReady({ ...slip, bank: ' B ' })).toBe(false);
    expect(isSlipReady({ ...slip, slipNumber: ' ' })).toBe(false);
  });

  it('is not while its day is none', () => {
    expect(isSlipReady({ ...slip, depositedOn: undefined })).toBe(false);
  });
});
