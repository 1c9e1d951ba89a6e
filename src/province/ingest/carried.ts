import type { SignedText } from '../../contract/primitives.ts';
import { CERTIFICATE_CONTEXT, type SignedCertificate } from '../../contract/receipt-statement.ts';
import type { PushRequest } from '../../contract/sync-protocol.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { canonicalJson } from '../crypto/canonical-json.ts';
import { keyIdOf, verifyText } from '../crypto/ed25519.ts';
import { findDevice } from '../enrolment/device-store.ts';
import type { ProvinceContext } from '../province-context.ts';
import { refuseTraining } from '../training.ts';
import { type CustodyProblem, takeIntoCustody } from './custody.ts';
import type { Said } from './judge-entry.ts';
import { registerByCertificate } from './known-by-certificate.ts';

/** `BAD_CERTIFICATE`: not signed by our root; `OTHER_KEY`: we know this device under another key. */
export type CarriedProblem = CustodyProblem | 'BAD_CERTIFICATE' | 'OTHER_KEY';

/** Items of one carried push by their verdicts; damaged rows, conflicts and forks count as quarantined. */
export type CarriedCounts = {
  readonly entries: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly pending: number;
  readonly quarantined: number;
};

export type Carried = { readonly custodyReceipt: SignedText; readonly counts: CarriedCounts };

function countsOf(said: readonly Said[]): CarriedCounts {
  const count = (...verdicts: readonly string[]): number =>
    said.filter(({ verdict }) => verdicts.includes(verdict.verdict)).length;
  return {
    entries: said.length,
    accepted: count('ACCEPTED'),
    duplicate: count('DUPLICATE'),
    pending: count('PENDING'),
    quarantined: count('QUARANTINED', 'CONFLICT', 'FORK'),
  };
}

/**
 * Takes a push that somebody else carried into custody: each entry proved by its own device's certificate, that by our root.
 * Expiry and revocation forbid new sales, never custody. A good entry whose predecessor is unknown waits: PENDING
 * (OPOP-Sync/1 5.7, 12.2).
 */
export async function receiveCarried(
  context: ProvinceContext,
  { certificate: signed, request }: { readonly certificate: SignedCertificate; readonly request: PushRequest },
): Promise<Result<Carried, CarriedProblem>> {
  const { certificate, rootKeyId, sig } = signed;
  const { deviceId, signingKey } = certificate;
  if (certificate.environment !== undefined) return refuseTraining(context, 'carried', deviceId);
  const { now } = context;
  const { root } = context.keys;
  const isOurs =
    rootKeyId === root.keyId && verifyText(root.publicKey, CERTIFICATE_CONTEXT, canonicalJson(certificate), sig);
  if (!isOurs) return err('BAD_CERTIFICATE');
  const known = await findDevice(context.db, deviceId);
  if (known !== undefined && known.signingKey !== signingKey) return err('OTHER_KEY');
  const signer = { deviceId, keyId: keyIdOf(signingKey), signingKey };
  const taken = await takeIntoCustody(context, signer, request, 'carried', async (tx) => {
    if (known === undefined) await registerByCertificate(tx, context, signed);
    await tx.updateTable('device').set({ last_carried_at: now() }).where('device_id', '=', deviceId).execute();
  });
  if (!taken.ok) return taken;
  return ok({ custodyReceipt: taken.value.custodyReceipt, counts: countsOf(taken.value.said) });
}
