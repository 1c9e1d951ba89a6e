import { z } from 'zod';
import { legMatchSchema, legSummarySchema, matchLegSchema } from './day-figures.ts';
import { dayLookSchema, dayStateSchema } from './region.ts';
import { supervisionRefusalSchema, supervisionTypeSchema } from './region-words.ts';
import {
  amountSchema,
  hashSchema,
  instantSchema,
  localDateSchema,
  outletIdSchema,
  rupiahSchema,
  uuidSchema,
} from './primitives.ts';
import { asks, count, cursor, name, paged, person, saidBy } from './region-parts.ts';

const ofDay = { ...asks, outletId: outletIdSchema, businessOn: localDateSchema };
const signature = saidBy.extend({ delegationId: uuidSchema.nullable(), entryHash: hashSchema });

/* -- POST /v1/region/days -------------------------------------------------------------------------------------- */

/** Days of the region: of one date, or all that wait for a signature whatever their date, the oldest first. */
export const regionDaysRequestSchema = z.object({
  ...asks,
  on: localDateSchema.nullable(),
  waiting: z.enum(['close', 'reconciliation', 'all']),
  ...paged(50),
});
export type RegionDaysRequest = Readonly<z.infer<typeof regionDaysRequestSchema>>;

/** What a signature of a part names; goes into the entry as it stands. */
const toSignSchema = z.object({ part: count, items: count, itemsHash: hashSchema });

export const regionDaySummarySchema = z.object({
  outletId: outletIdSchema,
  outletName: name,
  businessOn: localDateSchema,
  look: dayLookSchema,
  state: dayStateSchema,
  sales: count,
  /** What the journal says that the day took; whole rupiah. */
  journal: rupiahSchema,
  legs: z.array(legSummarySchema).max(10),
  parts: count,
  apart: count,
  findings: count,
  /** The next part whose close may be signed; null where none may. */
  close: toSignSchema.nullable(),
  /** The next part whose reconciliation may be signed. */
  reconciliation: toSignSchema.nullable(),
  /** He worked there that day: another one signs. */
  isOwnWork: z.boolean(),
  /** May stand in the list that is signed at once: nothing open, nothing found, nothing apart. */
  matches: z.boolean(),
});
export type RegionDaySummary = Readonly<z.infer<typeof regionDaySummarySchema>>;

export const regionDaysAnswerSchema = z.object({
  days: z.array(regionDaySummarySchema).max(50),
  next: cursor,
});
export type RegionDaysAnswer = Readonly<z.infer<typeof regionDaysAnswerSchema>>;

/* -- POST /v1/region/day --------------------------------------------------------------------------------------- */

export const regionDayRequestSchema = z.object(ofDay);

/** Something that is wrong with the papers or chains of the day, to be said in words. */
export const dayFindingSchema = z.object({
  kind: z.enum([
    'gap',
    'fork',
    'rollback',
    'damaged',
    'quarantined',
    'number-missing',
    'number-reused',
    'form-missing',
    'form-reused',
    'sheet-missing',
    'incident',
  ]),
  /** What it is: a serial, a number, places of a chain, or the code of an incident. */
  what: z.string().max(160),
  deviceNo: z.int().positive().nullable(),
  entryHash: hashSchema.nullable(),
  at: instantSchema.nullable(),
});
export type DayFinding = Readonly<z.infer<typeof dayFindingSchema>>;

const axis = z.record(z.string(), count);

