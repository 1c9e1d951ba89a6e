import { z } from 'zod';
import { hashSchema, localDateSchema, publicKeySchema, textSchema, uuidSchema } from './primitives.ts';
import { command, query } from './procedure.ts';

const evidenceFileSchema = z.object({ name: z.string(), bytes: z.int().nonnegative(), sha256: hashSchema });

/** A folder with everything that `tools/verify` needs, and nothing of a person in clear. */
export const evidenceViewSchema = z.object({
  exportId: uuidSchema,
  folder: z.string(),
  files: z.array(evidenceFileSchema),
  /** Entries in the exported journal, from the first one to its newest. */
  entries: z.int().nonnegative(),
  /** Of those, in the period. */
  periodEntries: z.int().nonnegative(),
});
export type EvidenceView = z.infer<typeof evidenceViewSchema>;

/** What an auditor does beside the reads of others. */
export const apiAudit = {
  /** By which letter he looks, and the root key that he should compare with the one that Bapenda tells him. */
  'audit.mandate': query({
    access: 'auditor',
    input: z.strictObject({}),
    output: z.object({ letter: z.string(), from: localDateSchema, to: localDateSchema, rootKey: publicKeySchema }),
    errors: ['NOT_FOUND'],
    staleAfter: ['sign-in', 'registry'],
  }),
  /** Journal, custody receipts, keys, the list of the period, the verifier and how to use it: whole or not at all, and recorded. */
  'audit.export': command({
    access: 'auditor',
    input: z.strictObject({
      from: localDateSchema,
      to: localDateSchema,
      /** One of `reports.places`. */
      folder: textSchema(1000).min(1),
    }),
    output: evidenceViewSchema,
    errors: ['NOT_FOUND', 'REPORT_PERIOD_INVALID', 'EVIDENCE_EXPORT_FAILED'],
  }),
} as const;
