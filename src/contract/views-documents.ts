import { z } from 'zod';
import {
  documentKindSchema,
  pageSourceSchema,
  serviceIdSchema,
  takerSchema,
  waiverSchema,
} from './entry-bodies-documents.ts';
import { hashSchema, instantSchema, localDateSchema, textSchema, uuidSchema } from './primitives.ts';
import { documentRuleSchema, formFieldSchema } from './service-pack.ts';

/** A corner of a page in its picture, both from 0 to 1; a quad goes round from the upper left, clockwise. */
const cornerSchema = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);
export const quadSchema = z.tuple([cornerSchema, cornerSchema, cornerSchema, cornerSchema]);
export type Quad = Readonly<z.infer<typeof quadSchema>>;

/** A picture as the page may show it: JPEG made by the core from decoded pixels, as a data URL. */
const pictureSchema = z.string().regex(/^data:image\/jpeg;base64,[A-Za-z0-9+/]+=*$/);

/** A page that was looked at and is not kept yet. */
export const lookedPageSchema = z.object({
  pageNo: z.int().min(1),
  /** Pixels, upright. */
  width: z.int().positive(),
  height: z.int().positive(),
  preview: pictureSchema,
  /** Where the paper seems to lie; null when no edges were found. */
  quad: quadSchema.nullable(),
  sharpness: z.enum(['good', 'soft', 'blurred']),
  glare: z.enum(['none', 'some', 'strong']),
  light: z.enum(['good', 'dark', 'bright']),
  /** Barcodes and QR codes on it. */
  codes: z.array(z.object({ format: textSchema(40), text: textSchema(500) })).max(10),
});
export type LookedPage = Readonly<z.infer<typeof lookedPageSchema>>;

/** A page in safe keeping. */
export const keptPageSchema = z.object({
  documentId: hashSchema,
  kind: documentKindSchema,
  pageNo: z.int().min(1),
  bytes: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  source: pageSourceSchema,
  capturedAt: instantSchema,
  /** Whether it can still be shown here. */
  shown: z.boolean(),
  state: z.enum(['local', 'uploading', 'stored', 'refused', 'missing']),
});
export type KeptPage = Readonly<z.infer<typeof keptPageSchema>>;

/** Room for pages. */
export const pageSpaceSchema = z.object({
  health: z.enum(['ok', 'old', 'stop']),
  heldBytes: z.int().nonnegative(),
  quotaBytes: z.int().nonnegative(),
  freeDiskBytes: z.int().nonnegative().nullable(),
  waiting: z.int().nonnegative(),
});
export type PageSpace = Readonly<z.infer<typeof pageSpaceSchema>>;

/** One line of a checklist as the officer sees it. */
export const checklistLineSchema = documentRuleSchema
  .pick({ kind: true, label: true, hint: true, required: true, waiver: true, capture: true })
  .extend({
    present: z.boolean(),
    pages: z.int().nonnegative(),
    /** The original stays at the counter. */
    held: z.boolean(),
    waived: waiverSchema.nullable(),
  });
export type ChecklistLine = Readonly<z.infer<typeof checklistLineSchema>>;

/** A page on its way, for the lane of documents in Kotak Kirim. */
const pageLaneRowSchema = z.object({
  documentId: hashSchema,
  stream: uuidSchema,
  kind: documentKindSchema,
  label: z.string(),
  /** Receipt or application number that it belongs to; null for a service that is not finished. */
  number: z.string().nullable(),
  pageNo: z.int().min(1),
  bytes: z.int().positive(),
  sentBytes: z.int().nonnegative(),
  state: z.enum(['local', 'uploading', 'stored', 'refused', 'missing', 'exported']),
  tries: z.int().nonnegative(),
  lastReason: z.string().nullable(),
  nextTryAt: instantSchema.nullable(),
  capturedAt: instantSchema,
});
export const pageLaneSchema = z.object({
  rows: z.array(pageLaneRowSchema),
  left: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  waitingBytes: z.int().nonnegative(),
  /** Bytes per second of the last minute; null while nothing moves. */
  speed: z.int().positive().nullable(),
  secondsLeft: z.int().nonnegative().nullable(),
  /** Bytes per second that policy allows; null is no cap. */
  cap: z.int().positive().nullable(),
  doing: z.enum(['idle', 'sending', 'waiting', 'no-line']),
});
export type PageLane = Readonly<z.infer<typeof pageLaneSchema>>;

/** A service that can be asked for at this counter. */
export const serviceViewSchema = z.object({
  serviceId: serviceIdSchema,
  version: z.int().nonnegative(),
  name: z.string(),
  audience: z.string(),
  kind: z.enum(['sale', 'intake']),
  agency: z.string(),
  agreement: z.object({ number: z.string(), to: localDateSchema }).nullable(),
  promisedDays: z.int().nullable(),
  vehicle: z.enum(['required', 'none']),
  enabled: z.boolean(),
  /** Why it cannot be chosen today; null when it can. */
  off: z.enum(['NOT_ENABLED', 'AGREEMENT_MISSING', 'AGREEMENT_ENDED', 'AGREEMENT_NOT_BEGUN']).nullable(),
  fields: z.array(formFieldSchema),
});
export type ServiceView = Readonly<z.infer<typeof serviceViewSchema>>;

