import {
  CERTIFICATE_CONTEXT,
  type DeviceCertificate,
  RECEIPT_CONTEXT,
  type ReceiptProof,
  type SignedCertificate,
} from '../../../contract/receipt-statement.ts';
import { localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { canonicalJson } from './hash-chain.ts';
import { keyIdOf, verify } from './signing.ts';

/** Why a certificate is not believed. */
export type CertificateProblem = 'OTHER_ROOT' | 'CERTIFICATE_FORGED';

/** Why a paper is not believed. */
export type ReceiptProblem =
  | CertificateProblem
  | 'OTHER_DEVICE'
  | 'RECEIPT_FORGED'
  | 'CERTIFICATE_EXPIRED'
  | 'PAID_LATER';

/** The certificate, when the root key signed exactly these fields. Its `notAfter` is for the caller: it forbids new sales only. */
export function verifyCertificate(
  { certificate, rootKeyId, sig }: SignedCertificate,
  rootKey: string,
): Result<DeviceCertificate, CertificateProblem> {
  if (rootKeyId !== keyIdOf(rootKey)) return err('OTHER_ROOT');
  const isSigned = verify(CERTIFICATE_CONTEXT, canonicalJson(certificate), sig, rootKey);
  return isSigned ? ok(certificate) : err('CERTIFICATE_FORGED');
}

/**
 * Whether a paper is genuine, with nothing but the province's root keys: the root signed the device, the device signed
 * the statement, and it did so while its certificate held. `now` (ms UTC) also refuses a paper dated after tomorrow.
 */
export function verifyReceiptProof(
  proof: ReceiptProof,
  rootKeys: readonly string[],
  now?: number,
): Result<DeviceCertificate, ReceiptProblem> {
  const rootKey = rootKeys.find((key) => keyIdOf(key) === proof.certificate.rootKeyId);
  if (rootKey === undefined) return err('OTHER_ROOT');
  const verified = verifyCertificate(proof.certificate, rootKey);
  if (!verified.ok) return verified;
  const { statement, receiptSig } = proof;
  const certificate = verified.value;
  if (statement.deviceId !== certificate.deviceId) return err('OTHER_DEVICE');
  const isSigned = verify(RECEIPT_CONTEXT, canonicalJson(statement), receiptSig, certificate.signingKey);
  if (!isSigned) return err('RECEIPT_FORGED');
  if (statement.paidOn > localDateAt(certificate.notAfter)) return err('CERTIFICATE_EXPIRED');
  // One day of grace: the reader's clock may be behind.
  if (now !== undefined && statement.paidOn > localDateAt(now + 86_400_000)) return err('PAID_LATER');
  return ok(certificate);
}
