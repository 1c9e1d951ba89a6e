import { deviceRevocationSchema } from '../../../contract/feeds.ts';
import {
  CERTIFICATE_CONTEXT,
  type DeviceCertificate,
  RECEIPT_CONTEXT,
  type ReceiptProof,
  type SignedCertificate,
} from '../../../contract/receipt-statement.ts';
import { SIGNATURE_CONTEXT } from '../../../contract/sync-protocol.ts';
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
  | 'KEY_REVOKED'
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
 * A revoked key proves nothing whatever day the paper bears, for a thief of the key dates back as he likes: only the
 * province's own record can then tell.
 */
export function verifyReceiptProof(
  proof: ReceiptProof,
  rootKeys: readonly string[],
  now?: number,
  revokedKeyIds: ReadonlySet<string> = new Set(),
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
  if (revokedKeyIds.has(keyIdOf(certificate.signingKey))) return err('KEY_REVOKED');
  if (statement.paidOn > localDateAt(certificate.notAfter)) return err('CERTIFICATE_EXPIRED');
  // One day of grace: the reader's clock may be behind.
  if (now !== undefined && statement.paidOn > localDateAt(now + 86_400_000)) return err('PAID_LATER');
  return ok(certificate);
}

/** Ids of the device keys that a root key has revoked; a statement that no root key signed says nothing. */
export function revokedKeyIds(
  statements: readonly { readonly text: string; readonly sig: string }[],
  rootKeys: readonly string[],
): ReadonlySet<string> {
  const ids = statements.flatMap(({ text, sig }) => {
    const isSigned = rootKeys.some((rootKey) => verify(SIGNATURE_CONTEXT.keyStatement, text, sig, rootKey));
    const parsed = isSigned ? deviceRevocationSchema.safeParse(JSON.parse(text)).data : undefined;
    return parsed === undefined ? [] : [keyIdOf(parsed.publicKey)];
  });
  return new Set(ids);
}
