import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { CertificateText } from './proof-parts.ts';

/** Why what a QR says is not the province's. */
export type ProofFault =
  | 'OTHER_ROOT'
  | 'CERTIFICATE_FORGED'
  | 'STATEMENT_FORGED'
  | 'KEY_REVOKED'
  | 'CERTIFICATE_EXPIRED'
  | 'DATED_LATER';

/** What the reader of the page brings along. */
export type Judge = {
  /** Raw root keys, base64url. */
  readonly rootKeys: readonly string[];
  /** ms UTC; undefined asks nothing of the day. */
  readonly now: number | undefined;
  readonly revokedKeys: readonly string[];
};

const CERTIFICATE_CONTEXT = 'opop/certificate/1\0';
const JAKARTA_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Bytes of a base64url text; null unless it is the one spelling of those bytes. */
function bytesOf(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  return (buffer & ((1 << bits) - 1)) === 0 ? Uint8Array.from(bytes) : null;
}

function textOf(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0x3fff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET.charAt((buffer >> bits) & 63);
    }
  }
  return bits === 0 ? text : text + ALPHABET.charAt((buffer << (6 - bits)) & 63);
}

/** First 9 bytes of the SHA-256 of a raw key. */
function keyIdOf(key: string): string {
  return textOf(sha256(bytesOf(key) ?? new Uint8Array()).slice(0, 9));
}

/** RFC 8785 of these values: keys sorted; every key here is plain ASCII and every number a safe integer. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

function isSigned(key: string, context: string, value: unknown, signature: string): boolean {
  const [sig, publicKey] = [bytesOf(signature), bytesOf(key)];
  if (sig === null || publicKey === null) return false;
  // The page may come from a file or over plain HTTP, where the browser hides its own cryptography.
  hashes.sha512 = sha512;
  try {
    return verify(sig, new TextEncoder().encode(context + canonical(value)), publicKey, { zip215: false });
  } catch (_notAKey) {
    return false; // a key that is no point of the curve
  }
}

const dayAt = (ms: number): string => new Date(ms + JAKARTA_OFFSET_MS).toISOString().slice(0, 10);

/**
 * What is wrong with a paper, with nothing but the province's root keys: the root signed the device, the device signed the
 * statement under the context of its kind, and its certificate held on that day. `now` also refuses a paper dated after
 * tomorrow. A key in `revokedKeys` proves nothing whatever day the paper bears: a thief of the key dates back as he likes.
 */
export function faultOf(
  { certificate, certificateSig, rootKeyId }: CertificateText,
  signed: { readonly context: string; readonly statement: unknown; readonly sig: string; readonly on: string },
  { rootKeys, now, revokedKeys }: Judge,
): ProofFault | null {
  const root = rootKeys.find((key) => keyIdOf(key) === rootKeyId);
  if (root === undefined) return 'OTHER_ROOT';
  if (!isSigned(root, CERTIFICATE_CONTEXT, certificate, certificateSig)) return 'CERTIFICATE_FORGED';
  if (!isSigned(certificate.signingKey, signed.context, signed.statement, signed.sig)) return 'STATEMENT_FORGED';
  if (revokedKeys.includes(certificate.signingKey)) return 'KEY_REVOKED';
  if (certificate.notAfter < 8.6e15 && signed.on > dayAt(certificate.notAfter)) return 'CERTIFICATE_EXPIRED';
  return now !== undefined && signed.on > dayAt(now + DAY_MS) ? 'DATED_LATER' : null;
}
