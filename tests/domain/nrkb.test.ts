import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EAST_JAVA_AREAS,
  formatNrkbCompact,
  isEastJavaNrkb,
  type Nrkb,
  nrkbParts,
  parseNrkb,
} from '../../src/domain/nrkb.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const parts = fc.record({
  area: fc.oneof(
    fc.constantFrom<string>(...EAST_JAVA_AREAS),
    fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 2 }).map((list) => list.join('')),
  ),
  number: fc.integer({ min: 1, max: 9999 }),
  suffix: fc.array(fc.constantFrom(...letters, 'Ø'), { maxLength: 3 }).map((list) => list.join('')),
});

const separators = fc.constantFrom('', ' ', '  ', '-', '.', ' - ', '\u00A0', '\u2013', '\t', '/');
const fullWidth = (text: string): string =>
  [...text]
    .map((one) => (/[A-Za-z0-9]/.test(one) ? String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0) : one))
    .join('');

/** The ways in which people and scanners write one plate. */
const spelling = fc.record({
  before: separators,
  first: separators,
  second: separators,
  after: separators,
  form: fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toLowerCase(),
    fullWidth,
  ),
});

function parsed(text: string): Nrkb {
  const result = parseNrkb(text);
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.error)}`);
  return result.value;
}

function problem(text: string): unknown {
  const result = parseNrkb(text);
  return result.ok ? result.value : result.error;
}

describe('a plate number', () => {
  it('has one spelling, however it was typed', () => {
    fc.assert(
      fc.property(parts, spelling, ({ area, number, suffix }, { before, first, second, after, form }) => {
        const typed = before + form(area) + first + form(String(number)) + second + form(suffix) + after;
        const canonical = [area, number, suffix].filter((part) => part !== '').join(' ');
        expect(parsed(typed)).toBe(canonical);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is read the same again, whole and compact, and gives its parts back', () => {
    fc.assert(
      fc.property(parts, (plate) => {
        const nrkb = parsed(`${plate.area}${plate.number}${plate.suffix}`);
        expect(parsed(nrkb)).toBe(nrkb);
        expect(parsed(formatNrkbCompact(nrkb))).toBe(nrkb);
        expect(nrkbParts(nrkb)).toEqual(plate);
      }),
    );
  });

  it('never lets O, 0 and Ø become one: two plates that differ only in them stay two or are refused', () => {
    const trio = fc
      .array(fc.constantFrom('O', '0', 'Ø', 'A'), { minLength: 1, maxLength: 3 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(trio, trio, (one, other) => {
        fc.pre(one !== other);
        const [left, right] = [parseNrkb(`L 12 ${one}`), parseNrkb(`L 12 ${other}`)];
        if (left.ok && right.ok) expect(left.value).not.toBe(right.value);
      }),
    );
  });

  it('keeps Ø, in either case', () => {
    expect(parsed('l 1234 øa')).toBe('L 1234 ØA');
  });

  it('never throws, whatever is typed, and never makes something that is no plate', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 14 }), (text) => {
        const result = parseNrkb(text);
        if (result.ok) expect(result.value).toMatch(/^[A-Z]{1,2} [1-9]\d{0,3}( [A-ZØ]{1,3})?$/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['AG 1234 X0', { code: 'NRKB_LOOKALIKE', position: 9, found: '0', suggestion: 'O' }],
    ['AG 1234 X1', { code: 'NRKB_LOOKALIKE', position: 9, found: '1', suggestion: 'I' }],
    ['AG 1234 5A', { code: 'NRKB_LOOKALIKE', position: 8, found: '5', suggestion: 'S' }],
    ['AG 12 5A', { code: 'NRKB_LOOKALIKE', position: 6, found: '5', suggestion: 'S' }],
    ['AG 12 S0', { code: 'NRKB_LOOKALIKE', position: 7, found: '0', suggestion: 'O' }], // S stands apart from the number
    ['AG 1234S0', { code: 'NRKB_LOOKALIKE', position: 8, found: '0', suggestion: 'O' }], // no room for S as a digit
    ['AG 12S0', { code: 'NRKB_LOOKALIKE', position: 5, found: 'S', suggestion: '5' }],
    ['AG 1O34 XY', { code: 'NRKB_LOOKALIKE', position: 4, found: 'O', suggestion: '0' }],
    ['AG l234 XY', { code: 'NRKB_LOOKALIKE', position: 3, found: 'l', suggestion: '1' }],
    ['АG 1234 XY', { code: 'NRKB_LOOKALIKE', position: 0, found: 'А', suggestion: 'A' }], // Cyrillic
    ['AG 1234 ΧY', { code: 'NRKB_LOOKALIKE', position: 8, found: 'Χ', suggestion: 'X' }], // Greek
    ['AG 1234 хY', { code: 'NRKB_LOOKALIKE', position: 8, found: 'х', suggestion: 'X' }],
    ['AG 1234 Xı', { code: 'NRKB_LOOKALIKE', position: 9, found: 'ı', suggestion: 'I' }],
    ['L 12 ∅', { code: 'NRKB_LOOKALIKE', position: 5, found: '∅', suggestion: 'Ø' }],
    ['Ø 12 A', { code: 'NRKB_LOOKALIKE', position: 0, found: 'Ø', suggestion: 'O' }],
    ['5 1234 XY', { code: 'NRKB_LOOKALIKE', position: 0, found: '5', suggestion: 'S' }],
  ])('%s looks like another plate: refused with the place and a suggestion', (text, expected) => {
    expect(problem(text)).toEqual(expected);
  });

  it.each([
    ['', { code: 'NRKB_EMPTY' }],
    [' - . ', { code: 'NRKB_EMPTY' }],
    ['AG', { code: 'NRKB_NO_NUMBER' }],
    ['AGXY', { code: 'NRKB_AREA_TOO_LONG', position: 2 }],
    ['AGX 12', { code: 'NRKB_AREA_TOO_LONG', position: 2 }],
    ['3456', { code: 'NRKB_NO_AREA' }],
    ['AG 0123 XY', { code: 'NRKB_LEADING_ZERO', position: 3 }],
    ['AG 0', { code: 'NRKB_LEADING_ZERO', position: 3 }],
    ['AG 12 34 XY', { code: 'NRKB_SPLIT_NUMBER', position: 6 }],
    ['AG 12 5', { code: 'NRKB_SPLIT_NUMBER', position: 6 }],
    ['AG 12345 XY', { code: 'NRKB_NUMBER_TOO_LONG', position: 7 }],
    ['AG 1234 WXYZ', { code: 'NRKB_SUFFIX_TOO_LONG', position: 11 }],
    ['AG 1234 X7', { code: 'NRKB_BAD_CHARACTER', position: 9, found: '7' }],
    ['AG 12X4', { code: 'NRKB_BAD_CHARACTER', position: 6, found: '4' }],
    ['AG 12#4', { code: 'NRKB_BAD_CHARACTER', position: 5, found: '#' }],
    ['AG 1234 Ö', { code: 'NRKB_BAD_CHARACTER', position: 8, found: 'Ö' }],
    ['AG 1234 ß', { code: 'NRKB_BAD_CHARACTER', position: 8, found: 'ß' }],
  ])('%j is no plate number', (text, expected) => {
    expect(problem(text)).toEqual(expected);
  });

  it('every problem with a place names the place of the character that it shows', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('A', 'g', '1', '0', 'Ø', 'Χ', ' ', '-', 'Ö', '😀'), maxLength: 12 }),
        (text) => {
          const result = parseNrkb(text);
          if (result.ok || !('found' in result.error)) return;
          const { position, found } = result.error;
          expect(text.slice(position, position + found.length)).toBe(found);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is of East Java in eight areas; others parse and are told apart', () => {
    expect(EAST_JAVA_AREAS.map((area) => isEastJavaNrkb(parsed(`${area} 1 A`)))).not.toContain(false);
    for (const other of ['B 1 A', 'AB 1 A', 'A 1 A', 'DK 12', 'AA 1 X', 'E 1 A', 'G 1 X']) {
      expect(isEastJavaNrkb(parsed(other))).toBe(false);
    }
  });
});
