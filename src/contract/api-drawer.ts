import { z } from 'zod';
import { APPROVAL_ERRORS, approvalProofSchema } from './approval-proof.ts';
import { refusedReasonSchema } from './entry-bodies-drawer.ts';
import { amountSchema, localDateSchema, officerIdSchema, textSchema, uuidSchema } from './primitives.ts';
import { PIN_ERRORS } from './pin-errors.ts';
import { command, query } from './procedure.ts';
import { cashCountViewSchema, cashSessionViewSchema, cashStandingViewSchema } from './views-cash.ts';
import { dispatchedViewSchema, handedOverViewSchema, pauseViewSchema } from './views-drawer.ts';
import { printJobViewSchema } from './views-transaction.ts';

const nothing = z.strictObject({});
const sumSchema = amountSchema.refine((amount) => amount > 0);
const pinSchema = z.string().regex(/^\d{6,12}$/);
const printerIdSchema = textSchema(60).nullable().default(null);
/** What a teller would not take; each reason at most once. */
export const refusedSchema = z
  .array(z.strictObject({ reason: refusedReasonSchema, amount: sumSchema }))
  .max(3)
  .refine((refused) => new Set(refused.map((one) => one.reason)).size === refused.length)
  .default([]);
const slipSchema = {
  depositedOn: localDateSchema,
  bank: textSchema(60).trim().min(2),
  slipNumber: textSchema(60).trim().min(1),
};

/** A drawer between opening and bank: who is away, who takes over, where the cash goes. Nothing of it needs a line. */
export const apiDrawer = {
  /** Locks the screen; the session stays. `note` stands large on the locked screen and in no entry. */
  'cash-session.pause': command({
    access: 'officer',
    input: z.strictObject({
      note: textSchema(60).trim().min(1).nullable().default(null),
      print: z.boolean().default(false),
    }),
    output: pauseViewSchema,
    errors: ['CASH_SESSION_CLOSED', 'CASH_SESSION_OF_OTHER'],
  }),
  /** For the locked screen: anyone at the door may read it. */
  'cash-session.door-note': query({
    access: 'public',
    input: nothing,
    output: pauseViewSchema.nullable(),
    errors: [],
    staleAfter: ['cash-session', 'sign-in'],
  }),
  /** One commit: joint count, close of the one, opening of the other with exactly that cash; both sign by PIN. */
  'cash-session.hand-over': command({
    access: 'officer',
    input: z.strictObject({
      cashSessionId: uuidSchema,
      counts: cashCountViewSchema.max(20),
      typedTotal: amountSchema.nullable().default(null),
      sure: z.boolean().default(false),
      /** Of the officer who is signed in and leaves. */
      pin: pinSchema,
      to: z.strictObject({ officerId: officerIdSchema, pin: pinSchema }),
      printerId: printerIdSchema,
    }),
    output: handedOverViewSchema,
    errors: [
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_OF_OTHER',
      'CASH_SESSION_COUNTED',
      'CASH_COUNT_INVALID',
      'CASH_TOTAL_DIFFERS',
      'CASH_COUNT_UNLIKELY',
      'HAND_OVER_REFUSED',
    ],
  }),
  /** SALINAN n of a closing slip; `a4` writes a PDF into the folder of the papers. */
  'cash-session.print-slip': command({
    access: 'signed-in',
    input: z.strictObject({
      cashSessionId: uuidSchema,
      reason: textSchema(200).trim().min(3),
      sheet: z.enum(['printer', 'a4']).default('printer'),
      printerId: printerIdSchema,
    }),
    output: printJobViewSchema,
    errors: ['NOT_FOUND', 'PRINTER_UNKNOWN'],
  }),
  /** SALINAN n of the slip that the entry at this place was printed with: a drawer that changed hands, or a courier's. */
  'cash.print-slip': command({
    access: 'signed-in',
    input: z.strictObject({
      seq: z.int().min(1),
      reason: textSchema(200).trim().min(3),
      printerId: printerIdSchema,
    }),
    output: printJobViewSchema,
    errors: ['NOT_FOUND', 'PRINTER_UNKNOWN'],
  }),
  /** From the open drawer into the safe; the same `movementId` again answers what stands. */
  'cash.store': command({
    access: 'officer',
    input: z.strictObject({ movementId: uuidSchema, amount: sumSchema }),
    output: cashSessionViewSchema,
    errors: ['CASH_SESSION_CLOSED', 'CASH_SESSION_OF_OTHER', 'CASH_SESSION_COUNTED', 'CASH_DEPOSIT_TOO_LARGE'],
  }),
  /** Into the hands of a courier; the same `dispatchId` again answers what stands. The officer signs by PIN. */
  'cash.dispatch': command({
    access: 'officer',
    input: z.strictObject({
      dispatchId: uuidSchema,
      from: z.enum(['drawer', 'safe']),
      amount: sumSchema,
      counts: cashCountViewSchema.max(20).default([]),
      courierName: textSchema(120).trim().min(2),
      pin: pinSchema,
      printerId: printerIdSchema,
    }),
    output: dispatchedViewSchema,
    errors: [
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_OF_OTHER',
      'CASH_DEPOSIT_TOO_LARGE',
      'CASH_COUNT_INVALID',
      'CASH_TOTAL_DIFFERS',
      ...PIN_ERRORS,
    ],
  }),
  /** "Setoran kurir tiba di bank": every rupiah that he took was accepted, refused, or is missing. */
  'cash.courier-arrived': command({
    access: 'officer',
    input: z.strictObject({ dispatchId: uuidSchema, accepted: amountSchema, refused: refusedSchema, ...slipSchema }),
    output: cashStandingViewSchema,
    errors: ['NOT_FOUND', 'COURIER_LEG_SETTLED', 'CASH_DOES_NOT_ADD_UP', 'DEPOSIT_SLIP_USED', 'DEPOSIT_DATE_INVALID'],
  }),
  /** A false note or a missing sum is a loss, by the word of a supervisor. */
  'cash.write-off': command({
    access: 'officer',
    input: z.strictObject({
      refusalId: uuidSchema,
      reason: textSchema(200).trim().min(3),
      approval: approvalProofSchema,
    }),
    output: cashStandingViewSchema,
    errors: ['NOT_FOUND', 'CASH_REFUSAL_SETTLED', ...APPROVAL_ERRORS],
  }),
} as const;
