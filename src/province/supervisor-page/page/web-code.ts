import { codeFromMac } from '../../../domain/approval.ts';
import { codeText, tagOf } from '../../../domain/approval-request.ts';
import { fromBase64url } from './base64url.ts';

/** The eight digits that answer a short request, made by the browser's cryptography: the same as *Kode jauh* gives. */
export async function webCodeFor(key: string, deviceId: string, characters: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const pairKey = await crypto.subtle.importKey('raw', fromBase64url(key), algorithm, false, ['sign']);
  const text = new TextEncoder().encode(codeText(deviceId, characters));
  return codeFromMac(new Uint8Array(await crypto.subtle.sign('HMAC', pairKey, text)));
}

/** Five characters that stand for a counter in a short request. */
export async function webDeviceTag(deviceId: string): Promise<string> {
  return tagOf(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(deviceId))));
}
