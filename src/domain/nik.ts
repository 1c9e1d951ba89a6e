import { daysInMonth, isLeapYear, type LocalDate } from './local-date.ts';
import { isRegencyCode } from './regency.ts';
import { err, ok, type Result } from './result.ts';

declare const nikBrand: unique symbol;

/** An identity number: 16 digits, permanent, given by the place of first registration; it has no check digit. */
export type Nik = string & { readonly [nikBrand]: 'Nik' };

/** Why a text is no NIK. */
export type NikProblem =
  | 'NIK_BAD_CHARACTER'
  | 'NIK_WRONG_LENGTH'
  | 'NIK_BAD_DAY'
  | 'NIK_BAD_MONTH'
  | 'NIK_NO_SUCH_DAY'
  | 'NIK_ZERO_SEQUENCE';

/** What is odd and still allowed: a NIK is not changed when a person moves or a birth date is corrected. */
export type NikWarning = 'REGION_UNKNOWN' | 'BIRTH_DATE_DIFFERS';

/** Province codes of Kemendagri, Papua's new ones included; regencies below them are only checked for East Java. */
const PROVINCES = new Set(
  '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96'.split(
    ' ',
  ),
);

/** Birth day, month and two-digit year as the number states them; women have 40 added to the day. */
export interface NikBirth {
  readonly day: number;
  readonly month: number;
  readonly yearOfCentury: number;
  readonly isFemale: boolean;
}

/** What a NIK says about its holder's birth. */
export function nikBirth(nik: Nik): NikBirth {
  const statedDay = Number(nik.slice(6, 8));
  const isFemale = statedDay > 40;
  return {
    day: isFemale ? statedDay - 40 : statedDay,
    month: Number(nik.slice(8, 10)),
    yearOfCentury: Number(nik.slice(10, 12)),
    isFemale,
  };
}

/** 29 February is real when either century makes it so: 1900 was common, 2000 was a leap year. */
function findBirthProblem({ day, month, yearOfCentury }: NikBirth): NikProblem | null {
  if (day < 1 || day > 31) return 'NIK_BAD_DAY';
  if (month < 1 || month > 12) return 'NIK_BAD_MONTH';
  const leap = isLeapYear(1900 + yearOfCentury) || isLeapYear(2000 + yearOfCentury);
  return day <= daysInMonth(leap ? 2000 : 2001, month) ? null : 'NIK_NO_SUCH_DAY';
}

function isKnownRegion(nik: Nik): boolean {
  return PROVINCES.has(nik.slice(0, 2)) && (nik.slice(0, 2) !== '35' || isRegencyCode(nik.slice(0, 4)));
}

/**
 * Reads a NIK; blanks, dots and dashes do not matter. The rules are those of the civil registration: day 01 to 31 or 41 to
 * 71, a real day, a sequence above 0000. A region outside the tables is a warning, and so is a birth date of the
 * record, when given, that the number contradicts.
 */
export function parseNik(
  text: string,
  bornOn?: LocalDate,
): Result<{ readonly nik: Nik; readonly warnings: readonly NikWarning[] }, NikProblem> {
  const digits = text.replace(/[\s.-]/g, '');
  if (!/^\d*$/.test(digits)) return err('NIK_BAD_CHARACTER');
  if (digits.length !== 16) return err('NIK_WRONG_LENGTH');
  const nik = digits as Nik; // no door leads out of here with it but the last line
  const birth = nikBirth(nik);
  const problem = findBirthProblem(birth);
  if (problem !== null) return err(problem);
  if (nik.endsWith('0000')) return err('NIK_ZERO_SEQUENCE');
  const stated = `${nik.slice(10, 12)}-${nik.slice(8, 10)}-${String(birth.day).padStart(2, '0')}`;
  const warnings: NikWarning[] = [];
  if (!isKnownRegion(nik)) warnings.push('REGION_UNKNOWN');
  if (bornOn !== undefined && bornOn.slice(2) !== stated) warnings.push('BIRTH_DATE_DIFFERS');
  return ok({ nik, warnings });
}

/** The region of first registration stays readable, the person does not: `3506************`. */
export function maskNik(nik: Nik): string {
  return nik.slice(0, 4) + '*'.repeat(12);
}
