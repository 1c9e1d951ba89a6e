import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type ApprovalBinding, BINDING_CONTEXT, bindingText, codeFromMac } from '../../../domain/approval.ts';
import { codeText, listCodeText, tagOf } from '../../../domain/approval-request.ts';
import { canonicalJson, sha256 } from '../journal/hash-chain.ts';

const mac = (key: Uint8Array, text: string): Uint8Array => createHmac('sha256', key).update(text, 'utf8').digest();

/** The eight digits that answer a short request, under the key of one supervisor and one counter. */
export function codeFor(key: Uint8Array, deviceId: string, characters: string): string {
  return codeFromMac(mac(key, codeText(deviceId, characters)));
}

/** The eight digits of one line of a sealed list. */
export function listCodeFor(key: Uint8Array, deviceId: string, list: number, place: number): string {
  return codeFromMac(mac(key, listCodeText(deviceId, list, place)));
}

/** Compares codes in constant time. */
export function isSameCode(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The hash that binds an approval, base64url, and its first 25 bits as the request carries them. */
export function bindingOf(binding: ApprovalBinding): { readonly hash: string; readonly head: string } {
  const bytes = createHash('sha256')
    .update(BINDING_CONTEXT + bindingText(binding), 'utf8')
    .digest();
  return { hash: bytes.toString('base64url'), head: tagOf(bytes) };
}

/** Five characters that stand for a device in a short request. */
export function deviceTag(deviceId: string): string {
  return tagOf(createHash('sha256').update(deviceId, 'utf8').digest());
}

/** Hash of whatever an act does beside its subject and its amount. */
export function contentHashOf(content: Readonly<Record<string, unknown>>): string {
  return sha256(canonicalJson(content));
}
