import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormField, formProblems, type FormValue, keptValues } from '../../src/domain/form-values.ts';

const field = (over: Partial<FormField> = {}): FormField => ({
  name: 'value',
  title: 'Nilai',
  description: null,
  type: 'string',
  format: null,
  enum: null,
  required: true,
  maxLength: 120,
  ...over,
});
const problem = (one: FormField, value: FormValue): string | null =>
  formProblems([one], { [one.name]: value })[0]?.problem ?? null;

describe('a field of a form', () => {
  it.each([
    ['nik', '3506011203900001', null],
    ['nik', '350601120390000', 'invalid'],
    ['nik', '9906011203900001', null],
    ['nik', '3506013213900001', 'invalid'],
    ['kk', '3506010101010001', null],
    ['kk', '35060101010100', 'invalid'],
    ['nrkb', 'ag 1234 xy', null],
    ['nrkb', 'AG 12345 XY', 'invalid'],
    ['phone', '+62 812-3456-7890', null],
    ['phone', '0812', 'invalid'],
    ['phone', '0812 3456 789O', 'invalid'],
    ['date', '2026-02-28', null],
    ['date', '2026-02-29', 'invalid'],
    ['date', '28-02-2026', 'invalid'],
    ['text', 'satu baris', null],
    ['text', 'dua\nbaris', 'invalid'],
    ['long-text', 'dua\nbaris', null],
  ] as const)('of format %s takes %j: %s', (format, value, answer) => {
    expect(problem(field({ format }), value)).toBe(answer);
  });

  it('holds its length, its list and its type', () => {
    expect(problem(field({ maxLength: 3 }), 'abcd')).toBe('too-long');
    expect(problem(field({ enum: ['Hilang', 'Rusak'] }), 'hilang')).toBe('invalid');
    expect(problem(field({ enum: ['Hilang', 'Rusak'] }), 'Rusak')).toBeNull();
    expect(problem(field({ type: 'integer' }), '3')).toBe('invalid');
    expect(problem(field({ type: 'integer' }), 3.5)).toBe('invalid');
    expect(problem(field({ type: 'integer' }), 0)).toBeNull();
    expect(problem(field({ type: 'boolean' }), false)).toBeNull();
    expect(problem(field({ type: 'boolean' }), 'ya')).toBe('invalid');
  });

  it('that is required and empty is missing; one that is not required may be left out but not be wrong', () => {
    for (const empty of ['', '   ']) {
      expect(problem(field(), empty)).toBe('missing');
      expect(problem(field({ required: false, format: 'nik' }), empty)).toBeNull();
    }
    expect(formProblems([field()], {})).toEqual([{ name: 'value', problem: 'missing' }]);
    expect(problem(field({ required: false, format: 'nik' }), '12')).toBe('invalid');
  });

  it('is not filled by what every object has', () => {
    expect(formProblems([field({ name: 'constructor' })], {})).toEqual([{ name: 'constructor', problem: 'missing' }]);
  });
});

describe('the values of a form', () => {
  const names = ['a', 'b', 'c'];
  const fields = fc.subarray(names).map((some) => some.map((name) => field({ name })));
  const values = fc.dictionary(
    fc.constantFrom(...names, 'd'),
    fc.oneof(fc.string({ maxLength: 10 }), fc.integer(), fc.boolean()),
  );

  it('keep nothing that the form does not ask for, and nothing empty', () => {
    fc.assert(
      fc.property(fields, values, (form, typed) => {
        const kept = keptValues(form, typed);
        for (const [name, value] of Object.entries(kept)) {
          expect(form.map((one) => one.name)).toContain(name);
          expect(String(value).trim()).not.toBe('');
        }
      }),
    );
  });

  it('have the same problems before and after they are kept, and keeping twice is keeping once', () => {
    fc.assert(
      fc.property(fields, values, (form, typed) => {
        const kept = keptValues(form, typed);
        expect(formProblems(form, kept)).toEqual(formProblems(form, typed));
        expect(keptValues(form, kept)).toEqual(kept);
      }),
    );
  });
});
