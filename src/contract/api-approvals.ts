import { z } from 'zod';
import { approvalActionSchema } from './approval-proof.ts';
import { hashSchema, textSchema } from './primitives.ts';
import { command } from './procedure.ts';
import { approvalRequestViewSchema } from './views-approvals.ts';

/** The act that a screen asks a second person for; the act itself holds it against its own facts when it is done. */
const askedSchema = z.strictObject({
  action: approvalActionSchema,
  subject: textSchema(60).min(1),
  amount: z.int(),
  contentHash: hashSchema,
});

/** What two people decide together, at the counter and from afar. */
export const apiApprovals = {
  /** A short request for a code from afar. */
  'approvals.request': command({
    access: 'signed-in',
    input: askedSchema,
    output: approvalRequestViewSchema,
    errors: ['APPROVAL_NOT_REMOTE'],
  }),
} as const;
