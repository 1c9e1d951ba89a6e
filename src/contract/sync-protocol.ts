import { z } from 'zod';
import { keyStatementSchema } from './feeds.ts';
import { signedEntrySchema, soldLineSchema } from './journal-entry.ts';
import {
  amountSchema,
  epochSchema,
  hashSchema,
  instantSchema,
  jweSchema,
  localDateSchema,
  nonce128Schema,
  nonce64Schema,
  outletIdSchema,
  publicKeySchema,
  regencySchema,
  signatureSchema,
  signedTextSchema,
  textSchema,
  trainingMarkSchema,
  uuidSchema,
} from './primitives.ts';
import { signedCertificateSchema } from './receipt-statement.ts';

/** OPOP-Sync versions that this program speaks. */
export const PROTOCOL_RANGE = { min: 1, max: 1 } as const;
/** A push carries at most this many entries ... */
export const PUSH_MAX_ENTRIES = 200;
/** ... or this many bytes before compression, whichever comes first. */
export const PUSH_MAX_BYTES = 512 * 1024;
/** Rows that failed at the counter travel beside the entries of a push, at most this many. */
export const PUSH_MAX_DAMAGED = 20;

/** Signature contexts: every signature covers `context + text`, so that no signature of one kind passes for another. */
export const SIGNATURE_CONTEXT = {
  hello: 'opop/hello/1\0',
  request: 'opop/request/1\0',
  custodyReceipt: 'opop/custody/1\0',
  feedPage: 'opop/feed/1\0',
  keyStatement: 'opop/key/1\0',
  bill: 'opop/bill/1\0',
  timeAnchor: 'opop/anchor/1\0',
} as const;

/** Header names of a signed request: the token alone is not enough. */
export const REQUEST_HEADERS = { token: 'opop-link-token', signature: 'opop-signature' } as const;

/** What a device signs for one request: method, path, SHA-256 (base64url) of the uncompressed body, token; joined by line feeds. */
export function requestSigningText(method: string, path: string, bodyHash: string, token: string): string {
  return `${method}\n${path}\n${bodyHash}\n${token}`;
}

/* -- enrolment ------------------------------------------------------------------------------------------------- */

/** HMAC-SHA-256 contexts of the enrolment; the code itself is never sent. */
export const ENROL_CONTEXT = { request: 'opop/enrol-request/1\0', answer: 'opop/enrol-answer/1\0' } as const;

/** The bytes under the request's MAC are its `text`, as it stands. */
export const enrolRequestSchema = z.object({ text: z.string().max(4000), mac: hashSchema });
export const enrolRequestBodySchema = z.object({
  codeId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{8}$/),
  nonce: nonce128Schema,
  signingKey: publicKeySchema,
  sealingKey: publicKeySchema,
  keyStoreKind: z.enum(['operating-system', 'machine', 'passphrase', 'demo']),
  appVersion: z.string().max(40),
  /** On a device of the training only: it is refused (OPOP-Sync/1 17.3). */
  environment: trainingMarkSchema.optional(),
});

export const outletSchema = z.object({
  outletId: outletIdSchema,
  name: z.string().max(120),
  address: z.string().max(200),
  regency: regencySchema,
  areas: z.array(z.string().regex(/^[A-Z]{1,2}$/)).max(10),
});
export type Outlet = Readonly<z.infer<typeof outletSchema>>;

export const enrolAnswerSchema = z.object({ text: textSchema(16_000), mac: hashSchema });
export const enrolAnswerBodySchema = z.object({
  nonce: nonce128Schema,
  deviceId: uuidSchema,
  /** Running number of the device at its outlet, printed in receipt numbers. */
  deviceNo: z.int().min(1).max(99),
  outlet: outletSchema,
  rootKey: publicKeySchema,
  certificate: signedCertificateSchema,
  incarnation: uuidSchema,
  serverTime: instantSchema,
});
export type EnrolAnswer = Readonly<z.infer<typeof enrolAnswerBodySchema>>;

/* -- hello ----------------------------------------------------------------------------------------------------- */

export const challengeAnswerSchema = z.object({ challenge: z.string().max(400), expiresAt: instantSchema });

