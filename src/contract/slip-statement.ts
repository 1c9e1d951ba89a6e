import { z } from 'zod';
import {
  certificateParts,
  compactDate,
  compactUuid,
  expandDate,
  expandUuid,
  markTraining,
  readCertificateParts,
  TRUST_LETTERS,
  unmarkTraining,
} from './proof-text.ts';
import { signedCertificateSchema, type SignedCertificate } from './receipt-statement.ts';
import { DENOMINATIONS } from '../domain/cash-session.ts';
import {
  amountSchema,
  epochSchema,
  hashSchema,
  localDateSchema,
  rupiahSchema,
  signatureSchema,
  textSchema,
  timeTrustSchema,
  uuidSchema,
} from './primitives.ts';

/** Signature context of a slip: a paper that proves a day, a hand-over or a count of a drawer, and no payment. */
export const SLIP_CONTEXT = 'opop/slip/1\0';

/** What a slip of a drawer says beside its place: the count, the sums, and between which entries they stand. */
export const drawerFiguresSchema = z.object({
  firstSeq: z.int().positive(),
  lastSeq: z.int().positive(),
  /** Hash of the entry at `lastSeq`. */
  head: hashSchema,
  /** Pieces of each note and coin in use, the largest first. */
  pieces: z.array(z.int().nonnegative()).length(DENOMINATIONS.length),
  /** All in whole rupiah. */
  float: amountSchema,
  sales: rupiahSchema,
  voids: rupiahSchema,
  refunds: rupiahSchema,
  rounding: rupiahSchema,
  expected: rupiahSchema,
  counted: amountSchema,
  toSafe: amountSchema,
});
export type DrawerFigures = Readonly<z.infer<typeof drawerFiguresSchema>>;

/** Kinds of slip that carry the figures of a drawer. */
function isDrawerKind(kind: string): boolean {
  return kind === 'cash-close' || kind === 'drawer-hand-over' || kind === 'cash-inspection';
}

/** What the paper says and the counter signs; `subject` is the plate or the name of the service, never a person. */
export const slipStatementSchema = z
  .object({
    kind: z.enum([
      'arrival',
      'application',
      'hand-over',
      'ticket',
      'cash-close',
      'drawer-hand-over',
      'courier',
      'cash-inspection',
      'case-letter',
      'top-up',
      'refund',
    ]),
    deviceId: uuidSchema,
    epoch: epochSchema,
    seq: z.int().positive(),
    /** Of the arrival, application, hand-over or ticket. */
    subjectId: uuidSchema,
    number: textSchema(60).min(1),
    subject: textSchema(80),
    /** The day that counts: of arrival, receipt or hand-over. */
    on: localDateSchema,
    promisedOn: localDateSchema.nullable(),
    timeTrust: timeTrustSchema,
    /** On a slip of a drawer only: the statement of any other has no such field. */
    drawer: drawerFiguresSchema.optional(),
  })
  .refine(({ kind, drawer }) => (drawer === undefined) === !isDrawerKind(kind));
export type SlipStatement = Readonly<z.infer<typeof slipStatementSchema>>;

/** All that a phone needs beside the province's root key. */
const slipProofSchema = z.object({
  statement: slipStatementSchema,
  slipSig: signatureSchema,
  certificate: signedCertificateSchema,
});
export type SlipProof = {
  readonly statement: SlipStatement;
  readonly slipSig: string;
  readonly certificate: SignedCertificate;
};

/** First part of a slip's payload; that of a receipt is its version, a number. */
const SLIP_MARK = 'S1';
/** The same with the figures of a drawer as one part more, before the certificate. */
const DRAWER_MARK = 'S2';

const KIND_LETTERS = {
  arrival: 'a',
  application: 'p',
  'hand-over': 'h',
  ticket: 'q',
  'cash-close': 'c',
  'drawer-hand-over': 'd',
  courier: 'k',
  'cash-inspection': 'i',
  'case-letter': 's',
  'top-up': 't',
  refund: 'r',
} as const;
const PART_COUNT = 17;
const FIGURE_NAMES = [
  'firstSeq',
  'lastSeq',
  'float',
  'sales',
  'voids',
  'refunds',
  'rounding',
  'expected',
  'counted',
  'toSafe',
] as const satisfies readonly (keyof DrawerFigures)[];

