import { z } from 'zod';
import { amountSchema, hashSchema, localDateSchema, officerIdSchema, rupiahSchema, uuidSchema } from './primitives.ts';

const ledgerLinesSchema = z.array(z.object({ account: z.string().min(1).max(60), amount: rupiahSchema })).max(20);

/** Bodies of what happens to a drawer beside sales, counts and deposits, by entry type. */
export const cashEntryBodies = {
  /** Change brought to the drawer or taken from it; never the citizens' money, which leaves by a deposit or a refund. */
  'cash.moved': z.object({
    movementId: uuidSchema,
    direction: z.enum(['in', 'out']),
    amount: amountSchema,
    reason: z.string().max(200),
    ledgerLines: ledgerLinesSchema,
  }),
  /**
   * A sale taken back before the first byte of its entry left, by two people, in its own cash session (OPOP-Sync/1 13.4): every
   * ledger line of the sale with the opposite sign.
   */
  'transaction.voided': z.object({
    transactionId: uuidSchema,
    voidNumber: z.string().max(60),
    receiptNumber: z.string().max(60),
    /** Hash of the sale's entry. */
    paidHash: hashSchema,
    /** Cash that goes back to the payer. */
    returned: amountSchema,
    reason: z.string().max(200),
    approvedBy: officerIdSchema,
    ledgerLines: z.array(z.object({ account: z.string().min(1).max(60), amount: rupiahSchema })).max(120),
  }),
  /** A supervisor closes what an officer left open; his count and his close follow in the same commit. */
  'cash-session.taken-over': z.object({
    cashSessionId: uuidSchema,
    ofOfficerId: officerIdSchema,
    openedOn: localDateSchema,
    reason: z.string().max(200),
  }),
  /** A variance above the policy's tolerance, explained by a supervisor who did not count it. */
  'cash-variance.explained': z.object({
    cashSessionId: uuidSchema,
    variance: rupiahSchema,
    explanation: z.string().max(300),
  }),
} as const;
