import { z } from 'zod';
import { textSchema } from './primitives.ts';
import { enrolAnswerSchema, enrolRequestSchema } from './sync-protocol.ts';
import { command, query } from './procedure.ts';
import { exportedBundleSchema, importedAnswerSchema, mediumPlaceSchema } from './views-roads.ts';

const nothing = z.strictObject({});
const pathSchema = textSchema(1000).min(1);

/** The roads beside the line: a flashdisk for the entries, two files for the enrolment. */
export const apiRoads = {
  /** Media that are plugged in, with the `*.opop` files on them. */
  'bundle.places': query({
    access: 'public',
    input: nothing,
    output: z.array(mediumPlaceSchema),
    errors: [],
    staleAfter: ['device'],
  }),
  /** Sending harms nobody: anyone at the counter may ask for it, also when no officer may sign in any more. */
  'bundle.export': command({
    access: 'public',
    /** A folder, in which the file gets its own name, or a file in a folder that is there. */
    input: z.strictObject({ to: pathSchema }),
    output: exportedBundleSchema,
    errors: ['EXPORT_FAILED', 'NOTHING_TO_SEND'],
  }),
  /** What is taken proves itself by its signatures; nothing else in the file changes anything. */
  'answer.import': command({
    access: 'public',
    input: z.strictObject({ file: pathSchema }),
    output: importedAnswerSchema,
    errors: ['ANSWER_REFUSED'],
  }),
  /** Asks to be taken in, as a file that is carried to the province; the code stays here, sealed, until the answer comes. */
  'enrolment.request': command({
    access: 'public',
    input: z.strictObject({
      provinceUrl: textSchema(200).pipe(z.url()).nullable().default(null),
      code: textSchema(80).min(8),
    }),
    output: z.object({ request: enrolRequestSchema, codeId: z.string() }),
    errors: ['ENROLMENT_CODE_INVALID', 'ENROLMENT_CLOCK_WRONG', 'ALREADY_ENROLLED', 'KEY_STORE_UNAVAILABLE'],
  }),
  /** The province's answer to the last request of this computer; any other changes nothing. */
  'enrolment.complete': command({
    access: 'public',
    input: z.strictObject({ answer: enrolAnswerSchema }),
    output: z.object({ deviceId: z.string(), outletId: z.string(), outletName: z.string() }),
    errors: [
      'ENROLMENT_NOT_REQUESTED',
      'ENROLMENT_CLOCK_WRONG',
      'ALREADY_ENROLLED',
      'PROVINCE_ANSWER_INVALID',
      'KEY_STORE_UNAVAILABLE',
    ],
  }),
} as const;
