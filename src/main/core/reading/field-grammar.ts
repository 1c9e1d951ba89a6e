import { parseNik } from '../../../domain/nik.ts';
import { formatNrkbCompact, isEastJavaNrkb, parseNrkb } from '../../../domain/nrkb.ts';
import { assertNever } from '../../../domain/result.ts';
import type { ReadField } from './recognised.ts';

/** A text that the grammar of its field allows. */
type Fitting = {
  /** In the field's own spelling. */
  readonly value: string;
  /** Characters that were taken for another one because the grammar allows only that one. */
  readonly mended: number;
  /** From 0 to 1: how much of a slip the grammar would have shown. A NIK proves much, an engine number nothing. */
  readonly proof: number;
};

/** Letters that recognition gives for a digit; used only where the grammar has room for nothing but a digit. */
const DIGIT_FOR: Readonly<Record<string, string>> = {
  O: '0',
  D: '0',
  Q: '0',
  U: '0',
  I: '1',
  L: '1',
  J: '1',
  '|': '1',
  '!': '1',
  Z: '2',
  E: '3',
  A: '4',
  S: '5',
  G: '6',
  T: '7',
  B: '8',
};
/** Digits that recognition gives for a letter; used only where the grammar has room for nothing but a letter. */
const LETTER_FOR: Readonly<Record<string, string>> = {
  '0': 'O',
  '1': 'I',
  '2': 'Z',
  '4': 'A',
  '5': 'S',
  '6': 'G',
  '8': 'B',
};

type Mending = { readonly text: string; readonly mended: number };

/** Every character that a table knows is replaced; null where one is neither allowed nor known. */
function mend(text: string, allowed: RegExp, table: Readonly<Record<string, string>>): Mending | null {
  let mended = 0;
  let result = '';
  for (const found of text) {
    const character = allowed.test(found) ? found : table[found];
    if (character === undefined) return null;
    if (character !== found) mended += 1;
    result += character;
  }
  return { text: result, mended };
}

