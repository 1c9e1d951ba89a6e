import { approvalCaseSchema } from './views-approvals.ts';
import { z } from 'zod';
import { CASE_OWNERS, EXCEPTION_KINDS, MONEY_PLACES } from '../domain/exception-case.ts';
import {
  amountSchema,
  instantSchema,
  localDateSchema,
  officerIdSchema,
  roleSchema,
  textSchema,
  uuidSchema,
} from './primitives.ts';
import { numberGapSchema } from './views-cases.ts';
import { depositDueSchema } from './views-cash.ts';
import { asideSchema } from './views-custody.ts';
import {
  depositsMeterSchema,
  limitViewSchema,
  lineNoticeSchema,
  meterSchema,
  stuckSchema,
  upgradeViewSchema,
} from './views-roads.ts';
import { axesSchema } from './views-transaction.ts';

/** State of one cell: what colour and icon it takes. */
const healthSchema = z.enum(['ok', 'busy', 'old', 'stop', 'none']);

/** The status bar and the head line; no personal data but the signed-in officer's own name. */
export const statusViewSchema = z.object({
  appVersion: z.string(),
  mode: z.enum(['normal', 'training', 'demo']),
  enrolled: z.boolean(),
  outlet: z.object({ outletId: z.string(), name: z.string(), regencyName: z.string() }).nullable(),
  deviceNo: z.int().nullable(),
  line: z.object({
    health: healthSchema,
    online: z.boolean(),
    since: instantSchema.nullable(),
    lastContactAt: instantSchema.nullable(),
    provinceUrl: z.string().nullable(),
    doing: z.enum(['idle', 'connecting', 'pushing', 'pulling', 'waiting']),
    nextTryAt: instantSchema.nullable(),
    lastErrorCode: z.string().nullable(),
  }),
  outbox: z.object({ health: healthSchema, unsent: z.int(), quarantined: z.int(), oldestAt: instantSchema.nullable() }),
  cash: z.object({
    health: healthSchema,
    undeposited: amountSchema,
    cap: amountSchema,
    /** Rounded down, here and in `limits`: a drawer stands open that must be counted blind. */
    rough: z.boolean(),
    /** The two meters: cash in the drawer, and what left for the bank and is not confirmed. */
    drawer: meterSchema,
    deposits: depositsMeterSchema,
    /** By when the oldest cash that is not at a bank is to be there; null where there is none. */
    due: depositDueSchema.nullable(),
  }),
  rules: z.object({
    health: healthSchema,
    packId: z.string().nullable(),
    issuedOn: localDateSchema.nullable(),
    ageDays: z.int().nullable(),
    nextChangeOn: localDateSchema.nullable(),
    nextPackKnown: z.boolean(),
  }),
  registry: z.object({
    health: healthSchema,
    dataOn: localDateSchema.nullable(),
    ageDays: z.int().nullable(),
    vehicles: z.int(),
  }),
  clock: z.object({
    health: healthSchema,
    now: instantSchema,
    today: localDateSchema,
    trust: z.enum(['anchored', 'rtc', 'clamped', 'suspect']),
    /** ms by which the computer's clock jumped; null when it did not, or when that is not known any more. */
    jumpMs: z.int().nullable(),
    /** New sales wait for `clock.acknowledge`. */
    needsAcknowledgement: z.boolean(),
  }),
  offlineCash: z.enum(['allowed', 'intake-only']),
  sellingStopped: z.array(
    z.object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
  limits: z.array(limitViewSchema),
  upgrade: upgradeViewSchema.nullable(),
  notices: z.array(lineNoticeSchema),
  needsPerson: z.int(),
  unknownPrints: z.int(),
});
export type StatusView = z.infer<typeof statusViewSchema>;

export const officerCardSchema = z.object({
  officerId: officerIdSchema,
  name: z.string(),
  role: roleSchema,
  lockedUntil: instantSchema.nullable(),
});
export type OfficerCard = z.infer<typeof officerCardSchema>;

export const signInViewSchema = z.object({
  officerId: officerIdSchema,
  name: z.string(),
  role: roleSchema,
  signedInAt: instantSchema,
  /** True after the idle time: the screen asks for the PIN again, the work stays. */
  locked: z.boolean(),
  idleLockMinutes: z.int().positive(),
});
export type SignInView = z.infer<typeof signInViewSchema>;

/** An item of the outbox as a person reads it. */
export const outboxRowSchema = z.object({
  seq: z.int().positive(),
  type: z.string(),
  lane: z.enum(['money', 'audit', 'documents']),
  nrkb: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  amount: amountSchema.nullable(),
  recordedAt: instantSchema,
  state: z.enum(['queued', 'sending', 'acknowledged', 'quarantined', 'exported']),
  tries: z.int().nonnegative(),
  lastReason: z.string().nullable(),
  /** Of what was set aside and is not any more: why, since when, and until when, ms UTC; null for all others. */
  aside: asideSchema.nullable(),
  nextTryAt: instantSchema.nullable(),
  /** Null for what is settled, and for what has not waited ten minutes with a line. */
  stuck: stuckSchema.nullable(),
});
export type OutboxRow = z.infer<typeof outboxRowSchema>;

export const outboxViewSchema = z.object({
  unsent: z.int().nonnegative(),
  /** Money and pages of papers: what the limits count (OPOP-Sync/1 14.2). */
  unsentMoney: z.int().nonnegative(),
  /** How many of them are pages. */
  unsentPages: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
  /** What was asked for, and all that is kept aside: that needs a person, whatever is shown. */
  rows: z.array(outboxRowSchema),
  /** Rows of this view that are not in `rows`, because more were not asked for. */
  left: z.int().nonnegative(),
  doing: z.enum(['idle', 'connecting', 'pushing', 'pulling', 'waiting']),
  nextTryAt: instantSchema.nullable(),
  lastContactAt: instantSchema.nullable(),
  lastCustodyAt: instantSchema.nullable(),
  ackSeq: z.int().nonnegative(),
});

/** A case for a person: what the counter said beside what the province says, and where the money is. */
export const exceptionCaseSchema = z.object({
  caseId: z.string().max(100),
  /** Null until somebody takes it in hand. */
  number: z.string().nullable().default(null),
  /** Who has to do the next thing. */
  owner: z.enum(CASE_OWNERS).default('officer'),
  /** Steps that the counter itself has seen done. */
  seen: z.array(z.string()).default([]),
  gap: numberGapSchema.nullable().default(null),
  promisedOn: localDateSchema.nullable().default(null),
  transactionId: uuidSchema.nullable(),
  kind: z.enum(EXCEPTION_KINDS),
  /** Of a case of the drawer; null for all others. */
  cashSessionId: uuidSchema.nullable().default(null),
  /** Of a variance that a surprise inspection found; null for all others. */
  inspectionId: uuidSchema.nullable().default(null),
  /** An approved refund of it that nobody fetched, since the province said so; null for all others. */
  unclaimed: z.object({ amount: amountSchema, since: instantSchema }).nullable().default(null),
  openedAt: instantSchema,
  nrkb: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  counterTotal: amountSchema.nullable(),
  provinceTotal: amountSchema.nullable(),
  difference: z.int(),
  reason: z.string().nullable(),
  /** Of an entry that was set aside and is not any more: how that ended; null while the case waits, and for all others. */
  aside: asideSchema.nullable().default(null),
  /** Of an approval that nobody has signed for, or that its supervisor disputes; null for all others. */
  approval: approvalCaseSchema.nullable(),
  outcomes: z.array(
    z.object({
      component: z.string(),
      periodDueOn: localDateSchema,
      state: z.string(),
      expected: amountSchema,
      taken: amountSchema,
    }),
  ),
  steps: z.array(z.string()),
  moneyPlace: z.enum(MONEY_PLACES),
});
export type ExceptionCaseView = z.infer<typeof exceptionCaseSchema>;

export const arrivalRowSchema = z.object({
  arrivalId: uuidSchema,
  arrivalNumber: z.string(),
  nrkb: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  arrivedOn: localDateSchema,
  recordedAt: instantSchema,
  settled: z.boolean(),
});

export const pickUpRowSchema = z.object({
  transactionId: uuidSchema,
  receiptNumber: z.string(),
  nrkb: z.string(),
  payerName: z.string().nullable(),
  payerPhone: z.string().nullable(),
  finalNumber: z.string(),
  issuedOn: localDateSchema,
  link: z.string(),
  handedOver: z.boolean(),
});

export const todayViewSchema = z.object({
  today: localDateSchema,
  served: z.int(),
  takenTotal: amountSchema,
  /** The total is rounded down: a drawer stands open that must be counted blind. */
  rough: z.boolean(),
  unsent: z.int(),
  booked: z.int(),
  byHour: z.array(z.object({ hour: z.int().min(0).max(23), count: z.int() })),
  needsPerson: z.int(),
  /** Originals in the drawer of this counter. */
  originalsHeld: z.int().nonnegative(),
  lastReceipts: z.array(
    z.object({
      transactionId: uuidSchema,
      receiptNumber: z.string(),
      nrkb: z.string(),
      total: amountSchema,
      /** What was handed over: the total, rounded as cash is. */
      payable: amountSchema,
      axes: axesSchema,
    }),
  ),
});

export const reportViewSchema = z.object({
  from: localDateSchema,
  to: localDateSchema,
  transactions: z.int(),
  total: amountSchema,
  rounding: z.int(),
  payable: amountSchema,
  byBeneficiary: z.array(
    z.object({ kind: z.string(), code: z.string().nullable(), name: z.string(), amount: amountSchema }),
  ),
  byComponent: z.array(z.object({ component: z.string(), amount: amountSchema })),
  byDay: z.array(z.object({ day: localDateSchema, count: z.int(), total: amountSchema })),
  ledger: z.array(z.object({ account: z.string(), amount: z.int() })),
});

export const printerViewSchema = z.object({
  printerId: textSchema(60),
  /** `queue-raw` and `queue-sheet` are printers of the operating system, by their name there. */
  kind: z.enum(['escpos-file', 'escpos-network', 'escpos-serial', 'queue-raw', 'queue-sheet', 'pdf']),
  name: textSchema(120),
  target: textSchema(1000),
  widthMm: z.union([z.literal(58), z.literal(80), z.literal(148), z.literal(210)]),
  role: z.enum(['first', 'second', 'none']),
  /** What a raw printer speaks: ESC/POS of receipt printers unless it is a dot-matrix printer. */
  language: z.enum(['escpos', 'escp']).optional(),
  /** Columns that an installer read off the ruler page; narrower than 32 no receipt's QR fits. */
  columns: z.int().min(32).max(136).optional(),
  /** False where nothing cuts the paper: it is fed further, to be torn. */
  cuts: z.boolean().optional(),
});
export type PrinterView = z.infer<typeof printerViewSchema>;

export const deviceViewSchema = z.object({
  appVersion: z.string(),
  shell: z.enum(['electron', 'browser']),
  nodeVersion: z.string(),
  sqliteVersion: z.string(),
  dataFolder: z.string(),
  deviceId: z.string().nullable(),
  epoch: z.object({ n: z.int(), nonce: z.string() }).nullable(),
  head: z.object({ seq: z.int(), hash: z.string() }).nullable(),
  entries: z.int(),
  keyStoreKind: z.string(),
  durability: z.string(),
  freeDiskBytes: z.int().nullable(),
  databaseBytes: z.int(),
  printers: z.array(printerViewSchema),
});
