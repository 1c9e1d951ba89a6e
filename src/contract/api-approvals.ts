import { z } from 'zod';
import { APPROVAL_ERRORS, approvalActionSchema, approvalProofSchema, capNameSchema } from './approval-proof.ts';
import { localDateSchema, officerIdSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { approvalLookViewSchema, approvalRequestViewSchema, remoteStandingSchema } from './views-approvals.ts';

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

const personNameSchema = textSchema(80).trim().min(3);
/** A PIN that an officer chooses; those of supervisors come from the province alone. */
const newPinSchema = z.string().regex(/^\d{6,12}$/);
const approval = approvalProofSchema;
const DOOR_ACT_ERRORS = ['OFFICER_UNKNOWN', 'OFFICER_KNOWN_HERE', ...APPROVAL_ERRORS] as const;
const requestTextSchema = textSchema(80).min(1);

/** What two people decide together, at the counter and from afar. */
export const apiApprovals = {
  /** A short request for a code from afar. */
  'approvals.request': command({
    access: 'signed-in',
    input: askedSchema,
    output: approvalRequestViewSchema,
    errors: ['APPROVAL_NOT_REMOTE'],
  }),
  /** The same at the door, where nobody is signed in; `name` only for an officer of another outlet. */
  'approvals.request-at-door': command({
    access: 'public',
    input: z.strictObject({
      action: z.enum(['unlock-pin', 'reset-pin', 'substitute']),
      officerId: officerIdSchema,
      name: textSchema(80).default(''),
    }),
    output: approvalRequestViewSchema,
    errors: ['APPROVAL_NOT_REMOTE'],
  }),
  /** Lifts an officer's lock-out; `officer.unlocked`. */
  'approvals.unlock-pin': command({
    access: 'public',
    input: z.strictObject({ officerId: officerIdSchema, approval }),
    output: z.object({}),
    errors: [...DOOR_ACT_ERRORS],
  }),
  /** The officer chooses a new PIN for this counter; `officer.pin-reset`. */
  'approvals.reset-pin': command({
    access: 'public',
    input: z.strictObject({ officerId: officerIdSchema, pin: newPinSchema, approval }),
    output: z.object({}),
    errors: [...DOOR_ACT_ERRORS],
  }),
  /** An officer of another outlet works here until the end of the day, with a PIN that he chooses now. */
  'approvals.substitute': command({
    access: 'public',
    input: z.strictObject({ officerId: officerIdSchema, name: personNameSchema, pin: newPinSchema, approval }),
    output: z.object({}),
    errors: [...DOOR_ACT_ERRORS],
  }),
  /** Raises one cap of the policy until the end of the day; `cap.raised`. */
  'approvals.raise-cap': command({
    access: 'signed-in',
    input: z.strictObject({ cap: capNameSchema, limit: z.int().positive(), approval }),
    output: z.object({ cap: capNameSchema, limit: z.int(), on: localDateSchema }),
    errors: ['CAP_NOT_RAISED', ...APPROVAL_ERRORS],
  }),
  /** What a supervisor sees of a request that was read to him, or scanned. */
  'approvals.look': query({
    access: 'supervisor',
    input: z.strictObject({ text: requestTextSchema }),
    output: approvalLookViewSchema,
    errors: ['APPROVAL_REQUEST_INVALID', 'APPROVAL_COUNTER_UNKNOWN'],
    staleAfter: [],
  }),
  /** Eight digits for the counter, after a signed `approval.given`. */
  'approvals.give': command({
    access: 'supervisor',
    input: z.strictObject({ text: requestTextSchema }),
    output: z.object({ code: z.string().regex(/^\d{8}$/) }),
    errors: ['APPROVAL_REQUEST_INVALID', 'APPROVAL_COUNTER_UNKNOWN', 'APPROVAL_EXPIRED'],
  }),
  /** Counters that he can answer from here, and approvals in his name that wait for his word. */
  'approvals.standing': query({
    access: 'supervisor',
    input: z.strictObject({}),
    output: remoteStandingSchema,
    errors: [],
    staleAfter: ['exceptions', 'sign-in', 'device'],
  }),
  /** Whether an approval in his name was his; `approval.answered`. */
  'approvals.answer': command({
    access: 'supervisor',
    input: z.strictObject({ approvalId: uuidSchema, isOwn: z.boolean() }),
    output: z.object({}),
    errors: ['APPROVAL_UNKNOWN'],
  }),
} as const;
