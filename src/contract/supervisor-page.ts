import { z } from 'zod';
import { pairedCounterSchema } from './feeds-approvals.ts';
import { hashSchema, officerIdSchema, signatureSchema, uuidSchema } from './primitives.ts';

/** The one time that a supervisor's page needs the province: the code of the command line, and the key of this page (P-256). */
export const pageSignInSchema = z.object({
  code: z.string().max(60),
  /** Coordinates of the public key, base64url. */
  key: z.object({ x: hashSchema, y: hashSchema }),
});
export type PageSignIn = Readonly<z.infer<typeof pageSignInSchema>>;

/** What the page keeps under its PIN. */
export const pageSignedInSchema = z.object({
  pageId: uuidSchema,
  supervisorId: officerIdSchema,
  name: z.string(),
  counters: z.array(pairedCounterSchema),
});
export type PageSignedIn = Readonly<z.infer<typeof pageSignedInSchema>>;

/** "I approved this", signed by the page's key over `pageWordText` (ECDSA with SHA-256, 64 bytes). */
export const pageWordSchema = z.object({
  pageId: uuidSchema,
  counterId: uuidSchema,
  /** The short request, 28 characters. */
  request: z.string().length(28),
  sig: signatureSchema,
});
export type PageWord = Readonly<z.infer<typeof pageWordSchema>>;
