import { z } from 'zod';
import { amountSchema, instantSchema, rupiahSchema, uuidSchema } from './primitives.ts';
import { cashSessionViewSchema, closedSessionViewSchema } from './views-cash.ts';
import { mirrorStateSchema } from './views-custody.ts';

/** What stands on the door while the officer is away; for anyone to read. */
export const pauseViewSchema = z.object({
  pausedAt: instantSchema,
  officerName: z.string(),
  /** Large on the locked screen; null where nothing was written. */
  note: z.string().nullable(),
});
export type PauseView = z.infer<typeof pauseViewSchema>;

/** A drawer that changed hands: what the one left, and with what the other begins. */
export const handedOverViewSchema = z.object({
  handOverNumber: z.string(),
  closed: closedSessionViewSchema,
  session: cashSessionViewSchema,
  variance: rupiahSchema,
  printJobId: uuidSchema.nullable(),
  secondCopy: mirrorStateSchema,
});
export type HandedOverView = z.infer<typeof handedOverViewSchema>;

/** Cash that a courier took, with the slip that both sign. */
export const dispatchedViewSchema = z.object({
  dispatchId: uuidSchema,
  dispatchNumber: z.string(),
  amount: amountSchema,
  printJobId: uuidSchema.nullable(),
  secondCopy: mirrorStateSchema,
});