export const regionDayAnswerSchema = z.object({
  asOf: instantSchema,
  outletId: outletIdSchema,
  outletName: name,
  address: z.string().max(200),
  regency: z.string().max(10),
  regionName: name.nullable(),
  businessOn: localDateSchema,
  look: dayLookSchema,
  closedReason: z.string().max(120).nullable(),
  state: dayStateSchema,
  isOwnWork: z.boolean(),
  workedBy: z.array(person).max(50),
  sessions: z
    .array(
      z.object({
        cashSessionId: uuidSchema,
        deviceNo: z.int().positive(),
        by: person,
        openedAt: instantSchema,
        closedAt: instantSchema.nullable(),
        sales: count,
        takings: rupiahSchema,
        counted: amountSchema.nullable(),
        expected: rupiahSchema.nullable(),
        variance: rupiahSchema.nullable(),
        explanation: z.string().max(300).nullable(),
        /** Hash of the close, which names the head before it. */
        closeHash: hashSchema.nullable(),
      }),
    )
    .max(50),
  transactions: z.object({
    count,
    /** How many stand where, on each of the five axes. */
    axes: z.object({ business: axis, delivery: axis, central: axis, print: axis, documents: axis }),
  }),
  documentsMissing: count,
  deposits: z
    .array(
      z.object({
        depositId: uuidSchema,
        entryHash: hashSchema,
        amount: amountSchema,
        confirmed: amountSchema,
        depositedOn: localDateSchema,
        bank: z.string().max(60),
        slipNumber: z.string().max(60),
        byCourier: z.boolean(),
      }),
    )
    .max(100),
  /** Where the cash of this day is, oldest cash first to the bank. */
  cash: z.object({
    takings: rupiahSchema,
    confirmed: rupiahSchema,
    inTransit: rupiahSchema,
    undeposited: rupiahSchema,
    /** The last day on which it could be brought in time. */
    dueOn: localDateSchema.nullable(),
    overdue: z.boolean(),
  }),
  match: z.object({
    journal: rupiahSchema,
    legs: z.array(legMatchSchema).max(10),
    open: z.array(matchLegSchema).max(10),
    settled: z.boolean(),
  }),
  findings: z.array(dayFindingSchema).max(50),
  findingsMore: count,
  parts: z
    .array(
      z.object({
        number: count,
        items: count,
        itemsHash: hashSchema,
        close: signature.nullable(),
        reconciliation: signature.nullable(),
      }),
    )
    .max(200),
  apart: z
    .array(
      z.object({
        item: hashSchema,
        type: z.string().max(60),
        standing: z.enum(['on-hold', 'returned']),
        reason: z.string().max(300),
      }),
    )
    .max(200),
  close: toSignSchema.nullable(),
  reconciliation: toSignSchema.nullable(),
  /** Head of each device's chain as the province holds it. */
  heads: z
    .array(
      z.object({
        deviceId: uuidSchema,
        deviceNo: z.int().positive(),
        epochN: z.int().positive(),
        seq: z.int().positive(),
        hash: hashSchema,
        lastContactAt: instantSchema.nullable(),
      }),
    )
    .max(99),
  /** Every word on the day, applied or not, the newest first. */
  decisions: z
    .array(
      z.object({
        entryHash: hashSchema,
        type: supervisionTypeSchema,
        by: person,
        at: instantSchema,
        part: count.nullable(),
        item: hashSchema.nullable(),
        note: z.string().max(500).nullable(),
        applied: z.boolean(),
        refusal: supervisionRefusalSchema.nullable(),
      }),
    )
    .max(100),
});
export type RegionDayAnswer = Readonly<z.infer<typeof regionDayAnswerSchema>>;

/* -- POST /v1/region/day-transactions -------------------------------------------------------------------------- */

/** Sales of a day in the order in which they came into custody: what comes later stands behind. */
export const regionDayTransactionsRequestSchema = z.object({ ...ofDay, ...paged(200) });

export const regionDayTransactionsAnswerSchema = z.object({
  transactions: z
    .array(
      z.object({
        transactionId: uuidSchema,
        entryHash: hashSchema,
        receiptNumber: z.string().max(60),
        deviceNo: z.int().positive(),
        takenAt: instantSchema,
        by: person.nullable(),
        total: rupiahSchema,
        business: z.string().max(20),
        delivery: z.string().max(20),
        central: z.string().max(20),
        print: z.string().max(20),
        documents: z.string().max(20),
      }),
    )
    .max(200),
  next: cursor,
});
export type RegionDayTransactionsAnswer = Readonly<z.infer<typeof regionDayTransactionsAnswerSchema>>;

/* -- POST /v1/region/day-entries ------------------------------------------------------------------------------- */

/** Items of a day, or those of one type, in the order in which they came into custody. */
export const regionDayEntriesRequestSchema = z.object({
  ...ofDay,
  type: z.string().max(60).nullable(),
  ...paged(200),
});
export type RegionDayEntriesRequest = Readonly<z.infer<typeof regionDayEntriesRequestSchema>>;

export const regionDayEntriesAnswerSchema = z.object({
  entries: z
    .array(
      z.object({
        entryHash: hashSchema,
        type: z.string().max(60),
        deviceNo: z.int().positive(),
        seq: z.int().positive(),
        at: instantSchema,
        receivedAt: instantSchema,
        by: person.nullable(),
        /** Part that it was signed with or will be; null while it stands apart. */
        part: count.nullable(),
        lines: z.array(z.object({ account: z.string().max(60), amount: rupiahSchema })).max(120),
      }),
    )
    .max(200),
  next: cursor,
});
export type RegionDayEntriesAnswer = Readonly<z.infer<typeof regionDayEntriesAnswerSchema>>;
