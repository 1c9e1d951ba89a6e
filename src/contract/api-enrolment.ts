import { z } from 'zod';
import { textSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { mediumPlaceSchema } from './views-roads.ts';

const nothing = z.strictObject({});
const pathSchema = textSchema(1000).min(1);
const urlSchema = textSchema(200).pipe(z.url());
const enrolled = z.object({ deviceId: z.string(), outletId: z.string(), outletName: z.string() });

/** A file of the enrolment on a flashdisk: a code that was carried here, or an answer of the province. */
const fileSchema = z.object({ file: z.string(), name: z.string(), kind: z.enum(['ticket', 'answer']) });

/** What an installer sees of the way to the province before he trusts it. */
const lookedSchema = z.object({
  /** False where the name was not found. */
  found: z.boolean(),
  /** Why the certificate is not believed; null where it is, or where there is none. */
  fault: z.string().nullable(),
  /** Whoever vouches for it. */
  authority: z.object({ name: z.string(), fingerprint: z.string(), isRoot: z.boolean() }).nullable(),
  /** Names of the network cards that are up. */
  cards: z.array(z.string()),
});

/** The wizard of the installer: everything before this computer is a counter, and its leave from an outlet. */
export const apiEnrolment = {
  /** Media that are plugged in, with what lies on them for an enrolment. */
  'enrolment.places': query({
    access: 'public',
    input: nothing,
    output: z.array(mediumPlaceSchema.omit({ files: true }).extend({ files: z.array(fileSchema) })),
    errors: ['ALREADY_ENROLLED'],
    staleAfter: ['device'],
  }),
  /** Reads a code that was carried here; it is used up by nothing but an enrolment. */
  'enrolment.read-ticket': command({
    access: 'public',
    input: z.strictObject({ file: pathSchema }),
    output: z.object({ provinceUrl: z.string(), code: z.string() }),
    errors: ['ALREADY_ENROLLED', 'ENROLMENT_FILE_REFUSED'],
  }),
  /** `enrolment.request`, written into a folder; the folder is tried first, for a new question makes older ones worthless. */
  'enrolment.request-file': command({
    access: 'public',
    input: z.strictObject({
      to: pathSchema,
      provinceUrl: urlSchema.nullable().default(null),
      code: textSchema(80).min(8),
    }),
    output: z.object({ file: z.string(), codeId: z.string() }),
    errors: [
      'ALREADY_ENROLLED',
      'ENROLMENT_CODE_INVALID',
      'ENROLMENT_CLOCK_WRONG',
      'EXPORT_FAILED',
      'KEY_STORE_UNAVAILABLE',
    ],
  }),
  /** `enrolment.complete` with the answer in a file. */
  'enrolment.answer-file': command({
    access: 'public',
    input: z.strictObject({ file: pathSchema }),
    output: enrolled,
    errors: [
      'ALREADY_ENROLLED',
      'ENROLMENT_FILE_REFUSED',
      'ENROLMENT_NOT_REQUESTED',
      'ENROLMENT_CLOCK_WRONG',
      'PROVINCE_ANSWER_INVALID',
      'KEY_STORE_UNAVAILABLE',
    ],
  }),
  /** Looks who answers at an address; sends nothing. */
  'enrolment.look': command({
    access: 'public',
    input: z.strictObject({ provinceUrl: urlSchema }),
    output: lookedSchema,
    errors: ['ALREADY_ENROLLED'],
  }),
  /** The installer compared the fingerprint with the network's keeper: this authority is believed from now on, here only. */
  'enrolment.trust': command({
    access: 'public',
    input: z.strictObject({ provinceUrl: urlSchema, fingerprint: textSchema(200).min(20) }),
    output: nothing,
    errors: ['ALREADY_ENROLLED', 'NETWORK_AUTHORITY_REFUSED'],
  }),
  /** This computer leaves its outlet: the program ends, and its next start puts the data aside and asks for an enrolment. */
  'device.leave': command({
    access: 'installer',
    /** The outlet's number, typed by the person. */
    input: z.strictObject({ outletId: textSchema(20) }),
    output: nothing,
    errors: ['LEAVE_REFUSED'],
  }),
} as const;
