/** What the QR of a paper says, as plain values; nothing of it is believed before it is verified. */
export type ReceiptText = {
  readonly statement: {
    readonly deviceId: string;
    readonly epoch: { readonly n: number; readonly nonce: string };
    readonly nrkb: string;
    readonly paidOn: string;
    readonly periods: readonly string[];
    readonly seq: number;
    readonly timeTrust: string;
    readonly total: number;
    readonly transactionId: string;
  };
  readonly receiptSig: string;
  readonly certificate: {
    readonly deviceId: string;
    readonly notAfter: number;
    readonly outletId: string;
    readonly policyVersion: number;
    readonly sealingKey: string;
    readonly signingKey: string;
  };
  readonly rootKeyId: string;
  readonly certificateSig: string;
};

const PARTS = 17;
const LONGEST = 4000;
const TRUST = new Map([
  ['a', 'anchored'],
  ['r', 'rtc'],
  ['c', 'clamped'],
  ['s', 'suspect'],
]);
const UUID =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-(0{4}-){3}0{12}|f{8}-(f{4}-){3}f{12})$/i;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const uuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
const date = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
const isBase64Url = (text: string, length: number): boolean => text.length === length && /^[A-Za-z0-9_-]+$/.test(text);
const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && !isLeap ? 28 : (MONTH_DAYS[month - 1] ?? 0);
  return year >= 1 && day >= 1 && day <= last;
}

function statementIsWhole({ statement }: ReceiptText): boolean {
  const { deviceId, epoch, nrkb, paidOn, periods, seq, timeTrust, total, transactionId } = statement;
  return (
    UUID.test(deviceId) &&
    UUID.test(transactionId) &&
    isCount(epoch.n, 1) &&
    isBase64Url(epoch.nonce, 11) &&
    isCount(seq, 1) &&
    isCount(total, 0) &&
    nrkb.length >= 3 &&
    nrkb.length <= 20 &&
    periods.length <= 10 &&
    periods.every(isDate) &&
    isDate(paidOn) &&
    timeTrust !== ''
  );
}

function certificateIsWhole({ certificate, receiptSig, rootKeyId, certificateSig }: ReceiptText): boolean {
  const { notAfter, outletId, policyVersion, sealingKey, signingKey } = certificate;
  return (
    /^\d{4}-\d{3}$/.test(outletId) &&
    isBase64Url(signingKey, 43) &&
    isBase64Url(sealingKey, 43) &&
    isCount(notAfter, 0) &&
    isCount(policyVersion, 0) &&
    isBase64Url(receiptSig, 86) &&
    isBase64Url(rootKeyId, 12) &&
    isBase64Url(certificateSig, 86)
  );
}

/** Numbers and plates can be written in several ways; a paper that was printed has exactly one text. */
function isSpelledAsPrinted({ statement, certificate }: ReceiptText, parts: readonly string[]): boolean {
  const { epoch, seq, nrkb, total } = statement;
  const plate = nrkb.split(' ').join('_').split('Ø').join('~');
  const until = `${String(certificate.notAfter)}+${String(certificate.policyVersion)}`;
  const spelled = [String(epoch.n), String(seq), plate, String(total), until];
  return [2, 4, 6, 8, 15].every((index, at) => parts[index] === spelled[at]);
}

/** Reads the text of a QR, or the whole address in it; null when it is no receipt. The page's twin of `decodeReceiptProof`. */
export function readReceiptText(text: string): ReceiptText | null {
  const payload = text.trim().slice(0, LONGEST).split('#').pop() ?? '';
  const parts = payload.split('.');
  if (parts.length !== PARTS || parts[0] !== '1') return null;
  const part = (index: number): string => parts[index] ?? '';
  const [notAfter, policyVersion] = part(15).split('+');
  const receipt: ReceiptText = {
    statement: {
      deviceId: uuid(part(1)),
      epoch: { n: Number(part(2)), nonce: part(3) },
      seq: Number(part(4)),
      transactionId: uuid(part(5)),
      nrkb: part(6).split('_').join(' ').split('~').join('Ø'),
      periods: part(7).split('+').map(date),
      total: Number(part(8)),
      paidOn: date(part(9)),
      timeTrust: TRUST.get(part(10)) ?? '',
    },
    receiptSig: part(11),
    certificate: {
      deviceId: uuid(part(1)),
      outletId: part(12),
      signingKey: part(13),
      sealingKey: part(14),
      notAfter: Number(notAfter),
      policyVersion: Number(policyVersion),
    },
    rootKeyId: part(16).slice(0, 12),
    certificateSig: part(16).slice(12),
  };
  const isWhole = statementIsWhole(receipt) && certificateIsWhole(receipt) && isSpelledAsPrinted(receipt, parts);
  return isWhole ? receipt : null;
}
