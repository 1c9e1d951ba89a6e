import { z } from 'zod';
import { signedCertificateSchema, type SignedCertificate } from './receipt-statement.ts';
import {
  epochSchema,
  localDateSchema,
  signatureSchema,
  textSchema,
  timeTrustSchema,
  uuidSchema,
} from './primitives.ts';

/** Signature context of a slip: a paper that proves a day or a hand-over, and no money. */
export const SLIP_CONTEXT = 'opop/slip/1\0';

/** What the paper says and the counter signs; `subject` is the plate or the name of the service, never a person. */
export const slipStatementSchema = z.object({
  kind: z.enum(['arrival', 'application', 'hand-over', 'ticket']),
  deviceId: uuidSchema,
  epoch: epochSchema,
  seq: z.int().positive(),
  /** Of the arrival, application, hand-over or ticket. */
  subjectId: uuidSchema,
  number: textSchema(60).min(1),
  subject: textSchema(80),
  /** The day that counts: of arrival, receipt or hand-over. */
  on: localDateSchema,
  promisedOn: localDateSchema.nullable(),
  timeTrust: timeTrustSchema,
});
export type SlipStatement = Readonly<z.infer<typeof slipStatementSchema>>;

/** All that a phone needs beside the province's root key. */
export const slipProofSchema = z.object({
  statement: slipStatementSchema,
  slipSig: signatureSchema,
  certificate: signedCertificateSchema,
});
export type SlipProof = {
  readonly statement: SlipStatement;
  readonly slipSig: string;
  readonly certificate: SignedCertificate;
};
