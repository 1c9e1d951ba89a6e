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
  /** Deposited from this drawer in the middle of the day. */
  depositedTotal: amountSchema,
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
});
export type ClosedWithCopyView = z.infer<typeof closedWithCopySchema>;

export const depositViewSchema = z.object({
  depositId: uuidSchema,
  amount: amountSchema,
  from: z.enum(['drawer', 'safe']),
  depositedOn: localDateSchema,
  bank: z.string(),
  slipNumber: z.string(),
  recordedAt: instantSchema,
  officerName: z.string(),
});
export type DepositView = z.infer<typeof depositViewSchema>;

/** Where the cash of this counter is. */
export const cashStandingViewSchema = z.object({
  /** In the drawer, without the float; rounded down while `rough`. */
  drawer: amountSchema,
  rough: z.boolean(),
  safe: amountSchema,
  /** Handed to a bank and not confirmed by it. */
  inTransit: amountSchema,
  lastClosed: closedSessionViewSchema.nullable(),
  /** Newest first. */
  deposits: z.array(depositViewSchema),
});
export type CashStandingView = z.infer<typeof cashStandingViewSchema>;
