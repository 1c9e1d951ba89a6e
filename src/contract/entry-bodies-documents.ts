import { z } from 'zod';
import {
  hashSchema,
  keyIdSchema,
  localDateSchema,
  officerIdSchema,
  sealedBodySchema,
  uuidSchema,
} from './primitives.ts';

/** Name of a kind of paper; which kinds exist is said by the service packs, not by the program. */
export const documentKindSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
/** Name of a service, as its pack gives it. */
export const serviceIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

export const documentTickSchema = z.object({ kind: documentKindSchema, present: z.boolean() });

/** A paper that was asked for and not brought; `approvedBy` is the supervisor where policy wants one. */
export const waiverSchema = z.object({
  kind: documentKindSchema,
  reason: z.string().max(200),
  approvedBy: officerIdSchema.nullable(),
});

/** Who took papers away. */
export const takerSchema = z.enum(['owner', 'representative', 'agency']);

/** What only the holder of the body key can read of an application. */
export const applicationPersonalSchema = z.object({
  applicantName: z.string().max(120),
  applicantPhone: z.string().max(30).nullable(),
  nrkb: z.string().max(20).nullable(),
  /** Values of the service's form, by field name. */
  fields: z.record(z.string().max(40), z.union([z.string().max(400), z.number(), z.boolean()])),
});
export type ApplicationPersonal = Readonly<z.infer<typeof applicationPersonalSchema>>;

/** What only the holder of the body key can read of a hand-over or a queue ticket. */
export const namedPersonSchema = z.object({
  name: z.string().max(120).nullable(),
  phone: z.string().max(30).nullable(),
  nrkb: z.string().max(20).nullable(),
});
export type NamedPerson = Readonly<z.infer<typeof namedPersonSchema>>;

export const pageSourceSchema = z.enum(['camera', 'file', 'scan-folder', 'pdf']);

const kinds = z.array(documentKindSchema).min(1).max(30);
const seriesSchema = z.string().regex(/^[A-Z0-9-]{0,12}$/);
/** Kind of pre-printed form: the paper of the TBPKP, the sticker of the endorsement. */
export const formKindSchema = z.enum(['tbpkp', 'pengesahan']);

/** Bodies of the document intake, by entry type (issue texts: documents, services, custody of originals). */
export const documentEntryBodies = {
  /** A page in safe keeping: its stream is the transaction or application it belongs to; the bytes travel by themselves. */
  'document.captured': z.object({
    /** SHA-256 of the ciphertext: the page's identity. */
    documentId: hashSchema,
    kind: documentKindSchema,
    pageNo: z.int().min(1).max(200),
    /** Bytes of the ciphertext. */
    bytes: z.int().positive(),
    mediaType: z.literal('image/jpeg'),
    width: z.int().positive(),
    height: z.int().positive(),
    source: pageSourceSchema,
    /** The province's sealing key that its page key is sealed to. */
    sealedTo: keyIdSchema,
    replaces: hashSchema.nullable(),
  }),
  'document.discarded': z.object({
    documentId: hashSchema,
    reason: z.enum(['retaken', 'wrong-kind', 'abandoned', 'other']),
    note: z.string().max(200).nullable(),
  }),
  /** Each look at a page is an entry. */
  'document.viewed': z.object({ documentId: hashSchema }),
  /** What was read from a page was shown beside the registry, and what the officer did with it; never the values. */
  'document.read': z.object({
    documentId: hashSchema.nullable(),
    fields: z
      .array(
        z.object({
          field: z.enum(['nrkb', 'nik', 'chassis', 'engine']),
          agreement: z.enum(['agrees', 'differs', 'unknown']),
          taken: z.boolean(),
        }),
      )
      .max(10),
  }),
  'document.waived': waiverSchema,
  'application.received': z.object({
    applicationId: uuidSchema,
    serviceId: serviceIdSchema,
    packVersion: z.int().nonnegative(),
    applicationNumber: z.string().max(60),
    receivedOn: localDateSchema,
    promisedOn: localDateSchema.nullable(),
    agency: z.string().max(120),
    documents: z.array(documentTickSchema).max(30),
    waivers: z.array(waiverSchema).max(30),
    /** Required papers that are neither there nor waived; empty when the application is complete. */
    missing: z.array(documentKindSchema).max(30),
    applicantIsSubject: z.boolean(),
    sealed: sealedBodySchema,
  }),
  'application.completed': z.object({
    applicationId: uuidSchema,
    documents: z.array(documentTickSchema).max(30),
    waivers: z.array(waiverSchema).max(30),
    missing: z.array(documentKindSchema).max(30),
  }),
  /** Originals that stay at the counter; its stream is the transaction, arrival or application. */
  'originals.received': z.object({ holdingId: uuidSchema, kinds }),
  'originals.handed-over': z.object({
    handOverId: uuidSchema,
    handOverNumber: z.string().max(60),
    /** Empty where only the result of an application is given, which never lay in the drawer. */
    holdingIds: z.array(uuidSchema).max(30),
    kinds,
    to: takerSchema,
    /** How it was shown that this person may take them; words, no number of a card. */
    evidence: z.string().max(200),
    sealed: sealedBodySchema,
  }),
  'queue.ticket-issued': z.object({
    ticketId: uuidSchema,
    ticketNumber: z.int().min(1).max(9999),
    issuedOn: localDateSchema,
    reason: z.enum(['walk-in', 'outage']),
    arrivalId: uuidSchema.nullable(),
    sealed: sealedBodySchema.nullable(),
  }),
  'queue.ticket-settled': z.object({
    ticketId: uuidSchema,
    outcome: z.enum(['served', 'left', 'absent']),
    transactionId: uuidSchema.nullable(),
  }),
  /** Pre-printed forms (blangko) as they came: both ends included. */
  'form-stock.received': z.object({
    deliveryId: uuidSchema,
    form: formKindSchema,
    series: seriesSchema,
    from: z.int().positive(),
    to: z.int().positive(),
    deliveryNote: z.string().max(60),
  }),
  'form.used': z.object({ form: formKindSchema, series: seriesSchema, serial: z.int().positive() }),
  'form.spoiled': z.object({
    form: formKindSchema,
    series: seriesSchema,
    serial: z.int().positive(),
    reason: z.string().max(200),
  }),
  /** Serials that were skipped and that nobody can show: said once, with a reason, by a person. */
  'form.missing': z.object({
    form: formKindSchema,
    series: seriesSchema,
    from: z.int().positive(),
    to: z.int().positive(),
    reason: z.string().max(200),
  }),
} as const;
