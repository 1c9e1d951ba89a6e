import { z } from 'zod';
import { apiAudit } from './api-audit.ts';
import { apiApprovals } from './api-approvals.ts';
import { apiApplications } from './api-applications.ts';
import { apiCases } from './api-cases.ts';
import { apiCash } from './api-cash.ts';
import { apiCustody } from './api-custody.ts';
import { apiDrawer } from './api-drawer.ts';
import { apiDocuments } from './api-documents.ts';
import { apiEmergency } from './api-emergency.ts';
import { apiEnrolment } from './api-enrolment.ts';
import { apiInspection } from './api-inspection.ts';
import { apiOriginals } from './api-originals.ts';
import { apiPayments } from './api-payments.ts';
import { apiInsight } from './api-insight.ts';
import { apiPeople } from './api-people.ts';
import { apiRegion } from './api-region.ts';
import { apiSticks } from './api-sticks.ts';
import { apiReports } from './api-reports.ts';
import { apiRoads } from './api-roads.ts';
import { apiSelfTest } from './self-test.ts';
import { apiUpdates } from './api-updates.ts';
import { apiTransactions } from './api-transactions.ts';
import {
  arrivalRowSchema,
  deviceViewSchema,
  exceptionCaseSchema,
  officerCardSchema,
  outboxViewSchema,
  pickUpRowSchema,
  printerViewSchema,
  reportViewSchema,
  signInViewSchema,
  statusViewSchema,
  todayViewSchema,
} from './views-counter.ts';
import { printJobViewSchema } from './views-transaction.ts';
import { instantSchema, localDateSchema, officerIdSchema, textSchema, uuidSchema } from './primitives.ts';
import { PIN_ERRORS } from './pin-errors.ts';
import { command, query } from './procedure.ts';

const nothing = z.strictObject({});
const pinSchema = z.string().regex(/^\d{6,12}$/);

