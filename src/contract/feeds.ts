import { z } from 'zod';
import { REFUND_STATES } from '../domain/refund-state.ts';
import { approvalDecisionSchema, approvalQuestionItemSchema } from './feeds-approvals.ts';
import { chargeComponentSchema } from './charge-parts.ts';
import { documentKindSchema } from './entry-bodies-documents.ts';
import { secondWordsSchema } from './feeds-second-words.ts';
import {
  amountSchema,
  hashSchema,
  instantSchema,
  jweSchema,
  keyIdSchema,
  localDateSchema,
  officerIdSchema,
  publicKeySchema,
  roleSchema,
  rupiahSchema,
  signatureSchema,
  signedTextSchema,
  uuidSchema,
} from './primitives.ts';

export const feedNameSchema = z.enum([
  'keys',
  'rules',
  'policy',
  'releases',
  'receipts-void',
  'decisions',
  'officers',
  'registry',
  'blocks',
  'services',
  'announcements',
]);
export type FeedName = z.infer<typeof feedNameSchema>;

/**
 * Text of a signed feed page (context `feedPage`). `scope` is `all`, a device id, or area letters.
 * Versions only rise: `from` is the version before the page, `to` after it; `prevHash` is the SHA-256
 * (base64url) of the text of the page that ended at `from`, null for the first.
 */
export const feedPageSchema = z.object({
  feed: feedNameSchema,
  scope: z.string().min(1).max(60),
  incarnation: uuidSchema,
  from: z.int().nonnegative(),
  to: z.int().positive(),
  prevHash: hashSchema.nullable(),
  validFrom: instantSchema,
  freshUntil: instantSchema,
  items: z.array(z.unknown()).max(20_000),
  secondWords: secondWordsSchema.optional(),
});
export type FeedPage = Readonly<z.infer<typeof feedPageSchema>>;

/** `GET /v1/feeds/:feed/:scope?after=VERSION`: pages in order, at most a few; `more` asks to call again. */
export const feedAnswerSchema = z.object({ pages: z.array(signedTextSchema).max(50), more: z.boolean() });

/**
 * `POST /v1/news`: which of the followed feeds have a page after the version that was applied last, as places in the list.
 * One small question in place of one for each feed, every few seconds, on a line that is paid by the byte. With `withPages`
 * short pages come along, so that a decision needs no second question; what is not `brought` is asked for by itself.
 */
export const newsRequestSchema = z.object({
  feeds: z
    .array(z.object({ feed: feedNameSchema, scope: z.string().min(1).max(60), after: z.int().nonnegative() }))
    .max(60),
  withPages: z.boolean().optional(),
});
export type NewsRequest = Readonly<z.infer<typeof newsRequestSchema>>;
const placeInListSchema = z.int().nonnegative().max(59);
export const newsAnswerSchema = z.object({
  moved: z.array(placeInListSchema).max(60),
  brought: z
    .array(feedAnswerSchema.extend({ place: placeInListSchema }))
    .max(60)
    .optional(),
});
export type NewsAnswer = z.infer<typeof newsAnswerSchema>;

/** An item of feed `keys`: signed by the root key over `text` (context `keyStatement`). */
export const keyStatementSchema = z.object({ text: z.string().max(2000), sig: signatureSchema });
export const keyStatementBodySchema = z.object({
  purpose: z.enum(['signing', 'sealing']),
  keyId: keyIdSchema,
  publicKey: publicKeySchema,
  from: instantSchema,
  to: instantSchema,
  revoked: z.boolean(),
});
export type KeyStatement = Readonly<z.infer<typeof keyStatementBodySchema>>;

/**
 * A device whose key is no longer believed: signed by the root in the context of key statements, given to those who check
 * paper. Its purpose keeps it from ever passing for a key of the province; it is no item of feed `keys`.
 */
export const deviceRevocationSchema = keyStatementBodySchema.extend({
  purpose: z.literal('device'),
  revoked: z.literal(true),
});

/** An auditor's letter of assignment, as far as a counter needs it. */
const mandateSchema = z.object({ letter: z.string().min(1).max(80), from: localDateSchema, to: localDateSchema });

