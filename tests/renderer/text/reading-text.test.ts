import { describe, expect, it } from 'vitest';
import { agreementMark, confidenceText } from '../../../src/renderer/text/reading-text.ts';

describe('what was read from a page', () => {
  it('asks for a person only where it differs from the registry', () => {
    expect(agreementMark('differs').tone).toBe('person');
    expect(agreementMark('agrees').tone).toBe('settled');
    expect(agreementMark('unknown').tone).toBe('none');
  });

  it('says how sure it is in words, surest for a code', () => {
    expect(confidenceText({ confidence: 0.2, from: 'barcode' })).toBe('dari kode');
    const words = [0.95, 0.8, 0.4].map((confidence) => confidenceText({ confidence, from: 'text' }));
    expect(new Set(words).size).toBe(3);
    expect(words[2]).toContain('ragu');
  });
});
