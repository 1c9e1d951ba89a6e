import { z } from 'zod';
import { documentKindSchema, formKindSchema, takerSchema } from './entry-bodies-documents.ts';
import { nrkbSchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { formStockSchema, handOverViewSchema, holdingRowSchema, ticketRowSchema } from './views-documents.ts';

const nothing = z.strictObject({});
const serial = {
  form: formKindSchema,
  series: z.string().regex(/^[A-Z0-9-]{0,12}$/),
  serial: z.int().positive().max(99_999_999),
};

/**
 * How it was shown that this person may take the papers, in words. It stands readable in the journal for ever, so it holds
 * no number of a card.
 */
const evidenceSchema = textSchema(200)
  .trim()
  .min(3)
  .refine((text) => !/(?:\d[\s.-]*){8,}/.test(text), 'NUMBER_OF_A_CARD');

/** Originals in the drawer, who waits, and pre-printed forms. */
export const apiOriginals = {
  /** Originals of a transaction or arrival that stay here; an application brings its own with `applications.receive`. */
  'originals.receive': command({
    access: 'officer',
    input: z.strictObject({ stream: uuidSchema, kinds: z.array(documentKindSchema).min(1).max(30) }),
    /** One holding for each paper, so that each can be given back by itself; `holdingId` is the first. */
    output: z.object({ holdingId: uuidSchema, holdingIds: z.array(uuidSchema) }),
    errors: ['TRANSACTION_UNKNOWN', 'DOCUMENT_KIND_UNKNOWN'],
  }),
  /** What is in the drawer and since when; names are shown, so the look is an entry. */
  'originals.in-drawer': query({
    access: 'officer',
    input: nothing,
    output: z.array(holdingRowSchema),
    errors: [],
    staleAfter: ['applications', 'documents'],
  }),
  /** Gives originals of one stream back, or on; one commit, then a slip to be signed. */
  'originals.hand-over': command({
    access: 'officer',
    input: z.strictObject({
      holdingIds: z.array(uuidSchema).min(1).max(30),
      to: takerSchema,
      name: textSchema(120).trim().min(1),
      evidence: evidenceSchema,
      printerId: textSchema(60).nullable().default(null),
    }),
    output: handOverViewSchema,
    errors: ['HOLDING_UNKNOWN', 'HOLDING_HANDED_OVER'],
  }),
  'queue.issue': command({
    access: 'officer',
    input: z.strictObject({
      reason: z.enum(['walk-in', 'outage']),
      nrkb: nrkbSchema.nullable().default(null),
      name: textSchema(120).trim().nullable().default(null),
      phone: textSchema(30).trim().nullable().default(null),
      printerId: textSchema(60).nullable().default(null),
    }),
    output: z.object({ ticket: ticketRowSchema, printJobId: uuidSchema.nullable() }),
    errors: [],
  }),
  /** Who waits, in the fair order: outage days first, each day by its time, before today's walk-ins. */
  'queue.list': query({
    access: 'officer',
    input: nothing,
    output: z.object({ waiting: z.array(ticketRowSchema), settledToday: z.int().nonnegative() }),
    errors: [],
    staleAfter: ['applications', 'transactions'],
  }),
  'queue.settle': command({
    access: 'officer',
    input: z.strictObject({
      ticketId: uuidSchema,
      outcome: z.enum(['served', 'left', 'absent']),
      transactionId: uuidSchema.nullable().default(null),
    }),
    output: nothing,
    errors: ['TICKET_UNKNOWN', 'TICKET_SETTLED', 'TRANSACTION_UNKNOWN'],
  }),
  'forms.stock': query({
    access: 'signed-in',
    input: nothing,
    output: z.array(formStockSchema),
    errors: [],
    staleAfter: ['applications', 'printing'],
  }),
  'forms.receive': command({
    access: 'signed-in',
    input: z.strictObject({
      form: formKindSchema,
      series: serial.series,
      from: serial.serial,
      to: serial.serial,
      deliveryNote: textSchema(60).trim().min(1),
    }),
    output: z.array(formStockSchema),
    errors: ['FORM_RANGE_INVALID', 'FORM_RANGE_KNOWN'],
  }),
  /** A form that was printed for a booked transaction. */
  'forms.use': command({
    access: 'officer',
    input: z.strictObject({ ...serial, transactionId: uuidSchema }),
    output: z.array(formStockSchema),
    errors: ['TRANSACTION_UNKNOWN', 'NOTHING_TO_PRINT', 'FORM_SERIAL_UNKNOWN', 'FORM_SERIAL_USED'],
  }),
  'forms.spoil': command({
    access: 'officer',
    input: z.strictObject({ ...serial, reason: textSchema(200).trim().min(3) }),
    output: z.array(formStockSchema),
    errors: ['FORM_SERIAL_UNKNOWN', 'FORM_SERIAL_USED'],
  }),
  /** Serials that nobody can show: said once, by a person, with a reason. */
  'forms.declare-missing': command({
    access: 'signed-in',
    input: z.strictObject({
      form: formKindSchema,
      series: serial.series,
      from: serial.serial,
      to: serial.serial,
      reason: textSchema(200).trim().min(3),
    }),
    output: z.array(formStockSchema),
    errors: ['FORM_SERIAL_UNKNOWN', 'FORM_SERIAL_USED', 'FORM_RANGE_INVALID'],
  }),
} as const;
