import { createHmac, hkdfSync } from 'node:crypto';
import { codeFromMac } from '../../domain/approval.ts';
import { listCodeText } from '../../domain/approval-request.ts';

const CONTEXT = 'opop/approval-key/1\0';

/**
 * The key that one supervisor and one counter share, base64url: HKDF of the province's approval secret, so that none is
 * kept. Whoever knows one pair's key knows no other.
 */
export function pairKey(secret: Uint8Array, supervisorId: string, deviceId: string): string {
  const info = `${CONTEXT}${supervisorId}\0${deviceId}`;
  return Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), info, 32)).toString('base64url');
}

/** The code on one line of a sealed list. */
export function listCode(key: string, deviceId: string, list: number, place: number): string {
  const mac = createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(listCodeText(deviceId, list, place))
    .digest();
  return codeFromMac(mac);
}
