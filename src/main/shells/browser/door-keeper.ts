import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Header that carries the secret of this start. */
const SECRET_HEADER = 'x-loket-secret';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares without telling by the time taken how much of the guess was right. */
function sameSecret(given: string | undefined, secret: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(secret));
}

/** Why a request is turned away: its HTTP status. */
export type Turned = 403 | 405 | 415 | 421;

type Door = { readonly host: string; readonly secret: string };

/** Every request names exactly this host: a name that resolves to 127.0.0.1 (DNS rebinding) is turned away. */
export function hostFault(request: IncomingMessage, { host }: Door): Turned | undefined {
  return request.headers.host === host ? undefined : 421;
}

/**
 * A call comes by POST from our own page with the secret of this start. The content type keeps plain forms of other
 * pages out, the exact origin keeps other pages out, and the secret keeps other programs of this computer out.
 */
export function callFault(request: IncomingMessage, door: Door): Turned | undefined {
  if (request.method !== 'POST') return 405;
  if (request.headers.origin !== `http://${door.host}`) return 403;
  const given = request.headers[SECRET_HEADER];
  if (!sameSecret(typeof given === 'string' ? given : undefined, door.secret)) return 403;
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json' ? undefined : 415;
}