/** An item of feed `officers` (scope: device id). The PIN verifier is sealed to the device's sealing key. */
export const officerItemSchema = z.object({
  officerId: officerIdSchema,
  name: z.string().max(80),
  role: roleSchema,
  active: z.boolean(),
  /** JWE of `{"argon2id": "<PHC string>"}`, with `approvalKey` where he is a supervisor. */
  pinVerifier: jweSchema,
  /** On a supervisor's own device: JWEs of arrays of `pairedCounterSchema`, every counter that he may answer. */
  pairs: z.array(jweSchema).max(100).optional(),
  /** Of an auditor: by which letter he looks at this device's outlet, first and last day included. */
  mandate: mandateSchema.optional(),
  /** The verifier is that of a one-time start code, good until then (ms UTC): he chooses his own PIN with it before anything else. */
  startsUntil: instantSchema.optional(),
});
export type OfficerItem = Readonly<z.infer<typeof officerItemSchema>>;

export const centralStateSchema = z.enum([
  'not-booked',
  'booked',
  'short',
  'over',
  'paid-elsewhere',
  'on-hold',
  'rejected',
  'refund-due',
  'refunded',
]);

/** An item of feed `decisions` (scope: device id): what the tax office decided for one transaction. */
export const decisionItemSchema = z.object({
  decisionId: uuidSchema,
  transactionId: uuidSchema,
  decidedAt: instantSchema,
  central: centralStateSchema,
  outcomes: z
    .array(
      z.object({
        component: chargeComponentSchema,
        periodDueOn: localDateSchema,
        state: centralStateSchema,
        expected: amountSchema,
        taken: amountSchema,
      }),
    )
    .max(100),
  /** Present when booked: number of the TBPKP, day, and the link that is sent to the payer. */
  finalReceipt: z
    .object({ number: z.string().max(60), issuedOn: localDateSchema, link: z.string().max(400) })
    .nullable(),
  /** Sum that is owed back (positive) or still owed (negative); whole rupiah. */
  difference: rupiahSchema,
  reason: z.string().max(300).nullable(),
});
export type DecisionItem = Readonly<z.infer<typeof decisionItemSchema>>;

/** An item of feed `decisions`: where an application stands at the agency. */
export const applicationDecisionSchema = z.object({
  decisionId: uuidSchema,
  applicationId: uuidSchema,
  decidedAt: instantSchema,
  application: z.enum(['sent', 'incomplete', 'in-process', 'ready', 'returned']),
  /** In words for the citizen; what is missing where it is incomplete, why where it is returned. */
  reason: z.string().max(300).nullable(),
  missing: z.array(documentKindSchema).max(30),
  /** The agency's own number, where there is one. */
  agencyNumber: z.string().max(60).nullable(),
});
export type ApplicationDecision = Readonly<z.infer<typeof applicationDecisionSchema>>;

/** An item of feed `decisions`: a page that never came, or that nobody can read, is to be taken again. */
export const pageDecisionSchema = z.object({
  decisionId: uuidSchema,
  documentId: hashSchema,
  decidedAt: instantSchema,
  page: z.literal('take-again'),
  reason: z.enum(['NEVER_CAME', 'UNREADABLE', 'WRONG_PAPER']),
});
export type PageDecision = Readonly<z.infer<typeof pageDecisionSchema>>;

/** An item of feed `decisions`: the bank has confirmed a deposit, or a part of it. */
export const depositDecisionSchema = z.object({
  decisionId: uuidSchema,
  depositId: uuidSchema,
  decidedAt: instantSchema,
  deposit: z.literal('confirmed'),
  confirmedOn: localDateSchema,
  /** Whole rupiah of this confirmation. */
  amount: amountSchema,
});
export type DepositDecision = Readonly<z.infer<typeof depositDecisionSchema>>;

/** An item of feed `decisions`: what became of a request to take a sale back on its own day. */
export const cancellationDecisionSchema = z.object({
  decisionId: uuidSchema,
  requestId: uuidSchema,
  transactionId: uuidSchema,
  decidedAt: instantSchema,
  /** `voided`: it is never booked, the cash goes back. `settled`: it is booked, only a refund is left. */
  cancellation: z.enum(['voided', 'settled']),
});
export type CancellationDecision = Readonly<z.infer<typeof cancellationDecisionSchema>>;

