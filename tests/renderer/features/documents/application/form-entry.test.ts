import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formProblems, type FormField } from '../../../../../src/domain/form-values.ts';
import {
  entryOf,
  typedEntry,
  valueOf,
  withValue,
} from '../../../../../src/renderer/features/documents/application/form-entry.ts';
import { fieldProblemText } from '../../../../../src/renderer/text/application-text.ts';

const field = (change: Partial<FormField>): FormField => ({
  name: 'one',
  title: 'Isian',
  description: null,
  type: 'string',
  format: null,
  enum: null,
  required: true,
  maxLength: 120,
  ...change,
});
const FORMATS = ['nik', 'kk', 'nrkb', 'phone', 'date', 'text', 'long-text', null] as const;

describe('a field of a form', () => {
  it('shows a day as it is typed here and keeps it as a day', () => {
    const date = field({ format: 'date' });
    expect(entryOf(date, '2026-11-22')).toBe('22/11/2026');
    expect(valueOf(date, '22-11-26')).toBe('2026-11-22');
    expect(formProblems([date], { one: valueOf(date, '22/11/2026') })).toEqual([]);
  });

  it('keeps what cannot be a value as it stands, so that it is named and can be mended', () => {
    const date = field({ format: 'date' });
    expect(valueOf(date, '31/02/2026')).toBe('31/02/2026');
    expect(formProblems([date], { one: valueOf(date, '31/02/2026') })).toEqual([{ name: 'one', problem: 'invalid' }]);
    const integer = field({ type: 'integer' });
    expect(valueOf(integer, '12')).toBe(12);
    expect(formProblems([integer], { one: valueOf(integer, 'dua') })).toEqual([{ name: 'one', problem: 'invalid' }]);
  });

  it('lets only digits into a NIK, and writes plates in capitals', () => {
    expect(typedEntry(field({ format: 'nik' }), '3506 0141-0790 0001x99')).toBe('3506014107900001');
    expect(typedEntry(field({ format: 'nrkb' }), 'ag 1 o/')).toBe('AG 1 Ø');
    expect(typedEntry(field({ format: 'text' }), 'Jalan A 1')).toBe('Jalan A 1');
  });

  it('shows again what it keeps, whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMATS),
        fc.constantFrom('string' as const, 'integer' as const),
        fc.string(),
        (format, type, text) => {
          const one = field({ format, type });
          const value = valueOf(one, text);
          expect(valueOf(one, entryOf(one, value))).toEqual(value);
        },
      ),
    );
  });

  it('is taken out of the form when it is emptied', () => {
    expect(withValue({ one: 'a', two: 'b' }, 'one', '')).toEqual({ two: 'b' });
    expect(withValue({ one: 'a' }, 'one', false)).toEqual({ one: false });
  });

  it('has words for every problem of every format', () => {
    for (const format of FORMATS) {
      for (const problem of ['missing', 'invalid', 'too-long'] as const) {
        expect(fieldProblemText(field({ format }), problem)).toMatch(/^[A-Z].*[.]$/);
      }
    }
    expect(fieldProblemText(field({ maxLength: 40 }), 'too-long')).toContain('40');
  });
});
