import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { hashSchema } from '../../contract/primitives.ts';
import { documentReceiptsSchema, UPLOADS_PATH } from '../../contract/uploads.ts';
import { findFragment, fragmentName, removeFragment } from '../documents/fragments.ts';
import { findPage } from '../documents/page-rows.ts';
import { pageReceipts } from '../documents/page-receipts.ts';
import type { KnownDevice } from '../enrolment/device-store.ts';
import type { Province } from '../province.ts';
import type { ProvinceContext } from '../province-context.ts';
import { deviceOfRequest, deviceOfUpload } from './device-auth.ts';
import { signedHeaders } from './device-routes.ts';
import { errorResponses, ProvinceRefusal } from './province-error.ts';
import { readUploadLength, readUploadMetadata } from './upload-metadata.ts';
import { createUploadServer, type UploadServer } from './upload-server.ts';

const TUS_VERSION = '1.0.0';
const MOST_IDS = 50;

type Begun = { readonly offset: number; readonly length: number };

/** How far an upload has come, where the library need not be asked: a page that is in custody, or one that began before. */
function tell(reply: FastifyReply, status: number, { offset, length }: Begun): FastifyReply {
  return reply
    .status(status)
    .header('tus-resumable', TUS_VERSION)
    .header('cache-control', 'no-store')
    .header('upload-offset', String(offset))
    .header('upload-length', String(length));
}

/** "The journal comes first": a disk that runs full takes no further page. */
async function checkRoom(context: ProvinceContext): Promise<void> {
  if ((await context.pages.store.freeBytes()) >= context.settings.pageMinFreeBytes) return;
  context.log('error', 'PAGES_SPACE_LOW');
  throw new ProvinceRefusal('BUSY');
}

/** The tus requests of one page. */
type Step = { readonly device: KnownDevice; readonly documentId: string };

/** A beginning that is none: how far the page is that is here, or whose upload began before. Undefined where it is new. */
async function findBegun(context: ProvinceContext, step: Step, length: number): Promise<Begun | undefined> {
  const { device, documentId } = step;
  const page = await findPage(context.db, device.deviceId, documentId);
  if (page !== undefined) return { offset: page.bytes, length: page.bytes };
  const begun = await findFragment(context, device.deviceId, documentId);
  if (begun === undefined) return undefined;
  if (begun.length === length) return { offset: begun.offset, length };
  // The same name with another length: one of them is not that page.
  await removeFragment(context, fragmentName(device.deviceId, documentId));
  return undefined;
}

function addTus(server: FastifyInstance, { context }: Province, uploads: () => UploadServer): void {
  // The bytes are left on the stream for the upload library.
  server.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  const handOver = async ({ device, documentId }: Step, request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    await uploads()({ deviceId: device.deviceId, documentId }, request.raw, reply.raw);
  };
  const resumable = (request: FastifyRequest): void => {
    if (request.headers['tus-resumable'] !== TUS_VERSION) throw new ProvinceRefusal('BAD_REQUEST', 'tus-resumable');
  };
  server.post(UPLOADS_PATH, { schema: { hide: true } }, async (request, reply) => {
    const device = await deviceOfUpload(context, request);
    resumable(request);
    const { documentId } = readUploadMetadata(request.headers['upload-metadata']);
    const length = readUploadLength(request.headers['upload-length']);
    const begun = await findBegun(context, { device, documentId }, length);
    if (begun !== undefined) {
      void reply.header('location', `${UPLOADS_PATH}/${documentId}`);
      return tell(reply, 201, begun).send();
    }
    await checkRoom(context);
    return handOver({ device, documentId }, request, reply);
  });
  server.route<{ Params: { documentId: string } }>({
    method: ['HEAD', 'PATCH'],
    url: `${UPLOADS_PATH}/:documentId`,
    schema: { hide: true },
    handler: async (request, reply) => {
      const device = await deviceOfUpload(context, request);
      resumable(request);
      const documentId = hashSchema.safeParse(request.params.documentId).data;
      if (documentId === undefined) throw new ProvinceRefusal('NOT_FOUND');
      const page = await findPage(context.db, device.deviceId, documentId);
      if (page !== undefined) {
        const isEnd = request.method === 'HEAD' || request.headers['upload-offset'] === String(page.bytes);
        const status = request.method === 'HEAD' ? 200 : isEnd ? 204 : 409;
        return tell(reply, status, { offset: page.bytes, length: page.bytes }).send();
      }
      if (request.method === 'PATCH') await checkRoom(context);
      return handOver({ device, documentId }, request, reply);
    },
  });
}

/** Pages of papers: tus 1.0, and the signed word about those that are whole. */
export function addUploadRoutes(server: FastifyInstance, province: Province): void {
  const { context } = province;
  const held: { uploads: UploadServer | null } = { uploads: null };
  addTus(server, province, () => {
    held.uploads ??= createUploadServer(context);
    return held.uploads;
  });
  server.withTypeProvider<ZodTypeProvider>().get(
    '/v1/documents',
    {
      schema: {
        summary: 'A signed receipt for each of these pages that is whole',
        headers: signedHeaders,
        querystring: z.object({
          ids: z
            .string()
            .max(MOST_IDS * 44)
            .transform((text) => text.split(','))
            .pipe(z.array(hashSchema).min(1).max(MOST_IDS)),
        }),
        response: { 200: documentReceiptsSchema, ...errorResponses },
      },
    },
    async (request) => {
      const device = await deviceOfRequest(context, request);
      return { receipts: await pageReceipts(context, device.deviceId, request.query.ids) };
    },
  );
}