/** An item of feed `decisions`: where an application for a refund stands. */
export const refundDecisionSchema = z.object({
  decisionId: uuidSchema,
  refundId: uuidSchema,
  transactionId: uuidSchema,
  decidedAt: instantSchema,
  refund: z.enum(REFUND_STATES),
  amount: amountSchema,
  /** Of the transfer, once it is paid. */
  reference: z.string().max(60).nullable(),
  reason: z.string().max(300).nullable(),
});
export type RefundDecision = Readonly<z.infer<typeof refundDecisionSchema>>;

/** An item of feed `decisions`: the provider gave money that came twice back to its payer. */
export const paymentReturnDecisionSchema = z.object({
  decisionId: uuidSchema,
  paymentId: uuidSchema,
  decidedAt: instantSchema,
  payment: z.literal('returned'),
  amount: amountSchema,
  /** The provider's number of it. */
  reference: z.string().min(1).max(60),
});
export type PaymentReturnDecision = Readonly<z.infer<typeof paymentReturnDecisionSchema>>;

export const anyDecisionSchema = z.union([
  decisionItemSchema,
  applicationDecisionSchema,
  pageDecisionSchema,
  depositDecisionSchema,
  cancellationDecisionSchema,
  refundDecisionSchema,
  paymentReturnDecisionSchema,
  approvalDecisionSchema,
  approvalQuestionItemSchema,
]);
export type AnyDecision = Readonly<z.infer<typeof anyDecisionSchema>>;

/** An item of feed `releases` (scope: all): until when this version of the program may begin sales; uploads are never refused. */
export const releaseItemSchema = z.object({
  appVersion: z.string().max(40),
  /** ms UTC; null while no end is set. */
  sellsUntil: instantSchema.nullable(),
  /** A newer version that should be installed, and what it brings, in Indonesian. */
  upgradeTo: z.string().max(40).nullable(),
  notes: z.string().max(500),
});
export type ReleaseItem = Readonly<z.infer<typeof releaseItemSchema>>;

/** An item of feed `receipts-void` (scope: all): a sale whose paper is genuine and no longer counts. */
export const voidedReceiptItemSchema = z.object({
  entryHash: hashSchema,
  transactionId: uuidSchema,
  voidedAt: instantSchema,
});
export type VoidedReceiptItem = Readonly<z.infer<typeof voidedReceiptItemSchema>>;

/** An item of feed `blocks` (scope: area letters): a vehicle that may not be paid since the registry page, or may again. */
export const blockItemSchema = z.object({
  vehicleId: uuidSchema,
  blocked: z.boolean(),
  reason: z.string().max(120).nullable(),
});
export type BlockItem = Readonly<z.infer<typeof blockItemSchema>>;

/** An item of feed `registry` (scope: area letters), sealed page by page to the device: JWE of an array of `vehicleRecordSchema`. */
export const registryItemSchema = z.object({ count: z.int().nonnegative(), jwe: z.string().max(6_000_000) });

export const vehicleRecordSchema = z.object({
  vehicleId: uuidSchema,
  nrkb: z.string().min(3).max(20),
  plateColour: z.enum(['white', 'black', 'yellow', 'red', 'green']),
  ownerName: z.string().max(200),
  ownerNik: z
    .string()
    .regex(/^\d{16}$/)
    .nullable(),
  district: z.string().max(80),
  make: z.string().max(60),
  model: z.string().max(80),
  colour: z.string().max(40),
  yearMade: z.int().min(1900).max(2100),
  chassisNumber: z.string().min(5).max(30),
  engineNumber: z.string().max(30),
  /** Facts that `assess` reads, in the names of the assessment page; validated by the domain when used. */
  facts: z.record(z.string(), z.unknown()),
  /** Newest due date that the registry knows as paid, if any. */
  paidThrough: localDateSchema.nullable(),
  updatedOn: localDateSchema,
});
export type VehicleRecord = Readonly<z.infer<typeof vehicleRecordSchema>>;
