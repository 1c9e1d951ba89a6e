import { base32Character, checkCharacters, isChecked, readBase32 } from './base32-check.ts';
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

const PATTERN = /^(\d{4}-\d{3})-(\d{2})-([1-9]\d{0,5})([0-9A-HJKMNP-TV-Z]{2})-(\d{6})-([0-9A-HJKMNP-TV-Z]{2})$/;

/** Length of `nonceTag`. */
export const NONCE_TAG_LENGTH = 2;

/** The tag of an epoch's nonce, from its first bits; throws RangeError when the nonce is not at least 3 hexadecimal digits. */
export function nonceTagOf(nonceHex: string): string {
  if (!/^[0-9a-f]{3,}$/i.test(nonceHex)) throw new RangeError('not a hexadecimal nonce');
  const bits = Number.parseInt(nonceHex.slice(0, 3), 16) >> 2;
  return base32Character(bits >> 5) + base32Character(bits & 31);
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
  const plain = readBase32(text);
  const match = PATTERN.exec(plain);
  if (match === null) return err('NOT_A_RECEIPT_NUMBER');
  if (!isChecked(plain.replaceAll('-', ''))) return err('WRONG_CHECK_CHARACTERS');
  const [, outletCode = '', device = '', epoch = '', nonceTag = '', seq = ''] = match;
  return ok({ outletCode, deviceNo: Number(device), epochN: Number(epoch), nonceTag, seq: Number(seq) });
}
