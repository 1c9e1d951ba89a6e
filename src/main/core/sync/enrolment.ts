import { createHmac, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import type { Refusal } from '../../../contract/errors.ts';
import {
  ENROL_CONTEXT,
  type EnrolAnswer,
  enrolAnswerBodySchema,
  enrolAnswerSchema,
  type enrolRequestSchema,
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
import { parseJson } from './parse-json.ts';

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

/** What a device asks with one code; `secret` is the code's own and leaves this computer never. */
export type EnrolQuestion = {
  readonly request: z.infer<typeof enrolRequestSchema>;
  readonly codeId: string;
  readonly secret: Uint8Array;
};

type Asking = {
  readonly code: string;
  readonly secrets: DeviceSecrets;
  readonly keyStoreKind: CounterConfig['keyStoreKind'];
  readonly appVersion: string;
  readonly nonce: string;
  /** A training says so, and is refused (OPOP-Sync/1 17.1). */
  readonly mode: CounterConfig['mode'];
};

/** The signed question of a device; the code itself is not in it (OPOP-Sync/1 2.4). */
export function enrolQuestion(asking: Asking): Result<EnrolQuestion, Refusal<'ENROLMENT_CODE_INVALID'>> {
  const { secrets, keyStoreKind, appVersion, nonce, mode } = asking;
  const code = parseEnrolmentCode(asking.code);
  if (!code.ok) return err({ code: 'ENROLMENT_CODE_INVALID', path: ['code'] });
  const { codeId, secret } = code.value;
  const text = canonicalJson({
    codeId,
    nonce,
    signingKey: secrets.signingPublic,
    sealingKey: secrets.sealingPublic,
    keyStoreKind,
    appVersion,
    ...(mode === 'training' ? { environment: 'latihan' } : {}),
  });
  return ok({ request: { text, mac: mac(secret, ENROL_CONTEXT.request, text) }, codeId, secret });
}

/** "An answer whose MAC, nonce, keys or certificate does not fit changes nothing" (OPOP-Sync/1 2.4). */
export function readEnrolAnswer(
  json: unknown,
  asked: { readonly secret: Uint8Array; readonly nonce: string; readonly secrets: DeviceSecrets },
): Result<EnrolAnswer, Refusal<'PROVINCE_ANSWER_INVALID'>> {
  const invalid = (reason: string) => err({ code: 'PROVINCE_ANSWER_INVALID' as const, details: { reason } });
  const { secret, nonce, secrets } = asked;
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

/**
 * Asks the province to take this device in. The code is never sent: both sides prove that they know it by a MAC, so that
 * somebody in between can neither learn it nor put a root key of his own in the answer.
 */
export async function requestEnrolment(
  request: {
    readonly line: LinePort;
    readonly provinceUrl: string;
  } & Asking,
): Promise<Result<EnrolAnswer, EnrolRefusal>> {
  const { line, provinceUrl, secrets, nonce } = request;
  const question = enrolQuestion(request);
  if (!question.ok) return question;
  const exchanged = await line.exchange({
    method: 'POST',
    url: `${provinceUrl}/v1/enrol`,
    headers: {},
    body: JSON.stringify(question.value.request),
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
  return readEnrolAnswer(json, { secret: question.value.secret, nonce, secrets });
}
