import type { FastifyRequest } from 'fastify';
import { REQUEST_HEADERS, requestSigningText, SIGNATURE_CONTEXT } from '../../contract/sync-protocol.ts';
import { uploadSigningText } from '../../contract/uploads.ts';
import { verifyText } from '../crypto/ed25519.ts';
import { sha256 } from '../crypto/hashing.ts';
import { findDeviceDoor } from '../enrolment/device-door.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import { putKeysToWork } from '../keys/key-statements.ts';
import { claimOfToken, isTokenOfToday } from '../link/link-token.ts';
import type { ProvinceContext } from '../province-context.ts';
import { ProvinceRefusal } from './province-error.ts';

const header = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/** The device whose living token this is, if its signature over the text is there too. The token alone opens nothing (OPOP-Sync/1 4.1). */
async function deviceThatSigned(
  context: ProvinceContext,
  request: FastifyRequest,
  textOf: (token: string) => string,
): Promise<KnownDevice> {
  const token = header(request, REQUEST_HEADERS.token);
  const claim = claimOfToken(context, token);
  if (claim === undefined) throw new ProvinceRefusal('BAD_TOKEN');
  const { device, incarnation, stated } = await findDeviceDoor(context.db, claim.device);
  // Another node may have put other keys to work since our last answer.
  putKeysToWork(stated, context);
  if (!isTokenOfToday(context, claim, incarnation)) throw new ProvinceRefusal('BAD_TOKEN');
  if (device === undefined) throw new ProvinceRefusal('DEVICE_UNKNOWN');
  const signature = header(request, REQUEST_HEADERS.signature);
  if (!verifyText(device.signingKey, SIGNATURE_CONTEXT.request, textOf(token), signature)) {
    throw new ProvinceRefusal('BAD_SIGNATURE');
  }
  return device;
}

/** The device behind a signed request: its signature covers method, path with query, body hash and token. */
export async function deviceOfRequest(context: ProvinceContext, request: FastifyRequest): Promise<KnownDevice> {
  const { method, url } = request;
  return deviceThatSigned(context, request, (token) => requestSigningText(method, url, sha256(request.rawBody), token));
}

/** The device behind a tus request: its signature covers the headers that say what is sent and where it goes on (OPOP-Sync/1 10.3). */
export async function deviceOfUpload(context: ProvinceContext, request: FastifyRequest): Promise<KnownDevice> {
  const { method, url } = request;
  const headers = (token: string): string =>
    uploadSigningText(
      { method, path: url, token },
      {
        'upload-offset': header(request, 'upload-offset'),
        'upload-length': header(request, 'upload-length'),
        'upload-metadata': header(request, 'upload-metadata'),
      },
    );
  return deviceThatSigned(context, request, headers);
}
