import { err, ok, type Result } from '../domain/result.ts';

/** Crockford's base 32: no I, L, O, U, so that a code survives the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE = ALPHABET.length;
const ID_LENGTH = 8;
/** 128 bits, most significant first: the first character is 0 to 7. */
const SECRET_LENGTH = 26;
const SECRET_BYTES = 16;
const CODE_LENGTH = ID_LENGTH + SECRET_LENGTH + 1;
const GROUP = 5;

/** A one-time enrolment code: a public id and 128 secret bits, which are never sent. */
export type EnrolmentCode = { readonly codeId: string; readonly secret: Uint8Array };

export type EnrolmentCodeProblem = 'WRONG_LENGTH' | 'WRONG_CHARACTER' | 'WRONG_CHECK';

/** Luhn's check over base 32: every single wrong character is noticed. */
function checkCharacter(values: readonly number[]): string {
  let sum = 0;
  for (const [index, value] of [...values].reverse().entries()) {
    const weighted = index % 2 === 0 ? value * 2 : value;
    sum += Math.floor(weighted / BASE) + (weighted % BASE);
  }
  return ALPHABET.charAt((BASE - (sum % BASE)) % BASE);
}

const valuesOf = (text: string): readonly number[] => [...text].map((letter) => ALPHABET.indexOf(letter));

/** The code as it is read out and typed: 35 characters in groups of five. */
export function formatEnrolmentCode({ codeId, secret }: EnrolmentCode): string {
  let number = 0n;
  for (const byte of secret) number = number * 256n + BigInt(byte);
  let letters = '';
  for (let index = 0; index < SECRET_LENGTH; index += 1) {
    letters = ALPHABET.charAt(Number(number % BigInt(BASE))) + letters;
    number /= BigInt(BASE);
  }
  const text = codeId + letters;
  const whole = text + checkCharacter(valuesOf(text));
  return (whole.match(new RegExp(`.{${String(GROUP)}}`, 'g')) ?? []).join('-');
}

/** Reads a typed code: case, spaces and dashes do not matter, O is 0, I and L are 1. */
export function parseEnrolmentCode(text: string): Result<EnrolmentCode, EnrolmentCodeProblem> {
  const typed = text.slice(0, 200).toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (typed.length !== CODE_LENGTH) return err('WRONG_LENGTH');
  const values = valuesOf(typed);
  if (values.includes(-1)) return err('WRONG_CHARACTER');
  if (checkCharacter(values.slice(0, -1)) !== typed.at(-1)) return err('WRONG_CHECK');
  let number = 0n;
  for (const value of values.slice(ID_LENGTH, ID_LENGTH + SECRET_LENGTH))
    number = number * BigInt(BASE) + BigInt(value);
  if (number >= 1n << 128n) return err('WRONG_CHARACTER');
  const secret = new Uint8Array(SECRET_BYTES);
  for (let index = SECRET_BYTES - 1; index >= 0; index -= 1) {
    secret[index] = Number(number & 255n);
    number >>= 8n;
  }
  return ok({ codeId: typed.slice(0, ID_LENGTH), secret });
}