/** A NIK has 16 digits and nothing else; the birth date inside must be a real day, or nothing is proposed. */
function fitNik(text: string): Fitting | null {
  const plain = text.toUpperCase().replace(/[\s.,:;'-]/g, '');
  if (plain.length !== 16) return null;
  const digits = mend(plain, /^\d$/, DIGIT_FOR);
  if (digits === null || digits.mended > 4) return null;
  const parsed = parseNik(digits.text);
  if (!parsed.ok) return null;
  return { value: parsed.value.nik, mended: digits.mended, proof: parsed.value.warnings.length === 0 ? 0.8 : 0.3 };
}

/** Area letters of East Java under a digit that they are taken for: nothing else may stand for an area. */
const AREA_FOR: Readonly<Record<string, string>> = { '5': 'S', A6: 'AG', '4G': 'AG', '46': 'AG', '4E': 'AE' };

/** Ways to part a plate's characters into area, number and suffix. */
function plateWays(plain: string): readonly (readonly [area: string, number: string, suffix: string])[] {
  return [1, 2].flatMap((areaLength) =>
    [4, 3, 2, 1].flatMap((numberLength) => {
      const suffix = plain.slice(areaLength + numberLength);
      const whole = plain.length >= areaLength + numberLength && suffix.length <= 3;
      const number = plain.slice(areaLength, areaLength + numberLength);
      return whole ? [[plain.slice(0, areaLength), number, suffix] as const] : [];
    }),
  );
}

function plateOf([area, number, suffix]: readonly [string, string, string]): Fitting | null {
  const letters = /^[A-Z]{1,2}$/.test(area) ? area : AREA_FOR[area];
  const digits = mend(number, /^\d$/, DIGIT_FOR);
  const end = mend(suffix, /^[A-ZØ]$/, LETTER_FOR);
  if (letters === undefined || digits === null || end === null) return null;
  const parsed = parseNrkb(`${letters} ${digits.text} ${end.text}`);
  const mended = (letters === area ? 0 : 1) + digits.mended + end.mended;
  if (!parsed.ok || mended > 2) return null;
  // A plate of elsewhere is possible and rare here; a slip that makes one is not.
  if (!isEastJavaNrkb(parsed.value)) return mended === 0 ? { value: parsed.value, mended, proof: 0 } : null;
  // O, Q and G, in a suffix, are three letters to the registry and nearly one to a reader.
  return { value: parsed.value, mended, proof: /[OQG]/.test(end.text) ? 0.2 : 0.5 };
}

/**
 * A plate as it was parted by blanks, or the one way of parting that mends least; two ways that mend equally are two
 * plates, and nothing is proposed. A plate without its area is none: `5554 PH` is never taken for `S 554 PH`.
 */
function fitNrkb(text: string): Fitting | null {
  const spaced = text
    .toUpperCase()
    .replace(/[^A-ZØ0-9\s]/g, ' ')
    .trim()
    .split(/\s+/);
  const [area = '', number = '', suffix = ''] = spaced;
  if (spaced.length === 3 || (spaced.length === 2 && /^[A-Z]+$/.test(area))) return plateOf([area, number, suffix]);
  const plain = spaced.join('');
  // With blanks between number and suffix only, an area that looks like a digit cannot be told from the number.
  if (plain.length < 3 || plain.length > 9 || (/^\d/.test(plain) && !/^\d{5}/.test(plain))) return null;
  const ways = plateWays(plain).flatMap((way) => plateOf(way) ?? []);
  const [best, second] = ways.toSorted((left, right) => left.mended - right.mended);
  return best === undefined || second?.mended === best.mended ? null : best;
}

/** Position 10 to 17 aside, ISO 3779 says only that I, O and Q do not occur in a number of 17 characters. */
const VIN_FOR: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1' };

/** 17 characters are a VIN and may be mended as one; older frames have other lengths and every letter, and are taken as they stand. */
function fitChassis(text: string): Fitting | null {
  const found = text.toUpperCase().replace(/[\s.\-/*:,]/g, '');
  // The recognition sometimes gives a character twice, as the digit and as a letter like it that no VIN has.
  const plain = found.length === 18 ? found.replace(/([01])[OQI]|[OQI]([01])/, '$1$2') : found;
  if (!/^[A-Z0-9]{8,17}$/.test(plain)) return null;
  if (plain.length !== 17) return /\d{4}$/.test(plain) ? { value: plain, mended: 0, proof: 0.1 } : null;
  // The last four characters of a VIN are digits by the norm; every maker that sells here keeps to it.
  const head = mend(plain.slice(0, 13), /^[A-HJ-NPR-Z0-9]$/, VIN_FOR);
  const tail = mend(plain.slice(13), /^\d$/, DIGIT_FOR);
  if (head === null || tail === null) return null;
  // Between the maker and the running number any letter and any digit may stand: of these pairs nobody can tell which.
  const isPlain = !/[5S2Z8B6G]/.test(head.text.slice(3));
  return { value: head.text + tail.text, mended: head.mended + tail.mended, proof: isPlain ? 0.5 : 0.3 };
}

/** An engine number has no grammar but its characters: nothing can be mended, nothing is proved. */
function fitEngine(text: string): Fitting | null {
  const plain = text.toUpperCase().replace(/[\s.,:*]/g, '');
  return /^[A-Z0-9-]{6,20}$/.test(plain) && /\d{3}/.test(plain) ? { value: plain, mended: 0, proof: 0 } : null;
}

/** The value that a recognised text can only be; null when the grammar of the field leaves none, or more than one. */
export function fitField(field: ReadField, text: string): Fitting | null {
  switch (field) {
    case 'nik':
      return fitNik(text);
    case 'nrkb':
      return fitNrkb(text);
    case 'chassis':
      return fitChassis(text);
    case 'engine':
      return fitEngine(text);
    default:
      return assertNever(field);
  }
}

/** A value without what two spellings of one number may differ in. */
export function plainValue(field: ReadField, value: string): string {
  if (field === 'nrkb') {
    const parsed = parseNrkb(value);
    if (parsed.ok) return formatNrkbCompact(parsed.value);
  }
  return value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\-/*]/g, '');
}
