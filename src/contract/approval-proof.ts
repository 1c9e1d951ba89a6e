import { z } from 'zod';
import { APPROVAL_ACTIONS } from '../domain/approval.ts';
import { CAP_NAMES } from '../domain/delivery-policy.ts';
import type { ErrorCode } from './errors.ts';
import { officerIdSchema, uuidSchema } from './primitives.ts';

export const approvalActionSchema = z.enum(APPROVAL_ACTIONS);
export const capNameSchema = z.enum(CAP_NAMES);

/** Five characters of base 32: tags, heads and nonces of a short request. */
export const tagSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{5}$/);
/** A short request without blanks. */
export const requestCharactersSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{28}$/);

const codeSchema = z.string().regex(/^\d{8}$/);

/** "By the supervisor's PIN (at least 8 digits), by a code from afar, or by a numbered code of the sealed list." */
export const approvalProofSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('pin'), supervisorId: officerIdSchema, pin: z.string().regex(/^\d{6,12}$/) }),
  z.strictObject({ by: z.literal('code'), requestId: uuidSchema, code: codeSchema }),
  z.strictObject({
    by: z.literal('list'),
    supervisorId: officerIdSchema,
    list: z.int().positive().max(999_999),
    place: z.int().positive().max(1000),
    code: codeSchema,
  }),
]);
export type ApprovalProof = Readonly<z.infer<typeof approvalProofSchema>>;

/** What every procedure that takes an approval may answer beside its own refusals. */
export const APPROVAL_ERRORS = [
  'APPROVER_REFUSED',
  'APPROVAL_CODE_WRONG',
  'APPROVAL_TRIES_SPENT',
  'APPROVAL_EXPIRED',
  'APPROVAL_USED',
  'APPROVAL_OTHER',
  'APPROVAL_UNKNOWN',
  'APPROVAL_NOT_REMOTE',
] as const satisfies readonly ErrorCode[];
