import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { type ReceiptText, readReceiptText } from './receipt-text.ts';

/** Why a paper that looks like a receipt is not the province's. */
export type Forgery =
  | 'OTHER_ROOT'
  | 'CERTIFICATE_FORGED'
  | 'RECEIPT_FORGED'
  | 'KEY_REVOKED'
  | 'CERTIFICATE_EXPIRED'
  | 'PAID_LATER';

export type ReceiptVerdict =
  | { readonly verdict: 'genuine'; readonly receipt: ReceiptText }
  | { readonly verdict: 'forged'; readonly reason: Forgery }
  | { readonly verdict: 'no-receipt' };

const CERTIFICATE_CONTEXT = 'opop/certificate/1\0';
const RECEIPT_CONTEXT = 'opop/receipt/1\0';
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
 * The verdict on a QR's text with nothing but the province's root keys: the root signed the device, the device signed the
 * statement, and its certificate held on that day. `now` (ms UTC) also refuses a paper dated after tomorrow. A key in
 * `revokedKeys` proves nothing whatever day the paper bears: a thief of the key dates back as he likes.
 */
export function verifyReceiptText(
  text: string,
  rootKeys: readonly string[],
  now?: number,
  revokedKeys: readonly string[] = [],
): ReceiptVerdict {
  const receipt = readReceiptText(text);
  if (receipt === null) return { verdict: 'no-receipt' };
  const forged = (reason: Forgery): ReceiptVerdict => ({ verdict: 'forged', reason });
  const root = rootKeys.find((key) => keyIdOf(key) === receipt.rootKeyId);
  if (root === undefined) return forged('OTHER_ROOT');
  const { certificate, certificateSig, statement, receiptSig } = receipt;
  if (!isSigned(root, CERTIFICATE_CONTEXT, certificate, certificateSig)) return forged('CERTIFICATE_FORGED');
  if (!isSigned(certificate.signingKey, RECEIPT_CONTEXT, statement, receiptSig)) return forged('RECEIPT_FORGED');
  if (revokedKeys.includes(certificate.signingKey)) return forged('KEY_REVOKED');
  if (certificate.notAfter < 8.6e15 && statement.paidOn > dayAt(certificate.notAfter))
    return forged('CERTIFICATE_EXPIRED');
  if (now !== undefined && statement.paidOn > dayAt(now + DAY_MS)) return forged('PAID_LATER');
  return { verdict: 'genuine', receipt };
}
