import { z } from 'zod';
import { approvalEntryBodies } from './entry-bodies-approvals.ts';
import { auditEntryBodies, questionEntryBodies } from './entry-bodies-audit.ts';
import { beneficiarySchema, chargeComponentSchema } from './charge-parts.ts';
import { caseEntryBodies } from './entry-bodies-cases.ts';
import { cashEntryBodies } from './entry-bodies-cash.ts';
import { drawerEntryBodies } from './entry-bodies-drawer.ts';
import { emergencyEntryBodies, emergencySchema } from './entry-bodies-emergency.ts';
import { documentEntryBodies, documentTickSchema, waiverSchema } from './entry-bodies-documents.ts';
import { basketShareSchema, paidBySchema, paymentEntryBodies } from './entry-bodies-payments.ts';
import { inspectionEntryBodies } from './entry-bodies-inspection.ts';
import { peopleEntryBodies } from './entry-bodies-people.ts';
import { roadEntryBodies } from './entry-bodies-roads.ts';
import { reportEntryBodies } from './entry-bodies-reports.ts';
import { supervisionEntryBodies } from './entry-bodies-supervision.ts';
import { JOURNAL_PAPER_KINDS } from './paper-kinds.ts';
import {
  amountSchema,
  epochSchema,
  hashSchema,
  instantSchema,
  keyIdSchema,
  localDateSchema,
  nonce64Schema,
  officerIdSchema,
  outletIdSchema,
  regencySchema,
  rupiahSchema,
  sealedBodySchema,
  signatureSchema,
  timeTrustSchema,
  trainingMarkSchema,
  uuidSchema,
} from './primitives.ts';

/** Prefix of the bytes that are hashed for an entry: SHA-256("opop/entry/1\0" + canonical JSON). */
export const ENTRY_CONTEXT = 'opop/entry/1\0';

const ledgerLineSchema = z.object({
  account: z.string().min(1).max(60),
  amount: rupiahSchema,
});

/** One charge line as it was taken: what, for which year, for whom, how much, by which rule. */
export const soldLineSchema = z.object({
  component: chargeComponentSchema,
  periodDueOn: localDateSchema,
  beneficiary: beneficiarySchema,
  amount: amountSchema,
  waived: amountSchema,
  rule: z.string().max(200),
  basis: z.string().max(300),
});
export type SoldLine = Readonly<z.infer<typeof soldLineSchema>>;

const denominationCountSchema = z.object({
  denomination: z.int().positive(),
  count: z.int().nonnegative().max(100_000),
});
export const cashCountSchema = z.array(denominationCountSchema).max(20);

/** What only the holder of the body key can read of a sale. */
export const salePersonalSchema = z.object({
  nrkb: z.string().max(20),
  ownerName: z.string().max(200),
  chassisNumber: z.string().max(40),
  payerName: z.string().max(120).nullable(),
  payerPhone: z.string().max(30).nullable(),
  receiptSig: signatureSchema,
});
export type SalePersonal = Readonly<z.infer<typeof salePersonalSchema>>;

/** What only the holder of the body key can read of an arrival. */
export const arrivalPersonalSchema = z.object({
  nrkb: z.string().max(20),
  name: z.string().max(120).nullable(),
  phone: z.string().max(30).nullable(),
});
export type ArrivalPersonal = Readonly<z.infer<typeof arrivalPersonalSchema>>;

const printKindSchema = z.enum(JOURNAL_PAPER_KINDS);

/**
 * Most places that a declared gap names: a counter that lost more lost its whole journal and enrols again. The province
 * believes none that is wider, so no counter makes one.
 */
export const WIDEST_GAP = 1_000_000;

/**
 * The bodies of version 1, by entry type. A type that is not here is stored raw by the province
 * and interpreted when it is upgraded (OPOP-Sync/1 11.2).
 */
