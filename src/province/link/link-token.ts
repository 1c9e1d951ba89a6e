import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ProvinceContext } from '../province-context.ts';
import { makeToken, readToken } from './stateless-token.ts';

const CHALLENGE_LIFE_MS = 120_000;
const TOKEN_LIFE_MS = 3_600_000;
const payloadSchema = z.object({ until: z.number(), device: z.string(), incarnation: z.string(), key: z.string() });

/** A nonce that a device signs in its hello; valid two minutes by our clock, nothing stored. */
export function makeChallenge(context: ProvinceContext): { challenge: string; expiresAt: number } {
  const until = context.now() + CHALLENGE_LIFE_MS;
  const nonce = randomBytes(16).toString('base64url');
  return { challenge: makeToken(context.keys.token, 'challenge', { until, nonce }), expiresAt: until };
}

export function isOurChallenge(context: ProvinceContext, challenge: string): boolean {
  const payload = z.object({ until: z.number() }).safeParse(readToken(context.keys.token, 'challenge', challenge));
  return payload.success && payload.data.until > context.now();
}

/**
 * The token of a line that was opened by a signed hello; it lives by our clock, so a wrong device clock stops nothing. It
 * ends when another key goes to work: the next hello states it before anything is signed by it.
 */
export function makeLinkToken(
  context: ProvinceContext,
  deviceId: string,
  incarnation: string,
): { token: string; expiresAt: number } {
  const until = context.now() + TOKEN_LIFE_MS;
  const key = context.keys.signing.keyId;
  const payload = { until, device: deviceId, incarnation, key };
  return { token: makeToken(context.keys.token, 'link', payload), expiresAt: until };
}

/** What a living token claims, before anybody looked whether it is of today. */
type TokenClaim = Pick<z.infer<typeof payloadSchema>, 'device' | 'incarnation' | 'key'>;

/** The claim of a token that we made and whose time is not over; undefined for every other text. */
export function claimOfToken(context: ProvinceContext, token: string): TokenClaim | undefined {
  const payload = payloadSchema.safeParse(readToken(context.keys.token, 'link', token));
  return payload.success && payload.data.until > context.now() ? payload.data : undefined;
}

/** Whether a token was given in this life of the province, and the key that was at work then still is. */
export function isTokenOfToday(context: ProvinceContext, { incarnation, key }: TokenClaim, ours: string): boolean {
  return incarnation === ours && key === context.keys.signing.keyId;
}
