import { describe, expect, it } from 'vitest';
import { isRegencyCode, REGENCY_CODES, regencyName } from '../../src/domain/regency.ts';

describe('the regencies of East Java', () => {
  it('are 29 kabupaten and 9 kota', () => {
    const names = REGENCY_CODES.map(regencyName);
    expect(names.filter((name) => name.startsWith('Kab. '))).toHaveLength(29);
    expect(names.filter((name) => name.startsWith('Kota '))).toHaveLength(9);
    expect(new Set(names).size).toBe(38);
  });

  it('carry the codes of Kemendagri', () => {
    expect([regencyName('3506'), regencyName('3571'), regencyName('3578'), regencyName('3526')]).toEqual([
      'Kab. Kediri',
      'Kota Kediri',
      'Kota Surabaya',
      'Kab. Bangkalan',
    ]);
  });

  it('are not confused with inherited names or other provinces', () => {
    for (const text of ['3500', '3530', '3374', 'constructor', 'toString', '', null, 3506])
      expect(isRegencyCode(text)).toBe(false);
  });
});
