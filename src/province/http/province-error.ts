import type { z } from 'zod';
import { provinceErrorSchema } from '../../contract/sync-protocol.ts';

export type ProvinceErrorCode = z.infer<typeof provinceErrorSchema>['error']['code'];

const STATUS: Readonly<Record<ProvinceErrorCode, number>> = {
  BAD_REQUEST: 400,
  BAD_SIGNATURE: 401,
  BAD_TOKEN: 401,
  CODE_UNKNOWN: 403,
  CODE_USED: 409,
  CODE_EXPIRED: 410,
  OUTLET_FULL: 409,
  DEVICE_UNKNOWN: 404,
  DEVICE_REVOKED: 403,
  PROTOCOL_UNSUPPORTED: 426,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  FEEDS_FROZEN: 409,
  NOT_A_SUPERVISOR: 403,
  OUT_OF_SCOPE: 403,
  TRAINING_REFUSED: 403,
  BUSY: 503,
  INTERNAL: 500,
};

const SENTENCES: Readonly<Record<ProvinceErrorCode, string>> = {
  BAD_REQUEST: 'The request is not of the shape that the OpenAPI document describes.',
  BAD_SIGNATURE: 'The signature does not verify with the key of this device.',
  BAD_TOKEN: 'The challenge or link token is not ours or has expired; say hello again.',
  CODE_UNKNOWN: 'No enrolment code fits this request.',
  CODE_USED: 'The enrolment code was used before.',
  CODE_EXPIRED: 'The enrolment code has expired.',
  OUTLET_FULL: 'Every device number of this outlet was given out; the outlet needs a second id.',
  DEVICE_UNKNOWN: 'This province has not enrolled the device.',
  DEVICE_REVOKED: 'The certificate of this device was revoked.',
  PROTOCOL_UNSUPPORTED: 'No common version of OPOP-Sync.',
  NOT_FOUND: 'There is nothing under this address.',
  TOO_LARGE: 'The request is larger than allowed.',
  TOO_MANY_REQUESTS: 'Too many requests; wait a minute.',
  FEEDS_FROZEN: 'An older backup is at work here; feeds wait until a person has declared the restore.',
  NOT_A_SUPERVISOR: 'This device is not appointed to an active supervisor of that name.',
  OUT_OF_SCOPE: 'The outlet is not of a region of this supervisor on that day.',
  TRAINING_REFUSED:
    'This comes from a training (LATIHAN); a real province takes nothing of it, and nothing was stored.',
  BUSY: 'The province cannot answer now; try again.',
  INTERNAL: 'The province failed; nothing was stored.',
};

/** A refusal on its way to the answer; expected, so it is logged as a code and not as a bug. */
export class ProvinceRefusal extends Error {
  override readonly name = 'ProvinceRefusal';
  readonly code: ProvinceErrorCode;
  readonly path: string | undefined;

  constructor(code: ProvinceErrorCode, path?: string) {
    super(SENTENCES[code]);
    this.code = code;
    this.path = path;
  }
}

/** HTTP status and body of an error code. */
export function errorAnswer(
  code: ProvinceErrorCode,
  path?: string,
): { status: number; body: z.infer<typeof provinceErrorSchema> } {
  const error = { code, message: SENTENCES[code], ...(path === undefined ? {} : { path }) };
  return { status: STATUS[code], body: { error } };
}

/** Error answers of a route, for the OpenAPI document. */
export const errorResponses = {
  '4xx': provinceErrorSchema,
  '5xx': provinceErrorSchema,
} as const;
