import { err, ok, type Result } from './result.ts';

/** The parts of a number that stands on paper: outlet, device, epoch, position in the journal. */
export interface ReceiptNumber {
  /** Regency and outlet, `3506-017`. */
  readonly outletCode: string;
  /** 0 to 99. */
  readonly deviceNo: number;
  /** The epoch's count, 1 and up. */
  readonly epochN: number;
  /** Characters of the epoch's nonce, which tell two epochs of one count apart. */
  readonly nonceTag: string;
  /** Position in the epoch, 0 to 999999. */
  readonly seq: number;
}

/** Digits and letters without I, L, O and U, which are misread for 1, 0 and V. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PATTERN = /^(\d{4}-\d{3})-(\d{2})-([1-9]\d{0,5})([0-9A-HJKMNP-TV-Z]{2})-(\d{6})-([0-9A-HJKMNP-TV-Z]{2})$/;
/** Largest prime under 32 squared: two check characters hold every remainder. */
const MODULUS = 1021;
/** Not zero, so that a number of zeros alone is not valid. */
const EXPECTED_REMAINDER = 1;

/** Length of `nonceTag`. */
export const NONCE_TAG_LENGTH = 2;

/** The tag of an epoch's nonce, from its first bits; throws RangeError when the nonce is not at least 3 hexadecimal digits. */
export function nonceTagOf(nonceHex: string): string {
  if (!/^[0-9a-f]{3,}$/i.test(nonceHex)) throw new RangeError('not a hexadecimal nonce');
  const bits = Number.parseInt(nonceHex.slice(0, 3), 16) >> 2;
  return character(bits >> 5) + character(bits & 31);
}

function character(value: number): string {
  return ALPHABET.charAt(value);
}

/** The characters read as one number in base 32, modulo the prime. */
function remainderOf(characters: string): number {
  let remainder = 0;
  for (const one of characters) remainder = (remainder * 32 + ALPHABET.indexOf(one)) % MODULUS;
  return remainder;
}

/**
 * Two characters that make the whole number leave the expected remainder. Every single wrong character is found, because
 * no difference of two values below 32 times a power of 32 is a multiple of 1021; so is every swap of two neighbours,
 * because such a swap changes the number by their difference times 31 times a power of 32.
 */
function checkCharacters(characters: string): string {
  const shifted = (remainderOf(characters) * 1024) % MODULUS;
  const check = (EXPECTED_REMAINDER - shifted + MODULUS) % MODULUS;
  return character(check >> 5) + character(check & 31);
}

function inRange(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** `3506-017-02-3K7-000131-X4`; throws RangeError when a part cannot be printed so, which is a bug. */
export function formatReceiptNumber({ outletCode, deviceNo, epochN, nonceTag, seq }: ReceiptNumber): string {
  const printable = inRange(deviceNo, 0, 99) && inRange(epochN, 1, 999_999) && inRange(seq, 0, 999_999);
  const device = String(deviceNo).padStart(2, '0');
  const body = `${outletCode}-${device}-${epochN}${nonceTag}-${String(seq).padStart(6, '0')}`;
  const text = `${body}-${checkCharacters(body.replaceAll('-', ''))}`;
  if (!printable || !PATTERN.test(text)) throw new RangeError(`not the parts of a receipt number: ${body}`);
  return text;
}

/** Why a text is no receipt number: its form, or its check characters. */
export type ReceiptNumberProblem = 'NOT_A_RECEIPT_NUMBER' | 'WRONG_CHECK_CHARACTERS';

/** Reads a typed or scanned number; case and blanks do not matter, O is read as 0 and I, L as 1, which no number contains. */
export function parseReceiptNumber(text: string): Result<ReceiptNumber, ReceiptNumberProblem> {
  const plain = text.replace(/\s/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  const match = PATTERN.exec(plain);
  if (match === null) return err('NOT_A_RECEIPT_NUMBER');
  if (remainderOf(plain.replaceAll('-', '')) !== EXPECTED_REMAINDER) return err('WRONG_CHECK_CHARACTERS');
  const [, outletCode = '', device = '', epoch = '', nonceTag = '', seq = ''] = match;
  return ok({ outletCode, deviceNo: Number(device), epochN: Number(epoch), nonceTag, seq: Number(seq) });
}
