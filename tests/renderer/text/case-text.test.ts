import { describe, expect, it } from 'vitest';
import { EXCEPTION_GUIDES } from '../../../src/domain/exception-case.ts';
import { differenceText, stepText } from '../../../src/renderer/text/case-text.ts';

describe('a case', () => {
  it('says which side is larger, from the two totals themselves', () => {
    expect(differenceText(284_000, 0)).toBe('Rp284.000 lebih kecil menurut Bapenda');
    expect(differenceText(284_000, 290_500)).toBe('Rp6.500 lebih besar menurut Bapenda');
    expect(differenceText(284_000, 284_000)).toBe('Tidak ada selisih');
    expect(differenceText(284_000, null)).toBe('belum dikatakan');
  });

  it('words every step that the domain guides to', () => {
    const steps = Object.values(EXCEPTION_GUIDES).flatMap((guide) => guide.steps.map(({ step }) => step));
    expect(steps.filter((step) => !/^[A-Z].*[.?]$/.test(stepText(step)))).toEqual([]);
  });
});
