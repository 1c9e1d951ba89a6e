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
export type Turned = 400 | 403 | 405 | 411 | 415 | 417 | 421;

type Door = { readonly host: string; readonly secret: string };

/** The value of a header that came exactly once: two of them are a quarrel about which one counts, and are none. */
function onlyValue(request: IncomingMessage, name: string): string | undefined {
  const values = request.headersDistinct[name];
  return values?.length === 1 ? values[0] : undefined;
}

const isAbsent = (request: IncomingMessage, name: string): boolean => request.headersDistinct[name] === undefined;

/** Browsers say where a request comes from, and no page can make them say otherwise; other programs say nothing. */
function comesFrom(request: IncomingMessage, allowed: readonly string[]): boolean {
  return isAbsent(request, 'sec-fetch-site') || allowed.includes(onlyValue(request, 'sec-fetch-site') ?? '');
}

/** Every request names exactly this host, once: a name that resolves to 127.0.0.1 (DNS rebinding) is turned away. */
export function hostFault(request: IncomingMessage, { host }: Door): Turned | undefined {
  if (onlyValue(request, 'host') !== host) return 421;
  // Nothing here is ever switched to another protocol.
  return isAbsent(request, 'upgrade') ? undefined : 400;
}

/**
 * A call comes by POST from our own page with the secret of this start. The content type keeps plain forms of other
 * pages out, the exact origin keeps other pages out, and the secret keeps other programs of this computer out. Its
 * length stands before it, and it is not packed: what is read is what was announced.
 */
export function callFault(request: IncomingMessage, door: Door): Turned | undefined {
  if (request.method !== 'POST') return 405;
  if (!comesFrom(request, ['same-origin'])) return 403;
  if (onlyValue(request, 'origin') !== `http://${door.host}`) return 403;
  if (!sameSecret(onlyValue(request, SECRET_HEADER), door.secret)) return 403;
  if (onlyValue(request, 'content-type') !== 'application/json') return 415;
  if (!isAbsent(request, 'content-encoding')) return 415;
  if (!isAbsent(request, 'transfer-encoding') || onlyValue(request, 'content-length') === undefined) return 411;
  return undefined;
}

/** A file is read by GET or HEAD, without a body, from our own page or by a person's own hand; never from another page. */
export function fileFault(request: IncomingMessage): Turned | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405;
  if (!comesFrom(request, ['same-origin', 'none'])) return 403;
  if (!isAbsent(request, 'transfer-encoding') || !isAbsent(request, 'content-length')) return 400;
  return undefined;
}
