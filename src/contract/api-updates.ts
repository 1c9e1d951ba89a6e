import { z } from 'zod';
import { textSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { updateViewSchema } from './update.ts';

const nothing = z.strictObject({});

/** The program's own next version. */
export const apiUpdates = {
  'update.state': query({
    access: 'public',
    input: nothing,
    output: updateViewSchema,
    errors: [],
    staleAfter: ['device', 'cash-session', 'status'],
  }),
  /** Anyone at the counter may ask: what is taken proves itself by the province's signature. `file` null takes it by the line. */
  'update.install': command({
    access: 'public',
    input: z.strictObject({ file: textSchema(1000).min(1).nullable() }),
    output: updateViewSchema,
    errors: ['UPDATE_REFUSED', 'UPDATE_NOT_NOW', 'NO_LINE'],
  }),
  /** Ends this program so that the one that is ready takes its place. */
  'update.restart': command({
    access: 'public',
    input: nothing,
    output: nothing,
    errors: ['UPDATE_NOT_NOW', 'UPDATE_REFUSED'],
  }),
} as const;