const applicationStateSchema = z.enum([
  'draft',
  'received',
  'incomplete',
  'sent',
  'in-process',
  'ready',
  'returned',
  'handed-over',
]);

const formValueSchema = z.union([z.string(), z.number(), z.boolean()]);

/** A request that is being taken in now, or one that stands. */
export const applicationViewSchema = z.object({
  applicationId: uuidSchema,
  service: serviceViewSchema,
  state: applicationStateSchema,
  applicationNumber: z.string().nullable(),
  receivedOn: localDateSchema.nullable(),
  promisedOn: localDateSchema.nullable(),
  applicant: z.object({ name: z.string().nullable(), phone: z.string().nullable(), isSubject: z.boolean() }),
  financed: z.boolean(),
  nrkb: z.string().nullable(),
  fields: z.record(z.string(), formValueSchema),
  /** Names of fields that are missing or not valid, with the reason. */
  fieldProblems: z.array(z.object({ name: z.string(), problem: z.enum(['missing', 'invalid', 'too-long']) })),
  documents: z.array(checklistLineSchema),
  /** Labels of required papers that are neither there nor waived. */
  missing: z.array(z.string()),
  reason: z.string().nullable(),
  agencyNumber: z.string().nullable(),
  steps: z.array(z.object({ at: instantSchema, state: applicationStateSchema, reason: z.string().nullable() })),
});
export type ApplicationView = Readonly<z.infer<typeof applicationViewSchema>>;

export const applicationRowSchema = z.object({
  applicationId: uuidSchema,
  applicationNumber: z.string(),
  serviceName: z.string(),
  applicantName: z.string().nullable(),
  nrkb: z.string().nullable(),
  state: applicationStateSchema,
  receivedOn: localDateSchema,
  promisedOn: localDateSchema.nullable(),
  late: z.boolean(),
  missing: z.array(z.string()),
  pages: z.int().nonnegative(),
});

/** An original in the drawer of the counter. */
export const holdingRowSchema = z.object({
  holdingId: uuidSchema,
  stream: uuidSchema,
  kind: documentKindSchema,
  label: z.string(),
  /** Receipt, arrival or application number. */
  number: z.string().nullable(),
  nrkb: z.string().nullable(),
  name: z.string().nullable(),
  receivedAt: instantSchema,
  days: z.int().nonnegative(),
});

export const handOverViewSchema = z.object({
  handOverId: uuidSchema,
  handOverNumber: z.string(),
  at: instantSchema,
  to: takerSchema,
  labels: z.array(z.string()),
  printJobId: uuidSchema.nullable(),
});

export const ticketRowSchema = z.object({
  ticketId: uuidSchema,
  ticketNumber: z.int().positive(),
  issuedAt: instantSchema,
  issuedOn: localDateSchema,
  reason: z.enum(['walk-in', 'outage']),
  nrkb: z.string().nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  /** Place in the fair order: 1 is next. Null when settled. */
  place: z.int().positive().nullable(),
  state: z.enum(['waiting', 'served', 'left', 'absent']),
});
export type TicketRow = Readonly<z.infer<typeof ticketRowSchema>>;

export const formStockSchema = z.object({
  form: z.enum(['tbpkp', 'pengesahan']),
  series: z.string(),
  from: z.int().positive(),
  to: z.int().positive(),
  used: z.int().nonnegative(),
  spoiled: z.int().nonnegative(),
  missing: z.int().nonnegative(),
  /** The next serial that the officer should find on top; null when the range is used up. */
  next: z.int().positive().nullable(),
  /** Serials that were skipped without a word: each is a case. */
  gaps: z.array(z.object({ from: z.int().positive(), to: z.int().positive() })),
  receivedAt: instantSchema,
});
export type FormStockRow = Readonly<z.infer<typeof formStockSchema>>;

/** What was read from a page beside what the registry says; a proposal, never taken by itself. */
export const readingSchema = z.object({
  field: z.enum(['nrkb', 'nik', 'chassis', 'engine']),
  /** As it was read, put into the field's own spelling. */
  proposed: z.string().max(60),
  /** From 0 to 1. */
  confidence: z.number().min(0).max(1),
  from: z.enum(['barcode', 'text']),
  /** The registry's own value, as far as this officer may see it now; null when unknown or not confirmed yet. */
  registered: z.string().nullable(),
  agreement: z.enum(['agrees', 'differs', 'unknown']),
});
export type Reading = Readonly<z.infer<typeof readingSchema>>;
