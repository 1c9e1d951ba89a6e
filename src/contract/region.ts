import { z } from 'zod';
import { QUEUE_KINDS } from './entry-bodies-supervision.ts';
import {
  hashSchema,
  instantSchema,
  localDateSchema,
  officerIdSchema,
  outletIdSchema,
  rupiahSchema,
  timeTrustSchema,
  uuidSchema,
} from './primitives.ts';
import { asks, count, cursor, name, paged, person } from './region-parts.ts';

/** Why somebody sees an outlet: his own region, his by name, or by a letter of delegation. */
const delegationSchema = z.object({
  delegationId: uuidSchema,
  fromOfficerId: officerIdSchema,
  fromName: name,
  letterNumber: z.string().max(80),
  fromOn: localDateSchema,
  toOn: localDateSchema,
});

/* -- POST /v1/region ------------------------------------------------------------------------------------------- */

export const regionRequestSchema = z.object({ ...asks, ...paged(100) });
export type RegionRequest = Readonly<z.infer<typeof regionRequestSchema>>;

/** Why an outlet stands high in the list, the gravest first; each is said in words on the screen. */
const worrySchema = z.enum([
  'fork',
  'silent',
  'unclosed',
  'quarantined',
  'cash-overdue',
  'lacks-next-rules',
  'lacks-rules',
  'no-contact',
  'clock',
  'unsent',
  'returned',
  'waiting-signature',
]);
export type Worry = z.infer<typeof worrySchema>;

/** How a day looks (domain, `outlet-calendar.ts`): a closed day is grey, a silent open day is red. */
export const dayLookSchema = z.enum(['worked', 'unclosed', 'silent', 'day-off', 'worked-on-day-off', 'not-over']);
/** How far a day is (domain, `daily-batch.ts`); null where nothing is known of it. */
export const dayStateSchema = z.enum(['open', 'closed', 'submitted', 'approved', 'on-hold', 'returned', 'reconciled']);

const regionDeviceSchema = z.object({
  deviceId: uuidSchema,
  deviceNo: z.int().positive(),
  lastContactAt: instantSchema.nullable(),
  /** When entries of it last came on a flashdisk; a province before it does not say. */
  lastBundleAt: instantSchema.nullable().default(null),
  unsent: count.nullable(),
  quarantined: count,
  appVersion: z.string().max(40).nullable(),
  timeTrust: timeTrustSchema.nullable(),
  /** Rule pack of its newest entry that names one. */
  rulePackId: z.string().max(60).nullable(),
  /** Version of the rules feed that it asked beyond; null where it was never heard to ask. */
  rulesVersion: count.nullable(),
});

export type RegionDeviceRow = Readonly<z.infer<typeof regionDeviceSchema>>;

export const regionOutletSchema = z.object({
  outletId: outletIdSchema,
  name,
  regency: z.string().max(10),
  regionName: name.nullable(),
  delegation: delegationSchema.nullable(),
  worries: z.array(worrySchema).max(20),
  devices: z.array(regionDeviceSchema).max(99),
  lastContactAt: instantSchema.nullable(),
  unsent: count,
  quarantined: count,
  /** Cash of the citizens in drawers, safes and with couriers; whole rupiah. */
  undeposited: rupiahSchema,
  /** The day of the oldest of it, and whether its deadline in working days of the bank is over. */
  undepositedSince: localDateSchema.nullable(),
  undepositedOverdue: z.boolean(),
  /** Handed to a bank and not confirmed. */
  inTransit: rupiahSchema,
  /** Cash sessions that are open now, the oldest first. */
  openSessions: z.array(z.object({ openedOn: localDateSchema, openedAt: instantSchema, by: name })).max(20),
  /** The last 14 days and today, oldest first. */
  days: z
    .array(
      z.object({
        on: localDateSchema,
        look: dayLookSchema,
        /** Why it was closed, where it was announced. */
        reason: z.string().max(120).nullable(),
        sales: count,
        state: dayStateSchema.nullable(),
      }),
    )
    .max(15),
});
export type RegionOutlet = Readonly<z.infer<typeof regionOutletSchema>>;

