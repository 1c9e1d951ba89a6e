import { z } from 'zod';
import { instantSchema, textSchema } from './primitives.ts';
import { command, query } from './procedure.ts';
import { backupViewSchema, mirrorViewSchema, recoveredFileSchema } from './views-custody.ts';

const nothing = z.strictObject({});

/** Where the entries have their second copy, how they travel without a line, and what the clock is worth. */
export const apiCustody = {
  /* -- the second copy -- */
  'mirror.status': query({
    access: 'signed-in',
    input: nothing,
    output: mirrorViewSchema,
    errors: [],
    staleAfter: ['device', 'outbox'],
  }),
  /** The first place anyone at the counter may choose; after that a supervisor or an installer. */
  'mirror.set-folder': command({
    access: 'signed-in',
    input: z.strictObject({
      folder: textSchema(1000).min(1),
      /** Null: `removable` where the folder lies on another disk than the data. */
      medium: z.enum(['folder', 'removable']).nullable().default(null),
    }),
    output: mirrorViewSchema,
    errors: ['MIRROR_FOLDER_REFUSED', 'FORBIDDEN'],
  }),
  /**
   * Afterwards: *Cabut flashdisk, simpan terpisah dari komputer.* A sale on a `removable` medium counts as sent from then on:
   * it is no longer voided here.
   */
  'mirror.complete': command({
    access: 'signed-in',
    input: nothing,
    output: z.object({
      throughSeq: z.int().positive(),
      entries: z.int().nonnegative(),
      medium: z.enum(['folder', 'removable']),
      folder: z.string(),
    }),
    errors: ['MIRROR_MISSING'],
  }),
  /**
   * Carries the segments of a dead or lost counter to the province. They are sealed to it, so anyone may carry them;
   * twice gives the same end.
   */
  'mirror.recover': command({
    access: 'public',
    input: z.strictObject({ folder: textSchema(1000).min(1) }),
    output: z.object({ files: z.array(recoveredFileSchema) }),
    errors: ['NO_LINE', 'NOT_FOUND'],
  }),
  /** A whole copy of the data on the same medium, sealed, read back and opened; the last step of each closed day makes one too. */
  'backup.make': command({
    access: 'signed-in',
    input: nothing,
    output: backupViewSchema,
    errors: ['BACKUP_FAILED'],
  }),

  /* -- the clock -- */
  /** The officer has seen that the computer's clock is not believed, and sells on. */
  'clock.acknowledge': command({
    access: 'signed-in',
    input: nothing,
    output: z.object({ now: instantSchema, needsAcknowledgement: z.boolean() }),
    errors: [],
  }),
} as const;
