import { z } from 'zod';
import { REFUSED_REASONS } from '../domain/courier.ts';
import { amountSchema, officerIdSchema, rupiahSchema, sealedBodySchema, uuidSchema } from './primitives.ts';

const ledgerLinesSchema = z.array(z.object({ account: z.string().min(1).max(60), amount: rupiahSchema })).max(20);
const drawerOrSafeSchema = z.enum(['drawer', 'safe']);
/** Why cash was not taken by the bank. */
export const refusedReasonSchema = z.enum(REFUSED_REASONS);

const piecesSchema = z
  .array(z.object({ denomination: z.int().positive(), count: z.int().nonnegative().max(100_000) }))
  .max(20);

/** Bodies of a drawer's day between opening and bank, by entry type. */
export const drawerEntryBodies = {
  /** Jeda: the screen is locked, the session stays. What stands on the door is no part of the journal. */
  'cash-session.paused': z.object({ cashSessionId: uuidSchema, noted: z.boolean() }),
  'cash-session.resumed': z.object({
    cashSessionId: uuidSchema,
    /** Whole minutes between the two. */
    minutes: z.int().nonnegative(),
    /** By a supervisor in place of the officer who went. */
    takenOver: z.boolean(),
  }),
  /**
   * A drawer that went from one officer to the next: the count, the close and the opening stand before it in the same commit.
   * `float + carried = counted`; its lines put what was carried from the safe's account back into the drawer of the next session.
   */
  'cash-session.handed-over': z.object({
    handOverId: uuidSchema,
    handOverNumber: z.string().max(60),
    fromSessionId: uuidSchema,
    toSessionId: uuidSchema,
    fromOfficerId: officerIdSchema,
    toOfficerId: officerIdSchema,
    counted: amountSchema,
    float: amountSchema,
    carried: amountSchema,
    /** Of the officer who left. */
    variance: rupiahSchema,
    ledgerLines: ledgerLinesSchema,
  }),
  /** Cash of the citizens from an open drawer into the safe. */
  'cash.stored': z.object({ movementId: uuidSchema, amount: amountSchema, ledgerLines: ledgerLinesSchema }),
  /** Cash in the hands of a courier, against a slip that both sign. */
  'cash.dispatched': z.object({
    dispatchId: uuidSchema,
    dispatchNumber: z.string().max(60),
    from: drawerOrSafeSchema,
    amount: amountSchema,
    /** As it was counted into the bag; empty where only the sum was typed. */
    counts: piecesSchema,
    /** The courier's name. */
    sealed: sealedBodySchema,
    ledgerLines: ledgerLinesSchema,
  }),
  /** The leg of a courier has ended: `handed = accepted + refused`; the deposit and each refused sum are entries of this commit. */
  'cash.courier-settled': z.object({
    dispatchId: uuidSchema,
    handed: amountSchema,
    accepted: amountSchema,
    refused: amountSchema,
  }),
  /** What a teller would not take, or what never came to him; it is in the safe's account until a supervisor has spoken. */
  'cash.refused-by-bank': z.object({
    refusalId: uuidSchema,
    depositId: uuidSchema.nullable(),
    dispatchId: uuidSchema.nullable(),
    from: drawerOrSafeSchema,
    reason: refusedReasonSchema,
    amount: amountSchema,
    ledgerLines: ledgerLinesSchema,
  }),
  /** A false note or a missing sum is a loss, by the word of a supervisor. */
  'cash.written-off': z.object({
    refusalId: uuidSchema,
    amount: amountSchema,
    reason: z.string().max(200),
    approvedBy: officerIdSchema,
    ledgerLines: ledgerLinesSchema,
  }),
} as const;