/** Everything the screens may ask, one line each; the only door into the core. */
export const api = {
  /* -- the counter itself -- */
  'counter.status': query({
    access: 'public',
    input: nothing,
    output: statusViewSchema,
    errors: [],
    staleAfter: ['status', 'outbox', 'cash-session', 'transactions', 'registry', 'printing', 'device'],
  }),
  'counter.today': query({
    access: 'signed-in',
    input: nothing,
    output: todayViewSchema,
    errors: [],
    staleAfter: ['transactions', 'outbox', 'exceptions', 'printing', 'applications'],
  }),
  'device.overview': query({
    access: 'signed-in',
    input: nothing,
    output: deviceViewSchema,
    errors: [],
    staleAfter: ['device', 'transactions'],
  }),
  'device.verify': command({
    access: 'signed-in',
    input: nothing,
    output: z.object({
      ok: z.boolean(),
      entries: z.int(),
      head: z.string().nullable(),
      problems: z.array(z.object({ seq: z.int().nullable(), problem: z.string() })),
    }),
    errors: [],
  }),
  'enrolment.enrol': command({
    access: 'public',
    input: z.strictObject({ provinceUrl: textSchema(200).pipe(z.url()), code: textSchema(80).min(8) }),
    output: z.object({ deviceId: z.string(), outletId: z.string(), outletName: z.string() }),
    errors: [
      'ENROLMENT_CODE_INVALID',
      'ENROLMENT_REFUSED',
      'ENROLMENT_CLOCK_WRONG',
      'ALREADY_ENROLLED',
      'NO_LINE',
      'PROVINCE_ANSWER_INVALID',
      'KEY_STORE_UNAVAILABLE',
    ],
  }),

  ...apiEnrolment,

  /* -- who is at the counter -- */
  'sign-in.officers': query({
    access: 'public',
    input: nothing,
    output: z.array(officerCardSchema),
    errors: [],
    staleAfter: ['sign-in', 'registry'],
  }),
  'sign-in.current': query({
    access: 'public',
    input: nothing,
    output: signInViewSchema.nullable(),
    errors: [],
    staleAfter: ['sign-in'],
  }),
  'sign-in.begin': command({
    access: 'public',
    input: z.strictObject({ officerId: officerIdSchema, pin: pinSchema }),
    output: signInViewSchema,
    errors: [...PIN_ERRORS, 'SIGNED_IN_AS_OTHER'],
  }),
  'sign-in.lock': command({ access: 'public', input: nothing, output: nothing, errors: [] }),
  'sign-in.unlock': command({
    access: 'public',
    input: z.strictObject({ pin: pinSchema }),
    output: signInViewSchema,
    errors: PIN_ERRORS,
  }),
  'sign-in.end': command({ access: 'public', input: nothing, output: nothing, errors: [] }),
  /** Keeps the idle lock away while keys are pressed; at most once a minute. */
  'sign-in.touch': command({ access: 'public', input: nothing, output: nothing, errors: [] }),

  /* -- second persons -- */
  ...apiApprovals,

  /* -- cash -- */
  ...apiCash,
  ...apiDrawer,
  ...apiInspection,

  /* -- vehicles, sales, arrivals -- */
  ...apiTransactions,
  ...apiPayments,

  /* -- services beside the sale -- */
  ...apiApplications,

  /* -- pages of papers -- */
  ...apiDocuments,

  /* -- originals, the queue, pre-printed forms -- */
  ...apiOriginals,

  /* -- the emergency receipt book -- */
  ...apiEmergency,

  /* -- second copies, other roads, the clock -- */
  ...apiCustody,
  ...apiRoads,
  ...apiUpdates,

  /* -- what an installer tests -- */
  ...apiSelfTest,

  /* -- what is on its way, what needs a person -- */
  'outbox.view': query({
    access: 'signed-in',
    input: z.strictObject({
      show: z.enum(['unsent', 'all']).default('unsent'),
      lane: z.enum(['money', 'all']).default('all'),
      limit: z.int().min(1).max(2000).default(500),
    }),
    output: outboxViewSchema,
    errors: [],
    staleAfter: ['outbox', 'transactions'],
  }),
  /** Where the outbox stands, in four figures; `loket sync` asks it without a person. */
  'outbox.figures': query({
    access: 'public',
    input: nothing,
    output: z.object({
      unsent: z.int().nonnegative(),
      quarantined: z.int().nonnegative(),
      ackSeq: z.int().nonnegative(),
      lastContactAt: instantSchema.nullable(),
    }),
    errors: [],
    staleAfter: ['outbox'],
  }),
  /** Sending harms nobody: anyone at the counter may ask for it. */
  'outbox.send-now': command({
    access: 'public',
    input: nothing,
    output: z.object({
      pushed: z.int(),
      pulled: z.int(),
      unsent: z.int(),
      quarantined: z.int(),
      items: z.array(z.object({ seq: z.int(), verdict: z.string() })),
      /** Answered within two seconds: the rest goes on, and `outbox.view` follows. */
      stillRunning: z.boolean(),
      /** A code; null when nothing went wrong so far. */
      stoppedBy: z.string().nullable(),
    }),
    errors: ['NO_LINE', 'PROVINCE_REFUSED', 'PROVINCE_ANSWER_INVALID'],
  }),
  'exceptions.list': query({
    access: 'signed-in',
    input: nothing,
    output: z.array(exceptionCaseSchema),
    errors: [],
    staleAfter: ['exceptions', 'transactions', 'printing'],
  }),

  /* -- after paying -- */
  'arrivals.call-list': query({
    access: 'officer',
    input: nothing,
    output: z.array(arrivalRowSchema),
    errors: [],
    staleAfter: ['transactions'],
  }),
  'pick-up.list': query({
    access: 'officer',
    input: nothing,
    output: z.array(pickUpRowSchema),
    errors: [],
    staleAfter: ['transactions', 'exceptions'],
  }),
  'pick-up.hand-over': command({
    access: 'officer',
    input: z.strictObject({ transactionId: uuidSchema, by: z.enum(['paper', 'link']) }),
    output: nothing,
    errors: ['TRANSACTION_UNKNOWN', 'NOT_FOUND'],
  }),
  'reports.period': query({
    access: 'signed-in',
    input: z.strictObject({ from: localDateSchema, to: localDateSchema }),
    output: reportViewSchema,
    errors: [],
    staleAfter: ['transactions'],
  }),

  ...apiReports,
  ...apiAudit,

  /* -- a supervisor's region, its days, his words -- */
  ...apiInsight,
  ...apiPeople,
  ...apiRegion,
  ...apiSticks,

  /* -- cases, same-day requests, refunds -- */
  ...apiCases,

  /* -- paper -- */
  'printing.jobs': query({
    access: 'signed-in',
    input: nothing,
    output: z.array(printJobViewSchema),
    errors: [],
    staleAfter: ['printing'],
  }),
  /** The answer to "did the paper come out?"; nothing prints by itself. */
  'printing.answer': command({
    access: 'officer',
    input: z.strictObject({ jobId: uuidSchema, cameOut: z.boolean() }),
    output: nothing,
    errors: ['PRINT_JOB_UNKNOWN', 'PRINT_NOT_UNKNOWN'],
  }),
  'printing.printers': query({
    access: 'signed-in',
    input: nothing,
    output: z.array(printerViewSchema),
    errors: [],
    staleAfter: ['device'],
  }),
  'printing.set-printers': command({
    access: 'signed-in',
    input: z.strictObject({ printers: z.array(printerViewSchema).min(1).max(6) }),
    output: z.array(printerViewSchema),
    errors: ['PRINTER_UNKNOWN'],
  }),
  'printing.test': command({
    access: 'signed-in',
    input: z.strictObject({ printerId: textSchema(60) }),
    output: printJobViewSchema,
    errors: ['PRINTER_UNKNOWN', 'PRINTER_SILENT'],
  }),
} as const;

export type Api = typeof api;
export type Method = keyof Api;
