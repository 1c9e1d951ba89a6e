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

/** What a slip of a drawer says beside its place; every amount in whole rupiah. */
export type DrawerText = {
  readonly head: string;
  /** Pieces of each note and coin, the largest first. */
  readonly pieces: readonly number[];
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly float: number;
  readonly sales: number;
  readonly voids: number;
  readonly refunds: number;
  readonly rounding: number;
  readonly expected: number;
  readonly counted: number;
  readonly toSafe: number;
};

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
    /** On a slip of a drawer only. */
    readonly drawer?: DrawerText;
  };
  readonly slipSig: string;
};

const PARTS = 17;
const MARK = 'S1';
/** With the figures of a drawer as one part more, before the certificate. */
const DRAWER_MARK = 'S2';
/** Notes and coins in use, as the counter's program knows them. */
const DENOMINATIONS = 11;
const KINDS = new Map([
  ['a', 'arrival'],
  ['p', 'application'],
  ['h', 'hand-over'],
  ['q', 'ticket'],
  ['c', 'cash-close'],
  ['d', 'drawer-hand-over'],
  ['k', 'courier'],
  ['i', 'cash-inspection'],
  ['s', 'case-letter'],
  ['t', 'top-up'],
  ['r', 'refund'],
]);
const DRAWER_KINDS = ['cash-close', 'drawer-hand-over', 'cash-inspection'];

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

function drawerOf(text: string): DrawerText {
  const [head = '', count = '', ...figures] = text.split('+');
  const told = count.split('-').map(Number);
  const [firstSeq = 0, lastSeq = 0, float = 0, sales = 0, voids = 0, refunds = 0, ...last] = figures.map(Number);
  const [rounding = 0, expected = 0, counted = 0, toSafe = 0] = last;
  const pieces = Array.from({ length: DENOMINATIONS }, (_, index) => told[index] ?? 0);
  const sums = { float, sales, voids, refunds, rounding, expected, counted, toSafe };
  return { head, pieces, firstSeq, lastSeq, ...sums };
}

function drawerSpelled(drawer: DrawerText): string {
  const { head, pieces, firstSeq, lastSeq, float, sales, voids, refunds, rounding, expected, counted, toSafe } = drawer;
  const count = pieces.join('-').replace(/(-0)+$/, '');
  const figures = [firstSeq, lastSeq, float, sales, voids, refunds, rounding, expected, counted, toSafe];
  return [head, count, ...figures.map(String)].join('+');
}

function drawerIsWhole({ head, pieces, firstSeq, lastSeq, ...sums }: DrawerText): boolean {
  const notNegative = [sums.float, sums.counted, sums.toSafe, ...pieces];
  return (
    isBase64Url(head, 43) &&
    isCount(firstSeq, 1) &&
    isCount(lastSeq, 1) &&
    notNegative.every((value) => isCount(value, 0)) &&
    [sums.sales, sums.voids, sums.refunds, sums.rounding, sums.expected].every(Number.isSafeInteger)
  );
}

function statementIsWhole({ statement, slipSig }: SlipText): boolean {
  const { deviceId, epoch, kind, number, on, promisedOn, seq, subject, subjectId, timeTrust, drawer } = statement;
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
    (drawer === undefined ? !DRAWER_KINDS.includes(kind) : DRAWER_KINDS.includes(kind) && drawerIsWhole(drawer)) &&
    isBase64Url(slipSig, 86)
  );
}

const compact = (day: string): string => day.split('-').join('');

/** Numbers and words can be written in several ways; a paper that was printed has exactly one text. */
function isSpelledAsPrinted(slip: SlipText, parts: readonly string[]): boolean {
  const { epoch, seq, number, subject, on, promisedOn, drawer } = slip.statement;
  const days = `${compact(on)}+${promisedOn === null ? '' : compact(promisedOn)}`;
  const spelled = [String(epoch.n), String(seq), encodeWords(number), encodeWords(subject), days, termsOf(slip)];
  const more = drawer === undefined ? 0 : 1;
  if (drawer !== undefined && parts[12] !== drawerSpelled(drawer)) return false;
  return [2, 4, 7, 8, 9, 15 + more].every((index, at) => parts[index] === spelled[at]);
}

/** Reads the text of a QR, or the whole address in it; null when it is no slip. The page's twin of `decodeSlipProof`. */
export function readSlipText(text: string): SlipText | null {
  const parts = payloadParts(text);
  const more = parts[0] === DRAWER_MARK ? 1 : 0;
  if (parts.length !== PARTS + more || (more === 0 && parts[0] !== MARK)) return null;
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
      ...(more === 0 ? {} : { drawer: drawerOf(part(12)) }),
    },
    slipSig: part(11),
    ...readCertificate(uuid(part(1)), parts.slice(12 + more)),
  };
  const isWhole = statementIsWhole(slip) && certificateIsWhole(slip) && isSpelledAsPrinted(slip, parts);
  return isWhole ? slip : null;
}
