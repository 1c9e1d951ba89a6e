import { z } from 'zod';
import { refusedSchema } from './api-drawer.ts';
import { amountSchema, localDateSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import {
  cashCountViewSchema,
  cashSessionViewSchema,
  cashStandingViewSchema,
  closedSessionViewSchema,
  closedWithCopySchema,
  depositViewSchema,
} from './views-cash.ts';

const nothing = z.strictObject({});
const session = z.strictObject({ cashSessionId: uuidSchema });

/** The drawer's day: opened with a float, counted blind, closed, deposited. None of it needs a line or leave to sell. */
export const apiCash = {
  'cash-session.current': query({
    access: 'signed-in',
    input: nothing,
    output: cashSessionViewSchema.nullable(),
    errors: [],
    staleAfter: ['cash-session', 'transactions'],
  }),
  'cash-session.open': command({
    access: 'officer',
    input: z.strictObject({ float: cashCountViewSchema.max(20) }),
    output: cashSessionViewSchema,
    errors: ['CASH_SESSION_OPEN', 'CASH_COUNT_INVALID'],
  }),
  /** Blind, once: the answer is the first that carries the expected sum. The same count again answers the same. */
  'cash-session.count': command({
    access: 'officer',
    input: z.strictObject({
      cashSessionId: uuidSchema,
      counts: cashCountViewSchema.max(20),
      /** The sum as the officer wrote it down beside the notes; null where he did not. */
      typedTotal: amountSchema.nullable().default(null),
      /** The answer to a question about the count: it is as it is. */
      sure: z.boolean().default(false),
    }),
    output: cashSessionViewSchema,
    errors: [
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_OF_OTHER',
      'CASH_SESSION_COUNTED',
      'CASH_COUNT_INVALID',
      'CASH_TOTAL_DIFFERS',
      'CASH_COUNT_UNLIKELY',
    ],
  }),
  /** Freezes the session and completes the second copy. Closing it again answers what stands. */
  'cash-session.close': command({
    access: 'officer',
    input: session,
    output: closedWithCopySchema,
    errors: ['CASH_SESSION_CLOSED', 'CASH_SESSION_OF_OTHER', 'CASH_SESSION_NOT_COUNTED'],
  }),
  /** Change for the drawer, or back to the cooperative; the same `movementId` again answers what stands. */
  'cash.move': command({
    access: 'officer',
    input: z.strictObject({
      movementId: uuidSchema,
      direction: z.enum(['in', 'out']),
      amount: amountSchema.refine((amount) => amount > 0),
      reason: textSchema(200).trim().min(3),
    }),
    output: cashSessionViewSchema,
    errors: ['CASH_SESSION_CLOSED', 'CASH_SESSION_OF_OTHER', 'CASH_SESSION_COUNTED', 'CASH_FLOAT_TOO_SMALL'],
  }),
  /** A session of a day that is over, or whose officer is away, counted and closed by a supervisor in place of the officer who left it. */
  'cash-session.close-forgotten': command({
    access: 'supervisor',
    input: z.strictObject({
      cashSessionId: uuidSchema,
      /** Null where the officer's own count stands already. */
      counts: cashCountViewSchema.max(20).nullable(),
      reason: textSchema(200).trim().min(3),
    }),
    output: closedSessionViewSchema,
    errors: [
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_NOT_FORGOTTEN',
      'CASH_SESSION_COUNTED',
      'CASH_SESSION_NOT_COUNTED',
      'CASH_COUNT_INVALID',
    ],
  }),
  /** A variance above the tolerance; never by the officer whose drawer it was. */
  'cash-session.explain-variance': command({
    access: 'supervisor',
    input: z.strictObject({ cashSessionId: uuidSchema, explanation: textSchema(300).trim().min(5) }),
    output: closedSessionViewSchema,
    errors: ['NOT_FOUND', 'CASH_VARIANCE_SETTLED', 'CASH_VARIANCE_OWN'],
  }),
  'cash.standing': query({
    access: 'signed-in',
    input: nothing,
    output: cashStandingViewSchema,
    errors: [],
    staleAfter: ['cash-session', 'transactions'],
  }),
  /** Also in the middle of a day. One slip of one bank is recorded once. */
  'cash.deposit': command({
    access: 'officer',
    input: z.strictObject({
      from: z.enum(['drawer', 'safe']),
      amount: amountSchema.refine((amount) => amount > 0),
      depositedOn: localDateSchema,
      bank: textSchema(60).trim().min(2),
      slipNumber: textSchema(60).trim().min(1),
      /** Notes of which the sum must be made; empty where only the sum was typed. */
      counts: cashCountViewSchema.max(20).default([]),
      /** What the teller would not take, beside the amount of the slip. */
      refused: refusedSchema,
    }),
    output: depositViewSchema,
    errors: [
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_OF_OTHER',
      'CASH_DEPOSIT_TOO_LARGE',
      'DEPOSIT_SLIP_USED',
      'DEPOSIT_DATE_INVALID',
      'CASH_COUNT_INVALID',
      'CASH_TOTAL_DIFFERS',
    ],
  }),
} as const;
