import { z } from 'zod';
import {
  amountSchema,
  hashSchema,
  instantSchema,
  officerIdSchema,
  rupiahSchema,
  textSchema,
  uuidSchema,
} from './primitives.ts';
import { command, query } from './procedure.ts';
import { cashCountViewSchema } from './views-cash.ts';
import { mirrorStateSchema } from './views-custody.ts';

const placeViewSchema = z.object({
  counts: cashCountViewSchema,
  counted: amountSchema,
  expected: rupiahSchema,
  /** Counted less expected: negative is missing. */
  variance: rupiahSchema,
});

/** An inspection as its entry has frozen it. No answer carries any of it before the count is on the disk. */
export const inspectionViewSchema = z.object({
  inspectionId: uuidSchema,
  inspectionNumber: z.string(),
  /** Place of its entry, for a further paper. */
  seq: z.int().positive(),
  cashSessionId: uuidSchema,
  inspectedAt: instantSchema,
  inspectorName: z.string(),
  officerName: z.string(),
  drawer: placeViewSchema,
  safe: placeViewSchema.nullable(),
  variance: rupiahSchema,
  varianceState: z.enum(['none', 'tolerated', 'open', 'explained']),
  head: hashSchema,
});
export type InspectionView = z.infer<typeof inspectionViewSchema>;

const inspectedViewSchema = inspectionViewSchema.extend({
  printJobId: uuidSchema.nullable(),
  secondCopy: mirrorStateSchema,
});
export type InspectedView = z.infer<typeof inspectedViewSchema>;

/** Surprise inspections of the cash. Nothing of it needs a line, and the session of the officer goes on. */
export const apiInspection = {
  /**
   * Counts the open drawer, and the safe where it is counted too, by a supervisor's PIN beside whoever is signed in; one
   * entry, then the paper. The same `inspectionId` again answers what stands.
   */
  'cash-inspection.count': command({
    access: 'signed-in',
    input: z.strictObject({
      inspectionId: uuidSchema,
      cashSessionId: uuidSchema,
      counts: cashCountViewSchema.max(20),
      safeCounts: cashCountViewSchema.max(20).nullable().default(null),
      typedTotal: amountSchema.nullable().default(null),
      sure: z.boolean().default(false),
      supervisor: z.strictObject({ officerId: officerIdSchema, pin: z.string().regex(/^\d{6,12}$/) }),
      printerId: textSchema(60).nullable().default(null),
    }),
    output: inspectedViewSchema,
    errors: [
      'APPROVER_REFUSED',
      'CASH_SESSION_CLOSED',
      'CASH_SESSION_COUNTED',
      'CASH_COUNT_INVALID',
      'CASH_TOTAL_DIFFERS',
      'CASH_COUNT_UNLIKELY',
    ],
  }),
  /** The newest ones first. */
  'cash-inspection.list': query({
    access: 'signed-in',
    input: z.strictObject({}),
    output: z.array(inspectionViewSchema),
    errors: [],
    staleAfter: ['cash-session', 'exceptions'],
  }),
  /** A variance above the tolerance; never by whoever counted it. */
  'cash-inspection.explain': command({
    access: 'supervisor',
    input: z.strictObject({ inspectionId: uuidSchema, explanation: textSchema(300).trim().min(5) }),
    output: inspectionViewSchema,
    errors: ['NOT_FOUND', 'CASH_VARIANCE_SETTLED', 'CASH_VARIANCE_OWN'],
  }),
} as const;