export const entryBodySchemas = {
  /** First entry of every epoch: names the last entry it can prove and declares the gap. */
  'epoch.opened': z.object({
    reason: z.enum(['enrolment', 'mark-mismatch', 'salvage', 'rotate', 'damaged']),
    outletId: outletIdSchema,
    lastProven: z.object({ epoch: epochSchema, seq: z.int().nonnegative(), head: hashSchema }).nullable(),
    declaredGap: z.object({ epoch: epochSchema, fromSeq: z.int().positive(), toSeq: z.int().positive() }).nullable(),
    appVersion: z.string().max(40),
    keyStoreKind: z.enum(['operating-system', 'machine', 'passphrase', 'demo']),
  }),
  'officer.signed-in': z.object({ role: z.string().max(20) }),
  'officer.sign-in-refused': z.object({ failures: z.int().positive(), lockedUntil: instantSchema.nullable() }),
  'officer.signed-out': z.object({ reason: z.enum(['asked', 'idle', 'shutdown']) }),
  'cash-session.opened': z.object({
    float: cashCountSchema,
    total: amountSchema,
    ledgerLines: z.array(ledgerLineSchema).max(20),
  }),
  'vehicle.confirm-refused': z.object({ failures: z.int().positive() }),
  /** Each look at personal data is an entry. */
  'personal-data.viewed': z.object({
    what: z.enum([
      'owner-name',
      'payer',
      'call-list',
      'pick-up-list',
      'search',
      'application',
      'application-list',
      'drawer',
      'queue',
      'case-note',
    ]),
    count: z.int().positive(),
    /** Why, in the words of who looked; where a look is asked for one. */
    reason: z.string().max(200).optional(),
  }),
  'arrival.recorded': z.object({
    arrivalId: uuidSchema,
    arrivalNumber: z.string().max(60),
    arrivedOn: localDateSchema,
    documents: z.array(documentTickSchema).max(20),
    blankReason: z.string().max(200).nullable(),
    sealed: sealedBodySchema,
  }),
  'transaction.paid': z.object({
    transactionId: uuidSchema,
    service: z.literal('annual-tax'),
    receiptNumber: z.string().max(60),
    paidOn: localDateSchema,
    arrivedOn: localDateSchema.nullable(),
    arrivalId: uuidSchema.nullable(),
    /** Groups that the citizen claimed (dtsen, ojol): a waiver may depend on them. */
    groups: z.array(z.string().max(40)).max(10).default([]),
    figure: z.enum(['perkiraan', 'penetapan']),
    inquiryId: uuidSchema.nullable(),
    regency: regencySchema,
    periods: z.array(localDateSchema).min(1).max(10),
    lines: z.array(soldLineSchema).min(1).max(100),
    total: amountSchema,
    rounding: rupiahSchema,
    payable: amountSchema,
    tendered: amountSchema,
    change: amountSchema,
    agentFee: amountSchema,
    /** Whose money the agent fee is; absent where there is none. */
    agentFeeTo: z.string().max(80).optional(),
    /** Absent: cash. */
    paidBy: paidBySchema.optional(),
    /** Absent: a sale by itself. */
    basket: basketShareSchema.optional(),
    documents: z.array(documentTickSchema).max(20),
    /** Papers that were asked for and not brought; absent is none. */
    waivers: z.array(waiverSchema).max(20).optional(),
    payerIsOwner: z.boolean(),
    /** Absent for a sale that was made at the counter. */
    emergency: emergencySchema.optional(),
    blankReason: z.string().max(200).nullable(),
    ledgerLines: z.array(ledgerLineSchema).max(120),
    sealed: sealedBodySchema,
  }),
  'print.requested': z.object({
    jobId: uuidSchema,
    kind: printKindSchema,
    copyNo: z.int().nonnegative(),
    reason: z.string().max(200).nullable(),
    printer: z.string().max(60),
    /** SHA-256 of the canonical JSON of the paper as a value. */
    paperHash: hashSchema,
  }),
  'print.settled': z.object({
    jobId: uuidSchema,
    result: z.enum(['printed', 'failed', 'unknown']),
    detail: z.string().max(200).nullable(),
  }),
  /** The officer's answer to "did the paper come out?" after a print-unknown. */
  'print.answered': z.object({ jobId: uuidSchema, cameOut: z.boolean() }),
  'final-receipt.handed-over': z.object({ transactionId: uuidSchema, by: z.enum(['paper', 'link']) }),
  /** Counted blind: the expected sum is shown only after this entry. */
  'cash-session.counted': z.object({ counts: cashCountSchema, total: amountSchema }),
  /** Frozen by the count; the variance is its own ledger line. */
  'cash-session.closed': z.object({
    counted: amountSchema,
    /** Below zero where more was deposited from the drawer than the ledger knew of: a surplus that no count had found. */
    expected: rupiahSchema,
    variance: rupiahSchema,
    sales: z.int().nonnegative(),
    salesTotal: amountSchema,
    firstSeq: z.int().positive(),
    lastSeq: z.int().positive(),
    /** Hash of the entry before this one. */
    head: hashSchema,
    ledgerLines: z.array(ledgerLineSchema).max(20),
  }),
  'cash.deposited': z.object({
    depositId: uuidSchema,
    amount: amountSchema,
    depositedOn: localDateSchema,
    bank: z.string().max(60),
    slipNumber: z.string().max(60),
    /** The courier's leg that ended with it; absent where the officer brought it himself. */
    dispatchId: uuidSchema.optional(),
    ledgerLines: z.array(ledgerLineSchema).max(20),
  }),
  /** The officer has seen that the computer's clock is not believed. */
  'clock.acknowledged': z.object({ timeTrust: timeTrustSchema, jumpMs: z.int().nullable() }),
  'subject-key.erased': z.object({ subject: uuidSchema, reason: z.string().max(200) }),
  ...cashEntryBodies,
  ...reportEntryBodies,
  ...caseEntryBodies,
  ...drawerEntryBodies,
  ...inspectionEntryBodies,
  ...auditEntryBodies,
  ...questionEntryBodies,
  ...approvalEntryBodies,
  ...documentEntryBodies,
  ...emergencyEntryBodies,
  ...paymentEntryBodies,
  ...roadEntryBodies,
  ...supervisionEntryBodies,
  ...peopleEntryBodies,
} as const;