export const regionAnswerSchema = z.object({
  asOf: instantSchema,
  today: localDateSchema,
  regions: z.array(z.object({ regionId: z.string().max(40), name })).max(100),
  delegations: z.array(delegationSchema).max(50),
  /** The tariff of today, and the next one from 14 days before. */
  rules: z.object({
    current: z.object({ packId: z.string().max(60), validFrom: localDateSchema }).nullable(),
    next: z.object({ packId: z.string().max(60), validFrom: localDateSchema, lacking: count }).nullable(),
  }),
  /** Over the whole region, whatever the page shows. */
  totals: z.object({
    outlets: count,
    worried: count,
    unsent: count,
    quarantined: count,
    undeposited: rupiahSchema,
    openSessions: count,
    waitingClose: count,
    waitingReconciliation: count,
  }),
  outlets: z.array(regionOutletSchema).max(100),
  next: cursor,
});
export type RegionAnswer = Readonly<z.infer<typeof regionAnswerSchema>>;

/* -- POST /v1/region/queue ------------------------------------------------------------------------------------- */

export const regionQueueRequestSchema = z.object({ ...asks, kind: z.enum(QUEUE_KINDS).nullable(), ...paged(100) });
export type RegionQueueRequest = Readonly<z.infer<typeof regionQueueRequestSchema>>;

export const queueItemSchema = z.object({
  kind: z.enum(QUEUE_KINDS),
  subject: z.string().max(60),
  outletId: outletIdSchema,
  outletName: name,
  deviceId: uuidSchema,
  /** When the province learnt of it. */
  since: instantSchema,
  amount: rupiahSchema.nullable(),
  askedBy: person.nullable(),
  /** Who has said yes at the counter already, where somebody has. */
  approvedBy: person.nullable(),
  reason: z.string().max(300).nullable(),
  transactionId: uuidSchema.nullable(),
  /** The entry that asks. */
  evidence: hashSchema.nullable(),
  businessOn: localDateSchema.nullable(),
  /** Null where he may decide; else why not. */
  mayNot: z.enum(['OWN_WORK', 'ONLY_HE_WHO_APPROVED', 'PROVINCE_DECIDES']).nullable(),
});
export type QueueItem = Readonly<z.infer<typeof queueItemSchema>>;

export const regionQueueAnswerSchema = z.object({
  counts: z.array(z.object({ kind: z.enum(QUEUE_KINDS), count })).max(20),
  items: z.array(queueItemSchema).max(100),
  next: cursor,
});
export type RegionQueueAnswer = Readonly<z.infer<typeof regionQueueAnswerSchema>>;

/* -- POST /v1/region/month ------------------------------------------------------------------------------------- */

/** `YYYY-MM`. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const regionMonthRequestSchema = z.object({
  ...asks,
  month: monthSchema,
  ...paged(100),
});
export type RegionMonthRequest = Readonly<z.infer<typeof regionMonthRequestSchema>>;

/** What is owed to one beneficiary's account: of all days, and of those whose close is signed; whole rupiah. */
const accountSumSchema = z.object({ account: z.string().max(60), all: rupiahSchema, signed: rupiahSchema });
const monthFigures = {
  days: count,
  daysSigned: count,
  daysReconciled: count,
  sales: count,
  journal: rupiahSchema,
  journalSigned: rupiahSchema,
  accounts: z.array(accountSumSchema).max(120),
};
/** Days that are in `all` and not in `signed`, by what they wait for; a province before it names none. */
const unsignedDaysSchema = z
  .array(z.object({ on: localDateSchema, waits: z.enum(['open', 'close', 'supplement']) }))
  .max(31)
  .default([]);
const regencySumSchema = z.object({
  regency: z.string().max(10),
  outlets: count,
  days: count,
  daysSigned: count,
  sales: count,
  journal: rupiahSchema,
  journalSigned: rupiahSchema,
});

export const regionMonthAnswerSchema = z.object({
  month: z.string().max(7),
  /** Over all outlets, with one line per beneficiary and regency. */
  total: z.object(monthFigures),
  /** By where outlets stand, whoever is owed. */
  regencies: z.array(regencySumSchema).max(60).default([]),
  outlets: z
    .array(
      z.object({
        outletId: outletIdSchema,
        name,
        regency: z.string().max(10),
        unsigned: unsignedDaysSchema,
        ...monthFigures,
      }),
    )
    .max(100),
  next: cursor,
});
export type RegionMonthAnswer = Readonly<z.infer<typeof regionMonthAnswerSchema>>;
