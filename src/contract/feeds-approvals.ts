import { z } from 'zod';
import { APPROVAL_METHODS } from '../domain/approval.ts';
import { approvalActionSchema } from './approval-proof.ts';
import { hashSchema, instantSchema, officerIdSchema, uuidSchema } from './primitives.ts';

/** An item of feed `decisions`: what a supervisor said of an approval in his name. */
export const approvalDecisionSchema = z.object({
  decisionId: uuidSchema,
  approvalId: uuidSchema,
  decidedAt: instantSchema,
  approval: z.enum(['confirmed', 'disputed']),
});
export type ApprovalDecision = Readonly<z.infer<typeof approvalDecisionSchema>>;

/** An item of feed `decisions` of a supervisor's own device: was this approval his? */
export const approvalQuestionItemSchema = z.object({
  decisionId: uuidSchema,
  decidedAt: instantSchema,
  asks: z.literal('approval'),
  approvalId: uuidSchema,
  counterId: uuidSchema,
  supervisorId: officerIdSchema,
  outletName: z.string().max(120),
  action: approvalActionSchema,
  amount: z.int(),
  method: z.enum(APPROVAL_METHODS),
  usedAt: instantSchema,
});
export type ApprovalQuestionItem = Readonly<z.infer<typeof approvalQuestionItemSchema>>;

/** One counter that a supervisor may answer, and the key of the pair. */
export const pairedCounterSchema = z.object({
  counterId: uuidSchema,
  outletId: z.string().max(40),
  outletName: z.string().max(120),
  deviceNo: z.int().positive(),
  key: hashSchema,
});
export type PairedCounter = Readonly<z.infer<typeof pairedCounterSchema>>;
