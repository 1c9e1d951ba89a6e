import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNik } from '../../../src/domain/nik.ts';
import { EAST_JAVA_AREAS } from '../../../src/domain/nrkb.ts';
import { fitField } from '../../../src/main/core/reading/field-grammar.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Every NIK that the civil registration could have given in East Java. */
const nik = fc
  .record({
    regency: fc.integer({ min: 1, max: 29 }),
    district: fc.integer({ min: 1, max: 40 }),
    day: fc.integer({ min: 1, max: 28 }),
    female: fc.boolean(),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 0, max: 99 }),
    sequence: fc.integer({ min: 1, max: 9999 }),
  })
  .map(
    ({ regency, district, day, female, month, year, sequence }) =>
      `35${two(regency)}${two(district)}${two(day + (female ? 40 : 0))}${two(month)}${two(year)}${String(sequence).padStart(4, '0')}`,
  );
const plate = fc
  .record({
    area: fc.constantFrom(...EAST_JAVA_AREAS),
    number: fc.integer({ min: 1, max: 9999 }),
    suffix: fc.stringMatching(/^[A-Z]{0,3}$/),
  })
  .map(({ area, number, suffix }) => [area, String(number), suffix].filter((part) => part !== '').join(' '));
const vin = fc.stringMatching(/^MH[A-HJ-NPR-Z0-9]{11}\d{4}$/);
const LETTER_LIKE: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '6': 'G', '8': 'B' };

/** The same text with a letter in place of one of its digits that have a look-alike; null when none has. */
function slipped(text: string, nth: number): string | null {
  const places = [...text].flatMap((character, at) => (LETTER_LIKE[character] === undefined ? [] : [at]));
  const at = places[nth % Math.max(1, places.length)];
  return at === undefined ? null : text.slice(0, at) + (LETTER_LIKE[text[at] ?? ''] ?? '') + text.slice(at + 1);
}

describe('a NIK that was read', () => {
  it('stands as it was read, blanks and dots aside', () => {
    fc.assert(
      fc.property(nik, (whole) => {
        const spread = whole.replace(/(.{4})/g, '$1 ');
        expect(fitField('nik', `: ${spread}.`)).toMatchObject({ value: whole, mended: 0 });
      }),
    );
  });

  it('gets its digits back from letters, because nothing but a digit can stand there', () => {
    fc.assert(
      fc.property(nik, fc.nat(), (whole, nth) => {
        const read = slipped(whole, nth);
        if (read !== null) expect(fitField('nik', read)).toMatchObject({ value: whole, mended: 1 });
      }),
    );
  });

  it('is never proposed with a day, month or length that no NIK has', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9OISZB]{14,18}$/), (read) => {
        const fitting = fitField('nik', read);
        if (fitting !== null) expect(parseNik(fitting.value)).toMatchObject({ ok: true });
      }),
      { numRuns: 1000 },
    );
    expect(fitField('nik', '3506013213850001')).toBeNull(); // 32 is no day
    expect(fitField('nik', '350601011385000')).toBeNull(); // one digit was lost
  });
});

describe('a plate that was read', () => {
  it('is itself, written apart or in one piece', () => {
    fc.assert(
      fc.property(plate, (whole) => {
        expect(fitField('nrkb', whole)).toMatchObject({ value: whole, mended: 0 });
        const glued = fitField('nrkb', whole.replaceAll(' ', ''));
        if (glued !== null) expect(glued.value).toBe(whole);
      }),
    );
  });

  it('gets a digit back inside its number and a letter inside its suffix', () => {
    expect(fitField('nrkb', 'AG 1O34 XY')).toMatchObject({ value: 'AG 1034 XY', mended: 1 });
    expect(fitField('nrkb', 'AG 1234 X5')).toMatchObject({ value: 'AG 1234 XS', mended: 1 });
    expect(fitField('nrkb', 'A6 1234 XY')).toMatchObject({ value: 'AG 1234 XY', mended: 1 });
    expect(fitField('nrkb', '5 3058 IK')).toMatchObject({ value: 'S 3058 IK', mended: 1 });
    expect(fitField('nrkb', '53058IK')).toMatchObject({ value: 'S 3058 IK', mended: 1 });
  });

  it('is nothing without its area: a number is never taken for a letter that was lost', () => {
    for (const read of ['5554 PH', '3748 GG', '8599 A', '1234', 'GG', '', '2016']) {
      expect(fitField('nrkb', read), read).toBeNull();
    }
  });

  it('of another province is taken as it stands and never made by mending', () => {
    expect(fitField('nrkb', 'B 1234 XY')).toMatchObject({ value: 'B 1234 XY', mended: 0, proof: 0 });
    expect(fitField('nrkb', 'B 1Z34 XY')).toBeNull();
  });

  it('with an O or a Q at its end proves less than another: no reader tells the two apart', () => {
    expect(fitField('nrkb', 'AE 6143 LOY')?.proof).toBeLessThan(fitField('nrkb', 'AE 6143 LAY')?.proof ?? 0);
  });
});

describe('a chassis number that was read', () => {
  it('of 17 characters gets 0 for O and Q and 1 for I, because ISO 3779 has none of the three', () => {
    fc.assert(
      fc.property(vin, (whole) => {
        for (const zero of ['O', 'Q']) {
          const read = whole.replaceAll('0', zero).replaceAll('1', 'I');
          expect(fitField('chassis', read)?.value).toBe(whole);
        }
      }),
    );
  });

  it('of another length stands as it is, every letter of it', () => {
    expect(fitField('chassis', '*KC11E-1O02345*')).toMatchObject({ value: 'KC11E1O02345', mended: 0 });
  });

  it('that the recognition gave a character of twice loses the letter that no VIN has, and nothing else', () => {
    expect(fitField('chassis', 'MHY8G60OKWYR618917')?.value).toBe('MHY8G60KWYR618917');
    expect(fitField('chassis', 'MHY57X5SKRRV163322')).toBeNull();
  });
});

describe('an engine number that was read', () => {
  it('is never mended and proves nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{3,8}\d{4}$/), (whole) => {
        expect(fitField('engine', whole)).toEqual({ value: whole, mended: 0, proof: 0 });
      }),
    );
  });
});

describe('any text at all', () => {
  it('gives a value of its field or nothing, and never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('nik', 'nrkb', 'chassis', 'engine' as const),
        fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.stringMatching(/^[A-Z0-9 ]{0,24}$/)),
        (field, text) => {
          const fitting = fitField(field, text);
          if (fitting === null) return;
          expect(fitting.value.length).toBeLessThanOrEqual(60);
          // What fits once fits again: a proposal is in the field's own spelling.
          expect(fitField(field, fitting.value)?.value).toBe(fitting.value);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
