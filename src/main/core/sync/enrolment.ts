import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Refusal } from '../../../contract/errors.ts';
import {
  ENROL_CONTEXT,
  type EnrolAnswer,
  enrolAnswerBodySchema,
  enrolAnswerSchema,
  provinceErrorSchema,
} from '../../../contract/sync-protocol.ts';
import { parseEnrolmentCode } from '../../../contract/enrolment-code.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { CounterConfig } from '../config.ts';
import type { DeviceSecrets } from '../device/device-secrets.ts';
import { verifyCertificate } from '../journal/certificates.ts';
import { canonicalJson } from '../journal/hash-chain.ts';
import { keyIdOf } from '../journal/signing.ts';
import type { LinePort } from '../ports.ts';

export type EnrolRefusal = Refusal<
  'ENROLMENT_CODE_INVALID' | 'ENROLMENT_REFUSED' | 'NO_LINE' | 'PROVINCE_ANSWER_INVALID'
>;

const ENROL_TIMEOUT_MS = 20_000;

const mac = (secret: Uint8Array, context: string, text: string): string =>
  createHmac('sha256', secret)
    .update(context + text, 'utf8')
    .digest('base64url');

function sameMac(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Reads JSON from outside; undefined instead of a throw. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Asks the province to take this device in. The code is never sent: both sides prove that they know it by a MAC, so that
 * somebody in between can neither learn it nor put a root key of his own in the answer.
 */
export async function requestEnrolment(request: {
  readonly line: LinePort;
  readonly provinceUrl: string;
  readonly code: string;
  readonly secrets: DeviceSecrets;
  readonly keyStoreKind: CounterConfig['keyStoreKind'];
  readonly appVersion: string;
  readonly nonce: string;
}): Promise<Result<EnrolAnswer, EnrolRefusal>> {
  const { line, provinceUrl, secrets, keyStoreKind, appVersion, nonce } = request;
  const code = parseEnrolmentCode(request.code);
  if (!code.ok) return err({ code: 'ENROLMENT_CODE_INVALID', path: ['code'] });
  const secret = code.value.secret;
  const text = canonicalJson({
    codeId: code.value.codeId,
    nonce,
    signingKey: secrets.signingPublic,
    sealingKey: secrets.sealingPublic,
    keyStoreKind,
    appVersion,
  });
  const exchanged = await line.exchange({
    method: 'POST',
    url: `${provinceUrl}/v1/enrol`,
    headers: {},
    body: JSON.stringify({ text, mac: mac(secret, ENROL_CONTEXT.request, text) }),
    timeoutMs: ENROL_TIMEOUT_MS,
    signal: new AbortController().signal,
  });
  if (!exchanged.ok) return err({ code: 'NO_LINE', details: { reason: exchanged.reason } });
  const json = parseJson(exchanged.answer.body);
  if (exchanged.answer.status !== 200) {
    const refused = provinceErrorSchema.safeParse(json);
    return err(
      refused.success
        ? { code: 'ENROLMENT_REFUSED', details: { reason: refused.data.error.code } }
        : { code: 'NO_LINE', details: { reason: `HTTP_${String(exchanged.answer.status)}` } },
    );
  }
  // A page of somebody who wants a login first.
  if (json === undefined) return err({ code: 'NO_LINE', details: { reason: 'NOT_JSON' } });
  const invalid = (reason: string) => err({ code: 'PROVINCE_ANSWER_INVALID' as const, details: { reason } });
  const signed = enrolAnswerSchema.safeParse(json);
  if (!signed.success) return invalid('SHAPE');
  if (!sameMac(signed.data.mac, mac(secret, ENROL_CONTEXT.answer, signed.data.text))) return invalid('MAC');
  const answer = enrolAnswerBodySchema.safeParse(parseJson(signed.data.text));
  if (!answer.success || answer.data.nonce !== nonce) return invalid('NONCE');
  const { certificate, rootKey } = answer.data;
  const fits =
    certificate.rootKeyId === keyIdOf(rootKey) &&
    verifyCertificate(certificate, rootKey).ok &&
    certificate.certificate.deviceId === answer.data.deviceId &&
    certificate.certificate.signingKey === secrets.signingPublic &&
    certificate.certificate.sealingKey === secrets.sealingPublic;
  return fits ? ok(answer.data) : invalid('CERTIFICATE');
}
