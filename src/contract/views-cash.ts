import { z } from 'zod';
import {
  amountSchema,
  hashSchema,
  instantSchema,
  localDateSchema,
  officerIdSchema,
  rupiahSchema,
  uuidSchema,
} from './primitives.ts';
import { backupViewSchema } from './views-custody.ts';

export const cashCountViewSchema = z.array(
  z.object({ denomination: z.int().positive(), count: z.int().nonnegative() }),
);

const sessionStateSchema = z.enum(['open', 'counted', 'closed', 'deposited', 'reconciled', 'disputed']);

/** What the count came to. No answer carries any of it before the count is on the disk. */
export const countedViewSchema = z.object({
  counts: cashCountViewSchema,
  total: amountSchema,
  countedAt: instantSchema,
  /** Sum that the ledger says is in the drawer: float and sales, less what was deposited from it. */
  expected: rupiahSchema,
  /** Counted less expected: negative is missing. */
  variance: rupiahSchema,
  salesTotal: amountSchema,
  /** Left this drawer in the middle of the day: to a bank, to the safe, to a courier. */
  depositedTotal: rupiahSchema,
});
export type CountedView = z.infer<typeof countedViewSchema>;

/** The session that stands open or counted at this counter. */
export const cashSessionViewSchema = z.object({
  cashSessionId: uuidSchema,
  state: sessionStateSchema,
  openedAt: instantSchema,
  officerId: officerIdSchema,
  officerName: z.string(),
  float: cashCountViewSchema,
  floatTotal: amountSchema,
  /** Change that came (positive) or left since the opening. */
  floatMoved: rupiahSchema,
  /** Cash of the citizens that the officer before left in the drawer, counted by both; zero without a hand-over. */
  carried: amountSchema,
  /** ms UTC since when its officer is away; null while he is at work. */
  pausedAt: instantSchema.nullable(),
  /** Opened on a day that is over: its officer or a supervisor closes it. */
  forgotten: z.boolean(),
  sales: z.int(),
  counted: countedViewSchema.nullable(),
});
export type CashSessionView = z.infer<typeof cashSessionViewSchema>;

/** A closed session as its entry has frozen it. */
export const closedSessionViewSchema = z.object({
  cashSessionId: uuidSchema,
  state: sessionStateSchema,
  officerName: z.string(),
  openedAt: instantSchema,
  closedAt: instantSchema,
  floatTotal: amountSchema,
  sales: z.int(),
  salesTotal: amountSchema,
  expected: rupiahSchema,
  counted: amountSchema,
  variance: rupiahSchema,
  /** `explained` and `open` are above the policy's tolerance on the day of the close. */
  varianceState: z.enum(['none', 'tolerated', 'open', 'explained']),
  floatReturned: amountSchema,
  /** Went to the safe or the courier, to be deposited. */
  toSafe: amountSchema,
  /** Of that, not deposited yet. */
  inSafe: amountSchema,
  firstSeq: z.int().positive(),
  lastSeq: z.int().positive(),
  head: hashSchema,
  /** Who took the drawer over with all that was counted; null where it was emptied. */
  handedTo: z.string().nullable(),
});
export type ClosedSessionView = z.infer<typeof closedSessionViewSchema>;

/** What became of the second copy when the session was closed: the sentence of the last page. */
export const closedWithCopySchema = closedSessionViewSchema.extend({
  secondCopy: z.object({
    /** False: the medium did not take it, or none was chosen; `reason` says which. */
    completed: z.boolean(),
    medium: z.enum(['folder', 'removable']).nullable(),
    folder: z.string().nullable(),
    entries: z.int().nonnegative(),
    reason: z.string().nullable(),
  }),
  /** The whole copy of the data that was made after it, on the same medium. */
  backup: backupViewSchema,
  /** The closing slip; null when no printer could be asked. The close stands without it. */
  printJobId: uuidSchema.nullable(),
});
export type ClosedWithCopyView = z.infer<typeof closedWithCopySchema>;

/** Kind of the photograph of a bank's slip, in the stream of its deposit. */
export const DEPOSIT_SLIP_KIND = 'deposit-slip';

export const depositViewSchema = z.object({
  depositId: uuidSchema,
  amount: amountSchema,
  from: z.enum(['drawer', 'safe']),
  depositedOn: localDateSchema,
  bank: z.string(),
  slipNumber: z.string(),
  recordedAt: instantSchema,
  officerName: z.string(),
  /** Brought by a courier. */
  byCourier: z.boolean(),
  /** Of it, what the bank has confirmed, as the province said. */
  confirmed: amountSchema,
  /** Pages of its slip that are kept here. */
  pages: z.int().nonnegative(),
});
export type DepositView = z.infer<typeof depositViewSchema>;

/** By when cash must be at the bank, in its working days. */
export const depositDueSchema = z.object({
  /** The last day on which it is in time. */
  dueOn: localDateSchema,
  /** The day on which the oldest of it was taken. */
  sinceOn: localDateSchema,
  /** ms until that day is over; zero when it is. */
  remainingMs: z.int().nonnegative(),
  overdue: z.boolean(),
  officerName: z.string(),
});
export type DepositDueView = z.infer<typeof depositDueSchema>;

/** Cash on its way with a courier. Who he is stands on the signed slip and sealed in the journal. */
export const courierLegViewSchema = z.object({
  dispatchId: uuidSchema,
  dispatchNumber: z.string(),
  amount: amountSchema,
  dispatchedAt: instantSchema,
  officerName: z.string(),
});
export type CourierLegView = z.infer<typeof courierLegViewSchema>;

/** A sum that no bank will take and that a supervisor has to speak about. */
export const doubtViewSchema = z.object({
  refusalId: uuidSchema,
  reason: z.enum(['false', 'missing']),
  amount: amountSchema,
  refusedAt: instantSchema,
  officerName: z.string(),
});
export type DoubtView = z.infer<typeof doubtViewSchema>;

export const cashEventViewSchema = z.object({
  seq: z.int().positive(),
  at: instantSchema,
  type: z.string(),
  /** Whole rupiah that moved, negative when it left; null where nothing moved, or it must not be told yet. */
  amount: rupiahSchema.nullable(),
  officerName: z.string(),
  /** A bank and slip, a number, or a reason; empty for none. */
  note: z.string(),
});
export type CashEventView = z.infer<typeof cashEventViewSchema>;

/** Where the cash of this counter is. */
export const cashStandingViewSchema = z.object({
  /** In the drawer, without the float; rounded down while `rough`. */
  drawer: amountSchema,
  rough: z.boolean(),
  /** In the safe, without what cannot be deposited. */
  safe: amountSchema,
  /** With a courier. */
  courier: amountSchema,
  /** Of the safe, what was false or never arrived and waits for a supervisor. */
  doubtful: amountSchema,
  /** Handed to a bank and not confirmed by it. */
  inTransit: amountSchema,
  /** Confirmed by the bank in the last 31 days. */
  confirmed: amountSchema,
  /** When the oldest cash that is not at a bank is to be there; null where there is none. */
  due: depositDueSchema.nullable(),
  couriers: z.array(courierLegViewSchema),
  doubts: z.array(doubtViewSchema),
  /** What happened with cash today, the newest first; without the sums of sales while the drawer is uncounted. */
  events: z.array(cashEventViewSchema),
  /** The float that a session was last opened with: most days begin as the day before. */
  lastFloat: cashCountViewSchema,
  lastClosed: closedSessionViewSchema.nullable(),
  /** Newest first. */
  deposits: z.array(depositViewSchema),
});
export type CashStandingView = z.infer<typeof cashStandingViewSchema>;