const hex = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** Words in an address: letters, digits and hyphens as they stand, a space as an underscore, the rest as %XX of UTF-8. */
function encodeWords(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[_.!~*'()]/g, hex)
    .replaceAll('%20', '_');
}

/** The words again; undefined for what no encoder writes. */
function decodeWords(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('_', '%20'));
  } catch (_notUtf8) {
    return undefined; // the answer to the question: a QR of somebody else
  }
}

/** `head+pieces+figures`: the count with hyphens, empty denominations at its end left out. */
function drawerText({ head, pieces, ...figures }: DrawerFigures): string {
  const count = pieces.join('-').replace(/(?:-0)+$/, '');
  return [head, count, ...FIGURE_NAMES.map((name) => String(figures[name]))].join('+');
}

function readDrawer(text: string): unknown {
  const [head, count = '', ...figures] = text.split('+');
  const told = count.split('-').map(Number);
  const pieces = DENOMINATIONS.map((_value, index) => told[index] ?? 0);
  return { head, pieces, ...Object.fromEntries(FIGURE_NAMES.map((name, index) => [name, Number(figures[index])])) };
}

/** Payload of a slip's QR after `/t#`: fields joined by dots, and no person among them. */
export function encodeSlipProof({ statement, slipSig, certificate }: SlipProof): string {
  const { drawer } = statement;
  return markTraining(certificate, [
    drawer === undefined ? SLIP_MARK : DRAWER_MARK,
    compactUuid(statement.deviceId),
    String(statement.epoch.n),
    statement.epoch.nonce,
    String(statement.seq),
    KIND_LETTERS[statement.kind],
    compactUuid(statement.subjectId),
    encodeWords(statement.number),
    encodeWords(statement.subject),
    `${compactDate(statement.on)}+${statement.promisedOn === null ? '' : compactDate(statement.promisedOn)}`,
    TRUST_LETTERS[statement.timeTrust],
    slipSig,
    ...(drawer === undefined ? [] : [drawerText(drawer)]),
    ...certificateParts(certificate),
  ]);
}

const keyOf = (letters: Readonly<Record<string, string>>, letter: string): string | undefined =>
  Object.entries(letters).find(([, own]) => own === letter)?.[0];

/**
 * Reads the payload (or the whole address) of a slip's QR; undefined when it is not one, and when it is a second spelling
 * of one: a paper that was printed has exactly one text. Nothing is verified here.
 */
export function decodeSlipProof(text: string): SlipProof | undefined {
  const payload = text.trim().slice(0, 4000).split('#').pop() ?? '';
  const { parts, environment } = unmarkTraining(payload.split('.'));
  const more = parts[0] === DRAWER_MARK ? 1 : 0;
  if (parts.length !== PART_COUNT + more || (more === 0 && parts[0] !== SLIP_MARK)) return undefined;
  const part = (index: number): string => parts[index] ?? '';
  const [on = '', promisedOn = ''] = part(9).split('+');
  const proof = slipProofSchema.safeParse({
    statement: {
      kind: keyOf(KIND_LETTERS, part(5)),
      deviceId: expandUuid(part(1)),
      epoch: { n: Number(part(2)), nonce: part(3) },
      seq: Number(part(4)),
      subjectId: expandUuid(part(6)),
      number: decodeWords(part(7)),
      subject: decodeWords(part(8)),
      on: expandDate(on),
      promisedOn: promisedOn === '' ? null : expandDate(promisedOn),
      timeTrust: keyOf(TRUST_LETTERS, part(10)),
      ...(more === 0 ? {} : { drawer: readDrawer(part(12)) }),
    },
    slipSig: part(11),
    certificate: readCertificateParts(expandUuid(part(1)), parts.slice(12 + more), environment),
  });
  if (!proof.success) return undefined;
  return encodeSlipProof(proof.data) === payload ? proof.data : undefined;
}
