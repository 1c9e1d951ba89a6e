import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { bundleImportSchema, BUNDLE_UPLOAD_MAX_BYTES, bundleUploadSchema } from '../../contract/carried.ts';
import { importBundle } from '../bundles/import-bundle.ts';
import type { Province } from '../province.ts';
import { deviceOfRequest } from './device-auth.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';

/** base64url of the file in its JSON frame. */
const UPLOAD_BODY_BYTES = Math.ceil((BUNDLE_UPLOAD_MAX_BYTES * 4) / 3) + 1024;
/** A file of this size holds a few batches; one with thousands of frames was made to keep us busy. */
const UPLOAD_MAX_FRAMES = 200;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Bundles and mirror files of any device, carried by one that has a line; the carrier is not the signer. */
export function addBundleRoutes(server: FastifyInstance, province: Province): void {
  const { context } = province;
  server.withTypeProvider<ZodTypeProvider>().post(
    '/v1/bundle',
    {
      bodyLimit: UPLOAD_BODY_BYTES,
      schema: {
        summary: 'Takes a bundle or mirror file of any device into custody; the carrier signs the request only',
        headers: signedHeaders,
        body: bundleUploadSchema,
        response: { 200: bundleImportSchema, ...errorResponses },
      },
    },
    async (request) => {
      const carrier = await deviceOfRequest(context, request);
      const bytes = Buffer.from(request.body.bundle, 'base64url');
      if (bytes.length > BUNDLE_UPLOAD_MAX_BYTES) throw new ProvinceRefusal('TOO_LARGE');
      const limits = { maxBytes: BUNDLE_UPLOAD_MAX_BYTES, maxFrames: UPLOAD_MAX_FRAMES };
      const { imported } = await importBundle(context, once(bytes), limits);
      context.log('info', 'BUNDLE_CARRIED', { carrier: carrier.deviceId, frames: imported.frames });
      return imported;
    },
  );
}