export const helloRequestSchema = signedTextSchema.extend({ text: z.string().max(64_000) });
export const helloBodySchema = z.object({
  challenge: z.string().max(400),
  anchorNonce: nonce64Schema,
  deviceId: uuidSchema,
  epoch: epochSchema,
  /** 0 and null before the first entry. */
  seq: z.int().nonnegative(),
  head: hashSchema.nullable(),
  /** Entry hashes at distance 0 to 8 from the head, then doubling. */
  locator: z.array(z.object({ seq: z.int().positive(), hash: hashSchema })).max(80),
  lastCustodyReceipt: signedTextSchema.nullable(),
  protocol: z.object({ min: z.int().positive(), max: z.int().positive() }),
  appVersion: z.string().max(40),
  /** On a device of the training only: it is refused (OPOP-Sync/1 17.3). */
  environment: trainingMarkSchema.optional(),
  outbox: z.object({ unsent: z.int().nonnegative(), quarantined: z.int().nonnegative() }),
  clock: z.object({ wallMs: instantSchema, monoMs: z.int().nonnegative(), bootId: z.string().max(60) }),
});
export type HelloBody = Readonly<z.infer<typeof helloBodySchema>>;

export const timeAnchorSchema = z.object({
  nonce: nonce64Schema,
  serverTime: instantSchema,
  radiusMs: z.int().nonnegative(),
});

/**
 * `ROTATE`: the province holds more of this epoch than the counter does, open a new one; `CLONE`: another device signs with
 * these keys; `REENROL`: certificate ended or revoked. None of them stops an upload.
 */
export const helloActionSchema = z.enum(['OK', 'ROTATE', 'CLONE', 'REENROL', 'UPGRADE_SOON', 'STOP_SELLING']);

/** A place in a device's chain. */
export const chainPlaceSchema = z.object({ epoch: epochSchema, seq: z.int().positive(), hash: hashSchema });
export type ChainPlace = Readonly<z.infer<typeof chainPlaceSchema>>;

export const helloAnswerSchema = z.object({
  incarnation: uuidSchema,
  protocol: z.int().positive(),
  /** The newest entry of this epoch that both sides know, or null. */
  common: z.object({ seq: z.int().positive(), hash: hashSchema }).nullable(),
  action: helloActionSchema,
  /** With `ROTATE`: the newest entry in custody that the counter does not know; it bounds the gap that the new epoch declares. */
  ahead: chainPlaceSchema.nullable(),
  /** What one push may carry today; never more than this program's own limits. */
  limits: z.object({
    pushMaxEntries: z.int().min(1).max(PUSH_MAX_ENTRIES),
    pushMaxBytes: z.int().min(65_536).max(PUSH_MAX_BYTES),
  }),
  /** Newest page of feed `decisions` that the province has for this device: later pages that the counter holds are returned to it. */
  decisionsHead: z.object({ version: z.int().positive(), pageHash: hashSchema }).nullable(),
  /** After SERVER_ROLLBACK: no feed is served until a person has declared the restore; pushes go on. */
  feedsFrozen: z.boolean(),
  linkToken: z.string().max(600),
  tokenExpiresAt: instantSchema,
  /** Text of a `timeAnchorSchema`, signed in the context `timeAnchor`. */
  timeAnchor: signedTextSchema,
  /** Key statements that a counter needs to check everything else in this contact. */
  keys: z.array(keyStatementSchema).max(40),
});
export type HelloAnswer = Readonly<z.infer<typeof helloAnswerSchema>>;

/* -- push ------------------------------------------------------------------------------------------------------ */

/** The plain text of the JWE is the 32 bytes of the body key. */
const subjectKeySchema = z.object({ subject: uuidSchema, jwe: jweSchema });

/**
 * A row of the journal whose hash or signature failed twice after reading the disk again: its bytes as they are, stored and
 * never applied. It is named in verdicts by the SHA-256 (base64url) of `raw`.
 */
export const damagedItemSchema = z.object({
  epoch: epochSchema,
  seq: z.int().positive(),
  /** base64url of the bytes of text, hash and signature as they were read, joined by line feeds. */
  raw: z
    .string()
    .max(90_000)
    .regex(/^[A-Za-z0-9_-]*$/),
});
export type DamagedItem = Readonly<z.infer<typeof damagedItemSchema>>;

export const pushRequestSchema = z.object({
  entries: z.array(signedEntrySchema).max(PUSH_MAX_ENTRIES),
  subjectKeys: z.array(subjectKeySchema).max(PUSH_MAX_ENTRIES * 2),
  damaged: z.array(damagedItemSchema).max(PUSH_MAX_DAMAGED).default([]),
  /** Sales of this request that were voided before it left, and whose void comes in a later one: not to be booked until then. */
  voidsFollow: z.array(uuidSchema).max(PUSH_MAX_ENTRIES).optional(),
});
export type PushRequest = Readonly<z.infer<typeof pushRequestSchema>>;

/**
 * An entry without what its receiver derives: the canonical text without `prev`, which is the hash of the item before it in
 * the same request, and without `bodyHash`. Whoever sends it has made sure that the rest gives the same bytes again.
 */
