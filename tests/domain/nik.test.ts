import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskNik, type Nik, nikBirth, parseNik } from '../../src/domain/nik.ts';
import { on } from '../support/dates.ts';

const dates = fc
  .date({ min: new Date('1920-01-01'), max: new Date('2019-12-31'), noInvalidDate: true })
  .map((instant) => instant.toISOString().slice(0, 10));
const people = fc.record({
  region: fc.constantFrom('350601', '357804', '317405', '110101', '940201'),
  born: dates,
  isFemale: fc.boolean(),
  sequence: fc.integer({ min: 1, max: 9999 }),
});

function nikOf({
  region,
  born,
  isFemale,
  sequence,
}: {
  region: string;
  born: string;
  isFemale: boolean;
  sequence: number;
}): string {
  const [year = '', month = '', day = ''] = born.split('-');
  return `${region}${String(Number(day) + (isFemale ? 40 : 0)).padStart(2, '0')}${month}${year.slice(2)}${String(sequence).padStart(4, '0')}`;
}

describe('a NIK', () => {
  it('is accepted for every person whom it can be made for, and states the birth back', () => {
    fc.assert(
      fc.property(people, (person) => {
        const text = nikOf(person);
        expect(parseNik(text, on(person.born))).toEqual({ ok: true, value: { nik: text, warnings: [] } });
        const birth = nikBirth(text as Nik);
        expect([birth.isFemale, birth.day, birth.month]).toEqual([
          person.isFemale,
          Number(person.born.slice(8)),
          Number(person.born.slice(5, 7)),
        ]);
      }),
    );
  });

  it('may be typed with blanks, dots and dashes', () => {
    expect(parseNik(' 3506.0115-0385 0001 ')).toMatchObject({ value: { nik: '3506011503850001' } });
  });

  it('exists on 29 February when either century has one', () => {
    expect(parseNik('3506012902000001').ok).toBe(true); // 2000, though 1900 had none
    expect(parseNik('3506016902960001').ok).toBe(true);
    expect(parseNik('3506012902010001')).toEqual({ ok: false, error: 'NIK_NO_SUCH_DAY' });
  });

  it.each([
    ['350601150385000', 'NIK_WRONG_LENGTH'],
    ['35060115038500011', 'NIK_WRONG_LENGTH'],
    ['', 'NIK_WRONG_LENGTH'],
    ['35060115O3850001', 'NIK_BAD_CHARACTER'],
    ['٣506011503850001', 'NIK_BAD_CHARACTER'],
    ['3506010003850001', 'NIK_BAD_DAY'],
    ['3506013203850001', 'NIK_BAD_DAY'],
    ['3506014003850001', 'NIK_BAD_DAY'],
    ['3506017203850001', 'NIK_BAD_DAY'],
    ['3506011500850001', 'NIK_BAD_MONTH'],
    ['3506011513850001', 'NIK_BAD_MONTH'],
    ['3506013104850001', 'NIK_NO_SUCH_DAY'],
    ['3506017104850001', 'NIK_NO_SUCH_DAY'],
    ['3506011503850000', 'NIK_ZERO_SEQUENCE'],
  ])('%j is refused: %s', (text, error) => {
    expect(parseNik(text)).toEqual({ ok: false, error });
  });

  it('of an unknown region, or against the birth date of the record, is a warning and not an error', () => {
    expect(parseNik('9906011503850001')).toMatchObject({ value: { warnings: ['REGION_UNKNOWN'] } });
    expect(parseNik('3599011503850001')).toMatchObject({ value: { warnings: ['REGION_UNKNOWN'] } });
    expect(parseNik('3174011503850001')).toMatchObject({ value: { warnings: [] } }); // need not be of East Java
    expect(parseNik('3506011503850001', on('1985-03-16'))).toMatchObject({
      value: { warnings: ['BIRTH_DATE_DIFFERS'] },
    });
  });

  it('is shown without the person in it', () => {
    expect(maskNik('3506011503850001' as Nik)).toBe('3506************');
  });
});
