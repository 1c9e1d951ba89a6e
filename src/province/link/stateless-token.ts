import { equalInConstantTime, hmac } from '../crypto/hashing.ts';

/** A text that only we can have made, valid until a moment of our clock: payload and its HMAC, nothing stored. */
export function makeToken(
  key: Uint8Array,
  purpose: string,
  payload: Readonly<Record<string, string | number>>,
): string {
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${text}.${hmac(key, `${purpose}\0${text}`)}`;
}

/** The payload of a text that we made for this purpose; undefined for every other text. */
export function readToken(key: Uint8Array, purpose: string, token: string): unknown {
  const [text = '', mac = '', ...rest] = token.split('.');
  if (rest.length > 0 || !equalInConstantTime(hmac(key, `${purpose}\0${text}`), mac)) return undefined;
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}
