import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { ENTRY_CONTEXT } from '../../../contract/journal-entry.ts';

/** Canonical JSON (RFC 8785). Throws on what JSON cannot hold: NaN, a lone surrogate, a circle. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this value has no JSON form');
  return text;
}

/** SHA-256 of the UTF-8 bytes of a text, base64url (43 characters). */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** `hash = SHA-256("opop/entry/1\0" || canonical JSON (RFC 8785))`, base64url. */
export function hashEntry(text: string): string {
  return sha256(ENTRY_CONTEXT + text);
}

/** SHA-256 of the canonical JSON of a body, base64url; over the ciphertext where the body holds personal data. */
export function bodyHash(body: unknown): string {
  return sha256(canonicalJson(body));
}
