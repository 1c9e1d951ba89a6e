import { z } from 'zod';
import { approvalActionSchema } from './approval-proof.ts';
import { textSchema } from './primitives.ts';
import { command } from './procedure.ts';
import { approvalRequestViewSchema } from './views-approvals.ts';

/** The act that a screen asks a second person for; the act itself holds it against its own facts when it is done. */
const askedSchema = z.strictObject({
  action: approvalActionSchema,
  subject: textSchema(60).min(1),
  amount: z.int(),
  /** What else the act does, in the words of its command; only its hash is kept. */
  content: z
    .record(textSchema(40), z.union([textSchema(300), z.int(), z.boolean(), z.null()]))
    .refine((content) => Object.keys(content).length <= 30),
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
