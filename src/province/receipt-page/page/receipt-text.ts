import {
  type CertificateText,
  certificateIsWhole,
  date,
  isBase64Url,
  isCount,
  isDate,
  isUuid,
  payloadParts,
  readCertificate,
  termsOf,
  trustOf,
  uuid,
} from './proof-parts.ts';

/** What the QR of a receipt says, as plain values; nothing of it is believed before it is verified. */
export type ReceiptText = CertificateText & {
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
};

const PARTS = 17;

function statementIsWhole({ statement, receiptSig }: ReceiptText): boolean {
  const { deviceId, epoch, nrkb, paidOn, periods, seq, timeTrust, total, transactionId } = statement;
  return (
    isUuid(deviceId) &&
    isUuid(transactionId) &&
    isCount(epoch.n, 1) &&
    isBase64Url(epoch.nonce, 11) &&
    isCount(seq, 1) &&
    isCount(total, 0) &&
    nrkb.length >= 3 &&
    nrkb.length <= 20 &&
    periods.length <= 10 &&
    periods.every(isDate) &&
    isDate(paidOn) &&
    timeTrust !== '' &&
    isBase64Url(receiptSig, 86)
  );
}

/** Numbers and plates can be written in several ways; a paper that was printed has exactly one text. */
function isSpelledAsPrinted(receipt: ReceiptText, parts: readonly string[]): boolean {
  const { epoch, seq, nrkb, total } = receipt.statement;
  const plate = nrkb.split(' ').join('_').split('Ø').join('~');
  const spelled = [String(epoch.n), String(seq), plate, String(total), termsOf(receipt)];
  return [2, 4, 6, 8, 15].every((index, at) => parts[index] === spelled[at]);
}

/** Reads the text of a QR, or the whole address in it; null when it is no receipt. The page's twin of `decodeReceiptProof`. */
export function readReceiptText(text: string): ReceiptText | null {
  const parts = payloadParts(text);
  if (parts.length !== PARTS || parts[0] !== '1') return null;
  const part = (index: number): string => parts[index] ?? '';
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
      timeTrust: trustOf(part(10)),
    },
    receiptSig: part(11),
    ...readCertificate(uuid(part(1)), parts.slice(12)),
  };
  const isWhole = statementIsWhole(receipt) && certificateIsWhole(receipt) && isSpelledAsPrinted(receipt, parts);
  return isWhole ? receipt : null;
}
