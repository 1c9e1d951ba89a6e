import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { openDocumentRequestSchema, openedDocumentSchema } from '../../contract/uploads.ts';
import { openDocument } from '../documents/open-document.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import type { Province } from '../province.ts';
import type { ProvinceContext } from '../province-context.ts';
import { deviceOfRequest } from './device-auth.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';

/** A picture and nothing that a browser could take for more. */
const PICTURE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'image/jpeg',
  'content-disposition': 'attachment; filename="page.jpg"',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The name of an active supervisor of the device's outlet; a device whose certificate was revoked shows nobody anything. */
async function supervisorOf({ db }: ProvinceContext, device: KnownDevice, officerId: string): Promise<string> {
  if (device.revokedAt !== null) throw new ProvinceRefusal('DEVICE_REVOKED');
  const officer = await db
    .selectFrom('officer')
    .select('name')
    .where('officer_id', '=', officerId)
    .where('outlet_id', '=', device.outletId)
    .where('role', '=', 'supervisor')
    .where('active', '=', true)
    .executeTakeFirst();
  if (officer === undefined) throw new ProvinceRefusal('NOT_FOUND', 'officerId');
  return officer.name;
}

/** A supervisor looks at a page of the own outlet that the counter itself cannot show any more. */
export function addDocumentRoutes(server: FastifyInstance, { context }: Province): void {
  server.withTypeProvider<ZodTypeProvider>().post(
    '/v1/documents/open',
    {
      schema: {
        summary: 'One page as a JPEG made from its pixels, for a supervisor of the outlet; each opening is recorded',
        headers: signedHeaders,
        querystring: z.object({ form: z.literal('text').optional() }),
        body: openDocumentRequestSchema,
        response: { 200: z.union([z.instanceof(Buffer), openedDocumentSchema]), ...errorResponses },
      },
    },
    async (request, reply) => {
      const device = await deviceOfRequest(context, request);
      const { documentId, officerId, reason } = request.body;
      const looker = await supervisorOf(context, device, officerId);
      const { outletId } = device;
      const opened = await openDocument(context, { documentId, looker, officerId, outletId, reason });
      if (!opened.ok) throw new ProvinceRefusal('NOT_FOUND', opened.error);
      const picture = Buffer.from(opened.value);
      if (request.query.form === 'text') return { picture: picture.toString('base64') };
      return reply.headers(PICTURE_HEADERS).send(picture);
    },
  );
}
