import { describe, expect, it } from 'vitest';
import { serialText } from '../../../src/renderer/text/format.ts';
import { FORMS_TEXT, sheetsLeft } from '../../../src/renderer/text/originals-text.ts';

describe('pre-printed forms in words', () => {
  it('write a serial as it stands on the paper', () => {
    expect(serialText('A', 123)).toBe('A 000123');
    expect(serialText('', 1_234_567)).toBe('1234567');
  });

  it('count what is left of a delivery, and never less than nothing', () => {
    const stock = { from: 101, to: 200, used: 40, spoiled: 2, missing: 1 };
    const rest = { form: 'tbpkp' as const, series: 'A', next: 144, gaps: [], receivedAt: 0 };
    expect(sheetsLeft({ ...stock, ...rest })).toBe(57);
    expect(sheetsLeft({ ...stock, ...rest, used: 100 })).toBe(0);
  });

  it('name a gap of one sheet as one sheet', () => {
    expect(FORMS_TEXT.gap('A', 7, 7)).not.toContain('sampai');
    expect(FORMS_TEXT.gap('A', 7, 9)).toContain('A 000007 sampai A 000009');
  });
});
