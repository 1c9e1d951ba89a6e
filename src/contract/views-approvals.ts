import { z } from 'zod';
import { APPROVAL_METHODS } from '../domain/approval.ts';
import { approvalActionSchema } from './approval-proof.ts';
import { instantSchema, officerIdSchema, uuidSchema } from './primitives.ts';

/** A request as the counter shows it: read over the phone, or scanned by the supervisor's own device. */
export const approvalRequestViewSchema = z.object({
  requestId: uuidSchema,
  nonce: z.string(),
  /** Seven groups of four. */
  shortText: z.string(),
  action: approvalActionSchema,
  amount: z.int(),
  triesLeft: z.int().nonnegative(),
  /** ms UTC at which the business day ends, and the request with it. */
  expiresAt: instantSchema,
  /** Who can answer it. */
  supervisors: z.array(z.object({ officerId: officerIdSchema, name: z.string() })),
});
export type ApprovalRequestView = z.infer<typeof approvalRequestViewSchema>;

/** What a supervisor sees of a request before he answers. */
export const approvalLookViewSchema = z.object({
  characters: z.string(),
  action: approvalActionSchema,
  amount: z.int(),
  askedAt: instantSchema,
  outletId: z.string(),
  outletName: z.string(),
  deviceNo: z.int(),
  /** Whether its business day is over: the counter takes no answer any more. */
  expired: z.boolean(),
  /** When it was answered on this device before; null for a new one. */
  answeredAt: instantSchema.nullable(),
});
export type ApprovalLookView = z.infer<typeof approvalLookViewSchema>;

/** An approval in a supervisor's name that waits for his word. */
export const approvalQuestionSchema = z.object({
  approvalId: uuidSchema,
  outletName: z.string(),
  action: approvalActionSchema,
  amount: z.int(),
  method: z.enum(APPROVAL_METHODS),
  usedAt: instantSchema,
});
export type ApprovalQuestion = z.infer<typeof approvalQuestionSchema>;

/** What a supervisor's own device knows of approvals. */
export const remoteStandingSchema = z.object({
  /** Counters that he can answer from this device; none where it is not appointed to him. */
  counters: z.int().nonnegative(),
  questions: z.array(approvalQuestionSchema),
});

/** What a case of an approval says of it. */
export const approvalCaseSchema = z.object({
  action: approvalActionSchema,
  amount: z.int(),
  method: z.enum(APPROVAL_METHODS),
  /** Name of the supervisor in whose name it was given. */
  approvedBy: z.string(),
  disputed: z.boolean(),
});
