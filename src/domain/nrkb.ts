import { err, ok, type Result } from './result.ts';

declare const nrkbBrand: unique symbol;

/** A plate number (NRKB) in its one spelling, `AG 1234 XY`; Ø is a letter of its own, the 27th. */
export type Nrkb = string & { readonly [nrkbBrand]: 'Nrkb' };

/** The three parts of a plate number. */
export interface NrkbParts {
  /** Letters of the registration area, one or two. */
  readonly area: string;
  /** 1 to 9999. */
  readonly number: number;
  /** None to three letters of A to Z and Ø. */
  readonly suffix: string;
}

/** Why a text is no plate number. Positions count characters of the text as typed, from zero. */
export type NrkbProblem =
  | { readonly code: 'NRKB_EMPTY' }
  /** A character of another script or case that only looks like the right one, or a digit among letters. */
  | { readonly code: 'NRKB_LOOKALIKE'; readonly position: number; readonly found: string; readonly suggestion: string }
  | { readonly code: 'NRKB_BAD_CHARACTER'; readonly position: number; readonly found: string }
  | { readonly code: 'NRKB_NO_AREA' }
  | { readonly code: 'NRKB_AREA_TOO_LONG'; readonly position: number }
  | { readonly code: 'NRKB_NO_NUMBER' }
  | { readonly code: 'NRKB_LEADING_ZERO'; readonly position: number }
  /** A separator inside the number: `AG 12 5A` may be 125 A or 12 SA, and nobody but the reader of the plate knows. */
  | { readonly code: 'NRKB_SPLIT_NUMBER'; readonly position: number }
  | { readonly code: 'NRKB_NUMBER_TOO_LONG'; readonly position: number }
  | { readonly code: 'NRKB_SUFFIX_TOO_LONG'; readonly position: number };

/** Registration areas of Polda Jawa Timur. */
export const EAST_JAVA_AREAS = ['L', 'M', 'N', 'P', 'S', 'W', 'AE', 'AG'] as const;

/** Letters of other scripts that look like a Latin one on a screen, as pasted text and odd keyboards bring them. */
const HOMOGLYPHS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    A: 'АΑ',
    B: 'ВΒ',
    C: 'СϹ',
    E: 'ЕΕ',
    H: 'НΗ',
    I: 'ІΙӀı',
    J: 'Ј',
    K: 'КΚ\u212A',
    M: 'МΜ',
    N: 'Ν',
    O: 'ОΟՕ',
    P: 'РΡ',
    S: 'Ѕſ',
    T: 'ТΤ',
    W: 'Ԝ',
    X: 'ХΧ',
    Y: 'УΥҮ',
    Z: 'Ζ',
    Ø: 'Ө∅⌀ΘѲ',
  }).flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
);

/** A digit where a letter belongs. */
const LETTER_FOR_DIGIT: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '2': 'Z', '5': 'S', '8': 'B' };
/** A letter where a digit belongs. */
const DIGIT_FOR_LETTER: Readonly<Record<string, string>> = { O: '0', Ø: '0', I: '1', L: '1', Z: '2', S: '5', B: '8' };

interface Character {
  readonly value: string;
  readonly found: string;
  readonly position: number;
  /** Whether it stands right behind the character before it, without a separator. */
  readonly glued: boolean;
}

/** Blanks of every width, dots, dashes of every length, slashes and zero-width marks separate parts and mean nothing else. */
const SEPARATOR = /[\s.\-_/·•\u00AD\u200B-\u200D\u2010-\u2015\u2060\u2212\uFE58\uFE63\uFEFF\uFF0D\uFF0E]/u;

/** The plain form of a full-width character, as some keyboards bring it; every other character as it is. */
function plainForm(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  return code >= 0xff01 && code <= 0xff5e ? String.fromCodePoint(code - 0xfee0) : found;
}

/** The meaningful characters in plain upper case, or the first that no plate bears. */
function readCharacters(text: string): Result<readonly Character[], NrkbProblem> {
  const characters: Character[] = [];
  let position = 0;
  let glued = false;
  for (const found of text) {
    if (SEPARATOR.test(found)) {
      glued = false;
    } else {
      const plain = plainForm(found);
      if (!/^[A-Za-z0-9Øø]$/u.test(plain)) return err(strangeCharacter(plain, found, position));
      characters.push({ value: plain.toUpperCase(), found, position, glued });
      glued = true;
    }
    position += found.length;
  }
  return ok(characters);
}

function strangeCharacter(plain: string, found: string, position: number): NrkbProblem {
  const latin = HOMOGLYPHS.get(plain) ?? HOMOGLYPHS.get(plain.toUpperCase());
  return latin === undefined
    ? { code: 'NRKB_BAD_CHARACTER', position, found }
    : { code: 'NRKB_LOOKALIKE', position, found, suggestion: latin };
}

function isDigit({ value }: Character): boolean {
  return value >= '0' && value <= '9';
}

function lookalike({ found, position }: Character, suggestion: string): NrkbProblem {
  return { code: 'NRKB_LOOKALIKE', position, found, suggestion };
}

