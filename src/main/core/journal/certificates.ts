import { deviceRevocationSchema } from '../../../contract/feeds.ts';
import {
  CERTIFICATE_CONTEXT,
  type DeviceCertificate,
  RECEIPT_CONTEXT,
  type ReceiptProof,
  type SignedCertificate,
} from '../../../contract/receipt-statement.ts';
import { SLIP_CONTEXT, type SlipProof } from '../../../contract/slip-statement.ts';
import { SIGNATURE_CONTEXT } from '../../../contract/sync-protocol.ts';
import { type LocalDate, localDateAt } from '../../../domain/local-date.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { canonicalJson } from './hash-chain.ts';
import { keyIdOf, verify } from './signing.ts';

/** Why a certificate is not believed. */
export type CertificateProblem = 'OTHER_ROOT' | 'CERTIFICATE_FORGED';

type ProofProblem = CertificateProblem | 'TRAINING' | 'OTHER_DEVICE' | 'CERTIFICATE_EXPIRED' | 'KEY_REVOKED';

/** Why a receipt is not believed. */
export type ReceiptProblem = ProofProblem | 'RECEIPT_FORGED' | 'PAID_LATER';

/** Why a slip is not believed. */
export type SlipProblem = ProofProblem | 'SLIP_FORGED' | 'DATED_LATER';

/** What a paper's device signed, under the context of its kind; `on` is the day it bears. */
type Signed = {
  readonly context: string;
  readonly statement: { readonly deviceId: string };
  readonly sig: string;
  readonly on: LocalDate;
  readonly certificate: SignedCertificate;
};

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
function verifySigned(
  { context, statement, sig, on, certificate: signed }: Signed,
  rootKeys: readonly string[],
  now: number | undefined,
  revoked: ReadonlySet<string>,
): Result<DeviceCertificate, ProofProblem | 'STATEMENT_FORGED' | 'LATER'> {
  const rootKey = rootKeys.find((key) => keyIdOf(key) === signed.rootKeyId);
  if (rootKey === undefined) return err('OTHER_ROOT');
  const verified = verifyCertificate(signed, rootKey);
  if (!verified.ok) return verified;
  const certificate = verified.value;
  if (statement.deviceId !== certificate.deviceId) return err('OTHER_DEVICE');
  if (!verify(context, canonicalJson(statement), sig, certificate.signingKey)) return err('STATEMENT_FORGED');
  if (revoked.has(keyIdOf(certificate.signingKey))) return err('KEY_REVOKED');
  if (on > localDateAt(certificate.notAfter)) return err('CERTIFICATE_EXPIRED');
  // One day of grace: the reader's clock may be behind.
  if (now !== undefined && on > localDateAt(now + 86_400_000)) return err('LATER');
  return ok(certificate);
}

/** Whether a receipt is genuine. */
export function verifyReceiptProof(
  { statement, receiptSig, certificate }: ReceiptProof,
  rootKeys: readonly string[],
  now?: number,
  revokedKeyIds: ReadonlySet<string> = new Set(),
): Result<DeviceCertificate, ReceiptProblem> {
  const signed = { context: RECEIPT_CONTEXT, statement, sig: receiptSig, on: statement.paidOn, certificate };
  const verified = verifySigned(signed, rootKeys, now, revokedKeyIds);
  if (verified.ok) return verified;
  if (verified.error === 'STATEMENT_FORGED') return err('RECEIPT_FORGED');
  return err(verified.error === 'LATER' ? 'PAID_LATER' : verified.error);
}

/** Whether a slip is genuine; a signature under a receipt is none under a slip, and the other way round. */
export function verifySlipProof(
  { statement, slipSig, certificate }: SlipProof,
  rootKeys: readonly string[],
  now?: number,
  revokedKeyIds: ReadonlySet<string> = new Set(),
): Result<DeviceCertificate, SlipProblem> {
  const signed = { context: SLIP_CONTEXT, statement, sig: slipSig, on: statement.on, certificate };
  const verified = verifySigned(signed, rootKeys, now, revokedKeyIds);
  if (verified.ok) return verified;
  if (verified.error === 'STATEMENT_FORGED') return err('SLIP_FORGED');
  return err(verified.error === 'LATER' ? 'DATED_LATER' : verified.error);
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
