import { z } from 'zod';
import {
  amountSchema,
  epochSchema,
  instantSchema,
  keyIdSchema,
  localDateSchema,
  outletIdSchema,
  publicKeySchema,
  signatureSchema,
  timeTrustSchema,
  trainingMarkSchema,
  uuidSchema,
} from './primitives.ts';
import {
  certificateParts,
  compactDate,
  compactUuid,
  expandDate,
  expandUuid,
  markTraining,
  readCertificateParts,
  TRUST_LETTERS,
  unmarkTraining,
} from './proof-text.ts';

/** Signature context of a paper receipt; a signature over a whole entry is never used for paper. */
export const RECEIPT_CONTEXT = 'opop/receipt/1\0';
/** Signature context of a device certificate, signed by the province's root key. */
export const CERTIFICATE_CONTEXT = 'opop/certificate/1\0';

/** What the paper says and the counter signs. */
export const receiptStatementSchema = z.object({
  deviceId: uuidSchema,
  epoch: epochSchema,
  seq: z.int().positive(),
  transactionId: uuidSchema,
  nrkb: z.string().min(3).max(20),
  periods: z.array(localDateSchema).min(1).max(10),
  total: amountSchema,
  paidOn: localDateSchema,
  timeTrust: timeTrustSchema,
});
export type ReceiptStatement = Readonly<z.infer<typeof receiptStatementSchema>>;

/** The part of a device certificate that the QR carries; the signature covers exactly these fields. */
export const deviceCertificateSchema = z.object({
  deviceId: uuidSchema,
  outletId: outletIdSchema,
  signingKey: publicKeySchema,
  sealingKey: publicKeySchema,
  notAfter: instantSchema,
  policyVersion: z.int().nonnegative(),
  /** Only on a device of the training mode; no real province signs such a certificate or takes what it signed. */
  environment: trainingMarkSchema.optional(),
});
export type DeviceCertificate = Readonly<z.infer<typeof deviceCertificateSchema>>;

export const signedCertificateSchema = z.object({
  certificate: deviceCertificateSchema,
  rootKeyId: keyIdSchema,
  sig: signatureSchema,
});
export type SignedCertificate = Readonly<z.infer<typeof signedCertificateSchema>>;

/** All that a phone needs beside the province's root key. */
export type ReceiptProof = {
  readonly statement: ReceiptStatement;
  readonly receiptSig: string;
  readonly certificate: SignedCertificate;
};

const PART_COUNT = 17;

/** Payload of the QR after `/t#`: fields joined by dots, no personal data beyond the plate that the paper prints. */
export function encodeReceiptProof(proof: ReceiptProof): string {
  const { statement, certificate } = proof;
  return markTraining(certificate, [
    '1',
    compactUuid(statement.deviceId),
    String(statement.epoch.n),
    statement.epoch.nonce,
    String(statement.seq),
    compactUuid(statement.transactionId),
    statement.nrkb.replaceAll(' ', '_').replaceAll('Ø', '~'),
    statement.periods.map(compactDate).join('+'),
    String(statement.total),
    compactDate(statement.paidOn),
    TRUST_LETTERS[statement.timeTrust],
    proof.receiptSig,
    ...certificateParts(certificate),
  ]);
}

/**
 * Reads the payload (or the whole address) of a receipt QR; undefined when it is not one, and when it is a second spelling
 * of one: a paper that was printed has exactly one text. Nothing is verified here.
 */
export function decodeReceiptProof(text: string): ReceiptProof | undefined {
  const payload = text.trim().slice(0, 4000).split('#').pop() ?? '';
  const { parts, environment } = unmarkTraining(payload.split('.'));
  if (parts.length !== PART_COUNT || parts[0] !== '1') return undefined;
  const part = (index: number): string => parts[index] ?? '';
  const timeTrust = Object.entries(TRUST_LETTERS).find(([, letter]) => letter === part(10))?.[0];
  const statement = receiptStatementSchema.safeParse({
    deviceId: expandUuid(part(1)),
    epoch: { n: Number(part(2)), nonce: part(3) },
    seq: Number(part(4)),
    transactionId: expandUuid(part(5)),
    nrkb: part(6).replaceAll('_', ' ').replaceAll('~', 'Ø'),
    periods: part(7).split('+').map(expandDate),
    total: Number(part(8)),
    paidOn: expandDate(part(9)),
    timeTrust,
  });
  const certificate = signedCertificateSchema.safeParse(
    readCertificateParts(expandUuid(part(1)), parts.slice(12), environment),
  );
  const receiptSig = signatureSchema.safeParse(part(11));
  if (!statement.success || !certificate.success || !receiptSig.success) return undefined;
  const proof = { statement: statement.data, receiptSig: receiptSig.data, certificate: certificate.data };
  return encodeReceiptProof(proof) === payload ? proof : undefined;
}