/** Where the number starts and ends: the first digit after at least one letter, up to the next letter. */
function splitParts(
  characters: readonly Character[],
): readonly [area: Character[], number: Character[], suffix: Character[]] {
  const firstDigit = characters.findIndex(isDigit);
  const start = firstDigit < 0 ? characters.length : firstDigit;
  const rest = characters.slice(start);
  const firstLetter = rest.findIndex((character) => !isDigit(character));
  const end = firstLetter < 0 ? rest.length : firstLetter;
  return [characters.slice(0, start), rest.slice(0, end), rest.slice(end)];
}

/** `[A-Z]{1,2}`; Ø never stands in an area. */
function areaProblem(area: readonly Character[], characters: readonly Character[]): NrkbProblem | null {
  const slashed = area.find((character) => character.value === 'Ø');
  if (slashed !== undefined) return lookalike(slashed, 'O');
  const [first] = characters;
  if (area.length === 0) {
    const letter = first === undefined ? undefined : LETTER_FOR_DIGIT[first.value];
    return first === undefined || letter === undefined ? { code: 'NRKB_NO_AREA' } : lookalike(first, letter);
  }
  const third = area[2];
  if (third === undefined) return null;
  const digit = DIGIT_FOR_LETTER[third.value];
  return digit === undefined ? { code: 'NRKB_AREA_TOO_LONG', position: third.position } : lookalike(third, digit);
}

/** `[1-9]\d{0,3}`, in one piece. */
function numberProblem(number: readonly Character[], suffix: readonly Character[]): NrkbProblem | null {
  const [first, , , , fifth] = number;
  if (first === undefined) return { code: 'NRKB_NO_NUMBER' };
  if (first.value === '0') return { code: 'NRKB_LEADING_ZERO', position: first.position };
  const apart = number.find((character, index) => index > 0 && !character.glued);
  if (apart !== undefined) {
    const letter = LETTER_FOR_DIGIT[apart.value];
    const [next] = suffix;
    const startsLetters = apart === number.at(-1) && next?.glued === true;
    return startsLetters && letter !== undefined
      ? lookalike(apart, letter)
      : { code: 'NRKB_SPLIT_NUMBER', position: apart.position };
  }
  return fifth === undefined ? null : { code: 'NRKB_NUMBER_TOO_LONG', position: fifth.position };
}

/** A letter typed for a digit inside the number, as in `AG 1O34 XY`: glued to the digits on both sides, and room for them. */
function slipInsideNumber(number: readonly Character[], suffix: readonly Character[]): NrkbProblem | null {
  const [first] = suffix;
  const digitAt = suffix.findIndex(isDigit);
  const inside = suffix.slice(0, digitAt + 1);
  const replacement = first === undefined ? undefined : DIGIT_FOR_LETTER[first.value];
  const fits = inside.every((character) => character.glued) && number.length + inside.length <= 4;
  return first === undefined || replacement === undefined || !fits ? null : lookalike(first, replacement);
}

/** `[A-ZØ]{0,3}`; a digit in it is a typing slip that is never mended silently, because O, 0 and Ø are three things. */
function suffixProblem(number: readonly Character[], suffix: readonly Character[]): NrkbProblem | null {
  const digit = suffix.find(isDigit);
  if (digit !== undefined) {
    const letter = LETTER_FOR_DIGIT[digit.value];
    const slip = slipInsideNumber(number, suffix);
    if (slip !== null) return slip;
    return letter === undefined
      ? { code: 'NRKB_BAD_CHARACTER', position: digit.position, found: digit.found }
      : lookalike(digit, letter);
  }
  const fourth = suffix[3];
  return fourth === undefined ? null : { code: 'NRKB_SUFFIX_TOO_LONG', position: fourth.position };
}

function textOf(characters: readonly Character[]): string {
  return characters.map((character) => character.value).join('');
}

/**
 * Reads a plate number as a person types it: case, blanks, dots and dashes do not matter, and every spelling of one
 * plate gives one `Nrkb`. Look-alikes are refused with a suggestion, never mended: O, 0 and Ø must not merge silently.
 * Areas outside East Java parse too; `isEastJavaNrkb` tells them apart.
 */
export function parseNrkb(text: string): Result<Nrkb, NrkbProblem> {
  const read = readCharacters(text);
  if (!read.ok) return read;
  if (read.value.length === 0) return err({ code: 'NRKB_EMPTY' });
  const [area, number, suffix] = splitParts(read.value);
  const problem = areaProblem(area, read.value) ?? numberProblem(number, suffix) ?? suffixProblem(number, suffix);
  if (problem !== null) return err(problem);
  const parts = [textOf(area), textOf(number), textOf(suffix)].filter((part) => part !== '');
  return ok(parts.join(' ') as Nrkb); // the only place where a checked text becomes the brand
}

/** The parts of a plate number. */
export function nrkbParts(nrkb: Nrkb): NrkbParts {
  const [area = '', number = '', suffix = ''] = nrkb.split(' ');
  return { area, number: Number(number), suffix };
}

/** `AG1234XY`: the key under which a plate is looked for. */
export function formatNrkbCompact(nrkb: Nrkb): string {
  return nrkb.replaceAll(' ', '');
}

/** Whether the plate is of one of the eight areas of East Java; vehicles of others are unknown to this counter. */
export function isEastJavaNrkb(nrkb: Nrkb): boolean {
  const areas: readonly string[] = EAST_JAVA_AREAS;
  return areas.includes(nrkbParts(nrkb).area);
}
