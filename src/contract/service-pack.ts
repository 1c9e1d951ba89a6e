import { z } from 'zod';
import { documentKindSchema, serviceIdSchema } from './entry-bodies-documents.ts';
import { localDateSchema, textSchema } from './primitives.ts';

/** Facts of a request that decide whether a paper is asked for; all named facts must hold. */
const documentConditionSchema = z.enum([
  /** The owner is a person; a company. */
  'person-owner',
  'company-owner',
  /** Somebody else than the owner or applicant stands at the counter. */
  'represented',
  /** The vehicle is financed: the BPKB lies with a leasing company. */
  'financed',
  /** The owner holds the BPKB himself. */
  'not-financed',
]);

/** One line of a checklist. */
export const documentRuleSchema = z.object({
  kind: documentKindSchema,
  label: textSchema(80).min(2),
  /** What the officer looks for on it, in a few words: "bermaterai", "asli". */
  hint: textSchema(120).nullable().default(null),
  required: z.boolean(),
  /** Empty: always. */
  when: z.array(documentConditionSchema).max(4).default([]),
  /** Who may let a missing required paper pass; a reason is always asked for. */
  waiver: z.enum(['never', 'officer', 'supervisor']).default('never'),
  /** Class by which the province keeps its pages, and for how long. */
  retention: z.enum(['identity', 'vehicle', 'authority', 'other']).default('other'),
  /** Whether pages are captured, or the paper is only looked at. */
  capture: z.enum(['asked', 'possible', 'never']).default('possible'),
});

/**
 * One field of a service's form: the part of JSON Schema that one renderer shows. `format` narrows a text:
 * `nik` and `kk` 16 digits, `nrkb` a plate, `phone`, `date` a local date.
 */
export const formFieldSchema = z.object({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  title: textSchema(80).min(1),
  description: textSchema(200).nullable().default(null),
  type: z.enum(['string', 'integer', 'boolean']),
  format: z.enum(['nik', 'kk', 'nrkb', 'phone', 'date', 'text', 'long-text']).nullable().default(null),
  enum: z.array(textSchema(80)).min(2).max(40).nullable().default(null),
  required: z.boolean(),
  maxLength: z.int().min(1).max(400).default(120),
});

/** What lets an outlet take papers for an agency: without it such a service cannot be switched on. */
const agreementSchema = z.object({
  agency: textSchema(120).min(3),
  number: textSchema(80).min(3),
  from: localDateSchema,
  to: localDateSchema,
});

/** A service as the province publishes it; an item of feed `services`. Older versions of the same id are replaced. */
export const servicePackSchema = z
  .object({
    serviceId: serviceIdSchema,
    version: z.int().positive(),
    enabled: z.boolean(),
    name: textSchema(80).min(3),
    /** For whom, in one sentence that the officer can read aloud. */
    audience: textSchema(200),
    /** `sale`: the annual tax, paid at the counter; `intake`: papers that go on to an agency. */
    kind: z.enum(['sale', 'intake']),
    /** `samsat`: within the province's own mandate; `other`: needs a written agreement. */
    mandate: z.enum(['samsat', 'other']),
    agreement: agreementSchema.nullable(),
    /** Who receives the papers. */
    agency: textSchema(120).min(3),
    /** Calendar days until the citizen may expect a result; null promises nothing. */
    promisedDays: z.int().min(0).max(365).nullable(),
    /** Whether a plate belongs to it. */
    vehicle: z.enum(['required', 'none']),
    fields: z.array(formFieldSchema).max(30),
    documents: z.array(documentRuleSchema).max(30),
    /** Sentences on the citizen's slip. */
    slipNotes: z.array(textSchema(160)).max(6),
  })
  .refine((pack) => !pack.enabled || pack.mandate === 'samsat' || pack.agreement !== null, {
    error: 'AGREEMENT_MISSING',
    path: ['agreement'],
  });
export type ServicePack = Readonly<z.infer<typeof servicePackSchema>>;
