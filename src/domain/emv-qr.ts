import { err, ok, type Result } from './result.ts';
import { type Rupiah, rupiah } from './rupiah.ts';

/** What a dynamic QR of a merchant says (EMVCo, QR Code Specification for Payment Systems, merchant-presented mode). */
export interface EmvQrFacts {
  /** Domain of the scheme, backwards, as tag 26-00 names it. */
  readonly scheme: string;
  readonly merchantId: string;
  readonly merchantName: string;
  readonly city: string;
  /** Whole rupiah; tag 54. */
  readonly amount: Rupiah;
  /** Tag 62-05: what ties a payment to its request. */
  readonly reference: string;
}

/** Why a text is no QR that may be shown. */
export type EmvQrProblem = 'SHAPE' | 'CHECKSUM' | 'AMOUNT';

const CURRENCY_IDR = '360';
/** "Tax payments" among the merchant categories of ISO 18245. */
const CATEGORY_TAX = '9311';

/** One byte for each character, which is all that a payload may hold. */
const PRINTABLE = /^[ -~]*$/;

/** CRC-16/CCITT-FALSE, four hexadecimal digits: tag 63. Throws RangeError for a text that is not plain ASCII, which is a bug. */
export function crc16(text: string): string {
  if (!PRINTABLE.test(text)) throw new RangeError('a payload is plain ASCII');
  let crc = 0xffff;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function tag(id: string, value: string): string {
  if (value.length === 0 || value.length > 99) throw new RangeError(`tag ${id} holds 1 to 99 characters`);
  return `${id}${String(value.length).padStart(2, '0')}${value}`;
}

/** The text of a dynamic QR, with its checksum. Throws RangeError for a field that no tag holds, which is a bug. */
export function emvQrText(facts: EmvQrFacts): string {
  const body = [
    tag('00', '01'),
    tag('01', '12'),
    tag('26', tag('00', facts.scheme) + tag('01', facts.merchantId)),
    tag('52', CATEGORY_TAX),
    tag('53', CURRENCY_IDR),
    tag('54', String(facts.amount)),
    tag('58', 'ID'),
    tag('59', facts.merchantName.slice(0, 25)),
    tag('60', facts.city.slice(0, 15)),
    tag('62', tag('05', facts.reference)),
    '6304',
  ].join('');
  return body + crc16(body);
}

/** Splits a text into its tags; undefined where lengths do not fit. */
function tagsOf(text: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const head = /^(\d{2})(\d{2})/.exec(text.slice(at, at + 4));
    const [, id, length] = head ?? [];
    if (id === undefined || length === undefined || tags.has(id)) return undefined;
    const value = text.slice(at + 4, at + 4 + Number(length));
    if (value.length !== Number(length) || value === '') return undefined;
    tags.set(id, value);
    at += 4 + Number(length);
  }
  return tags;
}

/** Reads amount and reference of a dynamic QR in rupiah; what cannot be read whole is shown to no citizen. */
export function readEmvQr(text: string): Result<Pick<EmvQrFacts, 'amount' | 'reference'>, EmvQrProblem> {
  const tags = PRINTABLE.test(text) ? tagsOf(text) : undefined;
  if (tags === undefined || tags.get('00') !== '01' || tags.get('53') !== CURRENCY_IDR) return err('SHAPE');
  if (!text.slice(0, -4).endsWith('6304') || crc16(text.slice(0, -4)) !== tags.get('63')) return err('CHECKSUM');
  const amount = tags.get('54') ?? '';
  const reference = tagsOf(tags.get('62') ?? '')?.get('05');
  if (!/^[1-9]\d{0,12}$/.test(amount)) return err('AMOUNT');
  return reference === undefined ? err('SHAPE') : ok({ amount: rupiah(Number(amount)), reference });
}