export const leanEntrySchema = z.object({ lean: z.string().min(2).max(64_000), sig: signatureSchema });
export type LeanEntry = Readonly<z.infer<typeof leanEntrySchema>>;

/** A push as it travels, over a line or in a bundle. */
export const sentPushSchema = pushRequestSchema.extend({
  entries: z.array(z.union([signedEntrySchema, leanEntrySchema])).max(PUSH_MAX_ENTRIES),
});
export type SentPush = Readonly<z.infer<typeof sentPushSchema>>;

const quarantineReasonSchema = z.enum([
  'UNKNOWN_TYPE',
  'BAD_BODY',
  'UNKNOWN_OFFICER',
  'IMPOSSIBLE_AMOUNT',
  'BAD_SIGNATURE',
  'DAMAGED',
  'INTERNAL',
]);
export const verdictSchema = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('ACCEPTED') }),
  /** Carried frames only: good, kept, and applied when the entry before it comes or its gap is declared. Settles nothing. */
  z.object({ verdict: z.literal('PENDING') }),
  z.object({ verdict: z.literal('DUPLICATE'), original: z.enum(['ACCEPTED', 'QUARANTINED', 'CONFLICT', 'FORK']) }),
  z.object({ verdict: z.literal('CONFLICT') }),
  z.object({ verdict: z.literal('QUARANTINED'), reason: quarantineReasonSchema }),
  z.object({ verdict: z.literal('FORK') }),
]);
export type Verdict = Readonly<z.infer<typeof verdictSchema>>;

/** Text of the server-signed custody receipt (context `custodyReceipt`). */
export const custodyReceiptSchema = z.object({
  deviceId: uuidSchema,
  epoch: epochSchema,
  ackSeq: z.int().nonnegative(),
  head: hashSchema.nullable(),
  verdicts: z
    .array(z.object({ seq: z.int().positive(), hash: hashSchema, verdict: verdictSchema }))
    .max(PUSH_MAX_ENTRIES + PUSH_MAX_DAMAGED),
  incarnation: uuidSchema,
  serverTime: instantSchema,
});
export type CustodyReceipt = Readonly<z.infer<typeof custodyReceiptSchema>>;

/* -- inquiry --------------------------------------------------------------------------------------------------- */

export const inquiryRequestSchema = z.object({
  inquiryId: uuidSchema,
  nrkb: z.string().min(3).max(20),
  chassisTail: z.string().length(5),
  arrivedOn: localDateSchema.nullable(),
  groups: z.array(z.string().max(40)).max(10),
  periods: z.array(localDateSchema).max(10),
  localTotal: amountSchema.nullable(),
});
export type InquiryRequest = Readonly<z.infer<typeof inquiryRequestSchema>>;

/** Text of the signed answer (context `bill`): the bill, which is the *penetapan*. */
export const billSchema = z.object({
  inquiryId: uuidSchema,
  nrkb: z.string().max(20),
  state: z.enum(['payable', 'already-paid', 'refused', 'unknown-vehicle']),
  refusals: z.array(z.object({ code: z.string().max(60), detail: z.string().max(120).nullable() })).max(10),
  lines: z.array(soldLineSchema).max(100),
  total: amountSchema,
  /** Due dates that another channel has already paid, with the day and the channel's name. */
  paidElsewhere: z
    .array(z.object({ periodDueOn: localDateSchema, paidOn: localDateSchema, channel: z.string().max(60) }))
    .max(10),
  issuedAt: instantSchema,
  validUntil: instantSchema,
});
export type Bill = Readonly<z.infer<typeof billSchema>>;

/** Error answer of the province on every path: a code, a sentence for the log, the field where known. */
export const provinceErrorSchema = z.object({
  error: z.object({
    code: z.enum([
      'BAD_REQUEST',
      'BAD_SIGNATURE',
      'BAD_TOKEN',
      'CODE_UNKNOWN',
      'CODE_USED',
      'CODE_EXPIRED',
      'OUTLET_FULL',
      'DEVICE_UNKNOWN',
      'DEVICE_REVOKED',
      'PROTOCOL_UNSUPPORTED',
      'NOT_FOUND',
      'TOO_LARGE',
      'TOO_MANY_REQUESTS',
      'FEEDS_FROZEN',
      'NOT_A_SUPERVISOR',
      'OUT_OF_SCOPE',
      'TRAINING_REFUSED',
      'BUSY',
      'INTERNAL',
    ]),
    message: z.string(),
    path: z.string().optional(),
  }),
});
