import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../../src/main/core/reading/agreement.ts';
import { fieldsOfCode } from '../../../src/main/core/reading/code-meaning.ts';
import { propose, SURE } from '../../../src/main/core/reading/propose.ts';
import type { FieldText, Line, RecognisedPage } from '../../../src/main/core/reading/recognised.ts';

/** Words of a line, each a hundred pixels apart, as the recognition would give them. */
function line(text: string, top = 0, confidence = 0.9): Line {
  const words = text.split(' ').map((word, at) => ({
    text: word,
    confidence,
    box: { left: at * 100, right: at * 100 + 80, top, bottom: top + 30 },
  }));
  return { words };
}
const page = (lines: readonly string[], fields: readonly FieldText[] = []): RecognisedPage => ({
  width: 1600,
  lines: lines.map((text, at) => line(text, at * 50)),
  fields,
});
const letters = (field: FieldText['field'], text: string, confidence = 0.9): FieldText => ({
  field,
  text,
  confidence,
  by: 'letters',
});

describe('what is proposed', () => {
  it('stands behind its label, and labels of the next column end it', () => {
    const read = propose([], page(['NOMOR REGISTRASI : AG 1234 XY WARNA : HITAM', 'NOMOR MESIN : JM11E1234567']));
    expect(read).toMatchObject([
      { field: 'nrkb', proposed: 'AG 1234 XY', from: 'text' },
      { field: 'engine', proposed: 'JM11E1234567' },
    ]);
  });

  it('is found behind a label that was read with a slip, and not behind a word that only ends like one', () => {
    expect(propose([], page(['N0MOR REG1STRASI : AG 1234 XY']))).toMatchObject([{ proposed: 'AG 1234 XY' }]);
    expect(propose([], page(['TAHUN REGISTRASI : W 2008 A']))).toEqual([]);
  });

  it('takes the vehicle identification that STNK sheets call NIK for no person', () => {
    const read = propose([], page(['NOMOR RANGKA/NIK/VIN : MH1JM1111AK123456']));
    expect(read).toMatchObject([{ field: 'chassis', proposed: 'MH1JM1111AK123456' }]);
  });

  it('is a code before any text, and sure', () => {
    const read = propose([{ format: 'Code128', text: 'AG1234XY' }], page(['NO. POLISI : AG 1284 XY']));
    expect(read).toEqual([{ field: 'nrkb', proposed: 'AG 1234 XY', confidence: 0.99, from: 'barcode' }]);
  });

  it('is less sure where two readings say different things, and sure where all agree', () => {
    const first = ['NOMOR REGISTRASI : AG 1234 XY'];
    const one = (fields: readonly FieldText[]): number => propose([], page(first, fields))[0]?.confidence ?? 0;
    const agreeing = one([letters('nrkb', 'AG 1234 XY', 1), letters('nrkb', 'AG1234XY', 1)]);
    const divided = one([letters('nrkb', 'AG 1284 XY', 1), letters('nrkb', 'AG 1234 XY', 1)]);
    expect(agreeing).toBeGreaterThanOrEqual(SURE);
    expect(divided).toBeLessThan(0.7);
    expect(one([])).toBeLessThan(SURE);
  });

  it('is nothing where hardly any reading agrees with it', () => {
    const fields = ['S 7733 AN', '', '..'].map((text) => letters('nrkb', text, 0));
    expect(propose([], page(['NO. POLISI : ?'], fields))).toEqual([]);
    expect(propose([], page(['NO. POLISI : S 7733 AN'], fields))).toMatchObject([{ proposed: 'S 7733 AN' }]);
  });

  it('is never sure of an engine number, because nothing about it can be proved', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{4}\d{7}$/), (value) => {
        const fields = [1, 2, 3].map(() => letters('engine', value, 1));
        const [read] = propose([], page([`NOMOR MESIN : ${value}`], fields));
        expect(read?.confidence).toBeLessThan(SURE);
      }),
    );
  });

  it('has at most one value for each field and a confidence from 0 to 1, whatever was recognised', () => {
    const word = fc.oneof(fc.constantFrom('NIK', 'NO.', 'POLISI', 'NOMOR', 'MESIN', ':', '$'), fc.string());
    const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
    const field = fc.record({
      field: fc.constantFrom('nik', 'nrkb', 'chassis', 'engine' as const),
      text: fc.string(),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      by: fc.constantFrom('letters', 'shapes' as const),
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), fc.array(field, { maxLength: 8 }), (lines, fields) => {
        const read = propose([], page(lines, fields));
        expect(new Set(read.map((one) => one.field)).size).toBe(read.length);
        for (const { confidence } of read) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('a code', () => {
  it('gives the plate, the NIK and the chassis number that stand in it, and no date and no sum', () => {
    const text = 'AG 1234 XY;12-05-2027;350.000;3506014107850001;MH1JM1111AK123456';
    expect(fieldsOfCode({ format: 'QRCode', text })).toEqual([
      { field: 'nrkb', value: 'AG 1234 XY' },
      { field: 'nik', value: '3506014107850001' },
      { field: 'chassis', value: 'MH1JM1111AK123456' },
    ]);
  });

  it('that is a link is not taken apart', () => {
    expect(fieldsOfCode({ format: 'QRCode', text: 'https://example.test/?=AG1234XY' })).toEqual([]);
  });

  it('with two plates says nothing about the plate', () => {
    expect(fieldsOfCode({ format: 'QRCode', text: 'AG 1234 XY|AG 4321 YX' })).toEqual([]);
  });

  it('of any other text gives nothing and breaks nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        (text) => void fieldsOfCode({ format: 'QRCode', text }),
      ),
    );
    expect(fieldsOfCode({ format: 'Code128', text: '8991234567890' })).toEqual([]);
  });
});

describe('agreement with the registry', () => {
  it('does not mind blanks, dots and dashes', () => {
    expect(agreementOf('nrkb', 'AG 1234 XY', 'ag1234xy')).toBe('agrees');
    expect(agreementOf('chassis', 'MH1JM1111AK123456', '*MH1JM-1111AK123456*')).toBe('agrees');
  });

  it('is unknown without a value, and where only look-alikes differ', () => {
    expect(agreementOf('engine', 'JM11E1234567', null)).toBe('unknown');
    expect(agreementOf('engine', 'K3MXO4166574', 'K3MX04166574')).toBe('unknown');
  });

  it('differs with any other character', () => {
    expect(agreementOf('nrkb', 'AG 1234 XY', 'AG 1284 XV')).toBe('differs');
    expect(agreementOf('nik', '3506014107850001', '3506014107850002')).toBe('differs');
  });
});