export type EntryType = keyof typeof entryBodySchemas;
export type EntryBody<T extends EntryType> = Readonly<z.infer<(typeof entryBodySchemas)[T]>>;

/** The envelope is always readable, even where the body is of a newer type or its key was erased. */
export const entryEnvelopeSchema = z.looseObject({
  v: z.literal(1),
  deviceId: uuidSchema,
  epoch: epochSchema,
  seq: z.int().positive(),
  prev: hashSchema.nullable(),
  type: z.string().min(1).max(60),
  stream: uuidSchema,
  refs: z.array(z.string().max(60)).max(50),
  officerId: officerIdSchema.nullable(),
  cashSessionId: uuidSchema.nullable(),
  rulePackId: z.string().max(60).nullable(),
  registryVersion: z.int().nonnegative().nullable(),
  wallMs: instantSchema,
  monoMs: z.int().nonnegative(),
  bootId: z.string().min(1).max(60),
  anchorId: nonce64Schema.nullable(),
  timeTrust: timeTrustSchema,
  mustUnderstand: z.array(z.string().max(60)).max(20).optional(),
  /** On entries of the training mode only; no province takes one (OPOP-Sync/1 17.1). */
  environment: trainingMarkSchema.optional(),
  body: z.record(z.string(), z.unknown()),
  /** SHA-256 of the canonical JSON of `body`, without a prefix. */
  bodyHash: hashSchema,
  keyId: keyIdSchema,
});
export type EntryEnvelope = z.infer<typeof entryEnvelopeSchema>;

/** An entry as it is stored and sent: the canonical JSON byte for byte, its hash, and the signature over that hash. */
export const signedEntrySchema = z.object({
  text: z.string().min(2).max(64_000),
  hash: hashSchema,
  sig: signatureSchema,
});
export type SignedEntry = Readonly<z.infer<typeof signedEntrySchema>>;
