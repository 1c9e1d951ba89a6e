import type { FastifyRequest } from 'fastify';
import { REQUEST_HEADERS, requestSigningText, SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/hashing.ts';
import { findDevice, type KnownDevice } from '../enrolment/device-store.ts';
import { deviceOfToken } from '../link/link-token.ts';
import { currentIncarnation } from '../restore/incarnation.ts';
import type { ProvinceContext } from '../province-context.ts';
import { ProvinceRefusal } from './province-error.ts';

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/**
 * The device behind a signed request: a living link token of ours, and its signature over method, path with query, body
 * hash and token. The token alone opens nothing (OPOP-Sync/1 4.1).
 */
export async function deviceOfRequest(context: ProvinceContext, request: FastifyRequest): Promise<KnownDevice> {
  const token = header(request, REQUEST_HEADERS.token);
  const deviceId = deviceOfToken(context, token, await currentIncarnation(context.db));
  if (deviceId === undefined) throw new ProvinceRefusal('BAD_TOKEN');
  const device = await findDevice(context.db, deviceId);
  if (device === undefined) throw new ProvinceRefusal('DEVICE_UNKNOWN');
  const text = requestSigningText(request.method, request.url, sha256(request.rawBody), token);
  const signature = header(request, REQUEST_HEADERS.signature);
  if (!verifyText(device.signingKey, SIGNATURE_CONTEXT.request, text, signature)) {
    throw new ProvinceRefusal('BAD_SIGNATURE');
  }
  return device;
}
