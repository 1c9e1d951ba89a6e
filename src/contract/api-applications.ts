import { z } from 'zod';
import { APPROVAL_ERRORS, approvalProofSchema } from './approval-proof.ts';
import { documentKindSchema, serviceIdSchema, takerSchema } from './entry-bodies-documents.ts';
import { nrkbSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { applicationRowSchema, applicationViewSchema, serviceViewSchema } from './views-documents.ts';
import { draftViewSchema } from './views-transaction.ts';

const nothing = z.strictObject({});
const application = z.strictObject({ applicationId: uuidSchema });
const openErrors = ['APPLICATION_UNKNOWN', 'APPLICATION_CLOSED'] as const;
/** The supervisor who stands beside the officer, where policy wants one. */
const approvalSchema = approvalProofSchema.nullable().default(null);
const waiverErrors = [
  'DOCUMENT_KIND_UNKNOWN',
  'WAIVER_NOT_ALLOWED',
  'WAIVER_NEEDS_SUPERVISOR',
  ...APPROVAL_ERRORS,
] as const;
const waiverInput = { kind: documentKindSchema, reason: textSchema(200).trim().min(3), approval: approvalSchema };

/** Services beside the sale: what can be asked for here, and papers that go on to an agency. */
export const apiApplications = {
  'services.list': query({
    access: 'signed-in',
    input: nothing,
    output: z.array(serviceViewSchema),
    errors: [],
    staleAfter: ['applications', 'device'],
  }),
  'applications.begin': command({
    access: 'officer',
    input: z.strictObject({ serviceId: serviceIdSchema }),
    output: applicationViewSchema,
    errors: ['SERVICE_UNKNOWN', 'SERVICE_OFF'],
  }),
  /** Kept at every step, so that a power cut loses nothing; what is not valid yet is kept and named. */
  'applications.change': command({
    access: 'officer',
    input: z.strictObject({
      applicationId: uuidSchema,
      applicant: z
        .strictObject({
          name: textSchema(120).trim().nullable(),
          phone: textSchema(30).trim().nullable(),
          isSubject: z.boolean(),
        })
        .optional(),
      financed: z.boolean().optional(),
      nrkb: nrkbSchema.nullable().optional(),
      fields: z.record(z.string().max(40), z.union([textSchema(400), z.number(), z.boolean()])).optional(),
      documents: z
        .array(z.strictObject({ kind: documentKindSchema, present: z.boolean(), held: z.boolean() }))
        .max(30)
        .optional(),
    }),
    output: applicationViewSchema,
    errors: openErrors,
  }),
  'applications.waive': command({
    access: 'officer',
    input: z.strictObject({ applicationId: uuidSchema, ...waiverInput }),
    output: applicationViewSchema,
    errors: [...openErrors, ...waiverErrors],
  }),
  /** The same for the checklist of a sale. */
  'transactions.waive-document': command({
    access: 'officer',
    input: z.strictObject({ transactionId: uuidSchema, ...waiverInput }),
    output: draftViewSchema,
    errors: ['TRANSACTION_UNKNOWN', 'TRANSACTION_CLOSED', ...waiverErrors],
  }),
  /** One commit: entry, holdings, projection; then the citizen's slip. Incomplete is allowed and says what is missing. */
  'applications.receive': command({
    access: 'officer',
    input: z.strictObject({ applicationId: uuidSchema, printerId: textSchema(60).nullable().default(null) }),
    output: z.object({ application: applicationViewSchema, printJobId: uuidSchema.nullable() }),
    errors: [...openErrors, 'SERVICE_OFF', 'SERVICE_FORM_INVALID', 'PAYER_MISSING'],
  }),
  /** Papers that were missing came later. */
  'applications.complete': command({
    access: 'officer',
    input: z.strictObject({
      applicationId: uuidSchema,
      documents: z.array(z.strictObject({ kind: documentKindSchema, present: z.boolean(), held: z.boolean() })).max(30),
    }),
    output: applicationViewSchema,
    errors: openErrors,
  }),
  'applications.abandon': command({ access: 'officer', input: application, output: nothing, errors: openErrors }),
  /** A look at a person's data: recorded. */
  'applications.get': command({
    access: 'officer',
    input: application,
    output: applicationViewSchema,
    errors: ['APPLICATION_UNKNOWN'],
  }),
  /** The request that was open when the power went, if any. */
  'applications.unfinished': query({
    access: 'officer',
    input: nothing,
    output: applicationViewSchema.nullable(),
    errors: [],
    staleAfter: ['applications', 'documents'],
  }),
  /** Names and plates of who waits for papers; the look is an entry. */
  'applications.list': query({
    access: 'officer',
    input: z.strictObject({ show: z.enum(['open', 'all']).default('open') }),
    output: z.array(applicationRowSchema),
    errors: [],
    staleAfter: ['applications'],
  }),
  'applications.print-slip': command({
    access: 'officer',
    input: z.strictObject({ applicationId: uuidSchema, printerId: textSchema(60).nullable().default(null) }),
    output: z.object({ printJobId: uuidSchema.nullable() }),
    errors: ['APPLICATION_UNKNOWN', 'NOTHING_TO_PRINT'],
  }),
  /** The result is given to the citizen: only when it is ready or returned. */
  'applications.hand-over': command({
    access: 'officer',
    input: z.strictObject({
      applicationId: uuidSchema,
      to: takerSchema,
      name: textSchema(120).trim().min(1),
      evidence: textSchema(200).trim().min(3),
      printerId: textSchema(60).nullable().default(null),
    }),
    output: z.object({ application: applicationViewSchema, printJobId: uuidSchema.nullable() }),
    errors: openErrors,
  }),
} as const;
