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

/** What the QR of a slip says, as plain values; nothing of it is believed before it is verified. */
export type SlipText = CertificateText & {
  readonly statement: {
    readonly deviceId: string;
    readonly epoch: { readonly n: number; readonly nonce: string };
    readonly kind: string;
    readonly number: string;
    readonly on: string;
    readonly promisedOn: string | null;
    readonly seq: number;
    readonly subject: string;
    readonly subjectId: string;
    readonly timeTrust: string;
  };
  readonly slipSig: string;
};

const PARTS = 17;
const MARK = 'S1';
const KINDS = new Map([
  ['a', 'arrival'],
  ['p', 'application'],
  ['h', 'hand-over'],
  ['q', 'ticket'],
]);

const hex = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
const encodeWords = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[_.!~*'()]/g, hex)
    .split('%20')
    .join('_');

function decodeWords(text: string): string | null {
  try {
    return decodeURIComponent(text.split('_').join('%20'));
  } catch (_notUtf8) {
    return null; // the answer to the question: a QR of somebody else
  }
}

function statementIsWhole({ statement, slipSig }: SlipText): boolean {
  const { deviceId, epoch, kind, number, on, promisedOn, seq, subject, subjectId, timeTrust } = statement;
  return (
    isUuid(deviceId) &&
    isUuid(subjectId) &&
    isCount(epoch.n, 1) &&
    isBase64Url(epoch.nonce, 11) &&
    isCount(seq, 1) &&
    kind !== '' &&
    number.length >= 1 &&
    number.length <= 60 &&
    subject.length <= 80 &&
    isDate(on) &&
    (promisedOn === null || isDate(promisedOn)) &&
    timeTrust !== '' &&
    isBase64Url(slipSig, 86)
  );
}

const compact = (day: string): string => day.split('-').join('');

/** Numbers and words can be written in several ways; a paper that was printed has exactly one text. */
function isSpelledAsPrinted(slip: SlipText, parts: readonly string[]): boolean {
  const { epoch, seq, number, subject, on, promisedOn } = slip.statement;
  const days = `${compact(on)}+${promisedOn === null ? '' : compact(promisedOn)}`;
  const spelled = [String(epoch.n), String(seq), encodeWords(number), encodeWords(subject), days, termsOf(slip)];
  return [2, 4, 7, 8, 9, 15].every((index, at) => parts[index] === spelled[at]);
}

/** Reads the text of a QR, or the whole address in it; null when it is no slip. The page's twin of `decodeSlipProof`. */
export function readSlipText(text: string): SlipText | null {
  const parts = payloadParts(text);
  if (parts.length !== PARTS || parts[0] !== MARK) return null;
  const part = (index: number): string => parts[index] ?? '';
  const [on = '', promisedOn = ''] = part(9).split('+');
  const [number, subject] = [decodeWords(part(7)), decodeWords(part(8))];
  if (number === null || subject === null) return null;
  const slip: SlipText = {
    statement: {
      deviceId: uuid(part(1)),
      epoch: { n: Number(part(2)), nonce: part(3) },
      seq: Number(part(4)),
      kind: KINDS.get(part(5)) ?? '',
      subjectId: uuid(part(6)),
      number,
      subject,
      on: date(on),
      promisedOn: promisedOn === '' ? null : date(promisedOn),
      timeTrust: trustOf(part(10)),
    },
    slipSig: part(11),
    ...readCertificate(uuid(part(1)), parts.slice(12)),
  };
  const isWhole = statementIsWhole(slip) && certificateIsWhole(slip) && isSpelledAsPrinted(slip, parts);
  return isWhole ? slip : null;
}
