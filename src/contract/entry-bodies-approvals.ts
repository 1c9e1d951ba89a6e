import { z } from 'zod';
import { APPROVAL_METHODS } from '../domain/approval.ts';
import { approvalActionSchema, capNameSchema, requestCharactersSchema, tagSchema } from './approval-proof.ts';
import { hashSchema, instantSchema, localDateSchema, officerIdSchema, uuidSchema } from './primitives.ts';

const methodSchema = z.enum(APPROVAL_METHODS);
const asked = {
  action: approvalActionSchema,
  subject: z.string().min(1).max(60),
  /** Whole rupiah, or the new value of a cap; a variance may be below zero. */
  amount: z.int(),
};

/** Bodies of what two people decide together, by entry type. */
export const approvalEntryBodies = {
  /** In the same commit as the act that it allows; provisional until the supervisor's own device has signed for it. */
  'approval.used': z.object({
    approvalId: uuidSchema,
    ...asked,
    contentHash: hashSchema,
    nonce: tagSchema,
    /** SHA-256 over everything that the approval is bound to. */
    binding: hashSchema,
    requestedAt: instantSchema,
    requestedBy: officerIdSchema.nullable(),
    approvedBy: officerIdSchema,
    method: methodSchema,
    /** The sealed list and its line, where the code came from one. */
    list: z.object({ list: z.int().positive(), place: z.int().positive() }).nullable(),
  }),
  /** Wrong PIN, wrong code, wrong transaction, wrong amount, a second use, an own approval, one that came too late. */
  'approval.refused': z.object({
    ...asked,
    method: methodSchema,
    approverId: officerIdSchema.nullable(),
    requestId: uuidSchema.nullable(),
    reason: z.string().min(1).max(60),
  }),
  /** On the supervisor's own device: what he saw and answered. */
  'approval.given': z.object({
    /** The counter whose request it was. */
    counterId: uuidSchema,
    action: approvalActionSchema,
    amount: z.int(),
    head: tagSchema,
    nonce: tagSchema,
    askedAt: instantSchema,
    request: requestCharactersSchema,
  }),
  /** On the supervisor's own device: whether an approval in his name, by PIN or list, was his. */
  'approval.answered': z.object({ approvalId: uuidSchema, counterId: uuidSchema, isOwn: z.boolean() }),
  'officer.unlocked': z.object({ officerId: officerIdSchema, approvalId: uuidSchema }),
  'officer.pin-reset': z.object({ officerId: officerIdSchema, approvalId: uuidSchema }),
  /** An officer of another outlet works here until the end of the day. */
  'officer.substituted': z.object({ officerId: officerIdSchema, on: localDateSchema, approvalId: uuidSchema }),
  'cap.raised': z.object({
    cap: capNameSchema,
    on: localDateSchema,
    limit: z.int().nonnegative(),
    before: z.int().nonnegative(),
    approvalId: uuidSchema,
  }),
} as const;
